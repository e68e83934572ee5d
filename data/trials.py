"""Published medians of other trials, as the papers of the shipped studies quote them.

They belong to the product, not to a study: one table, in which the code knows the columns and no
name. An endpoint of a study finds its rows by its label, or by the key ``context`` of its
declaration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from data.checking.distinct import records
from data.checking.numerals import read_number
from data.checking.problems import Problem, StudyError, listed, short
from data.reading.raw import AS_WRITTEN
from data.reading.table import read_table
from data.study import Endpoint

SHIPPED = Path(__file__).parent / "published_medians.csv"
TEXTS = ("study", "design", "arm", "treatment", "population", "endpoint", "quoted_in", "reference")
OPTIONAL_TEXTS = ("hr_against", "of_study", "note")
COUNTS = ("year", "n", "n_study")
MEDIAN = ("median_months", "lower", "upper")
HAZARD_RATIO = ("hazard_ratio", "hr_lower", "hr_upper")
COLUMNS = (*TEXTS, *OPTIONAL_TEXTS, *COUNTS, *MEDIAN, *HAZARD_RATIO, "p")
IDENTITY = ["study", "year", "arm", "population", "endpoint"]


@dataclass(frozen=True)
class PublishedResult:
    """What a paper says of one arm of one study for one endpoint.

    Attributes
    ----------
    study, design, arm, population, endpoint, reference, note : str
    year : int
        Of the publication.
    treatment : str
        Kind of treatment, by which results are grouped.
    n, n_study : int or None
        Patients whose median it is, and patients of the whole study; None where not given.
    median : tuple of float
        Median with its limits, in months; NaN where not given.
    hazard_ratio : tuple of float
        Hazard ratio of this arm against ``hr_against`` with its limits; NaN where not given.
    p : float
        p-value of that comparison; NaN where not given.
    hazard_ratio_words : tuple of str
        The hazard ratio and its limits as the paper prints them.
    quoted_in : str
        Id of the shipped study whose paper quotes the result.
    of_study : str
        Id of the shipped study that the result is of; empty for any other.
    """

    study: str
    year: int
    design: str
    arm: str
    treatment: str
    population: str
    n: int | None
    n_study: int | None
    endpoint: str
    median: tuple[float, float, float]
    hazard_ratio: tuple[float, float, float]
    hr_against: str
    p: float
    quoted_in: str
    of_study: str
    reference: str
    note: str
    hazard_ratio_words: tuple[str, str, str] = ("", "", "")

    @property
    def has_median(self) -> bool:
        return math.isfinite(self.median[0])

    @property
    def has_interval(self) -> bool:
        return self.has_median and math.isfinite(self.median[1])


@cache
def published_results() -> tuple[PublishedResult, ...]:
    """The shipped table, read once. StudyError with every problem if it is not sound."""
    return read_published_results(SHIPPED)


def results_for(endpoint: Endpoint, results: tuple[PublishedResult, ...]):
    """The results for an endpoint of a study, in the order of the file."""
    wanted = (endpoint.context or endpoint.label).casefold()
    return tuple(one for one in results if one.endpoint.casefold() == wanted)


def treatments(results: tuple[PublishedResult, ...]) -> tuple[str, ...]:
    """The kinds of treatment, in the order of the file."""
    return tuple(dict.fromkeys(one.treatment for one in results))


def read_published_results(path: Path) -> tuple[PublishedResult, ...]:
    """Read and check a table of published medians.

    Raises
    ------
    StudyError
        With every problem that was found, each naming file, column, row and fix.
    """
    table = read_table(path, AS_WRITTEN).cells
    absent = [name for name in COLUMNS if name not in table.columns]
    problems = [
        Problem(path.name, "the column is missing", "Add the column", name) for name in absent
    ]
    if problems:
        raise StudyError(problems)
    problems = [
        Problem(path.name, fault, fix, column, int(line))
        for line, row in zip(table.index, records(table), strict=True)
        for column, fault, fix in _faults(row)
    ]
    problems += _doubled(table, path.name)
    if problems:
        raise StudyError(listed(problems))
    return tuple(_result(row) for row in records(table))


def _result(row: dict) -> PublishedResult:
    counts = {name: int(row[name]) if row[name] else None for name in COUNTS}
    return PublishedResult(
        **{name: row[name] for name in (*TEXTS, *OPTIONAL_TEXTS)},
        **counts,
        median=_numbers(row, MEDIAN),
        hazard_ratio=_numbers(row, HAZARD_RATIO),
        hazard_ratio_words=tuple(row[name] for name in HAZARD_RATIO),
        p=read_number(row["p"]),
    )


def _numbers(row: dict, names) -> tuple[float, float, float]:
    return tuple(read_number(row[name]) for name in names)


def _faults(row: dict) -> list[tuple[str, str, str]]:
    """(column, fault, fix) of everything that is wrong with a row."""
    faults = [(name, "the cell is empty", "Write a text") for name in TEXTS if not row[name]]
    if not row["year"]:
        faults.append(("year", "the cell is empty", "Write the year of the publication"))
    faults += [
        (
            name,
            f"“{short(row[name])}” is no whole number above 0",
            "Write a whole number, or leave it empty if not given",
        )
        for name in COUNTS
        if row[name] and not _is_count(row[name])
    ]
    faults += [
        (
            name,
            f"“{short(row[name])}” is no number above 0",
            "Write a number with a point, or leave it empty",
        )
        # "Not above 0" also catches NaN.
        for name in (*MEDIAN, *HAZARD_RATIO, "p")
        if row[name] and not read_number(row[name]) > 0
    ]
    return faults or _contradictions(row)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _contradictions(row: dict) -> list[tuple[str, str, str]]:
    """What is wrong with a row whose cells are sound one by one."""
    faults = []
    for names in (MEDIAN, HAZARD_RATIO):
        value, lower, upper = _numbers(row, names)
        given = [bool(row[name]) for name in names]
        if given[1] != given[2] or (given[1] and not given[0]):
            faults.append(
                (
                    names[1],
                    "the interval is not complete",
                    f"Write {', '.join(names)}, or no interval",
                )
            )
        elif given[1] and not lower <= value <= upper:
            faults.append(
                (
                    names[0],
                    f"{value:g} is not within {lower:g} to {upper:g}",
                    "Correct the estimate or its interval",
                )
            )
    if not row[MEDIAN[0]] and not row[HAZARD_RATIO[0]]:
        faults.append(
            (
                MEDIAN[0],
                "there is neither a median nor a hazard ratio",
                "Write one of them or remove the row",
            )
        )
    if bool(row[HAZARD_RATIO[0]]) != bool(row["hr_against"]):
        faults.append(
            (
                "hr_against",
                "hazard ratio and comparison do not go together",
                "Write with what the hazard ratio compares, or neither",
            )
        )
    if row["p"] and read_number(row["p"]) > 1:
        faults.append(("p", f"{row['p']} is above 1", "Write a p-value"))
    return faults


def _doubled(table: pd.DataFrame, file: str) -> list[Problem]:
    doubled = table.duplicated(IDENTITY).to_numpy()
    return [
        Problem(
            file,
            f"“{short(table.loc[row, 'study'])}” stands twice with this arm, population "
            "and endpoint",
            "Keep one of the rows",
            "study",
            int(row),
        )
        for row in table.index[doubled]
    ]
