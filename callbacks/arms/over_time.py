"""What the section Over time states of one data set, and the rows of its file."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

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
from layouts.arms.numbers import numbers_of
from layouts.shared.numbers import NAN, NO_KEY, by_key, p_key

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
    yield from _fixed(context)
    yield from _curves(context)


def _row(context: ArmContext, name, days, values, *, band=(NAN, NAN), p=NAN, key=NO_KEY, scale=1.0):
    numbers = (*(day / MONTH for day in days), *values, *band, p)
    made = dict(zip(COLUMNS, (name, *map(float, numbers)), strict=True))
    made |= across_columns(context.across, {"value": key}, scale=scale)
    return made | across_columns(context.across, {"p_value": p_key(key) if key else NO_KEY})


def _fixed(context: ArmContext) -> Iterable[dict]:
    """At fixed months and in stretches, with their ranges over data sets."""
    found, numbered = context.result.found, by_key(numbers_of(context.result))
    for month, day in zip(keys.CUTS, keys.CUT_DAYS, strict=True):
        key = keys.gap(month)
        yield _row(context, "survival_difference", (day, day), numbered[key].estimate, key=key)
        key = keys.mean_until(month)
        if key in numbered:
            values = [x / MONTH for x in numbered[key].estimate]
            yield _row(context, "mean_time_gained", (0, day), values, key=key, scale=MONTH)
    for place, part in enumerate(found.pieces.pieces):
        key, days = keys.piece(place), (part.start, part.end)
        values = (part.value, part.lower, part.upper)
        yield _row(context, "hazard_ratio", days, values, p=part.p_value, key=key)
    test, nothing = found.pieces, (NAN, NAN)
    values = (test.chi_square, *nothing)
    yield _row(context, "one_ratio_test", (0, inf), values, p=test.p_value, key=keys.CONSTANT)


def _curves(context: ArmContext) -> Iterable[dict]:
    """What is drawn, of the data set shown."""
    found = context.result.found
    one, means, smooth, band = found.difference, found.means, found.smooth, found.band
    days, values = (band.first, band.last), (band.critical, NAN, NAN)
    yield _row(context, "simultaneous_band_curve", days, values, p=band.p_value)
    arrays = (one.time, one.value, one.lower, one.upper, one.band_lower, one.band_upper)
    for day, value, lower, upper, low, high in zip(*arrays, strict=True):
        values, ends = (value, lower, upper), (low, high)
        yield _row(context, "survival_difference_curve", (day, day), values, band=ends)
    for tau, *values in zip(means.tau, means.value, means.lower, means.upper, strict=True):
        values = [x / MONTH for x in values]
        yield _row(context, "mean_time_gained_curve", (0, tau), values)
    if smooth is not None:
        for day, log_ratio, se in zip(smooth.time, smooth.log_ratio, smooth.se, strict=True):
            ends = np.exp([log_ratio, log_ratio - 1.959964 * se, log_ratio + 1.959964 * se])
            yield _row(context, "smoothed_hazard_ratio_curve", (day, day), ends)
