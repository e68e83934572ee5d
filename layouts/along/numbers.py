"""The numbers of an effect along a number: what each is called, and how it is made of a result."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.effect_along import EffectAlong
from analysis.stepp import Stepp
from layouts.shared.numbers import COUNT, STATISTIC, Key, Number

# Whether the effect changes along the number; of the number itself, whether it has one.
CHANGE: Key = ("change",)
# Whether it does so other than on a straight line.
BEND: Key = ("bend",)


def ratio(place: int) -> Key:
    """Hazard ratio at a quartile."""
    return ("ratio", place)


def window(place: int) -> Key:
    """Hazard ratio in a window."""
    return ("window", place)


def window_events(place: int) -> Key:
    """Events of both arms in a window."""
    return ("window-events", place)


def numbers_of(effect: EffectAlong, windows: Stepp | None) -> tuple[Number, ...]:
    """Every number of a result."""
    return (*of_effect(effect), *(of_windows(windows) if windows is not None else ()))


def of_effect(found: EffectAlong) -> Iterator[Number]:
    """The curve at the quartiles, and its tests."""
    for place in range(len(found.quartiles.at)):
        yield Number(ratio(place), *found.quartiles.estimate(place))
    yield Number(CHANGE, found.test.statistic, p=found.test.p_value, unit=STATISTIC)
    yield Number(BEND, found.bend.statistic, p=found.bend.p_value, unit=STATISTIC)


def of_windows(found: Stepp) -> Iterator[Number]:
    """The hazard ratio in each window, and its events."""
    for place, (one, events) in enumerate(zip(found.ratios, found.events, strict=True)):
        yield Number(window(place), *one.estimate, p=one.p_value)
        yield Number(window_events(place), float(events.sum()), unit=COUNT)
