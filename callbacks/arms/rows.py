"""Rows of the Compare arms page's files."""

from __future__ import annotations

import math
from collections.abc import Iterable

from callbacks.files import NAN, across_columns, own_columns
from layouts.arms.balance import models_of, ratio_of
from layouts.arms.context import ArmContext
from layouts.arms.effect import hazard_ratio
from layouts.arms.figure import NOT_EVALUABLE
from layouts.arms.options import LANDMARKS
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
ESTIMATE = ("estimate", "value", "lower", "upper", "p_value")


def estimates(context: ArmContext) -> Iterable[dict]:
    """One row for each estimate and test; times in months, survival as shares."""
    result, across = context.result, context.across
    if result is None:
        yield dict.fromkeys(ESTIMATE)
        return

    def row(
        name,
        value,
        lower=NAN,
        upper=NAN,
        p=NAN,
        key: tuple = (),
        scale: float = 1.0,
        p_key: tuple = (),
    ):
        numbers = (float(x) for x in (value, lower, upper, p))
        made = dict(zip(ESTIMATE, (name, *numbers), strict=True))
        made |= across_columns(across, ("value", key), scale=scale)
        return made | across_columns(across, ("p_value", p_key))

    value, lower, upper = hazard_ratio(result)
    p = result.cox.p_value[0]
    yield row("hazard_ratio", value, lower, upper, p, key=("hazard-ratio",), p_key=("cox-p",))
    yield row(
        "hazard_ratio_inverse",
        1 / value,
        1 / upper,
        1 / lower,
        p,
        key=("hazard-ratio-inverse",),
        p_key=("cox-p",),
    )
    one = result.restricted_mean
    yield row(
        "rmst_difference",
        one.value / MONTH,
        one.lower / MONTH,
        one.upper / MONTH,
        one.p_value,
        key=("rmst-difference",),
        scale=MONTH,
        p_key=("rmst-difference-p",),
    )
    yield row("rmst_tau", one.tau / MONTH)
    for arm, at_risk in zip(context.arms, result.at_risk, strict=True):
        yield row(f"rmst_at_risk {arm.label}", at_risk if math.isfinite(one.tau) else NAN)
    for month, one in zip(LANDMARKS, result.landmarks, strict=True):
        yield row(
            f"survival_difference_{month}",
            one.value,
            one.lower,
            one.upper,
            one.p_value,
            key=(f"difference-{month}",),
            p_key=(f"difference-{month}-p",),
        )
    test = result.groups.test
    yield row("log_rank_statistic", test.statistic, p=test.p_value, p_key=("log-rank",))
    permutation = result.permutation
    yield row("permutation_statistic", permutation.statistic, p=permutation.p_value)
    hazards = result.hazards.global_test
    yield row(
        "proportional_hazards_statistic", hazards.statistic, p=hazards.p_value, p_key=("hazards",)
    )
    for arm in context.arms:
        place = context.position(arm)
        group = result.groups.groups[place]
        yield row(f"n {arm.label}", group.n, key=("n", place))
        yield row(f"events {arm.label}", group.events, key=("events", place))
        median = (group.median.value, group.median.lower, group.median.upper)
        yield row(
            f"median {arm.label}", *(x / MONTH for x in median), key=("median", place), scale=MONTH
        )
        read = group.curve.at([month * MONTH for month in LANDMARKS])
        for i, month in enumerate(LANDMARKS):
            yield row(
                f"survival_{month} {arm.label}",
                read.survival[i],
                read.lower[i],
                read.upper[i],
                key=(f"survival-{month}", place),
            )


def balance_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each level, one for each number; the difference stands in all rows."""
    names = (
        "variable",
        "level",
        "n_arm",
        "n_reference",
        "total_arm",
        "total_reference",
        "mean_arm",
        "sd_arm",
        "mean_reference",
        "sd_reference",
        "smd",
    )
    if context.result is None:
        yield dict.fromkeys(names)
        return
    result = context.result
    for variable, labels, one in zip(result.variables, result.labels, result.balances, strict=True):
        totals = tuple(int(n) for n in one.n)
        moments = tuple(float(x) for i in (0, 1) for x in (one.mean[i], one.sd[i]))
        rows = zip(labels, one.counts.tolist(), strict=True) if labels else [("", list(totals))]
        for level, (label, counts) in enumerate(rows):
            cells = (variable.label, label, *counts, *totals, *moments, float(one.smd))
            ranges = _balance_ranges(variable.id, level)
            yield dict(zip(names, cells, strict=True)) | across_columns(context.across, *ranges)
        if one.missing.any():
            cells = (variable.label, "Missing", *one.missing.tolist(), *totals, *[NAN] * 4, NAN)
            missing = [(name, ()) for name, _ in _balance_ranges(variable.id, 0)]
            yield dict(zip(names, cells, strict=True)) | across_columns(context.across, *missing)


def _balance_ranges(name: str, level: int) -> list[tuple[str, tuple]]:
    """Columns of a row of balance with the keys of their ranges."""
    arms = ("arm", "reference")
    counts = [(f"n_{arm}", ("count", name, level, place)) for place, arm in enumerate(arms)]
    means = [(f"mean_{arm}", ("mean", name, place)) for place, arm in enumerate(arms)]
    return [*counts, *means, ("smd", ("smd", name))]


def adjusted_rows(context: ArmContext) -> Iterable[dict]:
    """Crude, adjusted and stratified hazard ratio of the arm, and the log-rank tests."""
    names = ("model", "n", "events", "hazard_ratio", "lower", "upper", "p_value", "log_rank_p")
    if context.result is None:
        yield dict.fromkeys(names)
        return
    found = context.result.adjusted
    tests = {"crude": found.logrank.p_value}
    if found.stratified is not None:
        tests["stratified"] = found.stratified.p_value
    for name, words, fit in models_of(context):
        cells = (words, fit.n, fit.n_events, *ratio_of(fit), float(fit.p_value[0]))
        made = dict(zip(names, (*cells, float(tests.get(name, NAN))), strict=True))
        yield made | across_columns(
            context.across, ("hazard_ratio", ("ratio", name)), ("p_value", ("model-p", name))
        )


def incidence_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each arm, cause and day on which anything happened."""
    names = (
        "group",
        "cause",
        "time_months",
        "incidence",
        "lower",
        "upper",
        "one_minus_kaplan_meier",
    )
    if context.result is None:
        yield dict.fromkeys(names)
        return
    labels = tuple(arm.label for arm in context.study.arms) or ("All patients",)
    causes = (context.endpoint.event_name, context.endpoint.competing)
    for label, group in zip(labels, context.result.groups, strict=True):
        if group is None:
            continue
        for cause, one in zip(
            causes, (group.event_incidence, group.competing_incidence), strict=True
        ):
            naive = None
            if one is group.event_incidence:
                naive = 1 - group.naive.at(one.time).survival
            for i, day in enumerate(one.time):
                numbers = (day / MONTH, one.value[i], one.lower[i], one.upper[i])
                cells = (label, cause, *map(float, numbers))
                last = NAN if naive is None else float(naive[i])
                yield dict(zip(names, (*cells, last), strict=True))


def response_rows(context: ArmContext) -> Iterable[dict]:
    """One row for each arm, with a column for each category of response."""
    names = ("group", "n", "responders", "rate", "rate_lower", "rate_upper")
    if context.result is None:
        yield dict.fromkeys(names)
        return
    result = context.result
    variable = context.study.variable(context.study.comparison.response.variable)
    categories = (*(level.label for level in variable.levels), NOT_EVALUABLE)
    categories = own_columns(categories, "category", names)
    labels = tuple(arm.label for arm in context.study.arms) or ("All patients",)
    for place, label in enumerate(labels):
        rate = result.objective.rates[place]
        cells = (label, rate.n, rate.events, rate.value, rate.lower, rate.upper)
        counts = {name: result.categories[i][place] for i, name in enumerate(categories)}
        ranges = (("n", ("n", place)), ("rate", ("rate", "objective", place)))
        made = dict(zip(names, cells, strict=True)) | counts
        yield made | across_columns(context.across, *ranges)


def response_factor_rows(context: ArmContext) -> Iterable[dict]:
    """Response in each level of each baseline factor, and the odds ratios of the forest."""
    names = (
        "variable",
        "level",
        "n",
        "responders",
        "rate",
        "odds_ratio",
        "odds_ratio_lower",
        "odds_ratio_upper",
        "fisher_p",
        "fisher_test",
        "arm_odds_ratio",
        "arm_odds_ratio_lower",
        "arm_odds_ratio_upper",
    )
    if context.result is None:
        yield dict.fromkeys(names)
        return
    for variable, labels, factor in context.result.factors:
        for label, one in zip(labels, factor.levels, strict=True):
            ratios = [
                x
                for ratio in (one.against_first, one.arms)
                for x in ((NAN,) * 3 if ratio is None else (ratio.value, ratio.lower, ratio.upper))
            ]
            cells = (
                variable.label,
                label,
                one.rate.n,
                one.rate.events,
                one.rate.value,
                *ratios[:3],
                factor.p_value,
                "exact" if factor.fisher.exact else "simulated",
                *ratios[3:],
            )
            yield dict(zip(names, cells, strict=True))
