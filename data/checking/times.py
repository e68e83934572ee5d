"""Times and events of the patients of every endpoint: from durations, from dates, from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from data.checking.dates import Dates, read_dates
from data.checking.distinct import held_texts, replaced
from data.checking.problems import Problem, short
from data.checking.validation import faults, read_numbers
from data.coding import without
from data.outcomes import CENSORED, DAYS_PER_UNIT, EVENT, EndpointData, Timing
from data.study import LONGEST_DAYS, Endpoint

_TIE = float(np.sqrt(np.finfo(float).eps))
WHOLE = "Write whole days since the start"
NO_CAUSE = "the cause of the event is missing"


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What was read of all endpoints.

    Attributes
    ----------
    of : dict of endpoint id to EndpointData
        Of those without a problem.
    problems : list of Problem
    found : list of str
        Clauses about what was found in the file.
    """

    of: dict[str, EndpointData] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    found: list[str] = field(default_factory=list)


def read_outcomes(
    endpoints: tuple[Endpoint, ...], table: pd.DataFrame, file: str, date_order: str = ""
) -> Outcomes:
    """Times and events of every endpoint whose columns the table has.

    Times are days, not negative, not over a century and not missing. Only an endpoint that
    declares its ``population`` may have patients without any of its cells.
    """
    made = Outcomes()
    coded = {
        endpoint.id: _cells(endpoint, table)
        for endpoint in endpoints
        if endpoint.columns and set(endpoint.columns) <= set(table.columns)
    }
    named = {
        name: coded[endpoint.id][name]
        for endpoint in endpoints
        if endpoint.timing.start and endpoint.id in coded
        for name in (endpoint.timing.start, endpoint.time_column, *endpoint.timing.event_dates)
    }
    dates = read_dates(named.values(), date_order, file) if named else Dates({}, [])
    made.problems.extend(dates.problems)
    made.found.extend(dates.found)
    for endpoint in endpoints:
        if endpoint.id not in coded:
            continue
        cells, timing = coded[endpoint.id], endpoint.timing
        if not timing.start:
            read = _from_durations(endpoint, cells, file)
        elif set(named) - set(dates.columns):
            continue
        elif timing.event_dates:
            read = _from_dates(endpoint, cells, dates, file)
        else:
            read = _to_a_date(endpoint, cells, dates, file)
        data, problems, found = read
        if timing.causes:
            data, wrong = _with_causes(endpoint, data, cells, problems, file)
            problems = [*problems, *wrong]
        made.problems.extend(problems)
        made.found.extend(found)
        if not problems:
            made.of[endpoint.id] = data
    for endpoint in endpoints:
        parts = endpoint.timing.first_of
        if parts and set(parts) <= set(made.of):
            made.of[endpoint.id] = _first([made.of[name] for name in parts])
    # Two endpoints of one column say the same of it.
    made.found[:] = dict.fromkeys(made.found)
    return made


def _cells(endpoint: Endpoint, table: pd.DataFrame) -> dict[str, pd.Series]:
    """The columns of an endpoint, without the codes that stand for no value."""
    codes = endpoint.timing.missing_codes
    columns = {name: table[name] for name in endpoint.columns}
    if not codes:
        return columns
    return {
        name: replaced(cells, without(held_texts(cells), codes)) for name, cells in columns.items()
    }


def _absent(endpoint: Endpoint, cells: Mapping[str, pd.Series], names) -> np.ndarray:
    """Patients without this endpoint: those without any cell of it, where that may be."""
    empty = np.logical_and.reduce([(cells[name] == "").to_numpy() for name in names])
    return empty & bool(endpoint.population)


def _from_durations(endpoint: Endpoint, cells: Mapping[str, pd.Series], file: str):
    timing, times = endpoint.timing, cells[endpoint.time_column]
    absent = _absent(endpoint, cells, endpoint.columns)
    numbers, problems = read_numbers(times, file)
    days = numbers * DAYS_PER_UNIT[timing.unit or "days"]
    fix = f"Write {timing.unit} since the start" if timing.unit else WHOLE
    problems += faults(
        times,
        (times == "").to_numpy() & ~absent,
        file,
        lambda _: "the time is missing",
        f"{fix}, or declare the endpoint's population",
    )
    problems += faults(times, days < 0, file, lambda cell: f"the time {cell} is negative", fix)
    broken = (days >= 0) & (days != np.floor(days))
    if not timing.unit:
        problems += faults(
            times,
            broken,
            file,
            lambda cell: f"the time {cell} is not whole days",
            'Write whole days, or unit = "months", "weeks", "years" or "days" in study.toml',
        )
    problems += faults(
        times,
        days > LONGEST_DAYS,
        file,
        lambda cell: f"the time {cell} is more than a century",
        f"{fix}; declare a code for a missing time in missing_codes",
    )
    events, found_problems, found = _events(endpoint, cells[endpoint.event_column], absent, file)
    problems += found_problems
    if timing.unit and timing.unit != "days":
        one = DAYS_PER_UNIT[timing.unit]
        said = f"“{endpoint.time_column}” is in {timing.unit}, of {one:g} days each"
        found = [said, *found]
    return _data(days, events, absent, problems), problems, found


def _to_a_date(endpoint: Endpoint, cells: Mapping[str, pd.Series], dates: Dates, file: str):
    """Days from one date to another, and a column that says whether that was the event."""
    own = (endpoint.time_column, endpoint.event_column)
    absent = _absent(endpoint, cells, own)
    days, problems = _between(endpoint, cells, dates, endpoint.time_column, absent, file)
    events, found_problems, found = _events(endpoint, cells[endpoint.event_column], absent, file)
    problems += found_problems
    return _data(days, events, absent, problems), problems, found


def _from_dates(endpoint: Endpoint, cells: Mapping[str, pd.Series], dates: Dates, file: str):
    """Days to the first date of an event, else to the last contact."""
    absent = _absent(endpoint, cells, (endpoint.time_column, *endpoint.timing.event_dates))
    of_event = np.array([dates.columns[name] for name in endpoint.timing.event_dates])
    has = ~np.isnat(of_event).all(axis=0)
    # The fewest days: nothing that is no date counts.
    first = np.where(np.isnat(of_event), np.datetime64("9999-12-31"), of_event).min(axis=0)
    start = dates.columns[endpoint.timing.start]
    _, problems = _between(endpoint, cells, dates, endpoint.time_column, absent | has, file)
    for name in endpoint.timing.event_dates:
        problems += faults(
            cells[name],
            dates.columns[name] < start,
            file,
            lambda cell: f"the event on {cell} is before the start",
            "Correct one of the two dates",
        )
    problems += _no_start(endpoint, cells, has & ~absent, file)
    end = np.where(has, first, dates.columns[endpoint.time_column])
    days = (end - start).astype("timedelta64[D]").astype(float)
    return _data(days, has.astype(np.int64), absent, problems), problems, []


def _between(endpoint: Endpoint, cells, dates: Dates, name: str, absent, file: str):
    """Days from the start to the date of a column, and what is wrong with them."""
    start, end = dates.columns[endpoint.timing.start], dates.columns[name]
    problems = _no_start(endpoint, cells, ~absent & (cells[name] != "").to_numpy(), file)
    problems += faults(
        cells[name],
        (cells[name] == "").to_numpy() & ~absent,
        file,
        lambda _: "the date is missing",
        "Write the date, or declare the endpoint's population",
    )
    problems += faults(
        cells[name],
        (end < start) & ~absent,
        file,
        lambda cell: f"the date {cell} is before the start",
        "Correct one of the two dates",
    )
    days = (end - start).astype("timedelta64[D]")
    return np.where(np.isnat(days), 0, days.astype(np.int64)).astype(float), problems


def _no_start(endpoint: Endpoint, cells, needed: np.ndarray, file: str) -> list[Problem]:
    start = cells[endpoint.timing.start]
    return faults(
        start,
        (start == "").to_numpy() & needed,
        file,
        lambda _: f"the start of {endpoint.label} is missing",
        "Write the date from which days are counted",
    )


def _events(endpoint: Endpoint, cells: pd.Series, absent: np.ndarray, file: str):
    """1 for an event, 0 for a censored patient; what is wrong; what was found."""
    timing = endpoint.timing
    events, censored = set(timing.event_values), set(timing.censored_values)
    others = sorted(set(held_texts(cells)) - events - censored - {""})
    found = []
    if (not events or not censored) and len(others) == 1:
        # One of the two is declared, and one other value is left.
        meant = "an event" if not events else "a censored patient"
        found.append(f"“{others[0]}” in “{cells.name}” stands for {meant}")
        (events if not events else censored).add(others[0])
    wrong = ~cells.isin(events | censored).to_numpy() & ~absent
    problems = faults(
        cells,
        wrong,
        file,
        lambda cell: f"the event flag “{cell}” is not {_one_of(timing)}",
        _mend(timing),
    )
    return cells.isin(events).to_numpy().astype(np.int64), problems, found


def _with_causes(endpoint: Endpoint, data: EndpointData, cells, problems, file: str):
    """The data with the cause of every event, and events whose cells tell none."""
    timing = endpoint.timing
    told = cells[timing.cause_column or endpoint.event_column]
    place = {value: i for i, values in enumerate(timing.causes, 1) for value in values}
    cause = told.map(lambda cell: place.get(cell, timing.rest)).to_numpy(np.int64)
    if problems:
        # Who had an event is not known.
        return data, []
    wrong = (data.event == 1) & (cause == 0)
    known = ", ".join(f"“{short(value)}”" for value in place)
    found = faults(
        told,
        wrong,
        file,
        lambda cell: f"“{cell}” is no cause of {endpoint.label}" if cell else NO_CAUSE,
        f"Use {known}, or add it to the values of one of the [[causes]] in study.toml",
    )
    return replace(data, cause=np.where(data.event == 1, cause, 0)), found


def _one_of(timing: Timing) -> str:
    if not _own(timing):
        return "0 or 1"
    declared = (*timing.censored_values, *timing.event_values)
    return " or ".join(f"“{short(value)}”" for value in declared[:6])


def _own(timing: Timing) -> bool:
    """Whether the study declares what stands for an event."""
    return (timing.event_values, timing.censored_values) != ((EVENT,), (CENSORED,))


def _mend(timing: Timing) -> str:
    if _own(timing):
        return "Add it to event_values or censored_values in study.toml, or to missing_codes"
    return (
        "Write 1 for an event and 0 for a censored patient, or name the values in event_values and "
        "censored_values in study.toml"
    )


def _data(days, events, absent, problems) -> EndpointData:
    if problems:
        nothing = np.zeros(0, np.int64)
        return EndpointData(nothing, nothing, np.zeros(0, bool))
    days = np.where(absent, 0, days)
    # Whole days are counted exactly, as whole numbers.
    time = days.astype(np.int64) if (days == np.floor(days)).all() else tied(days)
    return EndpointData(time, np.where(absent, 0, events), ~absent)


def tied(days: np.ndarray) -> np.ndarray:
    """Days of which those that differ by the rounding of the machine only are one, the smallest.

    As `aeqSurv` of R's survival, with its tolerance: a gap is none if it is tiny in itself or
    beside the mean time. Otherwise 0.1 + 0.2 and 0.3 months would be no tie.
    """
    distinct, code = np.unique(days, return_inverse=True)
    tolerance = _TIE * max(1.0, float(distinct.mean()))
    separate = np.concatenate([[True], np.diff(distinct) > tolerance])
    return distinct[separate][(np.cumsum(separate) - 1)[code]]


def _first(parts: list[EndpointData]) -> EndpointData:
    """The first event of several endpoints; without any, followed as long as all of them."""
    time = np.array([part.time for part in parts])
    event = np.array([part.event for part in parts]) == 1
    known = np.logical_and.reduce([part.known for part in parts])
    any_event = event.any(axis=0)
    never = np.iinfo(np.int64).max if time.dtype.kind == "i" else np.inf
    to_event = np.where(event, time, never).min(axis=0)
    first = np.where(any_event, to_event, time.min(axis=0))
    time = np.where(known, first, 0).astype(time.dtype)
    time = time if time.dtype.kind == "i" else tied(time)
    return EndpointData(time, (any_event & known).astype(np.int64), known)
