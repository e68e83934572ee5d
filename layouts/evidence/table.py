"""The printed cells beside their recomputed numbers, and the summary by table, as HTML.

Text and not components: thousands of rows are drawn in milliseconds. Words of the study are
escaped here.
"""

from __future__ import annotations

from markupsafe import Markup

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
from layouts.shared.html import joined, tag

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
    items += joined(_entry(context, one, one.id) for one in context.tables)
    legend = joined(
        tag("li", tag("span", class_=f"key {name}"), VERDICTS[name])
        for name in SEGMENTS
        if context.whole.counts[name]
    )
    return joined(
        tag("h2", "Tables of the publication", class_="rail-group"),
        tag("ul", items, class_="tables-list"),
        tag("ul", legend, class_="legend"),
        tag(
            "p",
            "Filters of patients do not apply here: the whole study is held against its "
            "publication.",
            class_="rail-note",
        ),
    )


def _entry(context: EvidenceContext, one: TableSummary, name: str) -> str:
    current = context.options.view == CELLS and context.options.table == name
    # Of the table on the screen: away with it, back to all.
    href = _address(context, view=None, table=None if current or name == EVERY else name, show=None)
    total = max(one.recomputed + one.counts[FAILED], 1)
    bar = joined(
        tag("span", class_=kind, style=f"flex-grow:{one.counts[kind] / total:.4f}")
        for kind in SEGMENTS
        if one.counts[kind]
    )
    return tag(
        "li",
        tag(
            "a",
            tag("span", table_words(context.study, one), class_="table-name"),
            tag("span", _counts(one), class_="table-counts"),
            tag("span", bar, class_="bar", aria_hidden="true"),
            href=href,
            data_inside=True,
            data_stay=True,
            data_key=f"table-{name}",
            aria_current="true" if current else None,
        ),
    )


def _counts(one: TableSummary) -> str:
    """``571 of 786 exact``, and how many differ."""
    said = joined(tag("b", f"{one.counts[EXACT]:,}"), f" of {one.recomputed:,} exact")
    return said + (f", {one.counts[DIFFERS]:,} differ" if one.counts[DIFFERS] else "")


def _address(context: EvidenceContext, **changes: str | None) -> str:
    return address(context.view.with_options(**changes), context.study)


def evidence_table(context: EvidenceContext) -> str:
    """The cells as tables of 100 rows, the first of them unless all are asked for.

    Thousands of rows in one table are measured at once; of several tables the browser measures
    those on the screen.
    """
    shown = context.shown()
    if not shown:
        return tag("p", "No printed cell of this selection.", class_="looks")
    rows = shown if context.options.everything else shown[:ROWS_AT_FIRST]
    columns = SHARE_WITH_COLUMN * sum(bool(row.cell.group) for row in rows) >= len(rows)
    parts = [rows[i : i + ROWS_AT_FIRST] for i in range(0, len(rows), ROWS_AT_FIRST)]
    tables = joined(
        (_part(context, part, i * ROWS_AT_FIRST, columns) for i, part in enumerate(parts))
    )
    return joined(
        tag("p", _looks(context, len(shown), len(rows)), class_="looks"),
        tables,
        _more(context, len(shown), len(rows)),
    )


def _part(context: EvidenceContext, rows: list[EvidenceRow], before: int, columns: bool) -> str:
    names = ["table", "variable", "level", *(["column"] if columns else []), "statistic"]
    names += ["published", "recomputed", "verdict", "why"]
    numbers = ("published", "recomputed")
    widths = joined(tag("col", class_=f"of-{name}") for name in names)
    head = joined(
        tag("th", name.capitalize(), scope="col", class_="number" if name in numbers else None)
        for name in names
    )
    caption = f"Printed cells {before + 1} to {before + len(rows)} beside recomputed numbers"
    body = joined(_row(context, row, columns) for row in rows)
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag("colgroup", widths),
            tag("thead", tag("tr", head)),
            tag("tbody", body),
            class_="evidence-cells" if columns else "evidence-cells without-column",
        ),
        class_="part",
    )


def _row(context: EvidenceContext, row: EvidenceRow, columns: bool) -> str:
    cell = row.cell
    level, group = cell.level, tag("td", cell.group)
    if not columns:
        level, group = " · ".join(part for part in (cell.level, cell.group) if part), ""
    why = why_words(context, row)
    return tag(
        "tr",
        tag("td", cell.table),
        tag("th", cell.variable, scope="row"),
        tag("td", level),
        group,
        tag("td", statistic_words(context, row)),
        tag("td", printed_words(row), class_="number", data_says="printed"),
        tag("td", recomputed_words(row), class_="number", data_says="here"),
        tag("td", _SHORT.get(row.verdict, VERDICTS[row.verdict]), class_="said"),
        tag("td", why, class_="why"),
        class_=row.verdict,
    )


def _looks(context: EvidenceContext, found: int, drawn: int) -> Markup:
    total = context.whole.total
    said = f"{found:,} of {total:,} printed cells" if found < total else f"{total:,} printed cells"
    if drawn < found:
        everything = _show(context, "all", f"Show all {found:,}")
        return joined(f"{said}, the first {drawn:,} below. ", everything)
    return joined(said)


def _more(context: EvidenceContext, found: int, drawn: int) -> str:
    if drawn < found:
        return tag("p", _show(context, "all", f"Show all {found:,} rows"), class_="looks")
    if context.options.everything and found > ROWS_AT_FIRST:
        fewer = _show(context, None, f"Show the first {ROWS_AT_FIRST} rows")
        return tag("p", fewer, class_="looks")
    return ""


def _show(context: EvidenceContext, show: str | None, words: str) -> str:
    return tag("a", words, href=_address(context, show=show), data_inside=True, data_stay=True)
