"""Recompute every published cell from rows of patients and say which agree as printed.

Independent of the search: it reads patients as text, has its own statistics and its own rules of
printing, and knows the study's words from ``study.toml``.
"""

from __future__ import annotations

import csv
import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from data.reconstruction.soramic.statistics import (
    chi_square_p,
    clopper_pearson,
    cox,
    log_rank_p,
    median_with_limits,
    welch_p,
)

STUDY = Path(__file__).parents[2] / "studies" / "soramic"
DAYS_PER_MONTH = 30.4375
_LIMITS = {"survival median": 0, "survival median lower": 1, "survival median upper": 2}
_QUARTILES = {
    "lower quartile": 0.25,
    "median": 0.5,
    "upper quartile": 0.75,
    "smallest": 0.0,
    "largest": 1.0,
}


@dataclass(frozen=True)
class Cell:
    """One published cell, recomputed.

    Attributes
    ----------
    name : tuple of str
        Table, variable, level, group and statistic.
    printed : str
    value : float
    exact : bool
        Whether `value` prints as `printed`.
    """

    name: tuple[str, ...]
    printed: str
    value: float
    exact: bool


class Patients:
    """Rows of ``patients.csv`` with the ids of ``study.toml``."""

    def __init__(self, rows: list[dict[str, str]], study: Path = STUDY):
        declared = tomllib.loads((study / "study.toml").read_text("utf-8"))
        self.rows = rows
        self.columns = {
            one.get("id", _slug(one["column"])): one["column"] for one in declared["variables"]
        }
        self.levels = {
            one.get("id", _slug(one["column"])): dict(map(_level, one.get("levels", ())))
            for one in declared["variables"]
        }
        self.endpoints = {one["id"]: (one["time"], one["event"]) for one in declared["endpoints"]}

    def text(self, variable: str) -> np.ndarray:
        return np.array([row[self.columns[variable]] for row in self.rows])

    def has(self, condition: str) -> np.ndarray:
        """Who meets ``variable=level``; several are joined by ``&``; everybody if empty."""
        found = np.ones(len(self.rows), dtype=bool)
        for one in filter(None, condition.split("&")):
            variable, _, level = one.partition("=")
            value = "" if level == "missing" else self.levels[variable][level]
            found &= self.text(variable) == value
        return found

    def known(self, variable: str) -> np.ndarray:
        return self.text(variable.partition("=")[0]) != ""

    def numbers(self, variable: str, who: np.ndarray) -> np.ndarray:
        return self.text(variable)[who & self.known(variable)].astype(float)

    def survival(self, endpoint: str, who: np.ndarray) -> tuple[np.ndarray, ...]:
        """Days, event and the mask of those in `who` who have the endpoint."""
        time, event = self.endpoints[endpoint]
        who = who & np.array([row[time] != "" for row in self.rows])
        picked = [row for row, one in zip(self.rows, who, strict=True) if one]
        return (
            np.array([int(row[time]) for row in picked]),
            np.array([int(row[event]) for row in picked]),
            who,
        )


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def _level(level) -> tuple[str, str]:
    if isinstance(level, str):
        return _slug(level), level
    return level.get("id", _slug(level.get("label", level["value"]))), level["value"]


def _two_by_two(patients: Patients, of: str, by: str, who: np.ndarray) -> np.ndarray:
    """Counts of a level against all else, by the two levels of another variable."""
    variable = of.partition("=")[0]
    split = by.partition("=")[0]
    who = who & patients.known(variable) & patients.known(split)
    levels = list(patients.levels[split].values())
    if "=" not in of:
        of = f"{variable}={list(patients.levels[variable])[-1]}"
    has, groups = patients.has(of), patients.text(split)
    return np.array(
        [[(who & (groups == g) & has).sum(), (who & (groups == g) & ~has).sum()] for g in levels]
    )


def _association(patients: Patients, row: dict, who: np.ndarray) -> float:
    """The p of the test between two characteristics; the smallest if there are several."""
    found = []
    for by in row["by"].split():
        table = _two_by_two(patients, row["of"], by, who)
        if row["quantity"] == "Fisher p":
            found.append(float(stats.fisher_exact(table).pvalue))
        elif row["statistic"] == "smallest p":
            found.append(min(chi_square_p(table), float(stats.fisher_exact(table).pvalue)))
        else:
            found.append(chi_square_p(table))
    return min(found)


def _cox_cell(patients: Patients, row: dict, who: np.ndarray) -> float:
    conditions = [row["by"], *filter(None, [row["adjusted"]])]
    for condition in conditions:
        who = who & patients.known(condition)
    time, event, who = patients.survival(row["of"], who)
    covariates = np.stack([patients.has(one)[who] for one in conditions], axis=1).astype(float)
    beta, error = cox(time, event, covariates)
    z = stats.norm.ppf(0.975)
    return {
        "hazard ratio": math.exp(beta[0]),
        "hazard ratio lower": math.exp(beta[0] - z * error[0]),
        "hazard ratio upper": math.exp(beta[0] + z * error[0]),
        "Wald p": float(2 * stats.norm.sf(abs(beta[0] / error[0]))),
    }[row["quantity"]]


def _survival_cell(patients: Patients, row: dict, who: np.ndarray) -> float:
    time, event, who = patients.survival(row["of"], who)
    if row["quantity"] == "patients":
        return len(time)
    if row["quantity"] == "events":
        return int(event.sum())
    if row["quantity"] == "log-rank p":
        values = list(patients.levels[row["by"]].values())
        return log_rank_p(time, event, (patients.text(row["by"])[who] == values[1]).astype(int))
    return median_with_limits(time, event)[_LIMITS[row["quantity"]]] / DAYS_PER_MONTH


def recompute(patients: Patients, row: dict) -> float:
    """The value of one row of ``cells.csv``."""
    who = patients.has(row["where"])
    quantity, of = row["quantity"], row["of"]
    if quantity == "count":
        return int((who & patients.has(of)).sum())
    if quantity in ("percent", "percent lower", "percent upper"):
        count, n = int((who & patients.has(of)).sum()), int(who.sum())
        low, high = clopper_pearson(count, n)
        share = {"percent": count / n, "percent lower": low, "percent upper": high}[quantity]
        return 100 * share
    if quantity in ("chi-square p", "Fisher p"):
        return _association(patients, row, who)
    if quantity == "Welch p":
        arms = [patients.text(row["by"]) == value for value in patients.levels[row["by"]].values()]
        return welch_p(*(patients.numbers(of, who & arm) for arm in arms))
    if quantity == "mean":
        return float(patients.numbers(of, who).mean())
    if quantity in _QUARTILES:
        return float(np.quantile(patients.numbers(of, who), _QUARTILES[quantity]))
    if quantity.startswith("hazard") or quantity == "Wald p":
        return _cox_cell(patients, row, who)
    return _survival_cell(patients, row, who)


def prints_as(printed: str, value: float, printing: str) -> bool:
    """Whether a value, printed by a convention, is the printed text.

    Parameters
    ----------
    printing : str
        ``rounded``, ``rounded or truncated`` or ``two significant digits``; of a number printed
        with three significant digits, three count.
    """
    text = printed.rstrip("*")
    if text.startswith(">="):
        return value >= float(text[2:])
    if text.startswith("<"):
        return value < float(text[1:])
    places = len(text.partition(".")[2])
    # Halves go up, as on paper; a little is added because 0.285 is stored as less.
    shifted = value * 10**places
    rounded = math.floor(shifted + 0.5 + 1e-9) / 10**places
    if printing == "two significant digits":
        digits = max(2, len(text.lstrip("0.").replace(".", "")))
        return math.isclose(float(f"{value:.{digits - 1}e}"), float(text))
    fitting = [rounded]
    if printing == "rounded or truncated":
        fitting.append(math.floor(shifted + 1e-9) / 10**places)
    return any(math.isclose(one, float(text), abs_tol=1e-12) for one in fitting)


def evaluate(rows: list[dict[str, str]], study: Path = STUDY) -> list[Cell]:
    """Every published cell that patients can be asked for, in the order of ``cells.csv``."""
    patients = Patients(rows, study)
    cells = []
    with (study / "published" / "cells.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["quantity"]:
                continue
            value = recompute(patients, row)
            name = tuple(row[k] for k in ("table", "variable", "level", "group", "statistic"))
            exact = prints_as(row["printed"], value, row["printing"])
            cells.append(Cell(name, row["printed"], value, exact))
    return cells
