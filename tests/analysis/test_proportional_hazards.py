"""Test of proportional hazards: equal to R's cox.zph, and refusals in words."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.cox.fit import fit_cox
from analysis.proportional_hazards import TRANSFORMS, proportional_hazards
from tests.analysis.golden_cox import fitted, regressions
from tests.analysis.golden_data import patients

REGRESSIONS = regressions()


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("regression", REGRESSIONS, ids=lambda regression: regression.name)
def test_equals_r(regression, transform):
    golden = next(z for z in regression.expected["zph"] if z["transform"] == transform)
    result = proportional_hazards(fitted(regression), transform)
    assert [*result.variables, "GLOBAL"] == golden["term"]
    tests = [*result.tests, result.global_test]
    assert [test.df for test in tests] == golden["df"]
    assert_allclose([test.statistic for test in tests], golden["chisq"], rtol=1e-7, atol=1e-7)
    assert_allclose([test.p_value for test in tests], golden["p"], rtol=1e-7, atol=1e-7)
    assert result.warnings == ()


def test_units_of_time_and_covariates_do_not_matter():
    rows = patients("veteran")
    x = rows["karno"].to_numpy()
    days = proportional_hazards(fit_cox(rows["time"], rows["status"], x), "identity")
    years = proportional_hazards(
        fit_cox(rows["time"] / 365.25, rows["status"], 3 - x / 10), "identity"
    )
    assert_allclose(days.global_test.statistic, years.global_test.statistic, rtol=1e-8)


def test_a_hazard_ratio_that_turns_is_found_and_a_constant_one_is_not():
    rng = np.random.default_rng(11)
    arm = np.repeat([0, 1], 200)
    early_deaths = np.where(arm == 1, rng.uniform(0, 10, 400), rng.uniform(5, 30, 400))
    crossing = np.where(rng.random(400) < 0.5, early_deaths, 30 + rng.exponential(10 + 30 * arm))
    constant = rng.exponential(np.where(arm == 1, 10, 20))
    event = np.ones(400)
    assert proportional_hazards(fit_cox(crossing, event, arm)).global_test.p_value < 1e-6
    assert proportional_hazards(fit_cox(constant, event, arm)).global_test.p_value > 0.01


def assert_no_test(result, words):
    assert np.isnan([result.global_test.p_value, *(test.p_value for test in result.tests)]).all()
    assert words in result.warnings[0]


@pytest.mark.parametrize("transform", TRANSFORMS)
def test_no_test_is_said_and_not_raised(transform):
    def zph(time, event, covariate):
        return proportional_hazards(fit_cox(time, event, covariate), transform)

    assert_no_test(zph([], [], np.zeros((0, 1))), "no patients")
    assert_no_test(zph([1, 2], [0, 0], [0, 1]), "No patient had the event")
    assert_no_test(zph([1, 2], [1, 1], [3, 3]), "No covariate")
    assert_no_test(zph([1, 2, 3], [1, 1, 0], [1, 1, 0]), "not estimable")
    assert_no_test(zph([5, 5, 5, 5], [1, 1, 0, 0], [1, 0, 1, 0]), "one time only")


def test_the_logarithm_of_time_zero_does_not_exist():
    fit = fit_cox([0, 1, 2, 3], [1, 1, 1, 1], [1, 0, 1, 0])
    assert_no_test(proportional_hazards(fit, "log"), "time 0")
    assert proportional_hazards(fit, "rank").global_test.df == 1


def test_an_unknown_transform_is_refused():
    with pytest.raises(ValueError, match="one of km, rank, identity, log; not 'sqrt'"):
        proportional_hazards(fit_cox([1, 2], [1, 1], [0, 1]), "sqrt")


def test_the_method_is_named():
    fit = fit_cox([1, 2, 3, 4], [1, 1, 1, 1], [1, 0, 1, 0])
    assert "Score test" in proportional_hazards(fit).method
    assert "rank of time" in proportional_hazards(fit, "rank").method
