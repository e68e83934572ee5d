"""Response to treatment as it leaves: shares, depth, courses, survival from a landmark on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from callbacks.disclosure.about import About
from callbacks.disclosure.counts import (
    released_comparison,
    released_factor,
    released_share,
    released_shares,
    released_spread,
    without_p,
    written,
)
from callbacks.disclosure.curves import released_groups
from callbacks.disclosure.incidence import released_rise
from data.disclosure import few, hidden_table
from data.study import ARM
from layouts.arms.context import ResponseResult as ArmResponse
from layouts.response.context import (
    BestResult,
    ByResult,
    CourseResult,
    DepthResult,
    LandmarkResult,
    ResponseContext,
    ShareRow,
)
from layouts.shared.few import Few


def released_response(context: ResponseContext, about: About) -> ResponseContext:
    result = context.result
    if result is None:
        return context
    if len(context.groups) > 1 and about.hidden(ARM):
        raise about.without_arms()
    made: Any
    if isinstance(result, BestResult):
        made = _best(result, about)
    elif isinstance(result, DepthResult):
        rows = tuple(_share_row(one, about) for one in result.rows)
        spreads = tuple(released_spread(one, about) for one in result.spreads)
        waterfall = replace(
            result.waterfall,
            **{name: getattr(result.waterfall, name)[:0] for name in ("change", "category")},
            unmeasured=result.waterfall.unmeasured,
        )
        made = DepthResult(
            result.waterfall if about.study.single_patients else waterfall, spreads, rows
        )
    elif isinstance(result, CourseResult):
        made = CourseResult(
            tuple(about.count(n) for n in result.responders),
            tuple(released_spread(one, about) for one in result.spreads),
            tuple(
                released_rise(curve, one.n, about)
                for curve, one in zip(result.curves, result.spreads, strict=True)
            ),
            result.lanes if about.study.single_patients else None,
        )
    elif isinstance(result, ByResult):
        made = ByResult(
            released_share(result.whole, about),
            tuple(
                (variable, labels, released_factor(one, variable.id, about))
                for variable, labels, one in result.factors
            ),
        )
    else:
        made = _landmark(result, about)
    return replace(context, result=made)


def _best(result: BestResult, about: About) -> BestResult:
    """Categories make up the patients of a group, and the arms make up all of them."""
    cells = np.array([[one.events for one in row.rates] for row in result.categories], int)
    # All of them stand behind the arms.
    whole = hidden_table(cells[:, -1:], about.cell)
    hidden = whole
    if cells.shape[1] > 1:
        own = cells[:, :-1]
        hidden = np.column_stack([hidden_table(own, about.cell, whole & (own > 0)), whole])
    categories = tuple(
        replace(
            row,
            rates=tuple(
                _unless(one, bool(gone), about) for one, gone in zip(row.rates, line, strict=True)
            ),
            fisher=row.fisher and without_p(row.fisher) if line.any() else row.fisher,
            chi_square=None if line.any() else row.chi_square,
        )
        for row, line in zip(result.categories, hidden, strict=True)
    )
    sums = tuple(_share_row(row, about) for row in result.sums)
    return BestResult(
        categories, sums, tuple((label, about.count(n)) for label, n in result.not_evaluable)
    )


def _unless(share, gone: bool, about: About):
    """A share of a table in which what is hidden is known."""
    return released_share(share, about, True) if gone else share


def _share_row(row: ShareRow, about: About) -> ShareRow:
    *arms, everybody = row.rates
    first, *rest = released_shares((everybody, *arms), about, whole=True)
    if not any(isinstance(one.events, Few) for one in (first, *rest)):
        return row
    # An exact p of a table of which the margins are known is as good as the table.
    tests = [one and without_p(one) for one in (row.fisher, row.chi_square)]
    return ShareRow(row.name, row.label, row.detail, (*rest, first), *tests)


def _landmark(result: LandmarkResult, about: About) -> LandmarkResult:
    survival = result.survival
    known = replace(about, by="none")
    about.analysed(survival.in_cohort, survival.in_cohort - survival.before_landmark)
    shown = replace(
        survival,
        result=released_groups(survival.result, replace(known, by="landmark")),
        without_endpoint=about.count(survival.without_endpoint),
        before_landmark=about.count(survival.before_landmark),
    )
    counts = about.counts([result.at_event, result.censored])
    return LandmarkResult(
        shown, *counts, about.count(result.later), about.count(result.unknown), result.raised
    )


def released_arm_response(result: ArmResponse, about: About) -> ArmResponse:
    cells = np.array(result.categories, int)
    made = written(cells, hidden_table(cells, about.cell), about.cell)
    return replace(
        result,
        categories=tuple(tuple(row) for row in made),
        objective=released_comparison(result.objective, about),
        complete=released_comparison(result.complete, about),
        control=released_comparison(result.control, about),
        shrinkage=result.shrinkage and released_comparison(result.shrinkage, about),
        depth=result.depth if not any(few(n, about.least) for n in result.depth_known) else None,
        depth_known=tuple(about.count(n) for n in result.depth_known),
        factors=tuple(
            (variable, labels, released_factor(one, variable.id, about))
            for variable, labels, one in result.factors
        ),
    )
