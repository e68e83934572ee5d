"""The numbers of the Overview page: what each is called, and how it is made of a view.

A column is that of Table 1: 0 everybody, then the arms in the order of their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.balance import RELEVANT
from analysis.baseline import NumberSummary
from analysis.proportions import Proportion
from analysis.survival import Estimate
from layouts.overview.context import OverviewContext, TableRow
from layouts.shared.competing_numbers import of_incidence
from layouts.shared.few import whole
from layouts.shared.numbers import COUNT, DAYS, SHARE, Key, Number

# How many variables differ between the arms by more than is thought to matter.
LARGE = ("large-differences",)


def smd(variable: str) -> Key:
    """Standardised difference of a variable between the arms, without its sign."""
    return ("smd", variable)


def of_differences(sizes: Mapping[str, float]) -> Iterator[Number]:
    """Standardised difference of every variable, and how many are large."""
    for name, size in sizes.items():
        yield Number(smd(name), size)
    yield Number(LARGE, sum(size > RELEVANT for size in sizes.values()), unit=COUNT)


def patients(column: int) -> Key:
    """Patients on screen."""
    return ("n", column)


def response(column: int) -> Key:
    """Share with an objective response."""
    return ("share", column)


def card_median(endpoint: str, column: int) -> Key:
    """Median survival of an endpoint."""
    return ("card-median", endpoint, column)


def card_events(endpoint: str, column: int) -> Key:
    """Events of an endpoint."""
    return ("card-events", endpoint, column)


def level_count(variable: str, level: int, column: int) -> Key:
    """Patients in a level; behind the last one those without a value."""
    return ("count", variable, level, column)


def known(variable: str, column: int) -> Key:
    """Patients with a value of a baseline number."""
    return ("known", variable, column)


def unknown(variable: str, column: int) -> Key:
    """Patients without one."""
    return ("unknown", variable, column)


def median(variable: str, column: int) -> Key:
    """Median of a baseline number."""
    return ("median", variable, column)


def mean(variable: str, column: int) -> Key:
    """Mean of a baseline number."""
    return ("mean", variable, column)


def numbers_of(context: OverviewContext) -> tuple[Number, ...]:
    """The numbers of the cards and of Table 1."""
    found = [*of_sizes(context.sizes)]
    for card in context.shares:
        if card.page != "safety":
            found += of_response((card.whole, *card.arms))
    for card in context.endpoints:
        for column, group in enumerate((card.whole, *card.arms)):
            found += of_card(card.endpoint.id, column, group.median, group.events)
        for column, risks in enumerate(card.incidence):
            found += of_incidence(risks, card.endpoint.id, column)
    for row in context.rows:
        found += _of_row(row)
    if context.arms:
        found += of_differences({row.variable.id: row.summary.smd for row in context.rows})
    return tuple(found)


def of_sizes(sizes: Iterable[int]) -> Iterator[Number]:
    """Patients of every column."""
    for column, n in enumerate(sizes):
        yield Number(patients(column), n, unit=COUNT)


def of_response(shares: Iterable[Proportion]) -> Iterator[Number]:
    """Objective response in every column."""
    for column, one in enumerate(shares):
        yield Number(response(column), one.value, one.lower, one.upper, unit=SHARE)


def of_card(endpoint: str, column: int, middle: Estimate, n_events: int) -> Iterator[Number]:
    """Median and events of an endpoint in a column."""
    estimate = (middle.value, middle.lower, middle.upper)
    yield Number(card_median(endpoint, column), *estimate, unit=DAYS)
    yield Number(card_events(endpoint, column), n_events, unit=COUNT)


def of_number(
    variable: str, column: int, middle: float, average: float, counts: tuple[int, int]
) -> Iterator[Number]:
    """Median and mean of a baseline number in a column; patients with a value and without one."""
    yield Number(known(variable, column), counts[0], unit=COUNT)
    yield Number(unknown(variable, column), counts[1], unit=COUNT)
    yield Number(median(variable, column), middle)
    yield Number(mean(variable, column), average)


def of_levels(variable: str, column: int, counts: Iterable[int]) -> Iterator[Number]:
    """Patients of each level in a column, those without a value last."""
    for level, n in enumerate(counts):
        yield Number(level_count(variable, level, column), n, unit=COUNT)


def _of_row(row: TableRow) -> Iterator[Number]:
    summary, name = row.summary, row.variable.id
    if isinstance(summary, NumberSummary):
        for column, values in enumerate(zip(summary.median, summary.mean, strict=True)):
            counts = (whole(summary.n[column]), whole(summary.missing[column]))
            yield from of_number(name, column, *values, counts)
        return
    for column, counts in enumerate(summary.counts):
        yield from of_levels(name, column, [*counts, summary.missing[column]])
