"""Further reconstructions of a study: other patients from whom the same tables come out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.checking.problems import Problem
from data.checking.validation import (
    check_columns,
    cut_number,
    read_endpoint,
    read_levels,
    read_numbers,
)
from data.sources.tables import read_table
from data.study import EndpointData, Study

NUMBER_COLUMN = "reconstruction"


def read_reconstructions(
    folder: Path, file: str, study: Study, columns: list[str]
) -> tuple[tuple[Study, ...], list[Problem]]:
    """Read a file with the rows of several patients' files below each other.

    Parameters
    ----------
    folder : Path
        The study's folder.
    file : str
        CSV, or CSV packed with gzip, with the columns of the patients' file and a first one,
        ``reconstruction``, that numbers the data sets.
    study : Study
        The study as shipped; every data set has as many patients, and the same variables.
    columns : list of str
        Columns of the patients' file that the study uses.

    Returns
    -------
    tuple of Study, list of Problem
        One study for each data set, without tables, events and further reconstructions.
    """
    table = read_table(folder / file)
    problems = check_columns(table, [NUMBER_COLUMN, *columns], file)
    if problems:
        return (), problems
    sizes = table.groupby(NUMBER_COLUMN, sort=False).size()
    problems += [
        Problem(
            file,
            f"data set {name} has {size} patients, the study has {study.n}",
            "Write the file anew",
            NUMBER_COLUMN,
        )
        for name, size in sizes.items()
        if size != study.n
    ]
    # All data sets are read at once: forty readings and not eight hundred.
    codes, numbers, outcomes, found = _read(study, table, file)
    problems += found
    if problems:
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
                outcomes=MappingProxyType(
                    {
                        key: EndpointData(one.time[rows], one.event[rows], one.known[rows])
                        for key, one in outcomes.items()
                    }
                ),
                tables=MappingProxyType({}),
                adverse_events=None,
                evidence=None,
                reconstructions=(),
            )
        )
    return tuple(made), []


def _read(study: Study, table: pd.DataFrame, file: str):
    """Codes, numbers and outcomes of all rows, and what is wrong with them."""
    codes, numbers, outcomes, problems = {}, {}, {}, []
    everybody = np.ones(len(table), bool)
    for variable in study.variables:
        if variable.is_number:
            numbers[variable.id], found = read_numbers(table[variable.column], file)
            # Cut where the shipped data are cut: the groups must be the same groups.
            codes[variable.id] = cut_number(variable, numbers[variable.id], everybody)[1]
        else:
            codes[variable.id], found = read_levels(variable, table[variable.column], file)
        problems += found
    for endpoint in study.endpoints:
        outcomes[endpoint.id], found = read_endpoint(endpoint, table, file)
        problems += found
    return codes, numbers, outcomes, problems
