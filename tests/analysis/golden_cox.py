"""Cox regressions of tests/golden: covariates rebuilt as R had them, and what R says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.cox.design import Design, beside, design_of, product
from analysis.cox.fit import CoxFit, fit_cox
from tests.analysis.golden_data import DATASETS, load, patients

SEPARATED = 8  # R's coefficients beyond this belong to a likelihood without maximum


@dataclass(frozen=True, eq=False)
class Regression:
    """Patients and covariates of one fit and R's result."""

    name: str
    time: np.ndarray
    event: np.ndarray
    covariates: pd.DataFrame
    design: Design
    strata: np.ndarray | None
    expected: dict


@dataclass(frozen=True, eq=False)
class Subgroups:
    """Patients of one interaction test and R's result."""

    name: str
    time: np.ndarray
    event: np.ndarray
    arm: pd.Categorical
    subgroup: pd.Categorical
    expected: dict


@cache
def regressions() -> list[Regression]:
    """Every fit with Efron's and Breslow's ties; the exact method is not ours."""
    return [
        regression
        for name in DATASETS
        for run in load(name)["cox"]
        for regression in _regressions_of_run(name, run)
    ]


@cache
def fitted(regression: Regression) -> CoxFit:
    return fit_cox(
        regression.time,
        regression.event,
        regression.design,
        ties=regression.expected["ties"],
        strata=regression.strata,
    )


def subgroups() -> list[Subgroups]:
    """Every interaction test."""
    found = []
    for name in DATASETS:
        for run in load(name)["interaction"]:
            rows = patients(name).dropna(subset=[run["treatment"], run["subgroup"]])
            levels = [level["level"] for level in run["levels"]]
            found.append(
                Subgroups(
                    f"{name}-{run['treatment']}-by-{run['subgroup']}",
                    rows[run["time_var"]].to_numpy(),
                    rows[run["event_var"]].to_numpy(),
                    pd.Categorical(rows[run["treatment"]], run["arms"]),
                    pd.Categorical(rows[run["subgroup"]], levels),
                    run,
                )
            )
    return found


def _regressions_of_run(dataset, run):
    formula, _, stratum = run["formula"].partition("+strata(")
    stratum = stratum.rstrip(")")
    names = formula.replace("*", "+").split("+")
    rows = patients(dataset).dropna(subset=names + ([stratum] if stratum else []))
    for expected in run["fits"]:
        if expected["ties"] == "exact":
            continue
        largest = max(abs(coef) for coef in expected["coef"] if coef is not None)
        assert largest <= SEPARATED, "a separated fit in the golden data needs a test of its own"
        frame = pd.DataFrame(
            {name: _with_reference(rows[name], name, expected["terms"]) for name in names}
        )
        design = design_of(frame)
        if "*" in formula:
            design = beside(design, product(*(design_of(frame[[name]]) for name in names)))
        yield Regression(
            f"{dataset}-{run['formula']}-{expected['ties']}",
            rows[run["time_var"]].to_numpy(),
            rows[run["event_var"]].to_numpy(),
            frame,
            design,
            rows[stratum].to_numpy() if stratum else None,
            expected,
        )


def _with_reference(column, name, terms):
    """A factor in R's order: the level without a term is the reference."""
    if column.dtype != object:
        return column
    with_term = [term.removeprefix(name) for term in terms if ":" not in term]
    order = [level for level in with_term if level in set(column)]
    (reference,) = set(column) - set(order)
    return pd.Categorical(column, [reference, *order])
