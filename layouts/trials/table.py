"""The table of the Other trials page, as HTML: the numbers of the figure with their sources."""

from __future__ import annotations

import math

from layouts.shared.html import BREAK, joined, tag
from layouts.shared.ranges import bracketed
from layouts.shared.words import events, p_value
from layouts.trials.context import MedianRow, TrialsContext


def context_table(context: TrialsContext) -> str:
    """The whole table; empty text when there is nothing to put into it."""
    blocks = [(head, rows) for head, rows in context.blocks() if rows]
    if not blocks:
        return ""
    endpoint = context.endpoint
    label = tag("abbr", endpoint.label, title=endpoint.name)
    bodies = joined((_block(head, rows, context) for head, rows in blocks))
    return tag(
        "table",
        tag("caption", f"{endpoint.name} of other trials and of this cohort"),
        tag(
            "thead",
            tag(
                "tr",
                tag("th", "Study", scope="col"),
                tag("th", "Arm and patients", scope="col"),
                tag("th", "n", scope="col", class_="number"),
                tag(
                    "th",
                    "Median ",
                    label,
                    ", months",
                    BREAK,
                    "(95 % CI)",
                    scope="col",
                    class_="number",
                ),
                tag(
                    "th",
                    tag("abbr", "HR", title="Hazard ratio"),
                    " (95 % CI)",
                    scope="col",
                    class_="ratio",
                ),
                tag("th", "Quoted by the paper of", scope="col"),
                tag("th", "Source", scope="col"),
            ),
        ),
        bodies,
        class_="trials",
    )


def _block(head: str, rows: list[MedianRow], context: TrialsContext) -> str:
    title = tag("tr", tag("th", head, colspan="7", scope="rowgroup"), class_="kind")
    lines = joined(_own(row, context) if row.own else _published(row, context) for row in rows)
    return tag("tbody", title if head else "", lines)


def _own(row: MedianRow, context: TrialsContext) -> str:
    cohort = context.survival.cohort.sentence(context.study)
    patients = joined(row.arm, tag("span", f"{cohort}; {events(row.events)}"))
    return tag(
        "tr",
        tag("th", row.name, tag("span", "this cohort"), scope="row"),
        tag("td", patients),
        tag("td", row.n, class_="number"),
        _median(row),
        tag("td"),
        tag("td"),
        tag("td", "Recomputed for the filters above."),
        class_="own",
        data_position=row.position,
    )


def _published(row: MedianRow, context: TrialsContext) -> str:
    one = row.published
    note = tag("span", one.note) if one.note else ""
    return tag(
        "tr",
        tag("th", row.name, tag("span", one.design), scope="row"),
        tag("td", one.arm, tag("span", one.population)),
        tag("td", _n(one), class_="number"),
        _median(row),
        _ratio(one),
        tag("td", context.quoted_by(one)),
        tag("td", one.reference, note),
    )


def _n(one) -> str:
    if one.n is not None:
        return str(one.n)
    return f"some of {one.n_study}" if one.n_study is not None else "not given"


def _median(row: MedianRow) -> str:
    interval = joined(" ", tag("span", f"({row.interval})")) if row.interval else ""
    bare = row.published is not None and row.published.has_median and not row.interval
    if bare:
        interval = joined(" ", tag("span", "no interval"))
    across = bracketed(row.across) if row.across else ""
    return tag(
        "td", tag("b", row.words), interval, across, class_="number", data_statistic="median"
    )


def _ratio(one) -> str:
    ratio, lower, upper = one.hazard_ratio_words
    if not ratio:
        return tag("td")
    limits = f" ({lower}–{upper})" if lower else ""
    p = f", {p_value(one.p)}" if math.isfinite(one.p) else ""
    return tag("td", ratio + limits, p, tag("span", f"against {one.hr_against}"), class_="ratio")
