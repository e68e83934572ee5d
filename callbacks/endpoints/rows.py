"""Rows of the file of all endpoints."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from callbacks.workbook import MONTHS
from data.study import MISSING_ID
from layouts.endpoints import numbers
from layouts.endpoints.context import EndpointsContext, OneEndpoint
from layouts.shared.numbers import NAN, p_key
from layouts.shared.words import DAYS_PER
from layouts.survival.numbers import HAZARD_RATIO, LOG_RANK, events, median, patients

UNITS = dict.fromkeys(("median", "rmst_difference", "rmst_horizon"), MONTHS)
ENDS = ("", "_lower", "_upper")
DAYS = DAYS_PER["months"]


def endpoint_rows(context: EndpointsContext) -> Iterable[dict]:
    """One row for each endpoint; a group has the id of its level in the names of its columns."""
    if not context.parts:
        yield dict.fromkeys(("endpoint", "n"))
    for one in context.parts:
        yield _row(context, one)


def group_ids(context: EndpointsContext) -> tuple[str, ...]:
    """The groups as they stand in links; ``all`` where there is no split."""
    if context.split is None:
        return ("all",)
    named = [level.id for level in context.split.levels]
    return (*named, MISSING_ID)[: len(context.parts[0].survival.result.groups)]


def _row(context: EndpointsContext, one: OneEndpoint) -> dict:
    result, ids = one.survival.result, group_ids(context)
    row: dict = {"endpoint": one.survival.endpoint.label, "n": result.n}
    for name, group in zip(ids, result.groups, strict=True):
        row[f"n_{name}"], row[f"events_{name}"] = group.n, group.events
    for name, group in zip(ids, result.groups, strict=True):
        middle = group.median
        row |= _months(f"median_{name}", (middle.value, middle.lower, middle.upper))
    row |= _ratio(one)
    row["p_value"] = NAN if result.test is None else float(result.test.p_value)
    gained = one.gained
    values = (NAN,) * 3 if gained is None else (gained.value, gained.lower, gained.upper)
    row |= _months("rmst_difference", values)
    row["rmst_horizon"] = NAN if gained is None else gained.tau / DAYS
    return row | _ranges(context, one, ids)


def _ratio(one: OneEndpoint) -> dict:
    """The hazard ratio of two groups: which one is compared, limits and the p of its Wald test."""
    names = [*(f"hazard_ratio{end}" for end in ENDS), "hazard_ratio_p"]
    ratio, pair = one.survival.ratio, one.survival.compared
    if ratio is None or pair is None:
        return {"compared": ""} | dict.fromkeys(names, NAN)
    values = (ratio.value, ratio.lower, ratio.upper, ratio.p_value)
    compared = one.survival.result.groups[pair[0]].label
    return {"compared": compared} | dict(zip(names, values, strict=True))


def _months(name: str, values: Iterable[float]) -> dict:
    return {f"{name}{end}": float(x) / DAYS for end, x in zip(ENDS, values, strict=True)}


def _ranges(context: EndpointsContext, one: OneEndpoint, ids: tuple[str, ...]) -> dict:
    def key(of):
        return numbers.of(one.id, of)

    counts, times = {}, {}
    for place, name in enumerate(ids):
        counts[f"n_{name}"], counts[f"events_{name}"] = key(patients(place)), key(events(place))
        times[f"median_{name}"] = key(median(place))
    times["rmst_difference"] = key(numbers.MEAN_GAINED)
    others = {"hazard_ratio": key(HAZARD_RATIO), "p_value": p_key(key(LOG_RANK))}
    across = context.across
    return (
        across_columns(across, counts)
        | across_columns(across, times, scale=DAYS)
        | across_columns(across, others)
    )
