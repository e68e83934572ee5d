"""The Overview as it leaves: cards, Table 1, and the way of the patients."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.baseline import LevelSummary
from callbacks.disclosure.about import About
from callbacks.disclosure.counts import (
    released_levels,
    released_number,
    released_share,
    released_shares,
)
from callbacks.disclosure.curves import released_group
from callbacks.disclosure.incidence import released_risks
from callbacks.disclosure.response import categories_of
from data.cohort import Cohort
from data.disclosure import answered, few
from data.study import ARM
from layouts.overview.context import EndpointCard, FlowLine, OverviewContext, ShareCard, TableRow
from layouts.shared.few import Few


def released_overview(context: OverviewContext, about: About) -> OverviewContext:
    """Cards, Table 1 and the flow."""
    arms = context.arms if not about.hidden(ARM) else ()
    columns = 1 + len(arms)
    by_arm = replace(about, by=ARM)

    def card(one: EndpointCard) -> EndpointCard:
        if few(one.whole.n, about.least) or few(context.n - one.whole.n, about.cell):
            return replace(one, whole=released_group(one.whole, about, True), arms=(), incidence=())
        incidence = [found and released_risks(found, about) for found in one.incidence[:columns]]
        return replace(
            one,
            whole=released_group(one.whole, about),
            arms=tuple(released_group(group, by_arm) for group in one.arms[: columns - 1]),
            incidence=tuple(incidence),
        )

    endpoints = tuple(card(one) for one in context.endpoints)
    rows = tuple(_row(one, arms, about) for one in context.rows)
    longest = context.follow_up and context.follow_up.endpoint
    return replace(
        context,
        arms=arms,
        sizes=context.sizes[:columns],
        flow=_flow(context, columns - 1, about),
        rows=rows,
        endpoints=endpoints,
        follow_up=next((one for one in endpoints if one.endpoint == longest), None),
        shares=tuple(released_card(one, arms, columns, about) for one in context.shares),
        # Chance is said of all variables together.
        chance=context.chance if arms and _all_compared(rows) else None,
    )


def released_card(one: ShareCard, arms, columns: int, about: About) -> ShareCard:
    """A share of all patients and of each arm."""
    rates = [one.whole, *one.arms[: columns - 1]]
    if one.page == "arms" and about.study.comparison.response is not None:
        kept = categories_of(about)
        gone = kept.told_by("objective", kept.of([-1, *(place for _, place in arms)]))
        rates = [
            released_share(r, about, bool(h)) if h else r for r, h in zip(rates, gone, strict=True)
        ]
    rates = released_shares(rates, about, whole=True)
    return replace(one, whole=rates[0], arms=tuple(rates[1:]))


def _all_compared(rows: tuple[TableRow, ...]) -> bool:
    return not any(np.isnan(row.summary.smd) for row in rows)


def _row(row: TableRow, arms, about: About) -> TableRow:
    columns = 1 + len(arms)
    summary = row.summary
    names = {"n", "missing", "counts"}
    if not isinstance(summary, LevelSummary):
        names = {*names, "median", "lower_quartile", "upper_quartile", "mean", "sd", "smallest"}
        names = names - {"counts"} | {"largest", "histogram"}
    kept = {name: getattr(summary, name)[:columns] for name in names}
    kept["smd"] = summary.smd if columns > 1 else float("nan")
    summary = replace(summary, **kept)
    if isinstance(summary, LevelSummary):
        return replace(row, summary=released_levels(summary, about, _decided(row, arms, about)))
    return replace(row, summary=released_number(summary, about))


def _decided(row: TableRow, arms, about: About) -> np.ndarray | None:
    """Which categories of response are hidden: the same on every page."""
    declared = about.study.comparison.response
    if declared is None or row.variable.id != declared.variable:
        return None
    kept = categories_of(about)
    return kept.hidden[:, kept.of([-1, *(place for _, place in arms)])].T


def _flow(context: OverviewContext, arms: int, about: About) -> tuple[FlowLine, ...]:
    """The way of the patients; a step from which few could be told has no number."""
    study, view = about.study, about.view
    lines, filters = list(context.flow), view.cohort.filters
    shown = lines[-1].n
    made: list[FlowLine] = []
    place = len(filters)
    for line in reversed(lines):
        cohort = Cohort(study.id, view.cohort.analysis_set, filters[:place])
        if line.kind == "filter":
            place -= 1
        printed = line.kind == "printed"
        hidden = not printed and (
            (line.kind == "filter" and not answered(study, cohort))
            or few(line.n, about.least)
            or few(abs(line.n - shown), about.cell)
        )
        if hidden:
            unknown = Few(about.cell)
            made.append(replace(line, n=unknown, arms=(), left_out=None, missing=0))
            continue
        shown = line.n
        sizes = tuple(about.counts(line.arms)) if line.arms and arms else ()
        made.append(replace(line, arms=sizes, missing=0))
    made.reverse()
    for i, line in enumerate(made):
        before = made[i - 1].n if i else None
        if line.left_out is not None and isinstance(before, Few):
            made[i] = replace(line, left_out=None)
    return tuple(made)
