"""Subgroups of a cohort: R's interaction tests, and agreement with each variable alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.coded_variables import coded_variables
from analysis.cox.fit import fit_cox
from analysis.event_table import time_axis
from analysis.logrank import logrank
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.subgroups import subgroups
from analysis.survival import kaplan_meier
from tests.shipped import load_catalog

GOLDEN = json.loads(
    (Path(__file__).parents[1] / "golden" / "soramic_interactions.json").read_text("utf-8")
)
STUDY = load_catalog().study("soramic")
VARIABLES = [v for v in STUDY.variables if not v.after_baseline and v.id != "arm"]
BY_COLUMN = {variable.column: position for position, variable in enumerate(VARIABLES)}


def compute(endpoint: str, rows: np.ndarray | None = None, *, arms: bool = True):
    outcome = STUDY.outcomes[endpoint]
    coded = coded_variables(
        {v.id: STUDY.codes[v.id] for v in VARIABLES}, {v.id: len(v.levels) for v in VARIABLES}
    )
    arm = (STUDY.codes["arm"] == 0).astype(int) if arms else None
    rows = np.ones(STUDY.n, bool) if rows is None else rows
    return subgroups(
        time_axis(outcome.time), outcome.event, coded, rows, landmarks=(365.25, 730.5), arm=arm
    )


@pytest.fixture(scope="module")
def computed():
    return {endpoint: compute(endpoint) for endpoint in ("pfs", "os")}


def test_every_baseline_variable_was_fitted_in_r():
    assert {row["column"] for row in GOLDEN["rows"]} == {v.column for v in VARIABLES}


@pytest.mark.parametrize(
    "row", GOLDEN["rows"], ids=[f"{r['endpoint']}-{r['column']}" for r in GOLDEN["rows"]]
)
def test_interactions_equal_those_of_r(computed, row):
    effect = computed[row["endpoint"]].effects[BY_COLUMN[row["column"]]]
    assert effect.statistic == pytest.approx(row["chisq"], abs=1e-7)
    assert effect.df == row["df"]
    assert effect.p_value == pytest.approx(row["p"], abs=1e-7)


@pytest.mark.parametrize(
    "row", GOLDEN["rows"], ids=[f"{r['endpoint']}-{r['column']}" for r in GOLDEN["rows"]]
)
def test_hazard_ratios_within_levels_equal_those_of_r(computed, row):
    variable = VARIABLES[BY_COLUMN[row["column"]]]
    effect = computed[row["endpoint"]].effects[BY_COLUMN[row["column"]]]
    values = [level.value or level.label for level in variable.levels]
    # R names the ranges of a number itself; they stand in the same rising order.
    order = (
        range(len(values))
        if variable.is_number
        else [values.index(str(level["level"])) for level in row["levels"]]
    )
    for place, expected in zip(order, row["levels"], strict=True):
        got = effect.levels[place]
        assert got.hazard_ratio == pytest.approx(expected["hazard_ratio"], rel=1e-6)
        assert got.lower == pytest.approx(expected["lower"], rel=1e-6)
        assert got.upper == pytest.approx(expected["upper"], rel=1e-6)


def test_levels_and_tests_equal_each_variable_alone(computed):
    result, outcome = computed["pfs"], STUDY.outcomes["pfs"]
    for position, variable in enumerate(VARIABLES):
        codes = STUDY.codes[variable.id]
        known = codes >= 0
        test = logrank(outcome.time[known], outcome.event[known], codes[known])
        assert result.screen.p_value[position] == pytest.approx(test.p_value, abs=1e-12)
        for level in range(len(variable.levels)):
            curve = kaplan_meier(outcome.time[codes == level], outcome.event[codes == level])
            row = int(result.screen.variables.first[position]) + level
            assert result.screen.n[row] == curve.n
            assert result.screen.median[row] == pytest.approx(curve.median.value, nan_ok=True)


def test_adjusted_forms_come_from_the_same_p_values(computed):
    result = computed["os"]
    np.testing.assert_array_equal(result.holm, holm(result.screen.p_value))
    np.testing.assert_array_equal(
        result.benjamini_hochberg, benjamini_hochberg(result.screen.p_value)
    )
    assert result.tested == len(VARIABLES)
    assert result.found == int((result.screen.p_value < 0.05).sum())
    assert result.remaining == int((result.permutation.p_adjusted < 0.05).sum())
    assert (result.permutation.p_adjusted >= result.permutation.p_value).all()


def test_without_arms_there_are_no_effects():
    result = compute("pfs", arms=False)
    assert (result.effects, result.overall_effect) == ((), None)


@pytest.mark.parametrize("endpoint", ["pfs", "os"])
def test_the_overall_effect_is_the_cox_regression_of_everybody(computed, endpoint):
    outcome, effect = STUDY.outcomes[endpoint], computed[endpoint].overall_effect
    fit = fit_cox(outcome.time, outcome.event, (STUDY.codes["arm"] == 0).astype(float))
    assert effect.hazard_ratio == pytest.approx(fit.hazard_ratio[0], rel=1e-8)
    assert effect.lower == pytest.approx(fit.lower[0], rel=1e-8)
    assert effect.upper == pytest.approx(fit.upper[0], rel=1e-8)
    assert effect.n == (104, 73)


def test_the_overall_effect_is_that_of_the_publication(computed):
    effect = computed["pfs"].overall_effect
    assert f"{effect.hazard_ratio:.2f}" == "0.69"


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_cohorts_have_rows_and_no_exception(n):
    rows = np.zeros(STUDY.n, bool)
    rows[:n] = True
    result = compute("pfs", rows)
    assert result.overall.n == n
    assert int(result.screen.n[:2].sum()) == n
    assert all(np.isnan(level.hazard_ratio) for one in result.effects for level in one.levels)
    assert all(level.reason for one in result.effects for level in one.levels)
