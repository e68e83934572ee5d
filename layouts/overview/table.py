"""Table 1 and the cohort flow as HTML, with small distributions drawn in the rows.

Text and not components, as the table of subgroups. Every label from a study is escaped here.
"""

from __future__ import annotations

import math
from html import escape

from analysis.baseline import LevelSummary, NumberSummary
from data.checking.numerals import plain
from data.study import MISSING_LABEL, Variable
from layouts.overview.context import FlowLine, OverviewContext, TableRow
from layouts.shared.theme import Theme, group_style

RELEVANT = 0.1


def overview_table(context: OverviewContext, theme: Theme) -> str:
    """Table 1 as HTML; empty text when nobody is in view."""
    if not context.n:
        return ""
    rows, heading = [], None
    for row in context.rows:
        if row.variable.group != heading:
            heading = row.variable.group
            head = f'<th scope="rowgroup" class="group" colspan="99">{escape(heading)}</th>'
            rows.append(f'<tbody><tr class="group-row">{head}</tr></tbody>')
        rows.append(_variable(context, row, theme))
    if not context.rows:
        nothing = "No variable or level of this selection has such a name."
        rows.append(f'<tbody><tr><th class="name" colspan="99">{nothing}</th></tr></tbody>')
    return (
        '<table class="baseline"><caption>Baseline characteristics</caption>'
        f"{_head(context, theme)}{''.join(rows)}</table>"
    )


def _head(context: OverviewContext, theme: Theme) -> str:
    cells = ['<th scope="col" class="name">Characteristic</th>']
    cells.append(f'<th scope="col">All patients<br>n = {context.n}</th>')
    for (label, position), n in zip(context.arms, context.sizes[1:], strict=True):
        colour = group_style(position, theme).colour
        dot = f'<span class="dot" style="background:{colour}"></span>'
        cells.append(f'<th scope="col">{dot}{escape(label)}<br>n = {n}</th>')
    if context.arms:
        cells.append('<th scope="col"><abbr title="Standardised mean difference">SMD</abbr></th>')
    cells.append('<th scope="col" class="drawing">Distribution</th>')
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _variable(context: OverviewContext, row: TableRow, theme: Theme) -> str:
    variable, summary = row.variable, row.summary
    made = _number if isinstance(summary, NumberSummary) else _levels
    return f'<tbody data-variable="{variable.id}">{made(context, variable, summary, theme)}</tbody>'


def _name(variable: Variable) -> str:
    unit = f", {escape(variable.unit)}" if variable.unit else ""
    title = f' title="{escape(variable.meaning, quote=True)}"' if variable.meaning else ""
    words = f"<abbr{title}>{escape(variable.label)}</abbr>" if title else escape(variable.label)
    after = '<span class="aside">after treatment began</span>' if variable.after_baseline else ""
    return f"{words}{unit}{after}"


def _smd(context: OverviewContext, summary) -> str:
    if not context.arms:
        return ""
    large = " large" if summary.smd > RELEVANT else ""
    words = f"{summary.smd:.2f}" if math.isfinite(summary.smd) else "–"
    return f'<td class="smd{large}" data-statistic="smd">{words}</td>'


def _blank_smd(context: OverviewContext) -> str:
    return "<td></td>" if context.arms else ""


def _count_cells(context: OverviewContext, key: tuple, counts) -> str:
    cells = []
    for column, (n, size) in enumerate(zip(counts, context.sizes, strict=True)):
        beside = context.across.html(("count", *key, column), str(int(n)), "{:.0f}".format)
        share = f' <span class="share">({100 * n / size:.1f})</span>' if size else ""
        cells.append(f'<td data-statistic="n">{int(n)}{share}{beside}</td>')
    return "".join(cells)


def _levels(context: OverviewContext, variable: Variable, summary: LevelSummary, theme) -> str:
    blank = "<td></td>" * len(context.sizes)
    rows = [
        f'<tr class="variable-row"><th scope="rowgroup" class="name">{_name(variable)}, n (%)</th>'
        f"{blank}{_smd(context, summary)}<td></td></tr>"
    ]
    for place, level in enumerate(variable.levels):
        counts = summary.counts[:, place]
        empty = "" if counts[0] else ' class="emptied"'
        rows.append(
            f'<tr{empty} data-level="{level.id}"><th scope="row" class="name level-name">'
            f"{escape(level.label)}</th>{_count_cells(context, (variable.id, place), counts)}"
            f"{_blank_smd(context)}{_bars(context, counts, theme)}</tr>"
        )
    if context.study.has_missing(variable):
        rows.append(_missing_row(context, variable, summary.missing, theme))
    return "".join(rows)


def _missing_row(context: OverviewContext, variable: Variable, missing, theme: Theme) -> str:
    key = (variable.id, len(variable.levels))
    return (
        '<tr class="missing" data-level="missing"><th scope="row" class="name level-name">'
        f"{MISSING_LABEL}</th>{_count_cells(context, key, missing)}{_blank_smd(context)}"
        f"{_bars(context, missing, theme)}</tr>"
    )


def _bars(context: OverviewContext, counts, theme: Theme) -> str:
    """One thin bar for all patients, or one for each arm."""
    columns = range(1, len(context.sizes)) if context.arms else range(1)
    bars = []
    for column in columns:
        size = context.sizes[column]
        share = 100 * counts[column] / size if size else 0
        colour = "var(--bar)"
        if context.arms:
            colour = group_style(context.arms[column - 1][1], theme).colour
        bars.append(f'<span style="width:{share:.1f}%;background:{colour}"></span>')
    return f'<td class="drawing"><span class="share-bars">{"".join(bars)}</span></td>'


def _number(context: OverviewContext, variable: Variable, summary: NumberSummary, theme) -> str:
    columns = range(len(context.sizes))
    medians = "".join(
        f'<td data-statistic="median">{median_words(summary, i, variable)}'
        f"{_number_across(context, variable, 'median', i, summary.median[i])}</td>"
        for i in columns
    )
    means = "".join(
        f'<td data-statistic="mean">{mean_words(summary, i, variable)}'
        f"{_number_across(context, variable, 'mean', i, summary.mean[i])}</td>"
        for i in columns
    )
    drawing = _histogram(context, variable, summary, theme)
    rows = [
        f'<tr class="variable-row"><th scope="rowgroup" class="name">{_name(variable)}</th>'
        f"{'<td></td>' * len(context.sizes)}{_smd(context, summary)}"
        f'<td class="drawing" rowspan="3">{drawing}</td></tr>',
        '<tr data-level="median"><th scope="row" class="name level-name">Median (Q1–Q3)</th>'
        f"{medians}{_blank_smd(context)}</tr>",
        '<tr data-level="mean"><th scope="row" class="name level-name">Mean ± SD</th>'
        f"{means}{_blank_smd(context)}</tr>",
    ]
    if context.study.has_missing(variable):
        rows.append(_missing_row(context, variable, summary.missing, theme))
    return "".join(rows)


def _number_across(context, variable: Variable, statistic: str, column: int, value) -> str:
    """The range of a median or mean over the data sets that fit the publication equally well."""

    def words(number: float) -> str:
        if statistic == "median":
            return _digits(number, variable.decimals)
        return f"{number:.{variable.decimals + 1}f}"

    return context.across.html((statistic, variable.id, column), words(float(value)), words, "–")


def _digits(value: float, decimals: int) -> str:
    """A value of the data's own precision; a median may lie between two values."""
    if not math.isfinite(value):
        return "–"
    places = decimals if abs(value * 10**decimals % 1) < 1e-6 else decimals + 1
    return f"{value:.{places}f}"


def median_words(summary: NumberSummary, column: int, variable: Variable) -> str:
    """``66.5 (60–73)``."""
    if not summary.n[column]:
        return "–"
    low, middle, high = (
        _digits(float(values[column]), variable.decimals)
        for values in (summary.lower_quartile, summary.median, summary.upper_quartile)
    )
    return f"{middle} ({low}–{high})"


def mean_words(summary: NumberSummary, column: int, variable: Variable) -> str:
    """``66.7 ± 8.5``; of one patient the value alone."""
    if not summary.n[column]:
        return "–"
    places = variable.decimals + 1
    spread = summary.sd[column]
    tail = f" ± {spread:.{places}f}" if math.isfinite(spread) else ""
    return f"{summary.mean[column]:.{places}f}{tail}"


def _histogram(context: OverviewContext, variable: Variable, summary: NumberSummary, theme) -> str:
    """Bars over equal bins; arms one above the other on the same axis."""
    columns = range(1, len(context.sizes)) if context.arms else range(1)
    made = []
    for column in columns:
        colour = "var(--bar)"
        if context.arms:
            colour = group_style(context.arms[column - 1][1], theme).colour
        counts = summary.histogram[column]
        top = max(int(counts.max(initial=0)), 1)
        bars = "".join(
            f'<i style="height:{100 * int(one) / top:.0f}%;background:{colour}"></i>'
            for one in counts
        )
        made.append(f'<span class="hist">{bars}</span>')
    low, high = plain(round(summary.edges[0], 6)), plain(round(summary.edges[-1], 6))
    return f'{"".join(made)}<span class="ends"><span>{low}</span><span>{high}</span></span>'


def overview_flow(context: OverviewContext, theme: Theme) -> str:
    """The flow as an ordered list; counts by arm where the file has the patients."""
    return f'<ol class="flow">{"".join(_step(context, one, theme) for one in context.flow)}</ol>'


def _step(context: OverviewContext, line: FlowLine, theme: Theme) -> str:
    arms = "".join(
        f'<span class="flow-arm"><span class="dot" style="background:'
        f'{group_style(position, theme).colour}"></span>{escape(label)} <b>{n}</b></span>'
        for (label, position), n in zip(context.arms, line.arms, strict=False)
    )
    out = ""
    if line.left_out:
        said = f"− {line.left_out}"
        if line.note:
            said += f": {escape(line.note)}"
        if line.missing:
            said += f" ({line.missing} of them without a value)"
        out = f'<span class="flow-out">{said}</span>'
    return (
        f'<li class="{line.kind}" data-step="{line.kind}">{out}<span class="flow-step">'
        f"<b>{line.n}</b><span>{escape(line.label)}</span></span>{arms}</li>"
    )
