"""Rows of the Survival page's files."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from layouts.shared.competing_numbers import half
from layouts.shared.numbers import NAN, NO_KEY, Key, p_key
from layouts.shared.words import DAYS_PER
from layouts.survival import numbers
from layouts.survival.context import SurvivalContext

# Of two groups: which is compared with the other, and the hazard ratio with its Wald limits and p.
RATIO = ("compared", "hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper", "hazard_ratio_p")


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
    """One row for each group: n, events, median, follow-up, restricted mean, landmarks.

    With them the median of the cumulative incidence where another event competes, and what the
    publication prints.
    """
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
        row["aalen_johansen_median"] = _half(context, place)
        row |= _printed(context, place)
        times = {
            "median": numbers.median(place),
            "aalen_johansen_median": half(place) if context.incidence else NO_KEY,
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
        given = {"alive_at_months": context.options.alive} if context.options.alive else {}
        yield row | across_columns(context.across, shares) | given


def _half(context: SurvivalContext, place: int) -> float:
    """Months by which half of a group had the event; NaN without a competing event, or never."""
    risks = context.incidence[place] if context.incidence else None
    return NAN if risks is None else _months(risks.event_incidence.median())


def _printed(context: SurvivalContext, place: int) -> dict:
    """``<name>_printed`` of the printed numbers of a group, as text; limits where they have any.

    Empty for a study without printed numbers.
    """
    if context.study.evidence is None:
        return {}
    made = {}
    for name, key in (("n", numbers.patients(place)), ("events", numbers.events(place))):
        made[f"{name}_printed"] = _text(context, key, "text")
    estimates = {"median": numbers.median(place)} | {
        f"survival_{month}": numbers.survival(month, place)
        for month in context.options.landmark_texts()
    }
    for name, key in estimates.items():
        made[f"{name}_printed"] = _text(context, key, "text")
        for limit in ("lower", "upper"):
            made[f"{name}_printed_{limit}"] = _text(context, key, limit)
    return made


def _text(context: SurvivalContext, key: Key, part: str) -> str | float:
    """A part of a printed number, without the mark of a footnote; NaN where it is not printed."""
    found = context.printed.numbers.get(key)
    return (getattr(found, part).rstrip("*") if found else "") or NAN


def log_rank(context: SurvivalContext) -> Iterable[dict]:
    """One row for each group with observed and expected events, and the test in every row."""
    names = ("group", "n", "observed", "expected", "statistic", "df", "p_value", *RATIO)
    test = context.result.test
    if test is None:
        yield dict.fromkeys(names)
        return
    of_test = p_key(numbers.LOG_RANK)
    printed = {"p_value_printed": _text(context, of_test, "text")}
    for i, group in enumerate(context.result.groups):
        row = {
            "group": group.label,
            "n": group.n,
            "observed": float(test.observed[i]),
            "expected": float(test.expected[i]),
            "statistic": float(test.statistic),
            "df": int(test.df),
            "p_value": float(test.p_value),
        }
        row |= _ratio(context)
        row |= printed if context.study.evidence is not None else {}
        yield row | across_columns(
            context.across, {"p_value": of_test, "hazard_ratio": numbers.HAZARD_RATIO}
        )


def _ratio(context: SurvivalContext) -> dict:
    """The hazard ratio of two groups; NaN of any other number of groups."""
    ratio = context.ratio
    if ratio is None:
        return dict.fromkeys(RATIO, NAN)
    label = context.result.groups[context.compared[0]].label
    return dict(
        zip(RATIO, (label, ratio.value, ratio.lower, ratio.upper, ratio.p_value), strict=True)
    )
