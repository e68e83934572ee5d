"""Rows of the Compare arms page's files."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns, own_columns
from layouts.arms import numbers
from layouts.arms.balance import models_of
from layouts.arms.context import ArmContext
from layouts.arms.figure import NOT_EVALUABLE
from layouts.shared.numbers import DAYS, NAN, NO_KEY, STATISTIC, Key, Number, by_key, p_key
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
ESTIMATE = ("estimate", "value", "lower", "upper", "p_value")


def estimates(context: ArmContext) -> Iterable[dict]:
    """One row for each estimate and test; times in months, survival as shares."""
    if context.result is None:
        yield dict.fromkeys(ESTIMATE)
    for number in numbers.numbers_of_view(context):
        scale = MONTH if number.unit == DAYS else 1.0
        values = (float(x) / scale for x in number.estimate)
        cells = (_row_name(context, number), *values, float(number.p))
        row = dict(zip(ESTIMATE, cells, strict=True))
        # Ten thousand permutations of every data set would take a second.
        key, p = number.key, p_key(number.key)
        key, p = (NO_KEY, NO_KEY) if key == numbers.PERMUTATION else (key, p)
        row |= across_columns(context.across, {"value": key}, scale=scale)
        yield row | across_columns(context.across, {"p_value": p})


def _row_name(context: ArmContext, number: Number) -> str:
    """``hazard_ratio``, ``log_rank_statistic``, ``median Sorafenib``."""
    statistic, *places = number.key
    name = statistic.replace("-", "_") + ("_statistic" if number.unit == STATISTIC else "")
    return " ".join([name, *(context.study.arms[place].label for place in places)])


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
            columns = _balance_ranges(variable.id, level if labels else None)
            ranges = across_columns(context.across, columns)
            yield dict(zip(names, cells, strict=True)) | ranges
        if one.missing.any():
            cells = (variable.label, "Missing", *one.missing.tolist(), *totals, *[NAN] * 4, NAN)
            missing = dict.fromkeys(_balance_ranges(variable.id, 0), NO_KEY)
            missing["n_arm"], missing["n_reference"] = (
                numbers.missing_count(variable.id, side) for side in (0, 1)
            )
            yield dict(zip(names, cells, strict=True)) | across_columns(context.across, missing)


def _balance_ranges(name: str, level: int | None) -> dict[str, Key]:
    """Columns of a row of balance, of a level or of a number, with the keys of their ranges."""
    arms = ("arm", "reference")
    counts = {
        f"n_{arm}": numbers.known_count(name, side)
        if level is None
        else numbers.level_count(name, level, side)
        for side, arm in enumerate(arms)
    }
    means = {f"mean_{arm}": numbers.baseline_mean(name, i) for i, arm in enumerate(arms)}
    return counts | means | {"smd": numbers.smd(name)}


def adjusted_rows(context: ArmContext) -> Iterable[dict]:
    """Crude, adjusted and stratified hazard ratio of the arm, and the log-rank tests."""
    names = ("model", "n", "events", "hazard_ratio", "lower", "upper", "p_value", "log_rank_p")
    if context.result is None:
        yield dict.fromkeys(names)
        return
    found = by_key(numbers.numbers_of(context.result))
    tests = {"crude": numbers.LOG_RANK, "stratified": numbers.LOG_RANK_STRATIFIED}
    for model, words, fit in models_of(context):
        key = numbers.model_ratio(model)
        test = found.get(tests.get(model, NO_KEY))
        log_rank = NAN if test is None else float(test.p)
        cells = (words, fit.n, fit.n_events, *found[key].estimate, found[key].p, log_rank)
        ranges = {"hazard_ratio": key, "p_value": p_key(key)}
        yield dict(zip(names, cells, strict=True)) | across_columns(context.across, ranges)


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
        ranges = {"n": numbers.patients(place), "rate": numbers.rate("objective", place)}
        made = dict(zip(names, cells, strict=True)) | counts
        yield made | across_columns(context.across, ranges)


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
