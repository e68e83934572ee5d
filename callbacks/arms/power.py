"""What the section Power states of one data set, and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from callbacks.arms.rows import rows_of_pairs
from callbacks.files import across_columns
from callbacks.groups import in_analysis, split_codes
from data.cohort import Cohort, select
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study
from layouts.arms.context import ArmContext
from layouts.arms.more_results import InteractionPower, PowerResult
from layouts.arms.numbers import numbers_of
from layouts.arms.options import covariates_of
from layouts.shared.numbers import NAN

COLUMNS = ("quantity", "variable", "value", "inverse")


def power_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, pair: Pair
) -> PowerResult:
    """Events of two arms, and of them in the levels of every variable of two levels."""
    rows = in_analysis(
        study, endpoint_id, select(study, pair_cohort(study, cohort, pair)), landmark
    )
    arm = study.codes[ARM]
    rows = rows & ((arm == pair.compared) | (arm == pair.reference))
    happened = study.outcomes[endpoint_id].event[rows] > 0
    theirs = (arm[rows] == pair.reference).astype(np.intp)
    events = np.bincount(theirs[happened], minlength=2)
    sizes = np.bincount(arm[rows], minlength=len(study.arms))
    # A protocol plans one comparison: that of two arms for one endpoint.
    plan = study.plan if len(study.arms) == 2 else None
    if plan is not None and plan.endpoint != endpoint_id:
        plan = None
    return PowerResult(
        pair.compared,
        pair.reference,
        tuple(sizes.tolist()),
        tuple(events.tolist()),
        plan.hazard_ratio if plan else float("nan"),
        plan.source if plan else "",
        tuple(_interactions(study, rows, happened, theirs)),
    )


def _interactions(study: Study, rows, happened, theirs) -> Iterator[InteractionPower]:
    for variable in covariates_of(study):
        codes, labels = split_codes(study, variable)
        levels = len(variable.levels)
        known = codes[rows]
        used = happened & (known >= 0) & (known < levels)
        if levels != 2:
            continue
        cells = np.bincount(2 * known[used].astype(np.intp) + theirs[used], minlength=4)
        yield InteractionPower(variable, tuple(labels[:2]), tuple(cells.tolist()))


def power_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each number."""
    return rows_of_pairs(context, COLUMNS, _rows_of_two)


def _rows_of_two(context: ArmContext) -> Iterable[dict]:
    for number in numbers_of(context.result):
        statistic, *rest = number.key
        # A ratio and its inverse are found equally well.
        inverse = 1 / number.value if statistic.startswith("detectable") else NAN
        cells = (statistic.replace("-", "_"), "".join(rest), number.value, inverse)
        row = dict(zip(COLUMNS, cells, strict=True))
        yield row | across_columns(context.across, {"value": number.key})
