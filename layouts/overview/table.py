"""Table 1 and the cohort flow as HTML, with small distributions drawn in the rows.

Text and not components, as the table of subgroups. Every label from a study is escaped here.
"""

from __future__ import annotations

import math

import numpy as np

from analysis.balance import RELEVANT
from analysis.baseline import NumberSummary
from data.checking.numerals import plain
from data.study import MISSING_LABEL, Variable
from layouts.overview.context import FlowLine, OverviewContext, TableRow
from layouts.overview.numbers import level_count, mean, median
from layouts.shared.few import whole
from layouts.shared.html import BREAK, joined, tag
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import minus, smd_words, span


def overview_table(context: OverviewContext, theme: Theme) -> str:
    """Table 1 as HTML; empty text when nobody is in view."""
    if not context.n:
        return ""
    rows, heading = [], None
    for row in context.rows:
        if row.variable.group != heading:
            heading = row.variable.group
            head = tag("th", heading, scope="rowgroup", class_="group", colspan="99")
            rows.append(tag("tbody", tag("tr", head, class_="group-row")))
        rows.append(_variable(context, row, theme))
    if not context.rows:
        nothing = "No variable or level of this selection has such a name."
        rows.append(tag("tbody", tag("tr", tag("th", nothing, class_="name", colspan="99"))))
    return tag(
        "table",
        tag("caption", "Baseline characteristics"),
        _head(context, theme),
        rows,
        class_="baseline",
    )


def _head(context: OverviewContext, theme: Theme) -> str:
    cells = [tag("th", "Characteristic", scope="col", class_="name")]
    cells.append(tag("th", "All patients", BREAK, f"n = {context.n}", scope="col"))
    for (label, position), n in zip(context.arms, context.sizes[1:], strict=True):
        colour = group_style(position, theme).colour
        dot = tag("span", class_="dot", style=f"background:{colour}")
        cells.append(tag("th", dot, label, BREAK, f"n = {n}", scope="col"))
    if context.arms:
        cells.append(
            tag("th", tag("abbr", _smd_head(context), title=_smd_title(context)), scope="col")
        )
    cells.append(tag("th", "Distribution", scope="col", class_="drawing"))
    return tag("thead", tag("tr", cells))


def _variable(context: OverviewContext, row: TableRow, theme: Theme) -> str:
    variable, summary = row.variable, row.summary
    made = _number if isinstance(summary, NumberSummary) else _levels
    return tag("tbody", made(context, row, theme), data_variable=variable.id)


def _name(variable: Variable) -> str:
    unit = f", {variable.unit}" if variable.unit else ""
    words = variable.label
    if variable.meaning:
        words = tag("abbr", words, title=variable.meaning)
    after = tag("span", "after treatment began", class_="aside") if variable.after_baseline else ""
    return joined(words, unit, after)


def _smd_head(context: OverviewContext) -> str:
    return "Largest SMD" if len(context.arms) > 2 else "SMD"


def _smd_title(context: OverviewContext) -> str:
    words = "Standardised mean difference"
    return f"{words}, the largest between two arms" if len(context.arms) > 2 else words


def _smd(context: OverviewContext, row: TableRow) -> str:
    if not context.arms:
        return ""
    size = row.summary.smd
    large = " large" if size > RELEVANT else ""
    words = "–" if math.isnan(size) else smd_words(size)
    between = context.farthest(row)
    beside = tag("span", between, class_="between") if between else ""
    return tag("td", words, beside, class_=f"smd{large}", data_statistic="smd")


def _blank_smd(context: OverviewContext) -> str:
    return tag("td") if context.arms else ""


def _count_cells(context: OverviewContext, key: tuple, counts) -> str:
    cells = []
    for column, (n, size) in enumerate(zip(counts, context.sizes, strict=True)):
        beside = context.across.html(level_count(*key, column), str(whole(n)), "{:.0f}".format)
        share = ""
        if size and math.isfinite(n):
            share = joined(" ", tag("span", f"({100 * n / size:.1f})", class_="share"))
        cells.append(tag("td", whole(n), share, beside, data_statistic="n"))
    return joined(cells)


def _levels(context: OverviewContext, row: TableRow, theme: Theme) -> str:
    variable, summary = row.variable, row.summary
    blank = tag("td") * len(context.sizes)
    rows = [
        tag(
            "tr",
            tag("th", _name(variable), ", n (%)", scope="rowgroup", class_="name"),
            blank,
            _smd(context, row),
            tag("td"),
            class_="variable-row",
        )
    ]
    for place, level in enumerate(variable.levels):
        counts = summary.counts[:, place]
        rows.append(
            tag(
                "tr",
                tag("th", level.label, scope="row", class_="name level-name"),
                _count_cells(context, (variable.id, place), counts),
                _blank_smd(context),
                _bars(context, counts, theme),
                class_=None if counts[0] else "emptied",
                data_level=level.id,
            )
        )
    if context.study.has_missing(variable):
        rows.append(_missing_row(context, variable, summary.missing, theme))
    return joined(rows)


def _missing_row(context: OverviewContext, variable: Variable, missing, theme: Theme) -> str:
    key = (variable.id, len(variable.levels))
    return tag(
        "tr",
        tag("th", MISSING_LABEL, scope="row", class_="name level-name"),
        _count_cells(context, key, missing),
        _blank_smd(context),
        _bars(context, missing, theme),
        class_="missing",
        data_level="missing",
    )


def _bars(context: OverviewContext, counts, theme: Theme) -> str:
    """One thin bar for all patients, or one for each arm."""
    columns = range(1, len(context.sizes)) if context.arms else range(1)
    bars = []
    for column in columns:
        size = context.sizes[column]
        share = 100 * counts[column] / size if size and math.isfinite(counts[column]) else 0
        colour = "var(--bar)"
        if context.arms:
            colour = group_style(context.arms[column - 1][1], theme).colour
        bars.append(tag("span", style=f"width:{share:.1f}%;background:{colour}"))
    return tag("td", tag("span", bars, class_="share-bars"), class_="drawing")


def _number(context: OverviewContext, row: TableRow, theme: Theme) -> str:
    variable, summary = row.variable, row.summary
    columns = range(len(context.sizes))
    medians = joined(
        tag(
            "td",
            median_words(summary, i, variable),
            _median_across(context, variable, i, summary.median[i]),
            data_statistic="median",
        )
        for i in columns
    )
    means = joined(
        tag(
            "td",
            mean_words(summary, i, variable),
            _mean_across(context, variable, i, summary.mean[i]),
            data_statistic="mean",
        )
        for i in columns
    )
    drawing = _histogram(context, variable, summary, theme)
    rows = [
        tag(
            "tr",
            tag("th", _name(variable), scope="rowgroup", class_="name"),
            tag("td") * len(context.sizes),
            _smd(context, row),
            tag("td", drawing, class_="drawing", rowspan="3"),
            class_="variable-row",
        ),
        tag(
            "tr",
            tag("th", "Median (Q1–Q3)", scope="row", class_="name level-name"),
            medians,
            _blank_smd(context),
            data_level="median",
        ),
        tag(
            "tr",
            tag("th", "Mean ± SD", scope="row", class_="name level-name"),
            means,
            _blank_smd(context),
            data_level="mean",
        ),
    ]
    if context.study.has_missing(variable):
        rows.append(_missing_row(context, variable, summary.missing, theme))
    return joined(rows)


def _median_across(context, variable: Variable, column: int, value) -> str:
    """The range of a median over the data sets that fit the publication equally well."""

    def words(number: float) -> str:
        return _digits(number, variable.decimals)

    return context.across.html(median(variable.id, column), words(float(value)), words, "–")


def _mean_across(context, variable: Variable, column: int, value) -> str:
    """The range of a mean."""

    def words(number: float) -> str:
        return minus(f"{number:.{variable.decimals + 1}f}")

    return context.across.html(mean(variable.id, column), words(float(value)), words, "–")


def _digits(value: float, decimals: int) -> str:
    """A value of the data's own precision; a median may lie between two values."""
    if not math.isfinite(value):
        return "–"
    places = decimals if abs(value * 10**decimals % 1) < 1e-6 else decimals + 1
    return minus(f"{value:.{places}f}")


def median_words(summary: NumberSummary, column: int, variable: Variable) -> str:
    """``66.5 (60–73)``."""
    if not math.isfinite(summary.median[column]):
        return "–"
    low, middle, high = (
        _digits(float(values[column]), variable.decimals)
        for values in (summary.lower_quartile, summary.median, summary.upper_quartile)
    )
    return f"{middle} ({span(low, high)})"


def mean_words(summary: NumberSummary, column: int, variable: Variable) -> str:
    """``66.7 ± 8.5``; of one patient the value alone."""
    if not math.isfinite(summary.mean[column]):
        return "–"
    places = variable.decimals + 1
    spread = summary.sd[column]
    tail = f" ± {spread:.{places}f}" if math.isfinite(spread) else ""
    return f"{minus(f'{summary.mean[column]:.{places}f}')}{tail}"


def _histogram(context: OverviewContext, variable: Variable, summary: NumberSummary, theme) -> str:
    """Bars over equal bins; arms one above the other on the same axis."""
    if not np.isfinite(summary.edges).all():
        return ""
    columns = range(1, len(context.sizes)) if context.arms else range(1)
    made = []
    for column in columns:
        colour = "var(--bar)"
        if context.arms:
            colour = group_style(context.arms[column - 1][1], theme).colour
        counts = summary.histogram[column]
        top = max(int(counts.max(initial=0)), 1)
        bars = joined(
            tag("i", style=f"height:{100 * int(one) / top:.0f}%;background:{colour}")
            for one in counts
        )
        made.append(tag("span", bars, class_="hist"))
    low, high = (minus(plain(round(summary.edges[i], 6))) for i in (0, -1))
    return joined(made, tag("span", tag("span", low), tag("span", high), class_="ends"))


def overview_flow(context: OverviewContext, theme: Theme) -> str:
    """The flow as an ordered list; counts by arm where the file has the patients."""
    return tag("ol", (_step(context, one, theme) for one in context.flow), class_="flow")


def _step(context: OverviewContext, line: FlowLine, theme: Theme) -> str:
    arms = joined(
        (
            tag(
                "span",
                tag(
                    "span", class_="dot", style=f"background:{group_style(position, theme).colour}"
                ),
                f"{label} ",
                tag("b", n),
                class_="flow-arm",
            )
            for (label, position), n in zip(context.arms, line.arms, strict=False)
        )
    )
    out = ""
    if line.left_out:
        said = f"− {line.left_out}"
        if line.note:
            said += f": {line.note}"
        if line.missing:
            said += f" ({line.missing} of them without a value)"
        out = tag("span", said, class_="flow-out")
    return tag(
        "li",
        out,
        tag("span", tag("b", line.n), tag("span", line.label), class_="flow-step"),
        arms,
        class_=line.kind,
        data_step=line.kind,
    )
