"""What the section Over time states of one data set, and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite

import numpy as np

from analysis.over_time.comparison import over_time_comparison
from analysis.over_time.difference import DRAWS
from callbacks.arms.rows import MONTH, rows_of_pairs
from callbacks.files import across_columns
from callbacks.groups import in_analysis
from data.cohort import Cohort, select
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study
from layouts.arms import time_numbers as keys
from layouts.arms.context import ArmContext
from layouts.arms.more_results import OverTimeResult
from layouts.shared.numbers import NAN, NO_KEY, p_key

COLUMNS = (
    "quantity",
    "from_months",
    "to_months",
    "value",
    "lower",
    "upper",
    "band_lower",
    "band_upper",
    "p_value",
)


def over_time_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, pair: Pair, draws: int = DRAWS
) -> OverTimeResult:
    """Two arms over time."""
    rows = in_analysis(
        study, endpoint_id, select(study, pair_cohort(study, cohort, pair)), landmark
    )
    arm, outcome = study.codes[ARM], study.outcomes[endpoint_id]
    rows = rows & ((arm == pair.compared) | (arm == pair.reference))
    found = over_time_comparison(
        outcome.time[rows] - (landmark or 0),
        outcome.event[rows],
        (arm[rows] == pair.compared).astype(int),
        keys.CUT_DAYS,
        draws,
    )
    sizes = np.bincount(arm[rows], minlength=len(study.arms))
    return OverTimeResult(pair.compared, pair.reference, tuple(sizes.tolist()), found)


def over_time_rows(context: ArmContext) -> Iterable[dict]:
    """Differences on every day on which a curve falls, means, smooth and piecewise ratios."""
    return rows_of_pairs(context, COLUMNS, _rows_of_two)


def _rows_of_two(context: ArmContext) -> Iterable[dict]:
    found = context.result.found
    at = {round(day, 3): month for month, day in zip(keys.CUTS, keys.CUT_DAYS, strict=True)}

    def row(name, start, end, values, band=(NAN, NAN), p=NAN, key=NO_KEY, scale=1.0):
        cells = (name, start / MONTH, end / MONTH, *values, *band, p)
        made = dict(zip(COLUMNS, (float(x) if i else x for i, x in enumerate(cells)), strict=True))
        made |= across_columns(context.across, {"value": key}, scale=scale)
        return made | across_columns(context.across, {"p_value": p_key(key) if key else NO_KEY})

    one = found.difference
    arrays = (one.time, one.value, one.lower, one.upper, one.band_lower, one.band_upper)
    for day, value, lower, upper, low, high in zip(*arrays, strict=True):
        yield row("survival_difference", day, day, (value, lower, upper), (low, high))
    means = found.means
    for tau, *values in zip(means.tau, means.value, means.lower, means.upper, strict=True):
        month = at.get(round(float(tau), 3))
        key = keys.mean_until(month) if month else NO_KEY
        values = [x / MONTH for x in values]
        yield row("mean_time_gained", 0, tau, values, key=key, scale=MONTH)
    if found.smooth is not None:
        smooth = found.smooth
        for day, log_ratio, se in zip(smooth.time, smooth.log_ratio, smooth.se, strict=True):
            ends = np.exp([log_ratio, log_ratio - 1.959964 * se, log_ratio + 1.959964 * se])
            yield row("smoothed_hazard_ratio", day, day, ends)
    for place, part in enumerate(found.pieces.pieces):
        values = (part.value, part.lower, part.upper)
        end = part.end if isfinite(part.end) else inf
        yield row("hazard_ratio", part.start, end, values, p=part.p_value, key=keys.piece(place))
    test = found.pieces
    yield row("constant_ratio_test", 0, inf, (test.chi_square, NAN, NAN), p=test.p_value)
    band = found.band
    yield row(
        "any_difference_test", band.first, band.last, (band.critical, NAN, NAN), p=band.p_value
    )
