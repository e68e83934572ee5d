"""Rows of the file of thresholds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from callbacks.files import across_columns
from layouts.shared.numbers import NAN, NO_KEY, p_key
from layouts.shared.words import DAYS_PER
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.words import obstacle

MOST_ROWS = 400
"""Thresholds that are written at most: evenly over all of them, and the best."""
SIDES = ("below", "at_or_above")


def threshold_rows(context: ThresholdContext) -> Iterable[dict]:
    """The chosen threshold, the best one, and every tested one; none without any.

    Estimates stand in the rows of the first two only.
    """
    if obstacle(context):
        return
    found, selected = context.result, context.result.selected
    groups = found.groups.groups
    p = found.groups.test.p_value if found.groups.test else NAN
    row = _row(context, "chosen", context.options.cut, [one.n for one in groups])
    row |= {f"events_{side}": one.events for side, one in zip(SIDES, groups, strict=True)}
    row |= {
        f"median_{side}": one.median.value / DAYS_PER["months"]
        for side, one in zip(SIDES, groups, strict=True)
    }
    row |= _ratio(found.ratio, found.shrunk)
    row |= {"log_rank_p": float(p), "p_adjusted": context.adjusted}
    yield row | _ranges(context, HAZARD_RATIO, p_key(LOG_RANK))
    if selected.best is not None:
        row = _tested(context, "best", selected.best) | _ratio(found.best, found.best_shrunk)
        row["hazard_ratio_validated"] = found.validated.value
        yield row | _ranges(context)
    last = selected.threshold.size - 1
    places = np.linspace(0, last, min(MOST_ROWS, last + 1)).round().astype(int)
    for place in np.unique(places).tolist():
        yield _tested(context, "tested", place) | _ranges(context)


def _row(context: ThresholdContext, kind: str, cut: float, n) -> dict:
    variable = context.options.variable
    row = {"variable": variable.label, "unit": variable.unit, "kind": kind, "cut_point": cut}
    row |= {f"n_{side}": int(one) for side, one in zip(SIDES, n, strict=True)}
    names = [f"{what}_{side}" for what in ("events", "median") for side in SIDES]
    names += ["hazard_ratio", "lower", "upper", "hazard_ratio_shrunk", "hazard_ratio_validated"]
    return row | dict.fromkeys([*names, "statistic", "log_rank_p", "p_adjusted"], NAN)


def _tested(context: ThresholdContext, kind: str, place: int) -> dict:
    selected = context.result.selected
    below = int(selected.below[place])
    row = _row(context, kind, float(selected.threshold[place]), (below, selected.n - below))
    row["statistic"] = float(selected.statistic[place])
    row["p_adjusted"] = float(selected.p_adjusted[place])
    return row


def _ratio(ratio, shrunk: float) -> dict:
    if ratio is None:
        return {}
    values = (*ratio.estimate, shrunk)
    return dict(zip(("hazard_ratio", "lower", "upper", "hazard_ratio_shrunk"), values, strict=True))


def _ranges(context: ThresholdContext, ratio=NO_KEY, p=NO_KEY) -> dict:
    return across_columns(context.across, {"hazard_ratio": ratio, "log_rank_p": p})
