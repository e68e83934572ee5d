"""The numbers of the section Adjusted: what each is called, and how it is made of a result."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.balance import RELEVANT
from layouts.arms.more_results import WeightedResult
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS
from layouts.shared.numbers import COUNT, DAYS, SHARE, STATISTIC, Key, Number

WEIGHTED_LOG_RANK = ("log-rank-weighted",)
LARGE_BEFORE = ("large-before",)
LARGE_AFTER = ("large-after",)
FIVE = ("smallest", "first-quartile", "median", "third-quartile", "largest")


def model_ratio(model: str) -> Key:
    """Hazard ratio of the arm in a model."""
    return ("model-ratio", model)


def effective_size(place: int) -> Key:
    """Effective sample size of an arm."""
    return ("effective-size", place)


def weighted_median(place: int) -> Key:
    """Median of the weighted curve of an arm."""
    return ("weighted-median", place)


def weighted_survival(month: int, place: int) -> Key:
    """Weighted survival of an arm at a month."""
    return (f"weighted-survival-{month}", place)


def weight(name: str, place: int) -> Key:
    """One of the five numbers of an arm's weights."""
    return (f"weight-{name}", place)


def smd_before(variable: str) -> Key:
    """Size of the standardised mean difference without weights."""
    return ("smd-before", variable)


def smd_after(variable: str) -> Key:
    """The same with weights."""
    return ("smd-after", variable)


def of_weighted(result: WeightedResult) -> Iterator[Number]:
    """Hazard ratios of the three ways, the test, the curves and the balance."""
    found = result.found
    for model, fit in (("crude", found.crude), ("adjusted", found.adjusted)):
        arrays = (fit.hazard_ratio, fit.lower, fit.upper, fit.p_value)
        yield Number(model_ratio(model), *(float(array[0]) for array in arrays))
    cox = found.cox
    if cox is None:
        return
    yield Number(model_ratio("weighted"), cox.hazard_ratio, cox.lower, cox.upper, cox.p_value)
    yield Number(WEIGHTED_LOG_RANK, cox.chi_square, p=cox.log_rank_p, unit=STATISTIC)
    places = (result.compared, result.reference)
    for place, curve, weights in zip(places, found.curves, found.weights.arms, strict=True):
        yield Number(effective_size(place), weights.effective)
        for name, value in zip(FIVE, weights.quartiles, strict=True):
            yield Number(weight(name, place), value)
        yield Number(weighted_median(place), curve.median, unit=DAYS)
        for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
            survival, lower, upper, _ = curve.at(day)
            yield Number(weighted_survival(month, place), survival, lower, upper, unit=SHARE)
    for one in result.balances:
        yield Number(smd_before(one.variable.id), abs(one.before))
        yield Number(smd_after(one.variable.id), abs(one.after))
    large = (sum(abs(x) > RELEVANT for x in sizes) for sizes in _sizes(result))
    for key, n in zip((LARGE_BEFORE, LARGE_AFTER), large, strict=True):
        yield Number(key, n, unit=COUNT)


def _sizes(result: WeightedResult) -> tuple[list[float], list[float]]:
    return [one.before for one in result.balances], [one.after for one in result.balances]
