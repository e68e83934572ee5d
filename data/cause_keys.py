"""``[[causes]]`` of ``study.toml``: more than two ways in which an endpoint can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from data.causes import Cause, Causes, first_events
from data.checking.keys import Keys, shown
from data.checking.problems import Problem, doubled, listed, use_one_of
from data.outcomes import EndpointData
from data.study import Endpoint

MOST = 8
"""Causes of one endpoint: more curves nobody tells apart."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One of the ``[[causes]]`` with the keys that it was read from."""

    keys: Keys
    cause: Cause
    endpoint: str
    column: str
    interest: bool


def declare_causes(top: Keys) -> dict[str, list[Entry]]:
    """Every cause by the endpoint that counts it, that of interest first."""
    entries: dict[str, list[Entry]] = {}
    for reader in top.tables("causes", []):
        cause = Cause(
            reader.slug("id"),
            reader.take("label", str),
            reader.take("name", str, ""),
            reader.codes("values"),
            reader.take("alone", str, ""),
        )
        entry = Entry(
            reader,
            cause,
            reader.take("endpoint", str),
            reader.take("column", str, ""),
            reader.take("interest", bool, False),
        )
        entries.setdefault(entry.endpoint, []).append(entry)
        reader.finish()
    for found in entries.values():
        # A sort that keeps the order of the others.
        found.sort(key=lambda one: not one.interest)
    return entries


def event_values(entries: list[Entry]) -> tuple[str, ...]:
    """The cells of the event's column that are some cause's; none where a column of its own tells.

    With them an endpoint need not declare its ``event_values``.
    """
    if any(one.column for one in entries):
        return ()
    return tuple(value for one in entries for value in one.cause.values)


def with_causes(
    top: Keys, entries: dict[str, list[Entry]], endpoints: tuple[Endpoint, ...], lower: bool
) -> tuple[tuple[Endpoint, ...], tuple[Causes, ...]]:
    """The endpoints with what tells their causes, and the causes of each.

    Parameters
    ----------
    lower : bool
        Whether labels lose their capital within a sentence.
    """
    ids = tuple(one.id for one in endpoints)
    made, causes = {one.id: one for one in endpoints}, []
    for name, found in entries.items():
        if name not in made:
            for one in found:
                fault = f"there is no endpoint {shown(name)}"
                if name:
                    one.keys.fault("endpoint", fault, use_one_of(ids))
            continue
        _check(top, name, found, ids)
        of_endpoint = Causes(name, tuple(one.cause for one in found))
        causes.append(of_endpoint)
        made[name] = _told(made[name], found)
        alone = of_endpoint.interest.alone
        if alone in made and not made[alone].competing:
            others = " or ".join(_within(one, lower) for one in of_endpoint.others)
            made[alone] = replace(made[alone], competing=others)
    return tuple(made[one.id] for one in endpoints), tuple(causes)


def _within(cause: Cause, lower: bool) -> str:
    text = cause.name or cause.label
    return text[:1].lower() + text[1:] if lower and text[1:2].islower() else text


def _told(endpoint: Endpoint, found: list[Entry]) -> Endpoint:
    column = next((one.column for one in found if one.column), "")
    values = tuple(one.cause.values for one in found)
    if not any(values):
        return endpoint
    rest = next((place for place, one in enumerate(found, 1) if one.cause.rest), 0)
    timing = replace(endpoint.timing, causes=values, cause_column=column, rest=rest)
    return replace(endpoint, timing=timing)


def _check(top: Keys, name: str, found: list[Entry], ids: tuple[str, ...]) -> None:
    """Faults of the causes of one endpoint."""
    if len(found) < 2 or len(found) > MOST:
        top.fault(
            "causes",
            f"the endpoint “{name}” has {len(found)} of them",
            f"Declare from 2 to {MOST} for one endpoint, or none",
        )
    for one in doubled(one.cause.id for one in found):
        top.fault("causes", f"the id “{one}” stands twice", "Give each its own id")
    if sum(one.interest for one in found) > 1:
        top.fault(
            "causes",
            f"two causes of “{name}” are of interest",
            "Write interest = true for one of them",
        )
    by_cells = any(one.cause.values for one in found)
    taken: dict[str, str] = {}
    columns = {one.column for one in found if one.cause.values}
    rests = [one for one in found if one.cause.rest]
    for one in found:
        if one.cause.alone and one.cause.alone not in ids:
            fault = f"there is no endpoint {shown(one.cause.alone)}"
            one.keys.fault("alone", fault, use_one_of(ids))
        elif one.cause.alone == name:
            one.keys.fault(
                "alone", "it is the endpoint that counts every cause", "Name another endpoint"
            )
        if by_cells and one.cause.alone and not one.cause.values:
            one.keys.fault(
                "values", "the other causes of this endpoint are told by values", "Add its values"
            )
        if one.column and not one.cause.values:
            one.keys.fault("column", "the key has no meaning without values", "Add the values")
        for value in one.cause.values:
            if value in taken:
                fault = f"{shown(value)} stands for “{taken[value]}” too"
                one.keys.fault("values", fault, "Take it out of one of the two lists")
            taken[value] = one.cause.id
    if len(columns) > 1:
        top.fault(
            "causes",
            f"the causes of “{name}” are told by different columns",
            "Write the same column for each of them",
        )
    for one in rests[1:]:
        one.keys.fault(
            "values",
            "a second cause has neither values nor an endpoint alone",
            "Only one can be what none of the others is",
        )


def check_causes(
    causes: tuple[Causes, ...],
    outcomes: Mapping[str, EndpointData],
    endpoints: Mapping[str, Endpoint],
    rows: np.ndarray,
    file: str,
) -> list[Problem]:
    """Patients whose event is of no declared cause, where endpoints of their own tell the causes.

    Where cells tell them it is found with the cells (see `data.checking.times`).

    Parameters
    ----------
    rows : (N,) array of int
        Rows of the patients' file.
    """
    problems = []
    for one in causes:
        needed = {one.endpoint, *(cause.alone for cause in one.causes if cause.alone)}
        if one.by_cells or not needed <= set(outcomes):
            continue
        found = first_events(one, outcomes)
        endpoint = endpoints[one.endpoint]
        fault = f"{endpoint.label} has an event and none of its causes has one by then"
        fix = "Correct one of the event flags, or declare a cause without values and alone"
        problems += listed(
            [
                Problem(file, fault, fix, endpoint.event_column, int(rows[i]))
                for i in np.flatnonzero(found.known & (found.cause < 0))
            ]
        )
    return problems
