"""The horizon of restricted means: enough patients at risk, and R's mean up to it."""

import math

import numpy as np
import pytest

from analysis.restricted_mean import common_horizon, restricted_mean
from analysis.survival import kaplan_meier
from callbacks.arms.rows import estimates
from layouts.arms.effect import effect_side
from layouts.shared.theme import LIGHT
from tests.shipped import load_catalog
from tests.views import PageViews

VIEWS = PageViews(load_catalog())
DAYS = np.arange(10, 210, 10)  # 20 patients


def test_five_of_twenty_must_still_be_followed():
    # A tenth would be two; the fifth from the end is day 160.
    assert common_horizon([kaplan_meier(DAYS, np.ones(20))]) == 160


def test_a_tenth_of_a_hundred_must_still_be_followed():
    assert common_horizon([kaplan_meier(np.arange(1, 101), np.ones(100))]) == 91


def test_small_groups_do_not_set_it_and_have_no_mean():
    large, small = kaplan_meier(DAYS, np.ones(20)), kaplan_meier([0, 3, 5], [1, 0, 0])
    assert common_horizon([large, small]) == 160
    assert math.isnan(restricted_mean(small, 160.0).value)
    assert restricted_mean(large, 160.0).at_risk == 5
    assert math.isnan(common_horizon([small]))
    assert math.isnan(restricted_mean(large, math.nan).value)


def test_the_means_of_r():
    """R: summary(survfit(Surv(pfs_days, pfs_event) ~ arm), rmean = 487)$table."""
    result = VIEWS("survival", "study=soramic").result
    assert result.horizon == 487
    found = {group.label: group.restricted_mean for group in result.groups}
    for label, mean, se, at_risk in (
        ("RE + sorafenib", 8.852018, 0.6319472, 17),
        ("Sorafenib", 6.655505, 0.4757053, 11),
    ):
        assert found[label].value / 30.4375 == pytest.approx(mean, abs=1e-6)
        assert found[label].se / 30.4375 == pytest.approx(se, abs=1e-7)
        assert found[label].at_risk == at_risk


def test_time_gained_with_the_patients_at_risk_beside_it():
    context = VIEWS("arms", "study=soramic")
    one = context.result.restricted_mean
    months = [x / 30.4375 for x in (one.value, one.lower, one.upper)]
    # R: the difference of both means, and the root of the sum of their squared errors.
    assert months == pytest.approx([2.196512793, 0.646216152, 3.746809434], abs=1e-6)
    assert "RMST to τ = 16.0; then at risk: 17 and 11" in effect_side(context, LIGHT)
    rows = {row["estimate"]: row["value"] for row in estimates(context)}
    assert rows["rmst_at_risk RE + sorafenib"] == 17
    assert rows["rmst_at_risk Sorafenib"] == 11


def test_an_arm_of_few_patients_has_no_time_gained_unless_it_is_asked_for():
    query = "study=soramic&bclc=c&pvi=yes&ecog=1"
    context = VIEWS("arms", query)
    assert min(group.n for group in context.result.groups.groups) < 10
    assert math.isnan(context.result.restricted_mean.value)
    assert "an arm of fewer than 10 patients" in effect_side(context, LIGHT)
    assert math.isfinite(VIEWS("arms", f"{query}&tau=6").result.restricted_mean.value)
