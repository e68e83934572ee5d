"""What the sections of the Compare arms page state of one data set, not remembered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.adjusted import Adjusted, adjusted_comparison
from analysis.balance import balance_of_arms, balance_of_levels, balance_of_numbers
from analysis.balance_chance import ChanceImbalance, chance_imbalance
from analysis.distribution import Distribution, distribution
from analysis.event_table import EventTable, event_table, time_axis
from analysis.logrank import logrank_from_table
from analysis.response import compare_shares, response_by_level
from callbacks.arms.in_view import InView, Together, Wanted, rows_of
from callbacks.groups import arms_drawn, covariate_frame, split_labels
from callbacks.incidence import first_by_group
from data.cohort import Cohort
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study, Variable
from layouts.arms.context import AllBalance, BalanceResult, CompetingResult, ResponseResult
from layouts.arms.options import covariates_of


def balance_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, adjust, stratify, pair: Pair
) -> BalanceResult:
    """Balance of every baseline variable, and two arms compared crude, adjusted and stratified."""
    seen = rows_of(study, pair_cohort(study, cohort, pair), endpoint_id, landmark)
    models = adjusted_result(study, seen.mask, endpoint_id, landmark, adjust, stratify, pair)
    return balance_of_pair(seen, pair, models)


def balance_of_pair(seen: InView, pair: Pair, adjusted: Adjusted) -> BalanceResult:
    """The balance of two arms beside their comparison; patients of others are not in view."""
    variables = covariates_of(seen.study)
    balances = []
    for variable, one in _each_of(seen, variables):
        values, n_levels = one.column(variable)
        is_reference = (one.arm == pair.reference).astype(int)
        if variable.is_number:
            found = balance_of_numbers(values, is_reference, one.patients)
        else:
            found = balance_of_levels(values, n_levels, is_reference, one.patients)
        balances.append(found)
    labels = _labels_of(seen.study, variables)
    return BalanceResult(variables, labels, tuple(balances), adjusted)


def all_balance(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> AllBalance:
    """Balance of every baseline variable in all arms, and the log-rank test over all of them."""
    seen = rows_of(study, cohort, endpoint_id, landmark)
    outcome, arm = study.outcomes[endpoint_id], study.codes[ARM][seen.mask]
    axis = time_axis(outcome.time[seen.mask] - (landmark or 0))
    table = event_table(axis, outcome.event[seen.mask], arm, len(study.arms))
    return balance_of_all(seen, table)


def balance_of_all(seen: InView, table: EventTable) -> AllBalance:
    """The balance of all arms beside their event table."""
    variables, n_arms = covariates_of(seen.study), len(seen.study.arms)
    return AllBalance(
        variables=variables,
        labels=_labels_of(seen.study, variables),
        balances=tuple(
            balance_of_arms(*one.column(variable), one.arm, n_arms, one.patients)
            for variable, one in _each_of(seen, variables)
        ),
        n=tuple(table.n.tolist()),
        events=int(table.n_event.sum()),
        logrank=logrank_from_table(table) if (table.n > 0).sum() > 1 else None,
    )


def _each_of(seen: InView, variables: tuple[Variable, ...]) -> Iterator[tuple[Variable, Together]]:
    """Every variable with the patients told apart by it."""
    wanted = (Wanted((), (v.id,)) if v.is_number else Wanted((v.id,)) for v in variables)
    return zip(variables, seen.each(*wanted), strict=True)


def _labels_of(study: Study, variables: tuple[Variable, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(() if v.is_number else split_labels(study, v) for v in variables)


def competing_result(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> CompetingResult:
    """Cumulative incidence of every cause of an endpoint by arm, and Gray's tests."""
    causes = study.causes_of(endpoint_id)
    arm = study.codes.get(ARM, np.zeros(study.n, int))
    size = max(len(study.arms), 1)
    first = first_by_group(study, cohort, causes, arm, landmark)
    return CompetingResult(causes.causes, first.risks(size), first.gray(), first.without)


def adjusted_result(
    study: Study, rows, endpoint_id: str, landmark, adjust, stratify, pair: Pair
) -> Adjusted:
    """Two arms compared crude, adjusted and stratified, among their own patients."""
    outcome = study.outcomes[endpoint_id]
    frame = covariate_frame(study, (*adjust, *stratify), rows, cut=stratify)
    return adjusted_comparison(
        outcome.time[rows] - (landmark or 0),
        outcome.event[rows],
        (study.codes[ARM][rows] != pair.reference).astype(int),
        covariate_frame(study, adjust, rows),
        frame[list(stratify)],
    )


def chance_of(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> ChanceImbalance:
    """How many large differences random allocation would give the same patients."""
    seen = rows_of(study, cohort, endpoint_id, landmark)
    columns = [one.column(variable) for variable, one in _each_of(seen, covariates_of(study))]
    return chance_imbalance(columns, arms_drawn(study, study.codes[ARM][seen.mask]))


def response_result(seen: InView, pair: Pair | None, with_factors: bool = True) -> ResponseResult:
    """Response of the patients in view by arm, and by baseline factor unless not wanted.

    All arms have their rates; compared are those of the pair.
    """
    study = seen.study
    declared, n_arms = study.comparison.response, max(len(study.arms), 1)
    compared = (n_arms, *((pair.reference, pair.compared) if pair else (None, None)))
    best = study.variable(declared.variable)

    def comparison(one: Together, variable: Variable, level_ids):
        yes = _has(one, variable, level_ids)
        return compare_shares(yes, one.arm, *compared, one.patients)

    (whole,) = seen.each(Wanted((best.id,)))
    # -1, not evaluable, is counted in the last row.
    size = len(best.levels) + 1
    cells = (whole.levels[best.id].astype(np.intp) % size) * n_arms + whole.arm
    counts = np.bincount(cells, whole.patients, size * n_arms).astype(np.int64)
    shrinkage = depth = None
    if declared.early_shrinkage:
        (one,) = seen.each(Wanted((declared.early_shrinkage,)))
        shrinkage = comparison(one, study.variable(declared.early_shrinkage), declared.shrunk)
    known = (0,) * n_arms
    if declared.depth:
        (one,) = seen.each(Wanted((), (declared.depth,)))
        parts = [_depth(one.of(one.arm == place), declared.depth) for place in range(n_arms)]
        known = tuple(part.n for part in parts)
        depth = tuple(tuple(part.quantiles(0.25, 0.5, 0.75)) for part in parts)
    factors = _factors(seen, best, declared.responders, compared) if with_factors else ()
    return ResponseResult(
        n=tuple(whole.sizes().tolist()),
        categories=tuple(map(tuple, counts.reshape(size, n_arms).tolist())),
        objective=comparison(whole, best, declared.responders),
        complete=comparison(whole, best, declared.responders[:1]),
        control=comparison(whole, best, declared.controlled),
        shrinkage=shrinkage,
        depth=depth,
        depth_known=known,
        factors=factors,
    )


def _has(one: Together, variable: Variable, level_ids) -> np.ndarray:
    """Who has one of some levels; (K,) of bool."""
    wanted = [i for i, level in enumerate(variable.levels) if level.id in level_ids]
    return np.isin(one.levels[variable.id], wanted)


def _depth(one: Together, name: str) -> Distribution:
    known = one.of(np.isfinite(one.numbers[name]))
    return distribution(known.numbers[name], known.patients)


def _factors(seen: InView, best: Variable, responders, compared: tuple) -> tuple:
    study, found = seen.study, []
    variables = [v for v in covariates_of(study) if len(split_labels(study, v)) > 1]
    parts = seen.each(*(Wanted((best.id, v.id)) for v in variables))
    for variable, one in zip(variables, parts, strict=True):
        codes, size = one.column(variable)
        yes = _has(one, best, responders)
        by_level = response_by_level(yes, codes, size, one.arm, *compared, one.patients)
        found.append((variable, split_labels(study, variable), by_level))
    return tuple(found)
