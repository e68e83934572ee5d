"""The numbers of the Subgroups page: what each is called, and how it is made of a result.

A row is that of a level in the screen of all variables, or everybody; a place is that of a variable
among those analysed; a side is an arm, the reference 0 and the compared arm 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.cox.interaction import LevelEffect
from analysis.subgroups import Subgroups
from analysis.survival import KaplanMeier
from layouts.shared.numbers import COUNT, DAYS, SHARE, STATISTIC, Key, Number, count_below
from layouts.shared.words import DAYS_PER, FEW_EVENTS
from layouts.subgroups.context import LANDMARKS

LANDMARK_DAYS = tuple(float(month) * DAYS_PER["months"] for month in LANDMARKS)
EVERYBODY = "all"
Row = int | str


def patients(row: Row) -> Key:
    """Patients of a level."""
    return ("n", row)


def events(row: Row) -> Key:
    """Events of a level."""
    return ("events", row)


def median(row: Row) -> Key:
    """Median survival of a level."""
    return ("median", row)


def survival(month: str, row: Row) -> Key:
    """Survival of a level at a month."""
    return (f"survival-{month}", row)


def test(kind: str, place: int) -> Key:
    """Log-rank test of a variable in one of its forms: as such, permuted, or adjusted."""
    return (kind, place)


def interaction(place: int) -> Key:
    """Test of interaction of the arm with a variable."""
    return ("interaction", place)


def found(kind: str) -> Key:
    """How many variables have a p below 0.05 in a kind of test."""
    return ("found", kind)


def everywhere() -> tuple:
    """Where the effect among all patients stands."""
    return (EVERYBODY,)


def within(place: int, level: int) -> tuple:
    """Where the effect within one level stands."""
    return (place, level)


def hazard_ratio(where: tuple) -> Key:
    """Hazard ratio of the arm, everywhere or within a level."""
    return ("hazard-ratio", *where)


def arm_patients(where: tuple, side: int) -> Key:
    """Patients of an arm, everywhere or within a level."""
    return ("arm-n", *where, side)


def arm_events(where: tuple, side: int) -> Key:
    """Events of an arm, everywhere or within a level."""
    return ("arm-events", *where, side)


def numbers_of(result: Subgroups) -> tuple[Number, ...]:
    """Every number of a result."""
    screen = result.screen
    tests = {
        "log-rank": screen.p_value,
        "permutation": result.permutation.p_value,
        "holm": result.holm,
        "benjamini-hochberg": result.benjamini_hochberg,
        "westfall-young": result.permutation.p_adjusted,
    }
    numbers = [*of_curve(result.overall), *of_screen(screen), *of_tests(tests)]
    numbers.append(of_found("log-rank", screen.p_value))
    if result.effects:
        read = [one for one in result.effects if one.tested and one.fewest_events >= FEW_EVENTS]
        numbers.append(of_found("interaction", [one.p_value for one in read]))
    for place, one in enumerate(result.effects):
        numbers.append(of_interaction(place, one.p_value))
        for level, effect in enumerate(one.levels):
            numbers += _of_effect(within(place, level), effect)
    if result.overall_effect is not None:
        numbers += _of_effect(everywhere(), result.overall_effect)
    return tuple(numbers)


def of_curve(curve: KaplanMeier) -> Iterator[Number]:
    """Everybody in view."""
    one = curve.median
    yield Number(patients(EVERYBODY), curve.n, unit=COUNT)
    yield Number(events(EVERYBODY), curve.n_events, unit=COUNT)
    yield Number(median(EVERYBODY), one.value, one.lower, one.upper, unit=DAYS)
    read = curve.at(LANDMARK_DAYS)
    for i, month in enumerate(LANDMARKS):
        estimate = (values[i] for values in (read.survival, read.lower, read.upper))
        yield Number(survival(month, EVERYBODY), *estimate, unit=SHARE)


def of_screen(screen) -> Iterator[Number]:
    """Every level of every variable."""
    medians = zip(screen.median, screen.median_lower, screen.median_upper, strict=True)
    for row, estimate in enumerate(medians):
        yield Number(patients(row), screen.n[row], unit=COUNT)
        yield Number(events(row), screen.events[row], unit=COUNT)
        yield Number(median(row), *estimate, unit=DAYS)
    arrays = (screen.survival, screen.survival_lower, screen.survival_upper)
    for i, month in enumerate(LANDMARKS):
        for row, estimate in enumerate(zip(*(array[:, i] for array in arrays), strict=True)):
            yield Number(survival(month, row), *estimate, unit=SHARE)


def of_tests(tests: dict[str, Sequence[float]]) -> Iterator[Number]:
    """The log-rank tests of the variables, by form."""
    for kind, values in tests.items():
        for place, p in enumerate(values):
            yield Number(test(kind, place), p=p, unit=STATISTIC)


def of_found(kind: str, p_values: Sequence[float]) -> Number:
    """How many variables are found by a kind of test."""
    return count_below(found(kind), p_values)


def of_interaction(place: int, p: float) -> Number:
    """The test of interaction of a variable."""
    return Number(interaction(place), p=p, unit=STATISTIC)


def of_arm(where: tuple, side: int, n: int, n_events: int) -> Iterator[Number]:
    """Patients and events of an arm."""
    yield Number(arm_patients(where, side), n, unit=COUNT)
    yield Number(arm_events(where, side), n_events, unit=COUNT)


def _of_effect(where: tuple, one: LevelEffect) -> Iterator[Number]:
    yield Number(hazard_ratio(where), one.hazard_ratio, one.lower, one.upper, one.p_value)
    for side, (n, n_events) in enumerate(zip(one.n, one.events, strict=True)):
        yield from of_arm(where, side, n, n_events)
