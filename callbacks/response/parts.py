"""The parts of the Response page for some patients of one data set."""

from __future__ import annotations

import numpy as np

from analysis.best_response import category_rates, group_rates
from analysis.response import compare_shares, response_by_level
from analysis.response_depth import PARTIAL_RESPONSE, PROGRESSION, spread, waterfall
from analysis.response_time import cumulative_share
from analysis.swimmer import Lanes, lanes
from callbacks.groups import split_codes
from data.address import NO_SPLIT
from data.pairs import several
from data.study import ARM, MISSING_ID, MISSING_LABEL, Study, Variable
from layouts.response.context import (
    WHOLE,
    BestResult,
    ByResult,
    CourseResult,
    DepthResult,
    Group,
    ShareRow,
)
from layouts.response.options import split_variables
from layouts.shared.words import DAYS_PER


def groups_in_view(study: Study, rows: np.ndarray) -> tuple[Group, ...]:
    """The arms with patients, the compared ones before the reference, then all patients."""
    whole = Group("All patients", WHOLE, int(rows.sum()))
    codes = study.codes.get(ARM)
    if codes is None:
        return (whole,)
    places = sorted(range(len(study.arms)), key=lambda i: study.arms[i].reference)
    counted = [(i, int((codes[rows] == i).sum())) for i in places]
    arms = tuple(Group(study.arms[i].label, i, n) for i, n in counted if n)
    return (*arms, whole) if len(arms) > 1 else (whole,)


def members_of(study: Study, rows: np.ndarray, groups: tuple[Group, ...] = ()) -> np.ndarray:
    """Patients of each group in view, or of the given groups; (G, N) array of bool."""
    groups = groups or groups_in_view(study, rows)
    return np.array(
        [
            rows if one.position == WHOLE else rows & (study.codes[ARM] == one.position)
            for one in groups
        ]
    )


def responders(study: Study) -> np.ndarray:
    """Who had an objective response at any time; bool of shape (N,)."""
    response = study.comparison.response
    return _has(study, study.variable(response.variable), response.responders)


def _has(study: Study, variable: Variable, level_ids) -> np.ndarray:
    wanted = [i for i, level in enumerate(variable.levels) if level.id in level_ids]
    return np.isin(study.codes[variable.id], wanted)


def share_row(
    study: Study, rows, name: str, label: str, detail: str, yes, groups: tuple[Group, ...] = ()
) -> ShareRow:
    """A yes or no in every group in view, and its tests where two arms are or more.

    Groups are given where ``rows`` are only some of the patients in view.
    """
    rates = group_rates(yes, members_of(study, rows, groups))
    if len(rates) < 3:
        return ShareRow(name, label, detail, rates)
    used = rows & (study.codes[ARM] >= 0)
    # Of three arms or more the tests are over all of them.
    reference = None if several(study) else study.reference
    n_arms = len(study.arms)
    compared = compare_shares(yes[used], study.codes[ARM][used], n_arms, reference)
    return ShareRow(name, label, detail, rates, compared.fisher, compared.chi_square)


def _early(study: Study, rows) -> tuple[ShareRow, ...]:
    response = study.comparison.response
    if not response.early_shrinkage:
        return ()
    variable = study.variable(response.early_shrinkage)
    yes = _has(study, variable, response.shrunk)
    return (share_row(study, rows, "shrinkage", variable.label, "", yes),)


def best_result(study: Study, rows: np.ndarray) -> BestResult:
    """Best response by category, objective response, disease control, early shrinkage."""
    response = study.comparison.response
    best = study.variable(response.variable)
    counted = category_rates(study.codes[best.id], len(best.levels), members_of(study, rows))
    named = [*((level.id, level.label) for level in best.levels), (MISSING_ID, MISSING_LABEL)]
    categories = tuple(
        ShareRow(name, label, "", rates)
        for (name, label), rates in zip(named, counted, strict=True)
        if name != MISSING_ID or rates[-1].events
    )
    sums = tuple(
        share_row(
            study,
            rows,
            name,
            label,
            ", ".join(best.level(one).label for one in ids),
            _has(study, best, ids),
        )
        for name, label, ids in (
            ("objective", "Objective response", response.responders),
            ("control", "Disease control", response.controlled),
        )
    )
    unread = tuple(
        (row.label, row.rates[-1].events)
        for row in categories
        if row.name in (*response.not_evaluable, MISSING_ID) and row.rates[-1].events
    )
    return BestResult(categories, sums + _early(study, rows), unread)


def change_of(study: Study) -> np.ndarray:
    """Change of the target lesions in per cent, shrinkage negative; shape (N,)."""
    response = study.comparison.response
    depth = study.numbers[response.depth]
    return -depth if response.depth_is == "shrinkage" else depth


def depth_result(study: Study, rows: np.ndarray) -> DepthResult:
    """Waterfall, quartiles by arm, and who shrank or grew past the marks of RECIST."""
    best = study.variable(study.comparison.response.variable)
    change = change_of(study)
    # Nobody knows whether a lesion that was not measured shrank or grew.
    measured = rows & np.isfinite(change)
    told = "of patients measured"
    marks = (
        share_row(
            study,
            measured,
            "shrank",
            f"Shrinkage by {-PARTIAL_RESPONSE:.0f} % or more",
            told,
            change <= PARTIAL_RESPONSE,
            groups_in_view(study, rows),
        ),
        share_row(
            study,
            measured,
            "grew",
            f"Growth by {PROGRESSION:.0f} % or more",
            told,
            change >= PROGRESSION,
            groups_in_view(study, rows),
        ),
    )
    shown = waterfall(change[rows], study.codes[best.id][rows], len(best.levels))
    return DepthResult(
        shown,
        tuple(spread(change[one]) for one in members_of(study, rows)),
        marks + _early(study, rows),
        study.codes[ARM][rows][shown.place] if study.arms else np.empty(0, int),
    )


def course_result(study: Study, rows: np.ndarray, show: str) -> CourseResult:
    """Time to response among responders, and the lanes of a swimmer plot."""
    response = study.comparison.response
    yes = responders(study)
    months = np.full(study.n, np.nan)
    if response.time:
        months = np.where(yes, study.numbers[response.time], np.nan)
    members = members_of(study, rows)
    return CourseResult(
        tuple(int((one & yes).sum()) for one in members),
        tuple(spread(months[one]) for one in members),
        tuple(cumulative_share(months[one]) for one in members),
        _lanes(study, rows & yes if show == "responders" else rows, months),
    )


def _lanes(study: Study, rows: np.ndarray, months: np.ndarray) -> Lanes | None:
    response = study.comparison.response
    if not response.survival or not study.single_patients:
        return None
    death, progression = (study.outcomes[n] for n in (response.survival, response.progression))
    used = rows & death.known
    return lanes(
        death.time[used],
        death.event[used],
        np.round(months[used] * DAYS_PER["months"]),
        progression.time[used],
        (progression.event & progression.known)[used],
        study.codes[response.variable][used],
    )


def by_result(study: Study, rows: np.ndarray, by: str) -> ByResult:
    """Objective response by the levels of one variable, or of every baseline variable."""
    yes = responders(study)[rows]
    nobody = np.zeros(len(yes), int)
    chosen = split_variables(study)
    if by == NO_SPLIT:
        chosen = tuple(v for v in chosen if not v.after_baseline)
    else:
        chosen = (study.variable(by),)
    found = []
    for variable in chosen:
        codes, labels = split_codes(study, variable)
        factor = response_by_level(yes, codes[rows], len(labels), nobody, 1, None)
        found.append((variable, labels, factor))
    return ByResult(group_rates(yes, np.ones((1, len(yes)), bool))[0], tuple(found))
