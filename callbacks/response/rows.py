"""The numbers of the Response page as rows for their files."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from data.study import MISSING_LABEL
from layouts.response import numbers
from layouts.response.context import ResponseContext
from layouts.shared.numbers import p_key
from layouts.shared.words import DAYS_PER
from layouts.survival.numbers import LOG_RANK

MONTH = DAYS_PER["months"]
SHARE = ("category", "group", "n", "N", "percent", "lower", "upper")
BY = ("variable", "level", "N", "n", "percent", "lower", "upper", "fisher_p", "fisher_test")
WATERFALL = ("rank", "percent", "category")
TIME = (
    "group",
    "responders",
    "n",
    "median",
    "lower_quartile",
    "upper_quartile",
    "shortest",
    "longest",
    "mean",
)
SURVIVAL = (
    "group",
    "landmark_days",
    "time_months",
    "n_risk",
    "n_event",
    "n_censor",
    "survival",
    "lower",
    "upper",
    "log_rank_p",
)


def share_rows(context: ResponseContext) -> Iterable[dict]:
    """One row for each category, and each sum of categories, in each group."""
    if context.result is None:
        yield dict.fromkeys(SHARE)
        return
    for row in (*context.result.categories, *context.result.sums):
        for place, (group, rate) in enumerate(zip(context.groups, row.rates, strict=True)):
            cells = (
                row.label,
                group.label,
                rate.events,
                rate.n,
                *(100 * x for x in (rate.value, rate.lower, rate.upper)),
            )
            made = dict(zip(SHARE, cells, strict=True))
            key = numbers.share(row.name, place)
            yield made | across_columns(context.across, {"percent": key}, scale=0.01)


def by_rows(context: ResponseContext) -> Iterable[dict]:
    """One row for each level; the test of a variable stands in all its rows."""
    if context.result is None:
        yield dict.fromkeys(BY)
        return
    for variable, labels, factor in context.result.factors:
        for place, (label, level) in enumerate(zip(labels, factor.levels, strict=True)):
            rate = level.rate
            shares = (100 * x for x in (rate.value, rate.lower, rate.upper))
            how = "exact" if factor.fisher.exact else "simulated"
            test = (float(factor.p_value), how)
            cells = (variable.label, label, rate.n, rate.events, *shares, *test)
            at = (variable.id, place)
            columns = {
                "N": numbers.patients(at),
                "n": numbers.responders(at),
                "fisher_p": p_key(numbers.fisher(variable.id)),
            }
            made = dict(zip(BY, cells, strict=True)) | across_columns(context.across, columns)
            yield made | across_columns(context.across, {"percent": numbers.rate(at)}, scale=0.01)


def waterfall_rows(context: ResponseContext) -> Iterable[dict]:
    """One row for each bar, without any id; shrinkage is negative."""
    if context.result is None or not context.result.waterfall.n:
        yield dict.fromkeys(WATERFALL)
        return
    shown = context.result.waterfall
    names = (*(level.label for level in context.best.levels), MISSING_LABEL)
    for i in range(shown.n):
        cells = (i + 1, float(shown.change[i]), names[shown.category[i]])
        yield dict(zip(WATERFALL, cells, strict=True))


def time_rows(context: ResponseContext) -> Iterable[dict]:
    """Months to the response of the responders, one row for each group."""
    if context.result is None:
        yield dict.fromkeys(TIME)
        return
    result = context.result
    for group, responders, one in zip(
        context.groups, result.responders, result.spreads, strict=True
    ):
        months = (one.median, one.lower, one.upper, one.smallest, one.largest, one.mean)
        yield dict(zip(TIME, (group.label, responders, one.n, *months), strict=True))


def survival_rows(context: ResponseContext) -> Iterable[dict]:
    """One row for each group and day from the landmark on; the test stands in all rows."""
    if context.result is None or not context.result.survival.result.n:
        yield dict.fromkeys(SURVIVAL)
        return
    survival = context.result.survival
    test = survival.result.test
    p = float("nan") if test is None else float(test.p_value)
    for group in survival.result.shown:
        curve = group.curve
        for i in range(len(curve.time)):
            counts = (int(x[i]) for x in (curve.n_risk, curve.n_event, curve.n_censor))
            shares = (float(x[i]) for x in (curve.survival, curve.lower, curve.upper))
            cells = (
                group.label,
                survival.landmark_days,
                float(curve.time[i]) / MONTH,
                *counts,
                *shares,
                p,
            )
            made = dict(zip(SURVIVAL, cells, strict=True))
            yield made | across_columns(survival.across, {"log_rank_p": p_key(LOG_RANK)})
