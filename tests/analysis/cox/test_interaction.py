"""Interaction of arm and subgroup: equal to R, with the reason where a level has no estimate."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.cox.interaction import interaction_test
from tests.analysis.golden_cox import subgroups

SUBGROUPS = subgroups()
EVERY_TEST = pytest.mark.parametrize("golden", SUBGROUPS, ids=lambda golden: golden.name)

cohorts = st.lists(
    st.tuples(st.integers(0, 15), st.integers(0, 1), st.integers(0, 1), st.integers(0, 2)),
    min_size=1,
    max_size=40,
)


def run(golden):
    return interaction_test(golden.time, golden.event, golden.arm, golden.subgroup)


@EVERY_TEST
def test_likelihood_ratio_equals_r(golden):
    result, expected = run(golden), golden.expected
    assert result.df == expected["interaction_df"]
    assert_allclose(result.statistic, expected["interaction_lr_chisq"], rtol=1e-8)
    assert_allclose(result.p_value, expected["interaction_lr_p"], rtol=1e-8)
    assert result.warnings == ()


@EVERY_TEST
def test_levels_equal_r(golden):
    result, expected = run(golden), golden.expected
    assert result.arms == tuple(expected["arms"])
    assert len(result.levels) == len(expected["levels"])
    for ours, theirs in zip(result.levels, expected["levels"], strict=True):
        assert ours.level == theirs["level"]
        assert list(ours.n) == theirs["n"]
        # R counts no events, not 0, in an arm without patients.
        assert list(ours.events) == [events or 0 for events in theirs["events"]]
        limits = [ours.hazard_ratio, ours.lower, ours.upper]
        if theirs["hr"] is None:
            assert np.isnan(limits).all()
            assert ours.reason
        else:  # from R's default stop
            expected_limits = [theirs["hr"][0], theirs["lower"][0], theirs["upper"][0]]
            assert_allclose(limits, expected_limits, rtol=2e-5)
            assert not ours.reason


def test_golden_data_has_an_arm_without_patients():
    assert len(SUBGROUPS) == 7
    lung = next(golden for golden in SUBGROUPS if golden.name == "lung-sex-by-ecog")
    assert str(run(lung).levels[3].reason) == "No patients in arm Female."


@settings(deadline=None, max_examples=60)
@given(cohorts)
def test_exchanging_the_arms_inverts_every_level_and_keeps_the_test(cohort):
    time, event, arm, level = (np.array(values) for values in zip(*cohort, strict=True))
    categories = [0, 1]
    there = interaction_test(time, event, pd.Categorical(arm, categories), level)
    back = interaction_test(time, event, pd.Categorical(1 - arm, categories), level)
    assert there.df == back.df
    assert_allclose(there.statistic, back.statistic, rtol=1e-5, atol=1e-6)
    for one, other in zip(there.levels, back.levels, strict=True):
        assert one.n == other.n[::-1]
        assert one.events == other.events[::-1]
        assert bool(one.reason) == np.isnan(one.hazard_ratio)
        assert_allclose(one.hazard_ratio, 1 / other.hazard_ratio, rtol=1e-7)
    assert sum(sum(effect.events) for effect in there.levels) == event.sum()


def test_the_sum_of_levels_is_the_likelihood_of_a_stratified_fit():
    """With strata instead of main effects the interaction model falls apart into its levels."""
    from analysis.cox.fit import fit_cox

    golden = next(one for one in SUBGROUPS if one.name == "veteran-trt-by-karno60")
    inside = [np.asarray(golden.subgroup == level) for level in golden.subgroup.categories]
    arm = golden.arm.codes.astype(float)
    parts = [fit_cox(golden.time[i], golden.event[i], arm[i]) for i in inside]
    products = np.column_stack([arm * i for i in inside])
    whole = fit_cox(golden.time, golden.event, products, strata=golden.subgroup)
    assert_allclose(whole.loglik, sum(part.loglik for part in parts), rtol=1e-12)
    effects = [effect.hazard_ratio for effect in run(golden).levels]
    assert_allclose(whole.hazard_ratio, effects, rtol=1e-8)


def test_levels_that_cannot_be_estimated_say_why():
    level = pd.Categorical(list("aaaabbbbc"), ["a", "b", "c", "d"])
    result = interaction_test(
        [1, 2, 3, 4, 1, 2, 3, 4, 5], [1, 1, 1, 0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1, 0, 1, 0], level
    )
    assert [str(effect.reason or "") for effect in result.levels] == [
        "",
        "Not estimable: no event in arm 1.",
        "No patients in arm 1.",
        "No patients.",
    ]
    assert result.df == 1


@pytest.mark.parametrize(
    ("time", "event", "arm"),
    [([], [], []), ([1, 2], [0, 0], [0, 1]), ([1, 2], [1, 1], [0, 0]), ([1], [1], [1])],
    ids=["nobody", "no-events", "one-arm", "one-patient"],
)
def test_no_test_is_said_and_not_raised(time, event, arm):
    result = interaction_test(time, event, pd.Categorical(arm, [0, 1]), ["a"] * len(time))
    assert np.isnan([result.statistic, result.p_value]).all()
    assert result.warnings == ("No interaction test is possible: nothing to compare.",)


def test_refusals():
    with pytest.raises(ValueError, match="two arms, not 3"):
        interaction_test([1, 2, 3], [1, 1, 1], ["a", "b", "c"], ["x"] * 3)
    with pytest.raises(ValueError, match="subgroup has 2 values for 3 patients"):
        interaction_test([1, 2, 3], [1, 1, 1], ["a", "b", "a"], ["x"] * 2)
    with pytest.raises(ValueError, match="arm is missing at position 0"):
        interaction_test([1, 2], [1, 1], [None, "b"], ["x"] * 2)


def test_the_method_is_named():
    method = interaction_test([1, 2], [1, 1], ["a", "b"], ["x", "x"]).method
    assert "Likelihood-ratio test of arm × subgroup" in method
    assert "Efron" in method
