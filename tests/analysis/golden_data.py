"""Reads tests/golden: results of R 4.2.2, survival 3.5-3, beside the data they were made from.

golden.R in that folder is the script that made them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

GOLDEN = Path(__file__).parents[1] / "golden"
DATASETS = ("lung", "veteran", "ovarian", "kidney")


@dataclass(frozen=True, eq=False)
class Stratum:
    """Patients of one Kaplan–Meier curve and what R says about them."""

    name: str
    time: np.ndarray
    event: np.ndarray
    expected: dict
    reverse_median: dict


@dataclass(frozen=True, eq=False)
class Comparison:
    """Patients of one log-rank test and what R says about them."""

    name: str
    time: np.ndarray
    event: np.ndarray
    group: np.ndarray
    strata: np.ndarray | None
    expected: dict
    pairwise: dict | None


def numbers(values) -> np.ndarray:
    """Golden numbers as floats; null (NA in R) as NaN."""
    return np.array(values, dtype=float)


def assert_equals_r(ours, golden) -> None:
    """Compare with R to 1e-9, relative or absolute; NaN must meet NA and nothing else."""
    assert_allclose(np.asarray(ours, dtype=float), numbers(golden), rtol=1e-9, atol=1e-9)


@cache
def load(name: str) -> dict:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


@cache
def patients(name: str) -> pd.DataFrame:
    """Rows of a data set; grouping columns as text, because R made factors of them."""
    columns = [run[key] for run in load(name)["logrank"] for key in ("group", "strata")]
    as_text = {column: str for column in columns if column}
    return pd.read_csv(GOLDEN / f"{name}.csv", dtype=as_text, keep_default_na=False, na_values=[""])


def strata() -> list[Stratum]:
    """Every curve of every data set and edge case."""
    found = []
    for name in DATASETS:
        for run in load(name)["km"]:
            found += _strata_of_run(name, patients(name), run)
    for case in load("edge_cases")["cases"]:
        for run in case["km"]:
            found += _strata_of_run(case["name"], pd.DataFrame(case["data"]), run)
    return found


def comparisons() -> list[Comparison]:
    """Every log-rank test of every data set and edge case, with rho 0 and 1."""
    found = []
    for name in DATASETS:
        for run in load(name)["logrank"]:
            found += _comparisons_of_run(name, patients(name), run)
    for case in load("edge_cases")["cases"]:
        found += _comparisons_of_run(case["name"], pd.DataFrame(case["data"]), case["logrank"])
    return found


def stratum(name: str) -> Stratum:
    return next(one for one in strata() if one.name == name)


def _strata_of_run(dataset, rows, run):
    for expected, reverse in zip(run["strata"], run["reverse_km_median_loglog"], strict=True):
        level = expected["level"]
        assert reverse["level"] == level
        part = rows if run["group"] == "ALL" else rows[rows[run["group"]] == level]
        name = dataset if run["group"] == "ALL" else f"{dataset}-{run['group']}={level}"
        yield Stratum(
            name,
            part[run["time_var"]].to_numpy(),
            part[run["event_var"]].to_numpy(),
            expected,
            reverse,
        )


def _comparisons_of_run(dataset, rows, run):
    by = [run["group"]] + ([run["strata"]] if run["strata"] else [])
    rows = rows.dropna(subset=by)
    within = f"-within-{run['strata']}" if run["strata"] else ""
    for test in run["tests"]:
        yield Comparison(
            f"{dataset}-{run['group']}{within}-rho{test['rho']}",
            rows[run["time_var"]].to_numpy(),
            rows[run["event_var"]].to_numpy(),
            rows[run["group"]].to_numpy(),
            rows[run["strata"]].to_numpy() if run["strata"] else None,
            test,
            run["pairwise_logrank"] if test["rho"] == 0 else None,
        )
