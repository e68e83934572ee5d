"""Further reconstructions of a study: other patients from whom the same tables come out."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.checking.keys import Keys
from data.checking.problems import Problem
from data.checking.times import read_outcomes
from data.checking.validation import (
    check_columns,
    cut_number,
    read_levels,
    read_variable_numbers,
)
from data.sections.section import ON_STUDY, Declaration, Reading, Section
from data.study import Study

NUMBER_COLUMN = "reconstruction"


def declare_reconstructions(top: Keys, so_far: Declaration) -> str | None:
    """Read ``reconstructions``: the file that holds them."""
    file = top.file("reconstructions", "") if "reconstructions" in top.table else ""
    return file or None


def read_reconstructions(file: str, reading: Reading) -> tuple[tuple[Study, ...], list[Problem]]:
    """Read a table with the rows of several patients' files below each other.

    It has the columns of the patients' file and one more, ``reconstruction``, that numbers the data
    sets. Every data set has as many patients as the study.

    Returns
    -------
    tuple of Study, list of Problem
        One study for each data set, without what belongs to the patients as shipped; none where
        the study holds small numbers back.
    """
    columns, n = reading.declaration.columns, len(reading.patients)
    if reading.declaration.fields["disclosure"].protects:
        # Rows that are like the patients are held back like them, and nothing is said of them.
        return (), []
    table = reading.source.table(file).cells
    problems = check_columns(table, [NUMBER_COLUMN, *columns], file)
    there = table if NUMBER_COLUMN in table else table.assign(**{NUMBER_COLUMN: ""})
    sizes = there.groupby(NUMBER_COLUMN, sort=False).size()
    problems += [
        Problem(
            file,
            f"data set {name} has {size} patients, the study has {n}",
            "Write the file anew",
            NUMBER_COLUMN,
        )
        for name, size in sizes.items()
        if size != n and name and not reading.patients_unread
    ]
    # All data sets are read at once: forty readings and not eight hundred.
    codes, numbers, outcomes, found = _read(reading, table, file)
    problems += found
    study = reading.bare
    if problems or study is None:
        return (), problems
    numbered = table[NUMBER_COLUMN].to_numpy()
    made = []
    for name in sizes.index:
        rows = numbered == name
        made.append(
            replace(
                study,
                version=f"{study.version}-{name}",
                patient_ids=tuple(table[columns[0]][rows]),
                codes=MappingProxyType({key: all_[rows] for key, all_ in codes.items()}),
                numbers=MappingProxyType({key: all_[rows] for key, all_ in numbers.items()}),
                outcomes=MappingProxyType({key: one.of(rows) for key, one in outcomes.items()}),
            )
        )
    return tuple(made), []


def _read(reading: Reading, table: pd.DataFrame, file: str):
    """Codes, numbers and outcomes of all rows, and what is wrong with them."""
    codes, numbers, problems = {}, {}, []
    everybody = np.ones(len(table), bool)
    for variable in reading.variables:
        if variable.column not in table:
            continue
        if variable.is_number:
            cells = table[variable.column]
            numbers[variable.id], found = read_variable_numbers(variable, cells, file)
            # Cut where the shipped data are cut: the groups must be the same groups.
            codes[variable.id] = cut_number(variable, numbers[variable.id], everybody)[1]
        else:
            codes[variable.id], found = read_levels(variable, table[variable.column], file)
        problems += found
    read = read_outcomes(reading.declaration.endpoints, table, file)
    return codes, numbers, read.of, [*problems, *read.problems]


RECONSTRUCTIONS = Section(
    "reconstructions",
    declare_reconstructions,
    read_reconstructions,
    files=lambda file: [file],
    empty=(),
    of_patients=True,
    when=ON_STUDY,
)
