"""The numbers of the Monitoring page: what each is called, and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layouts.monitoring.context import Monitored
from layouts.shared.numbers import COUNT, SHARE, Key, Number


def events(place: int) -> Key:
    """Patients with the event in an arm."""
    return ("monitored-events", place)


def patients(place: int) -> Key:
    """Patients of an arm whose data say about the event."""
    return ("monitored-patients", place)


def probability(place: int) -> Key:
    """Posterior probability of an arm that the rate lies on the wrong side."""
    return ("monitored-probability", place)


def predictive(place: int) -> Key:
    """Predictive probability that the rule says stop after the next patients."""
    return ("monitored-predictive", place)


def orders(place: int) -> Key:
    """Share of all orders in which the trial stops."""
    return ("monitored-orders", place)


def numbers_of(groups: Iterable[Monitored]) -> Iterator[Number]:
    """Everything that depends on the patients of each arm."""
    for one in groups:
        yield Number(events(one.position), one.share.events, unit=COUNT)
        yield Number(patients(one.position), one.share.n, unit=COUNT)
        yield Number(probability(one.position), one.probability, unit=SHARE)
        yield Number(predictive(one.position), one.predictive, unit=SHARE)
        yield Number(orders(one.position), one.orders, unit=SHARE)
