"""Rows of the Survival page's files."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.shared.numbers import p_key
from layouts.shared.words import DAYS_PER
from layouts.survival import numbers
from layouts.survival.context import SurvivalContext


def _months(days: float) -> float:
    return float(days) / DAYS_PER["months"]


def curves(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group and day with an event or a censoring."""
    names = ("group", "time_months", "n_risk", "n_event", "n_censor", "survival", "lower", "upper")
    empty = True
    for group in context.result.shown:
        curve = group.curve
        for i in range(len(curve.time)):
            empty = False
            yield {
                "group": group.label,
                "time_months": _months(curve.time[i]),
                "n_risk": int(curve.n_risk[i]),
                "n_event": int(curve.n_event[i]),
                "n_censor": int(curve.n_censor[i]),
                "survival": float(curve.survival[i]),
                "lower": float(curve.lower[i]),
                "upper": float(curve.upper[i]),
            }
    if empty:
        yield dict.fromkeys(names)


def summary(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group: n, events, median, follow-up, restricted mean, landmarks."""
    for place, group in enumerate(context.result.groups):
        row = {
            "group": group.label,
            "n": group.n,
            "events": group.events,
            "median": _months(group.median.value),
            "median_lower": _months(group.median.lower),
            "median_upper": _months(group.median.upper),
        }
        days = [month * DAYS_PER["months"] for month in context.options.landmarks]
        read = group.curve.at(days)
        for i, month in enumerate(context.options.landmark_texts()):
            row[f"survival_{month}"] = float(read.survival[i])
            row[f"survival_{month}_lower"] = float(read.lower[i])
            row[f"survival_{month}_upper"] = float(read.upper[i])
        row["follow_up_median"] = _months(group.follow_up.value)
        row["restricted_mean"] = _months(group.restricted_mean.value)
        row["restricted_mean_se"] = _months(group.restricted_mean.se)
        row["restricted_mean_horizon"] = _months(group.restricted_mean.tau)
        row["restricted_mean_at_risk"] = group.restricted_mean.at_risk
        times = {
            "median": numbers.median(place),
            "follow_up_median": numbers.follow_up(place),
            "restricted_mean": numbers.restricted_mean(place),
        }
        counts = {"n": numbers.patients(place), "events": numbers.events(place)}
        row |= across_columns(context.across, counts)
        row |= across_columns(context.across, times, scale=DAYS_PER["months"])
        shares = {
            f"survival_{month}": numbers.survival(month, place)
            for month in context.options.landmark_texts()
        }
        yield row | across_columns(context.across, shares)


def log_rank(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group with observed and expected events, and the test in every row."""
    names = ("group", "n", "observed", "expected", "statistic", "df", "p_value")
    test = context.result.test
    if test is None:
        yield dict.fromkeys(names)
        return
    for i, group in enumerate(context.result.groups):
        yield {
            "group": group.label,
            "n": group.n,
            "observed": float(test.observed[i]),
            "expected": float(test.expected[i]),
            "statistic": float(test.statistic),
            "df": int(test.df),
            "p_value": float(test.p_value),
        } | across_columns(context.across, {"p_value": p_key(numbers.LOG_RANK)})
