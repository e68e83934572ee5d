"""Crude, adjusted and stratified comparison: equal to R on the shipped study, and refusals."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from analysis.adjusted import adjusted_comparison
from callbacks.arms.sections import covariate_frame
from tests.shipped import load_catalog

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/soramic_arms.json").read_text("utf-8"))
STUDY = load_catalog().study("soramic")
ROWS = np.ones(STUDY.n, bool)
NOTHING = pd.DataFrame(index=range(STUDY.n))
PFS = STUDY.outcomes["pfs"]
TREATED = (STUDY.codes["arm"] == 0).astype(int)


def frame(*names, cut=()):
    return covariate_frame(STUDY, names, ROWS, cut)


def same(fit, golden):
    assert (fit.n, fit.n_events) == (golden["n"], golden["events"])
    assert_allclose(fit.coef, np.atleast_1d(golden["coef"]), rtol=1e-8)
    assert_allclose(fit.se, np.atleast_1d(golden["se"]), rtol=1e-7)
    assert_allclose(fit.p_value, np.atleast_1d(golden["p"]), rtol=1e-6)


def test_equal_to_r():
    covariates = frame("child-pugh", "age-years", "albi-grade")
    strata = frame("bclc", "child-pugh")
    found = adjusted_comparison(PFS.time, PFS.event, TREATED, covariates, strata)
    same(found.adjusted, GOLDEN["adjusted"])
    same(found.crude_complete, GOLDEN["complete"])
    same(found.stratified_cox, GOLDEN["within"])
    assert_allclose(found.stratified.statistic, GOLDEN["logrank"]["chisq"], rtol=1e-9)
    assert found.n_strata == 4
    assert found.crude.n == 177


def test_without_covariates_and_strata():
    found = adjusted_comparison(PFS.time, PFS.event, TREATED, NOTHING, NOTHING)
    assert (found.adjusted, found.crude_complete) == (None, None)
    assert (found.stratified, found.stratified_cox, found.n_strata) == (None, None, 0)


def test_nobody_has_every_covariate():
    empty = frame("age-years").assign(**{"age-years": np.nan})
    strata = pd.DataFrame({"s": pd.Categorical.from_codes([-1] * STUDY.n, ["a"])})
    found = adjusted_comparison(PFS.time, PFS.event, TREATED, empty, strata)
    assert found.adjusted.n == 0
    assert np.isnan(found.adjusted.coef).all()
    assert found.stratified is None
