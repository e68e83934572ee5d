"""Kaplan–Meier and what is read off it: equal to R, agreed by lifelines, sane at the edges."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.confidence import CONFIDENCE_TRANSFORMS
from analysis.event_table import event_table
from analysis.survival import (
    Estimate,
    follow_up,
    follow_up_from_table,
    kaplan_meier,
    kaplan_meier_from_table,
)
from tests.analysis.golden_data import assert_equals_r, numbers, strata, stratum

STRATA = strata()
EVERY_STRATUM = pytest.mark.parametrize("curve", STRATA, ids=lambda curve: curve.name)
EVERY_TRANSFORM = pytest.mark.parametrize("conf_type", CONFIDENCE_TRANSFORMS)

# Upper quantile limits in which we differ from R on purpose. The `log` limit curve rises again
# when the standard error grows, R's `approx` then sorts the curve by height and lands on the later,
# higher point, although the curve had crossed before. Ours is the first crossing, the rule that R
# applies to every monotone curve.
UPPER_CURVE_NOT_MONOTONE = {("lung-age65=<65", "log", 0.75), ("lung-inst=12", "log", 0.5)}

# Restricted means for which R's script stopped with an error (null in the golden file): nobody had
# left the group before tau. Then everybody survived to tau and the mean is tau.
R_FAILS_BEFORE_THE_FIRST_TIME = {
    ("lung-inst=4", 180),
    ("lung-inst=10", 180),
    ("lung-inst=26", 180),
    ("ovarian-rx=2", 180),
    ("ovarian-resid.ds=1", 180),
}

cohorts = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 1)), min_size=1, max_size=40)


def columns(cohort):
    return (np.array(values, dtype=int) for values in zip(*cohort, strict=True))


def assert_estimate_equals_r(estimate: Estimate, value, lower, upper):
    assert_equals_r([estimate.value, estimate.lower, estimate.upper], [value, lower, upper])


# ---------------------------------------------------------------- equal to R


@EVERY_STRATUM
def test_curve_equals_r(curve):
    km = kaplan_meier(curve.time, curve.event)
    golden = curve.expected
    assert_equals_r(km.time, golden["time"])
    for ours, theirs in ((km.n_risk, "n_risk"), (km.n_event, "n_event"), (km.n_censor, "n_censor")):
        assert ours.tolist() == golden[theirs]
    assert (km.n, km.n_events) == (golden["n"], golden["events"])
    assert_equals_r(km.survival, golden["surv"])
    # JSON has no infinity: R's infinite standard error of log(0) arrives as null.
    std_err = numbers(golden["std_err_log"])
    std_err[numbers(golden["surv"]) == 0] = np.inf
    assert_equals_r(km.std_err, std_err)


@EVERY_STRATUM
@EVERY_TRANSFORM
def test_limits_equal_r(curve, conf_type):
    km = kaplan_meier(curve.time, curve.event, conf_type=conf_type)
    assert_equals_r(km.lower, curve.expected["ci"][conf_type]["lower"])
    assert_equals_r(km.upper, curve.expected["ci"][conf_type]["upper"])


@EVERY_STRATUM
@EVERY_TRANSFORM
def test_quantiles_equal_r(curve, conf_type):
    km = kaplan_meier(curve.time, curve.event, conf_type=conf_type)
    golden = curve.expected["quantiles"][conf_type]
    for p, value, lower, upper in zip(
        golden["probs"], golden["quantile"], golden["lower"], golden["upper"], strict=True
    ):
        estimate = km.quantile(p)
        assert_equals_r([estimate.value, estimate.lower], [value, lower])
        if (curve.name, conf_type, p) not in UPPER_CURVE_NOT_MONOTONE:
            assert_equals_r(estimate.upper, upper)


@pytest.mark.parametrize(("name", "conf_type", "p"), sorted(UPPER_CURVE_NOT_MONOTONE))
def test_upper_limit_is_the_first_crossing_where_the_limit_curve_rises_again(name, conf_type, p):
    curve = stratum(name)
    upper_curve = numbers(curve.expected["ci"][conf_type]["upper"])
    assert (np.diff(upper_curve) > 0).any()
    first_crossing = curve.expected["time"][int((upper_curve < 1 - p).argmax())]
    golden = curve.expected["quantiles"][conf_type]
    theirs = golden["upper"][golden["probs"].index(p)]
    ours = kaplan_meier(curve.time, curve.event, conf_type=conf_type).quantile(p).upper
    assert ours == first_crossing
    assert ours < theirs


@EVERY_STRATUM
@EVERY_TRANSFORM
def test_landmarks_equal_r_within_follow_up(curve, conf_type):
    golden = curve.expected["landmarks"][conf_type]
    steps = kaplan_meier(curve.time, curve.event, conf_type=conf_type).at(golden["time"])
    # R was asked to extend the last value; beyond the last follow-up ours is not estimable, but
    # where the curve has ended at 0.
    beyond = (numbers(golden["time"]) > max(curve.time)) & (numbers(golden["surv"]) > 0)
    assert steps.n_risk.tolist() == golden["n_risk"]
    for ours, theirs in (
        (steps.survival, "surv"),
        (steps.lower, "lower"),
        (steps.upper, "upper"),
        (steps.std_err, "std_err"),
    ):
        assert_equals_r(ours, np.where(beyond, np.nan, numbers(golden[theirs])))


@EVERY_STRATUM
def test_restricted_means_equal_r(curve):
    km = kaplan_meier(curve.time, curve.event)
    for golden in curve.expected["rmst"]:
        if (curve.name, golden["tau"]) in R_FAILS_BEFORE_THE_FIRST_TIME:
            continue
        extended = km.rmst(golden["tau"], carry_forward=True)
        assert_equals_r([extended.value, extended.se], [golden["rmean"], golden["se"]])
        assert extended.tau == golden["tau"]
        mean = km.rmst(golden["tau"])
        if golden["tau"] > golden["max_time"] and curve.expected["surv"][-1] > 0:
            assert np.isnan([mean.value, mean.se]).all()
        else:
            assert (mean.value, mean.se) == (extended.value, extended.se)


@pytest.mark.parametrize(("name", "tau"), sorted(R_FAILS_BEFORE_THE_FIRST_TIME))
def test_restricted_mean_before_the_first_time_is_the_horizon_itself(name, tau):
    curve = stratum(name)
    golden = next(mean for mean in curve.expected["rmst"] if mean["tau"] == tau)
    assert golden["rmean"] is None
    assert tau < curve.expected["time"][0]
    mean = kaplan_meier(curve.time, curve.event).rmst(tau)
    assert (mean.value, mean.se) == (tau, 0.0)


@EVERY_STRATUM
def test_reverse_median_equals_r(curve):
    estimate = follow_up(curve.time, curve.event, conf_type="log-log")
    golden = curve.reverse_median
    assert_estimate_equals_r(estimate, golden["median"], golden["lower"], golden["upper"])


def test_rounding_noise_in_times_does_not_change_the_curve():
    # The golden case is written with 15 digits; here the tie really is broken in binary.
    curve = stratum("float_ties")
    km = kaplan_meier([0.1 + 0.2, 0.3, 1 / 3, 0.333333333333, 1, 2], curve.event)
    assert_equals_r(km.survival, curve.expected["surv"])


# ---------------------------------------------------------------- agreed by lifelines


@settings(max_examples=40, deadline=None)
@given(cohorts)
def test_lifelines_agrees(cohort):
    from lifelines import KaplanMeierFitter

    time, event = columns(cohort)
    km = kaplan_meier(time, event, conf_type="log-log")
    witness = KaplanMeierFitter().fit(time, event)
    assert_allclose(km.survival, witness.survival_function_at_times(km.time), atol=1e-12)
    theirs = witness.confidence_interval_.loc[km.time].to_numpy()
    inside = (km.survival > 0) & (km.survival < 1)
    ours = np.column_stack([km.lower, km.upper])
    assert_allclose(ours[inside], theirs[inside], atol=1e-9)


# ---------------------------------------------------------------- properties


@given(cohorts, st.sampled_from(CONFIDENCE_TRANSFORMS))
def test_curve_falls_from_one_and_lies_within_its_limits(cohort, conf_type):
    km = kaplan_meier(*columns(cohort), conf_type=conf_type)
    assert (np.diff(km.survival, prepend=1.0) <= 0).all()
    assert ((km.survival >= 0) & (km.survival <= 1)).all()
    defined = ~np.isnan(km.lower)
    assert (defined == ~np.isnan(km.upper)).all()
    assert (defined | (km.survival == 0) | (km.survival == 1)).all()
    s, lower, upper = km.survival[defined], km.lower[defined], km.upper[defined]
    assert ((lower >= 0) & (lower <= s) & (s <= upper) & (upper <= 1)).all()


@given(cohorts, st.randoms(use_true_random=False))
def test_order_of_patients_does_not_matter(cohort, random):
    shuffled = list(cohort)
    random.shuffle(shuffled)
    first, second = kaplan_meier(*columns(cohort)), kaplan_meier(*columns(shuffled))
    assert (first.survival == second.survival).all()
    assert repr(first.median) == repr(second.median)


@given(cohorts, st.floats(0.05, 0.95))
def test_the_curve_is_at_its_level_at_the_quantile(cohort, p):
    km = kaplan_meier(*columns(cohort))
    value = km.quantile(p).value
    if np.isnan(value):
        assert km.survival[-1] > 1 - p
    else:
        assert km.at(value).survival[0] <= 1 - p + 1e-7
        assert (km.survival[km.time < value] >= 1 - p - 1e-7).all()


@given(cohorts, st.integers(0, 25))
def test_restricted_mean_is_the_mean_of_truncated_times_without_censoring(cohort, tau):
    time, _ = columns(cohort)
    mean = kaplan_meier(time, np.ones_like(time)).rmst(tau)
    truncated = np.minimum(time, tau)
    assert_allclose(mean.value, truncated.mean(), atol=1e-10)
    assert_allclose(mean.se, truncated.std() / math.sqrt(time.size), atol=1e-10)


@given(cohorts)
def test_one_group_of_a_table_is_that_group_alone(cohort):
    time, event = columns(cohort)
    both = event_table(
        np.concatenate([time, time[:1] + 40]),
        np.concatenate([event, [1]]),
        np.concatenate([np.zeros(time.size, int), [1]]),
    )
    from_table, alone = kaplan_meier_from_table(both, 0), kaplan_meier(time, event)
    assert (from_table.time == alone.time).all()
    assert (from_table.lower == alone.lower).sum() == (~np.isnan(alone.lower)).sum()
    assert repr(follow_up_from_table(both, 0)) == repr(follow_up(time, event))


# ---------------------------------------------------------------- edges


def is_not_reached(estimate):
    return all(math.isnan(x) for x in (estimate.value, estimate.lower, estimate.upper))


@EVERY_TRANSFORM
def test_nobody(conf_type):
    km = kaplan_meier([], [], conf_type=conf_type)
    assert (km.n, km.n_events, km.time.size, km.survival.size) == (0, 0, 0, 0)
    assert is_not_reached(km.median)
    steps = km.at([0, 10])
    assert np.isnan(steps.survival).all()
    assert steps.n_risk.tolist() == [0, 0]
    assert math.isnan(km.rmst(10).value)
    assert is_not_reached(follow_up([], []))


def test_a_group_emptied_by_a_filter():
    table = event_table([1, 2], [1, 1], [0, 1], rows=[0])
    assert kaplan_meier_from_table(table, 1).n == 0


@EVERY_TRANSFORM
def test_one_patient_with_the_event(conf_type):
    km = kaplan_meier([7], [1], conf_type=conf_type)
    assert km.survival.tolist() == [0.0]
    assert np.isnan([km.lower[0], km.upper[0]]).all()
    assert repr(km.median) == repr(Estimate(7.0, math.nan, math.nan))


@EVERY_TRANSFORM
def test_one_patient_censored(conf_type):
    km = kaplan_meier([7], [0], conf_type=conf_type)
    assert km.survival.tolist() == [1.0]
    assert is_not_reached(km.median)
    assert km.rmst(7).value == 7.0


@EVERY_TRANSFORM
def test_everybody_censored_at_time_zero(conf_type):
    km = kaplan_meier([0, 0, 0], [0, 0, 0], conf_type=conf_type)
    assert km.n_risk.tolist() == [3]
    assert km.at(0).survival.tolist() == [1.0]
    assert math.isnan(km.at(1).survival[0])
    assert (km.rmst(0).value, km.rmst(0).se) == (0.0, 0.0)


def test_event_comes_before_censoring_at_the_same_time():
    # Four at risk, one event: 3/4. Were the censored patient taken out first it would be 2/3.
    assert kaplan_meier([5, 5, 8, 9], [1, 0, 0, 0]).survival.tolist() == [0.75, 0.75, 0.75]


def test_end_of_follow_up_comes_before_the_event_in_reverse():
    # At time 5 one of four ends follow-up and one dies: 3/4; then 8 and 9 end: 3/8 and 0.
    estimate = follow_up([5, 5, 8, 9], [0, 1, 0, 0])
    assert estimate.value == 8.0


def test_last_observation_censored_at_the_median():
    # The curve is exactly 1/2 from 2 until follow-up ends at 6: the midpoint, as in R.
    assert kaplan_meier([1, 2, 6, 6], [1, 1, 0, 0]).median.value == 4.0


def test_a_curve_that_ends_above_a_half_has_no_median():
    median = kaplan_meier([1, 2, 3], [1, 0, 0]).median
    assert math.isnan(median.value)
    assert math.isnan(median.upper)


def test_survival_after_everybody_has_died_is_zero_without_limits():
    """R: summary(survfit(Surv(c(100, 378), c(1, 1)) ~ 1), c(378, 379, 730.5), extend = TRUE)."""
    km = kaplan_meier([100, 378], [1, 1])
    steps = km.at([378, 379, 730.5])
    assert steps.survival.tolist() == [0.0, 0.0, 0.0]
    assert np.isnan([steps.lower, steps.upper, steps.std_err]).all()
    assert steps.n_risk.tolist() == [1, 0, 0]


def test_restricted_mean_knows_the_area_after_a_curve_that_reached_zero():
    km = kaplan_meier([100, 300], [1, 1])
    assert km.rmst(1000).value == 200.0


def test_curve_steps_at_the_event_and_not_after_it():
    steps = kaplan_meier([10, 20], [1, 0]).at([9.99, 10, 10.01])
    assert steps.survival.tolist() == [1.0, 0.5, 0.5]


def test_confidence_level_is_used_and_named():
    narrow, wide = (kaplan_meier([1, 2, 3], [1, 1, 0], conf_level=c) for c in (0.9, 0.99))
    assert wide.lower[0] < narrow.lower[0]
    assert "90 %" in narrow.method
    assert "99 %" in wide.method


@pytest.mark.parametrize(
    ("conf_type", "words"),
    [("log", "on the log scale"), ("log-log", "log-log scale"), ("plain", "untransformed")],
)
def test_footnote_names_estimator_variance_scale_and_level(conf_type, words):
    method = kaplan_meier([1], [1], conf_type=conf_type).method
    for part in ("Kaplan–Meier", "Greenwood", words, "95 %"):
        assert part in method


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: kaplan_meier([1], [1], conf_type="wald"),
            "one of log, log-log, plain; not 'wald'",
        ),
        (lambda: kaplan_meier([1], [1], conf_level=95), "conf_level must lie between 0 and 1"),
        (lambda: kaplan_meier([1, np.nan], [1, 0]), "position 1 holds nan"),
        (lambda: kaplan_meier([1], [1]).quantile(50), "p must be above 0"),
        (lambda: kaplan_meier([1], [1]).at([1, -1]), "must not be missing or negative"),
        (lambda: kaplan_meier([1], [1]).rmst(np.nan), "tau must be finite"),
    ],
    ids=["conf_type", "conf_level", "time", "quantile", "landmark", "tau"],
)
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()
