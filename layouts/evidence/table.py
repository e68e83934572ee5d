"""The printed cells beside their recomputed numbers, and the summary by table, as HTML.

Text and not components: thousands of rows are drawn in milliseconds. Words of the study are
escaped here.
"""

from __future__ import annotations

from html import escape

from analysis.verdict import DIFFERS, EXACT, WITHIN
from data.address import address
from layouts.evidence.context import FAILED, VERDICTS, EvidenceContext, EvidenceRow, TableSummary
from layouts.evidence.options import CELLS, EVERY
from layouts.evidence.words import (
    printed_words,
    recomputed_words,
    statistic_words,
    table_words,
    why_words,
)

ROWS_AT_FIRST = 100
# The publication's columns have a column of their own where one row in so many names one.
SHARE_WITH_COLUMN = 10
# Segments of a bar, from left to right.
SEGMENTS = (EXACT, WITHIN, DIFFERS, FAILED)
# The legend beside the table has the whole words.
_SHORT = {EXACT: "exact"}


def evidence_summary(context: EvidenceContext) -> str:
    """The tables of the publication with their verdicts; each opens its own cells."""
    if not context.tables:
        return ""
    items = _entry(context, context.whole, EVERY)
    items += "".join(_entry(context, one, one.id) for one in context.tables)
    legend = "".join(
        f'<li><span class="key {name}"></span>{VERDICTS[name]}</li>'
        for name in SEGMENTS
        if context.whole.counts[name]
    )
    return (
        '<h2 class="rail-group">Tables of the publication</h2>'
        f'<ul class="tables-list">{items}</ul><ul class="legend">{legend}</ul>'
        '<p class="rail-note">Filters of patients do not apply here: the whole study is held '
        "against its publication.</p>"
    )


def _entry(context: EvidenceContext, one: TableSummary, name: str) -> str:
    current = context.options.view == CELLS and context.options.table == name
    href = _address(context, view=None, table=None if name == EVERY else name, show=None)
    mark = ' aria-current="true"' if current else ""
    total = max(one.recomputed + one.counts[FAILED], 1)
    bar = "".join(
        f'<span class="{kind}" style="flex-grow:{one.counts[kind] / total:.4f}"></span>'
        for kind in SEGMENTS
        if one.counts[kind]
    )
    return (
        f'<li><a href="{href}" data-inside data-stay data-key="table-{name}"{mark}>'
        f'<span class="table-name">{escape(table_words(context.study, one))}</span>'
        f'<span class="table-counts">{_counts(one)}</span>'
        f'<span class="bar" aria-hidden="true">{bar}</span></a></li>'
    )


def _counts(one: TableSummary) -> str:
    """``571 of 786 exact``, and how many differ."""
    said = f"<b>{one.counts[EXACT]:,}</b> of {one.recomputed:,} exact"
    return said + (f", {one.counts[DIFFERS]:,} differ" if one.counts[DIFFERS] else "")


def _address(context: EvidenceContext, **changes: str | None) -> str:
    return escape(address(context.view.with_options(**changes), context.study), quote=True)


def evidence_table(context: EvidenceContext) -> str:
    """The cells as tables of 100 rows, the first of them unless all are asked for.

    Thousands of rows in one table are measured at once; of several tables the browser measures
    those on the screen.
    """
    shown = context.shown()
    if not shown:
        return '<p class="looks">No printed cell of this selection.</p>'
    rows = shown if context.options.everything else shown[:ROWS_AT_FIRST]
    columns = SHARE_WITH_COLUMN * sum(bool(row.cell.group) for row in rows) >= len(rows)
    parts = [rows[i : i + ROWS_AT_FIRST] for i in range(0, len(rows), ROWS_AT_FIRST)]
    tables = "".join(
        _part(context, part, i * ROWS_AT_FIRST, columns) for i, part in enumerate(parts)
    )
    return (
        f'<p class="looks">{_looks(context, len(shown), len(rows))}</p>'
        f"{tables}{_more(context, len(shown), len(rows))}"
    )


def _part(context: EvidenceContext, rows: list[EvidenceRow], before: int, columns: bool) -> str:
    names = ["table", "variable", "level", *(["column"] if columns else []), "statistic"]
    names += ["published", "recomputed", "verdict", "why"]
    numbers = ("published", "recomputed")
    widths = "".join(f'<col class="of-{name}">' for name in names)
    head = "".join(
        f'<th scope="col"{" class=number" if name in numbers else ""}>{name.capitalize()}</th>'
        for name in names
    )
    caption = f"Printed cells {before + 1} to {before + len(rows)} beside recomputed numbers"
    body = "".join(_row(context, row, columns) for row in rows)
    return (
        f'<div class="part"><table class="evidence-cells"><caption>{caption}</caption>'
        f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(context: EvidenceContext, row: EvidenceRow, columns: bool) -> str:
    cell = row.cell
    level, group = cell.level, f"<td>{escape(cell.group)}</td>"
    if not columns:
        level, group = " · ".join(part for part in (cell.level, cell.group) if part), ""
    why = why_words(context, row)
    return (
        f'<tr class="{row.verdict}"><td>{escape(cell.table)}</td>'
        f'<th scope="row">{escape(cell.variable)}</th><td>{escape(level)}</td>{group}'
        f"<td>{escape(statistic_words(context, row))}</td>"
        f'<td class="number">{escape(printed_words(row))}</td>'
        f'<td class="number">{recomputed_words(row)}</td>'
        f'<td class="said">{_SHORT.get(row.verdict, VERDICTS[row.verdict])}</td>'
        f'<td class="why">{escape(why)}</td></tr>'
    )


def _looks(context: EvidenceContext, found: int, drawn: int) -> str:
    total = context.whole.total
    said = f"{found:,} of {total:,} printed cells" if found < total else f"{total:,} printed cells"
    if drawn < found:
        said += f", the first {drawn:,} below. {_show(context, 'all', f'Show all {found:,}')}"
    return said


def _more(context: EvidenceContext, found: int, drawn: int) -> str:
    if drawn < found:
        return f'<p class="looks">{_show(context, "all", f"Show all {found:,} rows")}</p>'
    if context.options.everything and found > ROWS_AT_FIRST:
        fewer = _show(context, None, f"Show the first {ROWS_AT_FIRST} rows")
        return f'<p class="looks">{fewer}</p>'
    return ""


def _show(context: EvidenceContext, show: str | None, words: str) -> str:
    return f'<a href="{_address(context, show=show)}" data-inside data-stay>{words}</a>'
