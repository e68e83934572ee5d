"""The numbers of the Compare arms page: what each is called, and how it is made of a result.

A place is that of an arm in the study's order; of the two sides of the balance the compared arm
is 0, the reference 1. Models, kinds of response and variables stand in a key by their id.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.arm_difference import Difference
from analysis.arms import ArmComparison
from analysis.balance import RELEVANT
from analysis.cox.fit import ChiSquareTest, CoxFit
from analysis.logrank import LogRank
from analysis.permutation import PermutationTest
from analysis.survival_groups import GroupSurvival, SurvivalGroups
from layouts.arms.context import (
    AllArms,
    AllBalance,
    ArmContext,
    BalanceResult,
    CompetingResult,
    ResponseResult,
    Result,
)
from layouts.arms.event_numbers import of_competing, of_response, patients
from layouts.arms.more_results import AllSizes, OverTimeResult, PowerResult, WeightedResult
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.arms.power_numbers import of_power
from layouts.arms.time_numbers import of_over_time
from layouts.arms.weighted_numbers import model_ratio, of_weighted
from layouts.shared.competing_numbers import at_the_end, half, of_groups, otherwise
from layouts.shared.few import whole
from layouts.shared.numbers import COUNT, DAYS, NAN, SHARE, STATISTIC, Key, Number

HAZARD_RATIO = ("hazard-ratio",)
HAZARD_RATIO_INVERSE = ("hazard-ratio-inverse",)
MEAN_GAINED = ("rmst-difference",)
TAU = ("rmst-tau",)
AT_RISK = "rmst-at-risk"
LOG_RANK = ("log-rank",)
LOG_RANK_STRATIFIED = ("log-rank-stratified",)
PERMUTATION = ("permutation",)
# Over all arms of three or more.
LOG_RANK_ALL = ("log-rank-overall",)
LOG_RANK_ALL_DF = ("log-rank-overall-df",)
PERMUTATION_ALL = ("permutation-overall",)
# How many baseline variables differ between the arms by more than is thought to matter.
LARGE = ("large-differences",)
HAZARDS = ("proportional-hazards",)
# What is said of one arm alone, whichever other one it is compared with.
OF_ARM = frozenset(
    {
        "n",
        "events",
        "median",
        *(f"survival-{month}" for month in LANDMARKS),
        *(key()[0] for key in (half, at_the_end, otherwise)),
    }
)


def difference_at(month: int) -> Key:
    """Difference of survival at a month."""
    return (f"survival-difference-{month}",)


# Of the numbers of the effect those whose p is adjusted where several arms are compared.
ADJUSTED = frozenset(
    {
        HAZARD_RATIO,
        HAZARD_RATIO_INVERSE,
        MEAN_GAINED,
        LOG_RANK,
        *(difference_at(month) for month in LANDMARKS),
    }
)


def at_risk(place: int) -> Key:
    """Patients of an arm who are still followed at the end of the restricted mean."""
    return (AT_RISK, place)


def events(place: int) -> Key:
    """Events of an arm."""
    return ("events", place)


def median(place: int) -> Key:
    """Median survival of an arm."""
    return ("median", place)


def survival(month: int, place: int) -> Key:
    """Survival of an arm at a month."""
    return (f"survival-{month}", place)


def level_count(variable: str, level: int, side: int) -> Key:
    """Patients of an arm in a level."""
    return ("level-count", variable, level, side)


def known_count(variable: str, side: int) -> Key:
    """Patients of an arm with a value of a variable."""
    return ("known-count", variable, side)


def missing_count(variable: str, side: int) -> Key:
    """Patients of an arm without one."""
    return ("missing-count", variable, side)


def baseline_median(variable: str, side: int) -> Key:
    """Median of a baseline number in an arm."""
    return ("baseline-median", variable, side)


def baseline_mean(variable: str, side: int) -> Key:
    """Mean of a baseline number in an arm."""
    return ("baseline-mean", variable, side)


def smd(variable: str) -> Key:
    """Standardised mean difference, whose sign says which arm has more."""
    return ("smd", variable)


def smd_size(variable: str) -> Key:
    """The same without its sign."""
    return ("smd-size", variable)


def mean_gained(one: Difference) -> Number:
    """Difference of restricted mean survival times."""
    return Number(MEAN_GAINED, one.value, one.lower, one.upper, one.p_value, DAYS)


def horizon(tau: float) -> Number:
    """The day up to which those means are taken."""
    return Number(TAU, tau, unit=DAYS)


def gained(month: int, one: Difference) -> Number:
    """Difference of survival at a month."""
    return Number(difference_at(month), one.value, one.lower, one.upper, one.p_value, SHARE)


def hazards(test: ChiSquareTest) -> Number:
    """Test whether the hazard ratio stays the same over time."""
    return Number(HAZARDS, test.statistic, p=test.p_value, unit=STATISTIC)


def log_rank(test: LogRank | None, key: Key = LOG_RANK) -> Number:
    """The log-rank test; NaN where it is not possible."""
    if test is None:
        return Number(key, unit=STATISTIC)
    return Number(key, test.statistic, p=test.p_value, unit=STATISTIC)


def of_arm(place: int, group: GroupSurvival) -> Iterator[Number]:
    """Patients, events, median and survival at fixed times of one arm."""
    yield Number(patients(place), group.n, unit=COUNT)
    yield Number(events(place), group.events, unit=COUNT)
    middle = group.median
    yield Number(median(place), middle.value, middle.lower, middle.upper, unit=DAYS)
    read = group.curve.at(LANDMARK_DAYS)
    for i, month in enumerate(LANDMARKS):
        limits = (float(read.lower[i]), float(read.upper[i]))
        yield Number(survival(month, place), float(read.survival[i]), *limits, unit=SHARE)


def numbers_of(result: Result) -> tuple[Number, ...]:
    """The numbers of a section, in the order of its file."""
    return () if result is None else tuple(_OF[type(result)](result))


def numbers_of_view(context: ArmContext) -> tuple[Number, ...]:
    """The same with those that stand beside the medians of an endpoint with a competing event.

    Of three arms or more those of all arms, without the comparisons of two.
    """
    found = context.everyone or context.result
    return (*numbers_of(found), *of_groups(context.incidence))


def _ratio(key: Key, fit: CoxFit) -> Number:
    """Hazard ratio of the arm, the first term of a fit."""
    arrays = (fit.hazard_ratio, fit.lower, fit.upper, fit.p_value)
    return Number(key, *(float(array[0]) for array in arrays))


def _of_effect(result: ArmComparison) -> Iterator[Number]:
    ratio = _ratio(HAZARD_RATIO, result.cox)
    upside_down = (1 / ratio.value, 1 / ratio.upper, 1 / ratio.lower)
    yield ratio
    yield Number(HAZARD_RATIO_INVERSE, *upside_down, ratio.p)
    yield mean_gained(result.restricted_mean)
    yield horizon(result.restricted_mean.tau)
    for place, n in zip((result.compared, result.reference), result.at_risk, strict=True):
        yield Number(at_risk(place), n, unit=COUNT)
    for month, one in zip(LANDMARKS, result.landmarks, strict=True):
        yield gained(month, one)
    yield log_rank(result.groups.test)
    if result.permutation is not None:
        yield _permutation(PERMUTATION, result.permutation)
    yield hazards(result.hazards.global_test)
    for place in (result.compared, result.reference):
        yield from of_arm(place, result.groups.groups[place])


def _permutation(key: Key, test: PermutationTest) -> Number:
    return Number(key, test.statistic, p=test.p_value, unit=STATISTIC)


def of_all_arms(groups: SurvivalGroups) -> Iterator[Number]:
    """The log-rank test over all arms of three or more, and each of them by itself."""
    yield from _all_log_rank(groups.test)
    for place, group in enumerate(groups.groups):
        yield from of_arm(place, group)


def _of_all_arms(result: AllArms) -> Iterator[Number]:
    yield from of_all_arms(result.groups)
    yield _permutation(PERMUTATION_ALL, result.permutation)


def _of_all_balance(result: AllBalance) -> Iterator[Number]:
    yield from _of_balances(result)
    yield from _all_log_rank(result.logrank)


def _all_log_rank(test: LogRank | None) -> Iterator[Number]:
    yield log_rank(test, LOG_RANK_ALL)
    yield Number(LOG_RANK_ALL_DF, NAN if test is None else test.df, unit=COUNT)


def _of_balance(result: BalanceResult) -> Iterator[Number]:
    yield from _of_balances(result)
    found = result.adjusted
    models = {
        "crude": found.crude,
        "crude-complete": found.crude_complete,
        "adjusted": found.adjusted,
        "stratified": found.stratified_cox,
    }
    for name, fit in models.items():
        if fit is not None:
            yield _ratio(model_ratio(name), fit)
    yield log_rank(found.logrank)
    if found.stratified is not None:
        yield log_rank(found.stratified, LOG_RANK_STRATIFIED)


def _of_balances(result: BalanceResult | AllBalance) -> Iterator[Number]:
    for variable, one in zip(result.variables, result.balances, strict=True):
        # The screen shows its size, the file also which arm has more.
        yield Number(smd(variable.id), one.smd)
        yield Number(smd_size(variable.id), abs(one.smd))
        for side in range(len(one.n)):
            yield Number(baseline_median(variable.id, side), one.quartiles[1, side])
            yield Number(baseline_mean(variable.id, side), one.mean[side])
            yield Number(known_count(variable.id, side), whole(one.n[side]), unit=COUNT)
            yield Number(missing_count(variable.id, side), whole(one.missing[side]), unit=COUNT)
            for level, n in enumerate(one.counts[:, side].tolist()):
                yield Number(level_count(variable.id, level, side), n, unit=COUNT)
    large = sum(abs(one.smd) > RELEVANT for one in result.balances)
    yield Number(LARGE, large, unit=COUNT)


_OF = {
    ArmComparison: _of_effect,
    AllArms: _of_all_arms,
    AllBalance: _of_all_balance,
    BalanceResult: _of_balance,
    CompetingResult: of_competing,
    ResponseResult: of_response,
    AllSizes: lambda result: (),
    WeightedResult: of_weighted,
    OverTimeResult: of_over_time,
    PowerResult: of_power,
}
