"""Patients against their declaration: text cells to codes, numbers and whole days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from data.checking.distinct import each
from data.checking.near import NOT_KNOWN, nearest, same
from data.checking.numerals import read_number, spoken
from data.checking.problems import Problem, listed, short, some_of
from data.study import MISSING_ID, Level, Variable

LEVELS_NAMED = 20
"""Levels that a sentence about a wrong cell names; nobody reads three hundred."""
PLAIN = "a CSV file"


def faults(
    cells: pd.Series, bad: np.ndarray, file: str, fault: Callable, fix: str | Callable
) -> list[Problem]:
    """One problem for each bad cell, as many as an administrator would read."""
    return listed(
        [
            Problem(
                file,
                fault(short(cells.loc[row])),
                fix(cells.loc[row]) if callable(fix) else fix,
                cells.name,
                int(row),
            )
            for row in cells.index[bad]
        ]
    )


def check_columns(
    table: pd.DataFrame, columns: list[str], file: str, what: str = ""
) -> list[Problem]:
    """Every declared column must be there; what is there is told once.

    Parameters
    ----------
    what : str
        What the file is, with its article, where that is worth telling.
    """
    absent = [column for column in dict.fromkeys(columns) if column not in table.columns]
    known = [name for name in table.columns if name]
    is_a = f", {what}," if what and what != PLAIN else ""
    has = f"the file{is_a} has {some_of(known)}"
    problems = []
    for column in absent:
        near = nearest(column, known)
        fix = "Add the column or correct study.toml"
        if near:
            fix = f"Write “{short(near)}” if that is meant"
        problems.append(Problem(file, "the column is missing", fix, column, header=has))
        has = ""
    return problems


def check_patients(table: pd.DataFrame, column: str, file: str) -> list[Problem]:
    """Patient ids must be there and be unique."""
    ids = table[column]
    problems = faults(
        ids,
        (ids == "").to_numpy(),
        file,
        lambda _: "the patient id is empty",
        "Give every patient an id",
    )
    doubled = ids.duplicated().to_numpy() & (ids != "").to_numpy()
    return problems + faults(
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
    read = variable.coding.read(cells)
    position = {level.value: code for code, level in enumerate(variable.levels)}
    codes = each(read, lambda cell: -1 if cell == "" else position.get(cell, -2), np.int64)
    problems = faults(
        cells,
        codes == -2,
        file,
        lambda cell: f"“{cell}” is not a declared level",
        lambda cell: _mend_level(cell, list(position)),
    )
    if (codes == -1).any() and any(level.id == MISSING_ID for level in variable.levels):
        problems += faults(
            cells,
            codes == -1,
            file,
            lambda _: "the cell is empty although “Missing” is a declared level",
            "Write one or the other",
        )
    return codes, problems


def _mend_level(cell: str, values: list[str]) -> str:
    near = same(cell, values)
    if near:
        pair = f'{{ "{short(cell)}" = "{short(near)}" }}'
        return f"Write “{near}” if that is meant, or map = {pair} in study.toml"
    if cell.casefold() in NOT_KNOWN:
        return f'Write missing_codes = ["{cell}"] in study.toml if it stands for missing'
    known = ", ".join(f"“{value}”" for value in values[:LEVELS_NAMED])
    if len(values) > LEVELS_NAMED:
        known += f" or another of the {len(values)} levels"
    return f"Use {known}, leave it empty for missing, or declare it"


def read_numbers(cells: pd.Series, file: str) -> tuple[np.ndarray, list[Problem]]:
    """Numbers of a column; NaN for an empty cell. Text, inf and nan are problems."""
    numbers = each(cells, read_number, float)
    bad = np.isnan(numbers) & (cells != "").to_numpy()
    problems = faults(
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
    """Numbers of a variable, as its coding says; what cannot be true is a problem.

    Where the logarithm is taken, numbers that have none are problems too.
    """
    coding = variable.coding
    read = coding.read(cells)
    numbers, problems = read_numbers(read, file)
    if variable.log:
        problems += faults(
            read,
            numbers <= 0,
            file,
            lambda cell: f"“{cell}” has no logarithm",
            "Write a number above 0, or remove log = true in study.toml",
        )
    if coding.valid:
        low, high = coding.valid
        problems += faults(
            read,
            (numbers < low) | (numbers > high),
            file,
            lambda cell: f"“{cell}” is not from {spoken(low)} to {spoken(high)}",
            "Correct it, or name it in missing_codes in study.toml if it stands for missing",
        )
    return numbers, problems


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
