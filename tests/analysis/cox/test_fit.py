"""Cox regression: equal to R, agreed by lifelines, and refusals in words instead of numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.cox.fit import fit_cox
from tests.analysis.golden_cox import fitted, regressions
from tests.analysis.golden_data import numbers, patients

REGRESSIONS = regressions()
EVERY_REGRESSION = pytest.mark.parametrize(
    "regression", REGRESSIONS, ids=lambda regression: regression.name
)

# time, event, arm, severity
cohorts = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 1), st.integers(0, 1), st.integers(0, 5)),
    min_size=1,
    max_size=40,
)


def columns(cohort):
    return (np.array(values) for values in zip(*cohort, strict=True))


def assert_test_equals_r(ours, golden, **tolerance):
    assert ours.df == golden[1]
    assert_allclose([ours.statistic, ours.p_value], [golden[0], golden[2]], **tolerance)


# ---------------------------------------------------------------- equal to R


@EVERY_REGRESSION
def test_coefficients_equal_r(regression):
    fit, golden = fitted(regression), regression.expected
    assert [term.replace("=", "") for term in fit.terms] == golden["terms"]
    assert (fit.n, fit.n_events) == (golden["n"], golden["events"])
    assert_allclose(fit.coef, golden["coef_tight"], rtol=1e-8, atol=1e-10)
    assert_allclose(fit.se, golden["se_tight"], rtol=1e-8, atol=1e-10)
    assert fit.converged
    assert fit.warnings == ()
    assert not any(fit.reasons)


@EVERY_REGRESSION
def test_likelihood_and_global_tests_equal_r(regression):
    fit, golden = fitted(regression), regression.expected
    assert_allclose([fit.loglik_null, fit.loglik], golden["loglik_tight"], rtol=1e-10)
    assert_test_equals_r(fit.lr_test, golden["lr_test"], rtol=1e-7)
    assert_test_equals_r(fit.score_test, golden["score_test"], rtol=1e-9)
    # R prints the Wald statistic rounded to two digits, but its p-value in full, from
    # coefficients at its looser default stop.
    statistic, df, p_value = golden["wald_test"]
    assert round(fit.wald_test.statistic, 2) == pytest.approx(statistic, abs=0.0100001)
    assert fit.wald_test.df == df
    assert_allclose(fit.wald_test.p_value, p_value, rtol=1e-5)


@EVERY_REGRESSION
def test_hazard_ratios_and_covariance_equal_r(regression):
    fit, golden = fitted(regression), regression.expected
    # From R's default stop, hence looser than the coefficients above.
    for ours, theirs in (
        (fit.hazard_ratio, "hr"),
        (fit.lower, "lower"),
        (fit.upper, "upper"),
        (fit.p_value, "p"),
    ):
        assert_allclose(ours, numbers(golden[theirs]), rtol=2e-5, atol=1e-12)
    assert_allclose(fit.covariance, numbers(golden["var"]), rtol=2e-5, atol=1e-9)


@EVERY_REGRESSION
def test_hazard_ratio_limits_follow_from_r_at_its_tight_stop(regression):
    fit, golden = fitted(regression), regression.expected
    coef, se = numbers(golden["coef_tight"]), numbers(golden["se_tight"])
    for ours, z in ((fit.hazard_ratio, 0), (fit.lower, -1), (fit.upper, 1)):
        assert_allclose(ours, np.exp(coef + z * 1.959963984540054 * se), rtol=1e-8)


@EVERY_REGRESSION
def test_concordance_equals_r(regression):
    fit = fitted(regression)
    assert_allclose([fit.concordance, fit.concordance_se], regression.expected["concordance"])


def test_golden_data_has_what_it_should():
    names = {regression.name for regression in REGRESSIONS}
    assert {"lung-sex*age-efron", "veteran-trt+strata(celltype)-breslow"} <= names
    assert len(names) == 30
    assert {regression.expected["ties"] for regression in REGRESSIONS} == {"efron", "breslow"}


def test_limits_widen_with_the_level():
    rows = patients("lung")
    wide = fit_cox(rows["time"], rows["event"], rows["age"], conf_level=0.99)
    narrow = fit_cox(rows["time"], rows["event"], rows["age"], conf_level=0.9)
    assert wide.lower[0] < narrow.lower[0] < narrow.upper[0] < wide.upper[0]
    assert "99 %" in wide.method


# ---------------------------------------------------------------- agreed by lifelines and by hand


@pytest.mark.parametrize("name", ["lung-age-efron", "veteran-trt-efron", "kidney-sex-efron"])
def test_lifelines_agrees_on_likelihood_and_concordance(name):
    from lifelines import CoxPHFitter

    regression = next(one for one in REGRESSIONS if one.name == name)
    frame = pd.DataFrame(
        {"x": regression.design.columns[:, 0], "t": regression.time, "e": regression.event}
    )
    witness, ours = CoxPHFitter().fit(frame, "t", "e"), fitted(regression)
    assert_allclose(ours.loglik, witness.log_likelihood_, rtol=1e-8)
    # lifelines stops its climb early; its coefficients have about four digits.
    assert_allclose(ours.coef[0], witness.params_["x"], atol=2e-4)
    assert_allclose(ours.concordance, witness.concordance_index_, atol=1e-9)


def test_two_patients_without_ties_by_hand():
    # The patient with x = 0 dies first of x = 0, 1, 1; then x = 1 dies of the two left.
    # loglik = -log(1 + 2 e^b) - log 2 + 0; at b = 0 it is -log 6.
    fit = fit_cox([1, 2, 3], [1, 1, 0], [0, 1, 1])
    assert_allclose(fit.loglik_null, -np.log(6))
    assert np.isnan(fit.coef[0])  # the likelihood rises as b falls


def test_known_maximum():
    # Deaths of x = 1, 0, 1 among risk sets {1,0,1}, {0,1}, {1}:
    # loglik = 2b - log(2r + 1) - log(r + 1) - b with r = e^b; its derivative is 0 where
    # 1 = 2r/(2r+1) + r/(r+1), that is 2 r^2 = 1.
    fit = fit_cox([1, 2, 3], [1, 1, 1], [1, 0, 1])
    r = np.sqrt(0.5)
    assert_allclose(fit.hazard_ratio[0], r, rtol=1e-10)
    information = 2 * r / (2 * r + 1) ** 2 + r / (r + 1) ** 2
    assert_allclose(fit.se[0], 1 / np.sqrt(information), rtol=1e-10)


def test_ties_by_hand():
    # Both deaths at time 1 of x = 1, 0 with a survivor x = 0. At b = 0 Breslow: -2 log 3;
    # Efron: -log 3 - log(3 - 1/2 * 2).
    data = ([1, 1, 2], [1, 1, 0], [1, 0, 0])
    assert_allclose(fit_cox(*data, ties="breslow").loglik_null, -2 * np.log(3))
    assert_allclose(fit_cox(*data, ties="efron").loglik_null, -np.log(3) - np.log(2))


# ---------------------------------------------------------------- properties


@settings(deadline=None)
@given(cohorts, st.sampled_from(["efron", "breslow"]), st.randoms(use_true_random=False))
def test_order_of_patients_does_not_matter(cohort, ties, random):
    shuffled = list(cohort)
    random.shuffle(shuffled)
    fits = []
    for rows in (cohort, shuffled):
        time, event, arm, severity = columns(rows)
        fits.append(fit_cox(time, event, np.column_stack([arm, severity]), ties=ties))
    assert fits[0].reasons == fits[1].reasons
    assert_allclose(fits[0].coef, fits[1].coef, rtol=1e-6, atol=1e-8)
    assert_allclose(fits[0].loglik, fits[1].loglik, rtol=1e-9, atol=1e-9)
    assert_allclose(fits[0].concordance, fits[1].concordance, atol=1e-12)


@settings(deadline=None)
@given(cohorts)
def test_exchanging_the_arms_inverts_the_hazard_ratio(cohort):
    time, event, arm, _ = columns(cohort)
    one, other = fit_cox(time, event, arm), fit_cox(time, event, 1 - arm)
    assert_allclose(one.hazard_ratio, 1 / other.hazard_ratio, rtol=1e-8)
    assert_allclose(one.lower, 1 / other.upper, rtol=1e-8)
    assert_allclose(one.p_value, other.p_value, rtol=1e-6)


@settings(deadline=None)
@given(cohorts, st.sampled_from(["efron", "breslow"]), st.booleans())
def test_separation_is_found_exactly_when_the_likelihood_is_monotone(cohort, ties, stratified):
    """One covariate: monotone if the dead always have the largest (or smallest) value at risk."""
    time, event, arm, severity = columns(cohort)
    strata = arm if stratified else np.zeros_like(arm)
    largest, smallest, varies = True, True, False
    for s, t in set(zip(strata[event == 1], time[event == 1], strict=True)):
        at_risk = severity[(time >= t) & (strata == s)]
        died = severity[(time == t) & (event == 1) & (strata == s)]
        largest &= bool((died == at_risk.max()).all())
        smallest &= bool((died == at_risk.min()).all())
        varies |= bool(np.ptp(at_risk) > 0)
    fit = fit_cox(time, event, severity, ties=ties, strata=strata)
    finite = varies and not largest and not smallest
    assert np.isfinite(fit.coef[0]) == finite
    assert bool(fit.reasons[0]) == (not finite)
    if varies and not finite:
        assert f"runs to {'infinity' if largest else '0'}" in str(fit.reasons[0])


@settings(deadline=None)
@given(cohorts, st.sampled_from(["efron", "breslow"]))
def test_never_a_huge_number_and_never_silent(cohort, ties):
    time, event, arm, severity = columns(cohort)
    frame = pd.DataFrame({"arm": arm, "severity": pd.Categorical(severity), "both": arm * severity})
    fit = fit_cox(time, event, frame, ties=ties)
    estimable = np.isfinite(fit.coef)
    assert [not reason for reason in fit.reasons] == estimable.tolist()
    assert (np.abs(fit.coef[estimable]) < 25).all()
    assert (fit.se[estimable] > 0).all()
    assert set(filter(None, fit.reasons)) <= set(fit.notes)
    assert fit.maximum is None or fit.converged
    if not fit.n_events:
        assert "No patient had the event." in fit.warnings


@settings(deadline=None, max_examples=30)
@given(cohorts)
def test_score_test_of_two_arms_is_the_log_rank_test_without_ties(cohort):
    from analysis.logrank import logrank

    _, event, arm, _ = columns(cohort)
    time = np.arange(event.size)
    score, test = fit_cox(time, event, arm).score_test, logrank(time, event, arm)
    assert score.df == test.df
    assert_allclose(score.statistic, test.statistic, rtol=1e-9, atol=1e-9)


# ---------------------------------------------------------------- refusals in words


def assert_not_estimable(fit, words):
    assert np.isnan([*fit.coef, *fit.se, *fit.hazard_ratio, *fit.lower, *fit.upper]).all()
    assert any(words in warning for warning in fit.warnings)
    assert all(fit.reasons)


def test_nobody():
    fit = fit_cox([], [], np.zeros((0, 2)))
    assert_not_estimable(fit, "There are no patients")
    assert fit.lr_test.df == 0
    assert np.isnan([fit.lr_test.p_value, fit.wald_test.p_value, fit.concordance]).all()


@pytest.mark.parametrize(
    ("time", "event", "covariate", "words"),
    [
        ([3], [1], [1.0], "same for all patients"),
        ([1, 2, 3], [0, 0, 0], [0, 1, 0], "No patient had the event"),
        ([0, 0], [0, 0], [0, 1], "No patient had the event"),
        ([1, 2, 3], [1, 1, 0], [5, 5, 5], "same for all patients at risk"),
        ([1, 2, 3], [1, 1, 0], [0.1 + 0.2, 0.3, 0.3], "same for all patients at risk"),
        ([1, 5, 6], [0, 1, 1], [1, 0, 0], "same for all patients at risk"),
        ([1, 2, 3, 4], [1, 1, 0, 0], [1, 1, 0, 0], "runs to infinity"),
        ([1, 2, 3, 4], [0, 0, 1, 1], [1, 0, 0, 1], "runs to 0"),
        ([1, 2, 3, 4], [1, 1, 1, 0], [0, 0, 0, 1], "runs to 0"),
    ],
)
def test_not_estimable_is_said(time, event, covariate, words):
    assert_not_estimable(fit_cox(time, event, covariate), words)


def test_separation_leaves_the_other_terms_their_estimates():
    # No event in the second arm: age keeps the estimate of the first arm's own regression,
    # because a hazard of 0 takes the second arm out of every risk set.
    rows = patients("veteran").head(60)
    age, time = rows["age"].to_numpy(), rows["time"].to_numpy()
    arm = np.arange(60) % 2
    event = np.where(arm == 1, 0, rows["status"].to_numpy())
    fit = fit_cox(time, event, pd.DataFrame({"arm": arm, "age": age}))
    alone = fit_cox(time[arm == 0], event[arm == 0], age[arm == 0])
    assert np.isnan(fit.coef[0])
    assert_allclose([fit.coef[1], fit.se[1]], [alone.coef[0], alone.se[0]], rtol=1e-5)
    assert_allclose(fit.loglik, alone.loglik, atol=1e-6)
    assert "arm is not estimable" in fit.warnings[0]
    assert np.isnan(fit.wald_test.p_value)
    assert 0 < fit.lr_test.p_value < 1


def test_a_level_without_events_separates_and_is_named():
    level = pd.Categorical(["a", "b"] * 8 + ["c"] * 4, ["a", "b", "c"])
    event = [1, 1, 0, 1] * 4 + [0] * 4
    fit = fit_cox(list(range(1, 21)), event, pd.DataFrame({"stage": level}))
    assert fit.terms == ("stage=b", "stage=c")
    assert fit.reasons[0] is None
    assert 0.1 < fit.hazard_ratio[0] < 20
    assert "stage=c is not estimable" in str(fit.reasons[1])


def test_collinear_terms_are_left_out_with_their_reason():
    rows = patients("lung")
    frame = pd.DataFrame({"age": rows["age"], "half": rows["age"] / 2 + 7})
    fit = fit_cox(rows["time"], rows["event"], frame)
    alone = fit_cox(rows["time"], rows["event"], rows["age"])
    assert_allclose(fit.coef, [alone.coef[0], np.nan], rtol=1e-10)
    assert fit.lr_test.df == 1
    assert fit.warnings == ("half is not estimable: the terms before it determine it.",)


def test_constant_within_strata_is_collinear():
    fit = fit_cox([1, 2, 3, 4], [1, 1, 1, 0], [0, 0, 1, 1], strata=[0, 0, 1, 1])
    assert_not_estimable(fit, "at risk at the same time")


def test_a_factor_with_one_level_in_view_is_said():
    frame = pd.DataFrame({"sex": pd.Categorical(["m"] * 4, ["m", "f"]), "x": [1, 0, 1, 0]})
    fit = fit_cox([1, 2, 3, 4], [1, 1, 1, 1], frame)
    assert fit.terms == ("x",)
    assert fit.warnings == ("sex is left out: all patients have the level m.",)


def test_badly_scaled_covariates_do_not_matter():
    rows = patients("lung")
    plain = fit_cox(rows["time"], rows["event"], rows["age"])
    scaled = fit_cox(rows["time"], rows["event"], rows["age"] * 1e8 + 1e10)
    assert_allclose(scaled.coef * 1e8, plain.coef, rtol=1e-6)


def test_an_outlier_does_not_break_the_climb():
    rng = np.random.default_rng(3)
    x = np.append(rng.normal(size=60), 200.0)
    fit = fit_cox(np.append(rng.exponential(100, 60), 1), np.append(np.ones(60), 0), x)
    assert fit.converged
    assert np.isfinite(fit.coef[0]) or fit.reasons[0]


def test_the_estimation_that_does_not_converge_is_said(monkeypatch):
    monkeypatch.setattr("analysis.cox.newton.MAX_STEPS", 1)
    rows = patients("lung")
    fit = fit_cox(rows["time"], rows["event"], rows["age"])
    assert not fit.converged
    assert_not_estimable(fit, "did not converge")
    assert np.isnan(fit.lr_test.p_value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_cox([1], [1], [1], ties="exact"), "ties must be one of efron, breslow"),
        (lambda: fit_cox([1], [1], [1], conf_level=95), "conf_level must lie between"),
        (lambda: fit_cox([1, 2], [1, 1], [1]), "covariates has 1 rows for 2 patients"),
        (lambda: fit_cox([1, 2], [1, 1], [1, np.nan]), "x1 must be finite.*position 1"),
        (lambda: fit_cox([1, 2], [1, 2], [1, 0]), "event must be a whole number"),
        (lambda: fit_cox([1, 2], [1, 1], [1, 0], strata=[1]), "strata has 1 values"),
        (lambda: fit_cox([1, 2], [1, 1], [1, 0], strata=["a", None]), "strata is missing"),
        (lambda: fit_cox([1, np.nan], [1, 1], [1, 0]), "position 1 holds nan"),
    ],
    ids=["ties", "level", "rows", "missing", "event", "strata", "stratum", "time"],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_the_method_is_named():
    method = fit_cox([1, 2, 3], [1, 1, 0], [0, 1, 0], ties="breslow", strata=[1, 1, 1]).method
    for words in ("Cox", "Breslow", "95 % Wald", "stratified (1 strata)", "3 patients, 2 events"):
        assert words in method


def test_results_cannot_be_changed():
    fit = fit_cox([1, 2, 3], [1, 1, 1], [1, 0, 1])
    with pytest.raises(ValueError, match="read-only"):
        fit.coef[0] = 0


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_blocks_of_patients_change_nothing(monkeypatch, ties):
    rows = patients("lung")
    columns, strata = rows[["age", "inst"]].fillna(0).to_numpy(), rows["sex"]
    whole = fit_cox(rows["time"], rows["event"], columns, ties=ties, strata=strata)
    monkeypatch.setattr("analysis.cox.likelihood._BLOCK", 20)
    parts = fit_cox(rows["time"], rows["event"], columns, ties=ties, strata=strata)
    assert len(parts.sets.blocks) > 5
    assert_allclose(parts.coef, whole.coef, rtol=1e-10)
    assert_allclose(parts.covariance, whole.covariance, rtol=1e-10)
