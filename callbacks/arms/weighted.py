"""What the section Adjusted states of one data set, and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analysis.balance import balance_of_levels, balance_of_numbers
from analysis.weighting.balance import weighted_smd_of_levels, weighted_smd_of_numbers
from analysis.weighting.comparison import weighted_comparison
from callbacks.arms.rows import MONTH, rows_of_pairs
from callbacks.files import across_columns
from callbacks.groups import covariate_frame, in_analysis, split_codes
from data.cohort import Cohort, select
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study, Variable
from layouts.arms.context import ArmContext
from layouts.arms.more_results import AllSizes, VariableBalance, WeightedResult
from layouts.arms.numbers import numbers_of
from layouts.arms.options import TAILS, covariates_of
from layouts.shared.numbers import DAYS, p_key

COLUMNS = ("estimate", "value", "lower", "upper", "p_value")


def all_sizes(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> AllSizes:
    """Patients and events of every arm."""
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    rows = rows & (study.codes[ARM] >= 0)
    arm, n_arms = study.codes[ARM][rows], len(study.arms)
    event = study.outcomes[endpoint_id].event[rows]
    events = np.bincount(arm[event > 0], minlength=n_arms)
    return AllSizes(tuple(np.bincount(arm, minlength=n_arms).tolist()), tuple(events.tolist()))


def weighted_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, pair: Pair, adjust, trim: str
) -> WeightedResult:
    """Two arms compared crude, adjusted and weighted, and their balance before and after."""
    rows = in_analysis(
        study, endpoint_id, select(study, pair_cohort(study, cohort, pair)), landmark
    )
    arm, outcome = study.codes[ARM], study.outcomes[endpoint_id]
    rows = rows & ((arm == pair.compared) | (arm == pair.reference))
    treated = (arm[rows] == pair.compared).astype(int)
    found = weighted_comparison(
        outcome.time[rows] - (landmark or 0),
        outcome.event[rows],
        treated,
        covariate_frame(study, adjust, rows),
        TAILS[trim],
    )
    balances: tuple[VariableBalance, ...] = ()
    if found.weights is not None:
        used = np.flatnonzero(rows)[found.used]
        second = 1 - treated[found.used]
        balances = tuple(
            _balance(study, one, used, second, found.weights.value) for one in covariates_of(study)
        )
    sizes = np.bincount(arm[rows], minlength=len(study.arms))
    return WeightedResult(
        pair.compared, pair.reference, tuple(sizes.tolist()), found, balances, tuple(adjust)
    )


def _balance(study: Study, variable: Variable, used, second, weight) -> VariableBalance:
    if variable.is_number:
        values = study.numbers[variable.id][used]
        before = balance_of_numbers(values, second)
        return VariableBalance(variable, before, weighted_smd_of_numbers(values, second, weight))
    codes, labels = split_codes(study, variable)
    before = balance_of_levels(codes[used], len(labels), second)
    after = weighted_smd_of_levels(codes[used], len(labels), second, weight)
    return VariableBalance(variable, before, after)


def weighted_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each estimate; times in months, survival as shares, then the weights."""
    return rows_of_pairs(context, COLUMNS, _rows_of_two)


def _rows_of_two(context: ArmContext) -> Iterable[dict]:
    result = context.result
    for number in numbers_of(result):
        scale = MONTH if number.unit == DAYS else 1.0
        values = [float(x) / scale for x in number.estimate]
        if number.unit == DAYS and context.study.disclosure.protects:
            values = [round(x, 1) for x in values]
        cells = (_name(context, number.key), *values, float(number.p))
        row = dict(zip(COLUMNS, cells, strict=True))
        row |= across_columns(context.across, {"value": number.key}, scale=scale)
        yield row | across_columns(context.across, {"p_value": p_key(number.key)})


def _name(context: ArmContext, key) -> str:
    """``hazard_ratio weighted``, ``weighted_median Sorafenib``."""
    statistic, *rest = key
    statistic = {"model-ratio": "hazard-ratio"}.get(statistic, statistic)
    words = [context.study.arms[one].label if isinstance(one, int) else one for one in rest]
    return " ".join([statistic.replace("-", "_"), *words])
