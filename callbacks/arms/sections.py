"""What the sections of the Compare arms page state of one data set, not remembered."""

from __future__ import annotations

import numpy as np

from analysis.adjusted import Adjusted, adjusted_comparison
from analysis.balance import balance_of_arms, balance_of_levels, balance_of_numbers
from analysis.balance_chance import ChanceImbalance, chance_imbalance
from analysis.event_table import event_table, time_axis
from analysis.logrank import logrank_from_table
from analysis.response import compare_shares, response_by_level
from callbacks.groups import arms_drawn, covariate_frame, in_analysis, split_codes
from callbacks.incidence import first_by_group
from data.cohort import Cohort, select
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study, Variable
from layouts.arms.context import AllBalance, BalanceResult, CompetingResult, ResponseResult
from layouts.arms.options import covariates_of


def _balanced_rows(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> np.ndarray:
    """Patients whose balance is shown; bool of shape (N,)."""
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    return rows & (study.codes[ARM] >= 0)


def _is_reference(study: Study, pair: Pair, rows) -> np.ndarray:
    return (study.codes[ARM][rows] == pair.reference).astype(int)


def balance_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, adjust, stratify, pair: Pair
) -> BalanceResult:
    """Balance of every baseline variable, and two arms compared crude, adjusted and stratified."""
    rows = _balanced_rows(study, pair_cohort(study, cohort, pair), endpoint_id, landmark)
    is_reference = _is_reference(study, pair, rows)
    variables = covariates_of(study)
    return BalanceResult(
        variables=variables,
        labels=tuple(() if v.is_number else split_codes(study, v)[1] for v in variables),
        balances=tuple(_balance_of(study, v, rows, is_reference) for v in variables),
        adjusted=adjusted_result(study, rows, endpoint_id, landmark, adjust, stratify, pair),
    )


def all_balance(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> AllBalance:
    """Balance of every baseline variable in all arms, and the log-rank test over all of them."""
    rows = _balanced_rows(study, cohort, endpoint_id, landmark)
    arm, outcome, n_arms = study.codes[ARM][rows], study.outcomes[endpoint_id], len(study.arms)
    variables, test = covariates_of(study), None
    if np.unique(arm).size > 1:
        axis = time_axis(outcome.time[rows] - (landmark or 0))
        test = logrank_from_table(event_table(axis, outcome.event[rows], arm, n_arms))
    columns = (_column(study, v, rows) for v in variables)
    return AllBalance(
        variables=variables,
        labels=tuple(() if v.is_number else split_codes(study, v)[1] for v in variables),
        balances=tuple(balance_of_arms(*column, arm, n_arms) for column in columns),
        n=tuple(np.bincount(arm, minlength=n_arms).tolist()),
        events=int(outcome.event[rows].sum()),
        logrank=test,
    )


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
        1 - _is_reference(study, pair, rows),
        covariate_frame(study, adjust, rows),
        frame[list(stratify)],
    )


def chance_of(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> ChanceImbalance:
    """How many large differences random allocation would give the same patients."""
    rows = _balanced_rows(study, cohort, endpoint_id, landmark)
    columns = [_column(study, one, rows) for one in covariates_of(study)]
    return chance_imbalance(columns, arms_drawn(study, study.codes[ARM][rows]))


def _column(study: Study, variable: Variable, rows) -> tuple[np.ndarray, int]:
    """Numbers and 0, or codes and how many levels they are of."""
    if variable.is_number:
        return study.numbers[variable.id][rows], 0
    codes, labels = split_codes(study, variable)
    return codes[rows], len(labels)


def _balance_of(study: Study, variable: Variable, rows, is_reference):
    values, n_levels = _column(study, variable, rows)
    if variable.is_number:
        return balance_of_numbers(values, is_reference)
    return balance_of_levels(values, n_levels, is_reference)


def response_result(
    study: Study, rows, pair: Pair | None, with_factors: bool = True
) -> ResponseResult:
    """Response of the patients in view by arm, and by baseline factor unless not wanted.

    All arms have their rates; compared are those of the pair.
    """
    declared = study.comparison.response
    n_arms = max(len(study.arms), 1)
    arm = study.codes.get(ARM, np.zeros(study.n, int))
    rows = rows & (arm >= 0)
    arm = arm[rows]
    reference, compared = (pair.reference, pair.compared) if pair else (None, None)
    best = study.variable(declared.variable)
    codes = study.codes[best.id][rows]
    # -1, not evaluable, is counted in the last row.
    size = len(best.levels) + 1
    cells = (codes.astype(np.intp) % size) * n_arms + arm
    counts = np.bincount(cells, minlength=size * n_arms).reshape(size, n_arms)

    def comparison(variable: Variable, level_ids):
        yes = np.isin(
            study.codes[variable.id][rows],
            [i for i, level in enumerate(variable.levels) if level.id in level_ids],
        )
        return compare_shares(yes, arm, n_arms, reference, compared), yes

    objective, responded = comparison(best, declared.responders)
    shrinkage = depth = None
    if declared.early_shrinkage:
        shrinkage, _ = comparison(study.variable(declared.early_shrinkage), declared.shrunk)
    known = (0,) * n_arms
    if declared.depth:
        values = study.numbers[declared.depth][rows]
        parts = [values[(arm == i) & np.isfinite(values)] for i in range(n_arms)]
        known = tuple(part.size for part in parts)
        depth = tuple(
            tuple(np.quantile(p, (0.25, 0.5, 0.75))) if p.size else (np.nan,) * 3 for p in parts
        )
    return ResponseResult(
        n=tuple(np.bincount(arm, minlength=n_arms).tolist()),
        categories=tuple(map(tuple, counts.tolist())),
        objective=objective,
        complete=comparison(best, declared.responders[:1])[0],
        control=comparison(best, declared.controlled)[0],
        shrinkage=shrinkage,
        depth=depth,
        depth_known=known,
        factors=_factors(study, rows, responded, arm, (n_arms, reference, compared))
        if with_factors
        else (),
    )


def _factors(study: Study, rows, responded, arm, compared: tuple) -> tuple:
    found = []
    for variable in covariates_of(study):
        codes, labels = split_codes(study, variable)
        if len(labels) < 2:
            continue
        by_level = response_by_level(responded, codes[rows], len(labels), arm, *compared)
        found.append((variable, labels, by_level))
    return tuple(found)
