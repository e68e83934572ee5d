"""Further reconstructions of a study: other patients from whom the same tables come out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from data.problems import Problem
from data.readers import read_table
from data.study import Study
from data.validation import check_columns, cut_number, read_endpoint, read_levels, read_numbers

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
    made = []
    for name, rows in table.groupby(NUMBER_COLUMN, sort=False):
        if len(rows) != study.n:
            fault = f"data set {name} has {len(rows)} patients, the study has {study.n}"
            problems.append(Problem(file, fault, "Write the file anew", NUMBER_COLUMN))
            continue
        one, found = _study(study, str(name), rows, columns[0], file)
        made.append(one)
        problems += found
    return tuple(made), problems


def _study(study: Study, name: str, rows: pd.DataFrame, id_column: str, file: str):
    """The study with the patients of one data set, and what is wrong with them."""
    codes, numbers, outcomes, problems = {}, {}, {}, []
    everybody = np.ones(study.n, bool)
    for variable in study.variables:
        if variable.is_number:
            numbers[variable.id], found = read_numbers(rows[variable.column], file)
            # Cut where the shipped data are cut: the groups must be the same groups.
            codes[variable.id] = cut_number(variable, numbers[variable.id], everybody)[1]
        else:
            codes[variable.id], found = read_levels(variable, rows[variable.column], file)
        problems += found
    for endpoint in study.endpoints:
        outcomes[endpoint.id], found = read_endpoint(endpoint, rows, file)
        problems += found
    made = replace(
        study,
        version=f"{study.version}-{name}",
        patient_ids=tuple(rows[id_column]),
        codes=MappingProxyType(codes),
        numbers=MappingProxyType(numbers),
        outcomes=MappingProxyType(outcomes),
        tables=MappingProxyType({}),
        adverse_events=None,
        evidence=None,
        reconstructions=(),
    )
    return made, problems
