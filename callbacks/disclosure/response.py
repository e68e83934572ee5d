"""Response to treatment as it leaves: shares, depth, courses, survival from a landmark on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.response import Comparison
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
from callbacks.groups import arm_columns
from data.disclosure import few, hidden_table
from data.people import levels_by_arm
from data.study import ARM, MISSING_ID
from layouts.arms.context import ResponseResult as ArmResponse
from layouts.response.context import (
    BestResult,
    ByResult,
    CourseResult,
    DepthResult,
    Group,
    LandmarkResult,
    ResponseContext,
    ShareRow,
)
from layouts.shared.few import Few


@dataclass(frozen=True, eq=False)
class Categories:
    """The categories of the best response, and which of their counts are not told.

    Attributes
    ----------
    names : tuple of str
        Level ids, "missing" last.
    counts, hidden : (L + 1, G + 1) arrays
        Of the arms that there are, then of everybody.
    sums : mapping of a sum's name to level ids
    least : int
    arms : tuple of int
        Places of the arms.
    """

    names: tuple[str, ...]
    counts: np.ndarray
    hidden: np.ndarray
    sums: Mapping[str, tuple[str, ...]]
    least: int
    arms: tuple[int, ...]

    def of(self, arms: Sequence[int]) -> list[int]:
        """The columns of some arms by their places; -1 is everybody."""
        return [self.arms.index(one) if one >= 0 else len(self.arms) for one in arms]

    def place(self, name: str) -> int:
        """The row of a category."""
        return self.names.index(name)

    def told_by(self, name: str, columns: list[int]) -> np.ndarray | None:
        """Whether a sum would tell a hidden count, by column; None for what is no sum."""
        if name not in self.sums:
            return None
        inside = np.isin(self.names, self.sums[name])
        told = np.zeros(self.counts.shape[1], bool)
        for part in (inside, ~inside):
            hidden = self.hidden[part] & (self.counts[part] > 0)
            total = np.where(hidden, self.counts[part], 0).sum(axis=0)
            told |= (hidden.sum(axis=0) == 1) | ((total > 0) & (total < self.least))
        return told[columns]


def _hidden(cells: np.ndarray, least: int, already=None) -> np.ndarray:
    """Hidden counts of some categories of each arm, then of everybody."""
    before = np.zeros(cells.shape, bool) if already is None else already
    whole = hidden_table(cells[:, -1:], least, before[:, -1:])
    own = cells[:, :-1]
    if not own.size:
        return whole
    return np.column_stack([hidden_table(own, least, before[:, :-1] | (whole & (own > 0))), whole])


def categories_of(about: About) -> Categories:
    """The categories of a cohort: they make up each arm, and the arms everybody."""
    study, declared = about.study, about.study.comparison.response
    variable = study.variable(declared.variable)
    places = [place for _, place in arm_columns(study, about.cohort.analysis_set)]
    by_arm = levels_by_arm(study, about.cohort, variable.id)
    cells = np.column_stack([by_arm[:, places], by_arm.sum(axis=1)])
    names = (*(level.id for level in variable.levels), MISSING_ID)
    hidden = np.zeros(cells.shape, bool)
    # What is hidden beside a small count is of the same sum, so that the sum can be told.
    kind = np.isin(names, declared.responders) + 2 * np.isin(names, declared.controlled)
    for one in np.unique(kind):
        hidden[kind == one] = _hidden(cells[kind == one], about.cell)
    # Of a sum of one category nothing else can be hidden: then something of the others is.
    hidden = _hidden(cells, about.cell, hidden)
    sums = {
        "objective": tuple(declared.responders),
        "control": tuple(declared.controlled),
        "complete": tuple(declared.responders[:1]),
    }
    return Categories(names, cells, hidden, sums, about.cell, tuple(places))


def released_response(context: ResponseContext, about: About) -> ResponseContext:
    result = context.result
    if result is None:
        return context
    if len(context.groups) > 1 and about.hidden(ARM):
        raise about.without_arms()
    made: Any
    if isinstance(result, BestResult):
        made = _best(result, context.groups, about)
    elif isinstance(result, DepthResult):
        made = _depth(result, about)
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


def _depth(result: DepthResult, about: About) -> DepthResult:
    """Quartiles and shares; a bar for each patient only where single patients may be shown."""
    made = replace(
        result,
        spreads=tuple(released_spread(one, about) for one in result.spreads),
        rows=tuple(_share_row(one, about) for one in result.rows),
    )
    if about.study.single_patients:
        return made
    bars = result.waterfall
    told = not few(int(bars.unmeasured.sum()), about.cell)
    waterfall = replace(
        bars,
        change=bars.change[:0],
        category=bars.category[:0],
        unmeasured=bars.unmeasured if told else np.zeros_like(bars.unmeasured),
    )
    return replace(made, waterfall=waterfall, arms=result.arms[:0])


def _best(result: BestResult, groups: Sequence[Group], about: About) -> BestResult:
    """Categories make up the patients of a group, and the arms make up all of them."""
    kept = categories_of(about)
    columns = kept.of([one.position for one in groups])
    categories = tuple(
        replace(
            row,
            rates=tuple(
                _unless(one, bool(gone), about) for one, gone in zip(row.rates, line, strict=True)
            ),
            fisher=row.fisher and without_p(row.fisher) if line.any() else row.fisher,
            chi_square=None if line.any() else row.chi_square,
        )
        for row, line in (
            (row, kept.hidden[kept.place(row.name), columns]) for row in result.categories
        )
    )
    sums = tuple(_share_row(row, about, kept.told_by(row.name, columns)) for row in result.sums)
    return BestResult(
        categories, sums, tuple((label, about.count(n)) for label, n in result.not_evaluable)
    )


def _unless(share, gone: bool, about: About):
    """A share of a table in which what is hidden is known."""
    return released_share(share, about, True) if gone else share


def _share_row(row: ShareRow, about: About, gone=None) -> ShareRow:
    """A share of each arm, then of all; ``gone`` says of whom it must not be told."""
    rates = row.rates
    if gone is not None:
        rates = [_unless(one, bool(h), about) for one, h in zip(rates, gone, strict=True)]
    *arms, everybody = rates
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
    cells, kept = np.array(result.categories, int), categories_of(about)
    # Without arms the only column is everybody.
    places = range(cells.shape[1]) if kept.arms else [-1]
    there = [place for place in places if place < 0 or place in kept.arms]
    columns = [max(place, 0) for place in there]
    hidden = np.zeros(cells.shape, bool)
    hidden[:, columns] = kept.hidden[:, kept.of(there)]
    made = written(cells, hidden, about.cell)

    def comparison(name: str, one: Comparison) -> Comparison:
        gone = np.zeros(len(one.rates), bool)
        gone[columns] = kept.told_by(name, kept.of(there))
        rates = [_unless(share, bool(h), about) for share, h in zip(one.rates, gone, strict=True)]
        return released_comparison(replace(one, rates=tuple(rates)), about)

    return replace(
        result,
        categories=tuple(tuple(row) for row in made),
        objective=comparison("objective", result.objective),
        complete=comparison("complete", result.complete),
        control=comparison("control", result.control),
        shrinkage=result.shrinkage and released_comparison(result.shrinkage, about),
        depth=result.depth if not any(few(n, about.least) for n in result.depth_known) else None,
        depth_known=tuple(about.count(n) for n in result.depth_known),
        factors=tuple(
            (variable, labels, released_factor(one, variable.id, about))
            for variable, labels, one in result.factors
        ),
    )
