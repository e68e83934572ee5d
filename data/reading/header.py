"""Which row of a grid holds the names, and the rows below it."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.checking.distinct import categorical
from data.checking.problems import Problem, StudyError, doubled, listed
from data.reading.columns import Column, Columns
from data.reading.raw import Grid, Reading, refused

_LOOKED_AT = 200
# Below this share of the usual cells a row is a title and not the names.
_ENOUGH = 0.6
# From so many on a column is held as its distinct texts.
_MANY_ROWS = 20_000


def table_below_names(grid: Grid, reading: Reading, name: str) -> tuple[pd.DataFrame, list[str]]:
    """The rows below the names, and clauses about where the names were found.

    A column without a name and without a value is left out. StudyError for a doubled name, a row
    with another number of cells, and a table without rows.
    """
    at, said = _names_at(grid, reading, name)
    header = [_one_line(cell) for cell in grid.rows[at][1]]
    header = header[: max((i + 1 for i, cell in enumerate(header) if cell), default=0)]
    if grid.columns is not None:
        return _below(grid, header, name), said
    below = grid.rows[at + 1 :]
    width = len(header)
    # Separators at the end of a line part nothing from nothing.
    below = [(line, _trimmed(cells, width)) for line, cells in below]
    problems = _doubled(header, name)
    ragged = [
        Problem(
            name,
            f"the row has {_cells(len(cells))} where the header has {width}",
            grid.mend,
            row=line,
        )
        for line, cells in below
        if len(cells) != width
    ]
    problems += listed(ragged)
    if not below:
        problems.append(Problem(name, "there is no row below the header", "Add patients"))
    if problems:
        raise StudyError(problems)
    lines = [line for line, _ in below]
    # As an array with its two sides, which pandas takes as it is.
    rows = np.array([cells for _, cells in below], dtype=object).reshape(len(below), width)
    table = pd.DataFrame(rows, columns=header, index=lines)
    named = [bool(column) or (rows[:, i] != "").any() for i, column in enumerate(header)]
    return (table if all(named) else table.loc[:, named]), said


def _below(grid: Grid, header: list[str], name: str) -> pd.DataFrame:
    """The same of a large table, all of whose rows have as many cells as the names."""
    problems = _doubled(header, name)
    if problems:
        raise StudyError(problems)
    return frame_of(grid.columns, header)


def frame_of(columns: Columns, names: Sequence[str]) -> pd.DataFrame:
    """A large table; what stands in many rows of a column is held once."""
    held = {place: _held(one) for place, one in enumerate(columns.columns)}
    table = pd.DataFrame(held, index=columns.lines, copy=False)
    table.columns = list(names)
    return table


def _held(one: Column) -> pd.Categorical | np.ndarray:
    """Texts that repeat by their places; few, or ids, which do not repeat, each by itself."""
    if one.places.size < _MANY_ROWS or 2 * len(one.texts) > one.places.size:
        return np.array(one.texts, dtype=object)[one.places]
    return categorical(list(one.texts), one.places)


def _doubled(header: list[str], name: str) -> list[Problem]:
    return [
        Problem(name, "the column stands twice", "Rename or remove one of them", column)
        for column in doubled(header)
    ]


def labels_by_name(grid: Grid, columns: list[str]) -> dict[str, str]:
    """What a line above the names says of each column, where it says more than the name."""
    names = grid.names if grid.names is not None else columns
    pairs = zip(names, grid.labels, strict=False)
    return {column: label for column, label in pairs if label and label != column}


def _names_at(grid: Grid, reading: Reading, name: str) -> tuple[int, list[str]]:
    if reading.header_row is not None:
        at = next((i for i, (line, _) in enumerate(grid.rows) if line == reading.header_row), None)
        if at is None:
            fault = (
                f"row {reading.header_row} is empty, but study.toml says that it holds the names"
            )
            raise refused(name, fault, "Correct header_row, which counts from 1")
        return at, []
    sample = grid.rows[:_LOOKED_AT]
    usual = statistics.median_high(_reach(cells) for _, cells in sample)
    filled = [sum(map(bool, cells)) for _, cells in sample]
    at = next((i for i, count in enumerate(filled) if count >= _ENOUGH * usual), 0)
    if not at:
        return 0, []
    return at, [f"the names of the columns stand in row {grid.rows[at][0]}, below a title"]


def _reach(cells: list[str]) -> int:
    """How many cells a row has up to its last one with a value."""
    return max((i + 1 for i, cell in enumerate(cells) if cell), default=0)


def _trimmed(cells: list[str], width: int) -> list[str]:
    return cells[:width] if len(cells) > width and not any(cells[width:]) else cells


def _one_line(text: str) -> str:
    """A name that was broken within its cell."""
    return re.sub(r"\s*[\r\n]+\s*", " ", text)


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"
