"""Patients against their declaration: text cells to codes, numbers and whole days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from data.checking.numerals import read_number, spoken
from data.checking.problems import Problem, listed, short
from data.outcomes import EndpointData
from data.study import LONGEST_DAYS, MISSING_ID, Endpoint, Level, Variable

LEVELS_NAMED = 20
"""Levels that a sentence about a wrong cell names; nobody reads three hundred."""


def _faults(cells: pd.Series, bad: np.ndarray, file: str, fault: Callable, fix: str):
    """One problem for each bad cell, as many as an administrator would read."""
    return listed(
        [
            Problem(file, fault(short(cells.loc[row])), fix, cells.name, int(row))
            for row in cells.index[bad]
        ]
    )


def check_columns(table: pd.DataFrame, columns: list[str], file: str) -> list[Problem]:
    """Every declared column must be there."""
    absent = [column for column in dict.fromkeys(columns) if column not in table.columns]
    known = ", ".join(short(name) for name in table.columns if name)
    fix = f"Add the column or correct study.toml; the file has {known}"
    return [Problem(file, "the column is missing", fix, column) for column in absent]


def check_patients(table: pd.DataFrame, column: str, file: str) -> list[Problem]:
    """Patient ids must be there and be unique."""
    ids = table[column]
    problems = _faults(
        ids,
        (ids == "").to_numpy(),
        file,
        lambda _: "the patient id is empty",
        "Give every patient an id",
    )
    doubled = ids.duplicated().to_numpy() & (ids != "").to_numpy()
    return problems + _faults(
        ids,
        doubled,
        file,
        lambda cell: f"patient “{cell}” stands twice",
        "Keep one row for each patient",
    )


def read_levels(
    variable: Variable, cells: pd.Series, file: str
) -> tuple[np.ndarray, list[Problem]]:
    """Codes of a categorical variable: position in ``variable.levels``, -1 for an empty cell.

    A cell that is no declared level is a problem; it is never turned into "missing".
    """
    position = {level.value: code for code, level in enumerate(variable.levels)}
    codes = cells.map(lambda cell: -1 if cell == "" else position.get(cell, -2)).to_numpy(np.int64)
    known = ", ".join(f"“{value}”" for value in list(position)[:LEVELS_NAMED])
    if len(position) > LEVELS_NAMED:
        known += f" or another of the {len(position)} levels"
    problems = _faults(
        cells,
        codes == -2,
        file,
        lambda cell: f"“{cell}” is not a declared level",
        f"Use {known}, leave it empty for missing, or declare it",
    )
    if (codes == -1).any() and any(level.id == MISSING_ID for level in variable.levels):
        problems += _faults(
            cells,
            codes == -1,
            file,
            lambda _: "the cell is empty although “Missing” is a declared level",
            "Write one or the other",
        )
    return codes, problems


def read_numbers(cells: pd.Series, file: str) -> tuple[np.ndarray, list[Problem]]:
    """Numbers of a column; NaN for an empty cell. Text, inf and nan are problems."""
    numbers = np.array([read_number(cell) for cell in cells], float)
    bad = np.isnan(numbers) & (cells != "").to_numpy()
    problems = _faults(
        cells,
        bad,
        file,
        lambda cell: f"“{cell}” is not a number",
        "Write a number with a point, or leave it empty for missing",
    )
    return numbers, problems


def read_variable_numbers(
    variable: Variable, cells: pd.Series, file: str
) -> tuple[np.ndarray, list[Problem]]:
    """Numbers of a variable; where its logarithm is taken, those that have none are problems."""
    numbers, problems = read_numbers(cells, file)
    if variable.log:
        problems += _faults(
            cells,
            numbers <= 0,
            file,
            lambda cell: f"“{cell}” has no logarithm",
            "Write a number above 0, or remove log = true in study.toml",
        )
    return numbers, problems


def read_endpoint(
    endpoint: Endpoint, table: pd.DataFrame, file: str
) -> tuple[EndpointData, list[Problem]]:
    """Times and events of one endpoint.

    Times must be whole days, not negative, not over a century and not missing; events 0 or 1.
    Only an endpoint that declares its ``population`` may have patients with both cells empty.
    """
    times, events = table[endpoint.time_column], table[endpoint.event_column]
    days, problems = read_numbers(times, file)
    no_time, no_event = (times == "").to_numpy(), (events == "").to_numpy()
    absent = no_time & no_event if endpoint.population else np.zeros(len(table), bool)
    fix = "Write whole days since the start"
    problems += _faults(
        times,
        no_time & ~absent,
        file,
        lambda _: "the time is missing",
        f"{fix}, or declare the endpoint's population",
    )
    negative, broken = days < 0, (days >= 0) & (days != np.floor(days))
    problems += _faults(times, negative, file, lambda cell: f"the time {cell} is negative", fix)
    problems += _faults(
        times,
        broken,
        file,
        lambda cell: f"the time {cell} is not whole days",
        f"{fix} (a month is 30.4375 days)",
    )
    problems += _faults(
        times,
        days > LONGEST_DAYS,
        file,
        lambda cell: f"the time {cell} is more than a century",
        f"{fix}; no code may stand for a missing time",
    )
    wrong = ~events.isin(["0", "1"]).to_numpy() & ~absent
    problems += _faults(
        events,
        wrong,
        file,
        lambda cell: f"the event flag “{cell}” is not 0 or 1",
        "Write 1 for an event and 0 for a censored patient",
    )
    if problems:
        nothing = np.zeros(0, np.int64)
        return EndpointData(nothing, nothing, np.zeros(0, bool)), problems
    return EndpointData(
        time=np.where(absent, 0, days).astype(np.int64),
        event=(events == "1").to_numpy().astype(np.int64),
        known=~absent,
    ), []


def cut_number(
    variable: Variable, numbers: np.ndarray, reference: np.ndarray
) -> tuple[Variable, np.ndarray]:
    """Give a number the ranges it is split into: its declared cuts, else the median.

    Parameters
    ----------
    numbers : ndarray of float, shape (N,)
    reference : ndarray of bool, shape (N,)
        The default analysis set; the median is theirs, so that groups do not move with filters.
        It is not rounded as on the screen, so that every label says where the cut is.

    Returns
    -------
    Variable, ndarray of int64
        The variable with its ranges as levels, and each patient's range (-1 missing).
    """
    seen = numbers[reference & np.isfinite(numbers)]
    # The middle of two decimals, 0.2 and 0.4, is not quite 0.3 in binary.
    cuts = variable.cuts or ((round(float(np.median(seen)), 9),) if len(seen) else ())
    bounds = [spoken(cut) for cut in cuts]
    unit = f" {variable.unit}" if variable.unit else ""
    if not bounds:
        labels = [f"Any{unit}"]
    else:
        labels = [f"< {bounds[0]}{unit}"]
        labels += [f"{a} to < {b}{unit}" for a, b in pairwise(bounds)]
        labels += [f"≥ {bounds[-1]}{unit}"]
    levels = tuple(Level(f"range-{i}", "", label) for i, label in enumerate(labels, start=1))
    ranges = np.searchsorted(cuts, np.nan_to_num(numbers), "right")
    codes = np.where(np.isfinite(numbers), ranges, -1)
    return replace(variable, levels=levels, cuts=tuple(cuts)), codes.astype(np.int64)
