"""Every edge case through every public function: an answer or NaN, never a warning or exception.

Warnings are errors in these tests.
"""

import numpy as np
import pandas as pd
import pytest

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.coded_variables import coded_variables
from analysis.cox.fit import fit_cox
from analysis.cox.interaction import interaction_test
from analysis.event_table import at_risk_rows, event_table, time_axis
from analysis.logrank import logrank
from analysis.min_p import min_p
from analysis.multiplicity import benjamini_hochberg, holm
from analysis.permutation import permutation_logrank
from analysis.proportional_hazards import TRANSFORMS, proportional_hazards
from analysis.screen import survival_screen
from analysis.survival import follow_up, kaplan_meier

# time, event, group of levels 0 to 2, which a filter may have emptied
CASES = {
    "empty cohort": ([], [], []),
    "one patient with the event": ([5], [1], [0]),
    "one patient without": ([5], [0], [1]),
    "one group": ([3, 4, 5, 6], [1, 0, 1, 0], [1, 1, 1, 1]),
    "no events": ([3, 4, 5, 6], [0, 0, 0, 0], [0, 1, 0, 1]),
    "all events": ([3, 4, 5, 6], [1, 1, 1, 1], [0, 1, 1, 0]),
    "all events at once": ([3, 3, 3, 3], [1, 1, 1, 1], [0, 1, 1, 0]),
    "everybody censored at 0": ([0, 0, 0], [0, 0, 0], [0, 1, 0]),
    "everybody dead at 0": ([0, 0, 0], [1, 1, 1], [0, 1, 0]),
    "a group that vanished": ([3, 4, 5, 6, 7], [1, 1, 0, 1, 1], [0, 2, 2, 0, 2]),
    "complete separation": ([1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]),
    "groups never at risk together": ([1, 2, 5, 6], [0, 0, 1, 1], [0, 0, 1, 1]),
    "event and censoring tied": ([4, 4, 4, 6], [1, 0, 1, 0], [0, 0, 1, 1]),
    "censored at the median": ([2, 3, 5, 5], [1, 1, 0, 0], [0, 1, 0, 1]),
}
EVERY_CASE = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def arrays(case):
    return tuple(np.array(values, dtype=np.int64) for values in case)


def is_probability(values):
    values = np.asarray(values, dtype=float)
    return bool((np.isnan(values) | ((values >= 0) & (values <= 1))).all())


@EVERY_CASE
@pytest.mark.parametrize("conf_type", ["log", "log-log", "plain"])
def test_curves(case, conf_type):
    time, event, group = arrays(case)
    axis = time_axis(time)
    curve = kaplan_meier(time, event, conf_type=conf_type)
    at = curve.at([0, 4, 100])
    for values in (curve.survival, curve.lower, curve.upper, at.survival, at.lower, at.upper):
        assert is_probability(values)
    # Beyond the last follow-up: 0 where everybody had the event, else not estimable.
    assert at.survival[2] == 0 if curve.ends_at_zero else np.isnan(at.survival[2])
    assert np.isnan(curve.rmst(100).value) or curve.survival[-1] == 0
    median, reverse = curve.median, follow_up(time, event, conf_type=conf_type)
    for estimate in (median, reverse):
        assert np.isnan(estimate.value) or 0 <= estimate.value <= time.max()
    rows = at_risk_rows(event_table(axis, event, group, 3), [0, 4, 100])
    counts = np.bincount(group, minlength=3)
    assert (rows.at_risk + rows.censored + rows.events == counts[:, None]).all()


@EVERY_CASE
def test_tests_of_groups(case):
    time, event, group = arrays(case)
    for rho in (0.0, 1.0):
        assert is_probability(logrank(time, event, group, rho=rho).p_value)
    assert is_probability(logrank(time, event, group, strata=group % 2).p_value)
    levels = pd.Categorical(group, [0, 1, 2])
    assert logrank(time, event, levels).observed.size == 3
    assert is_probability(permutation_logrank(time, event, levels).p_value)


@EVERY_CASE
def test_a_whole_screen(case):
    time, event, group = arrays(case)
    axis = time_axis(time)
    variables = coded_variables([group, group % 2, np.full(group.size, -1)], [3, 2, 2])
    for conf_type in ("log", "log-log", "plain"):
        screen = survival_screen(axis, event, variables, landmarks=[0, 4, 100], conf_type=conf_type)
        assert screen.n[:3].sum() == time.size
        for values in (screen.survival, screen.survival_lower, screen.survival_upper):
            assert is_probability(values)
    family = min_p(axis, event, variables, draws=50)
    for p_values in (screen.p_value, family.p_value, family.p_adjusted):
        assert is_probability(p_values)
        assert is_probability(holm(p_values))
        assert is_probability(benjamini_hochberg(p_values))


@EVERY_CASE
@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_regressions(case, ties):
    time, event, group = arrays(case)
    frame = pd.DataFrame(
        {
            "group": pd.Categorical(group, [0, 1, 2]),
            "constant": np.ones(group.size),
            "size": np.arange(group.size),
        }
    )
    for strata in (None, group):
        fit = fit_cox(time, event, frame, ties=ties, strata=strata)
        assert is_probability(fit.p_value)
        assert [bool(reason) for reason in fit.reasons] == np.isnan(fit.coef).tolist()
        assert (np.abs(fit.coef[np.isfinite(fit.coef)]) < 25).all()
        assert is_probability(fit.concordance)
        for transform in TRANSFORMS:
            answer = proportional_hazards(fit, transform)
            p_values = [test.p_value for test in (*answer.tests, answer.global_test)]
            assert is_probability(p_values)
            assert answer.warnings or np.isfinite(answer.global_test.p_value)


@EVERY_CASE
def test_two_arms(case):
    time, event, group = arrays(case)
    arm = pd.Categorical(group % 2, [0, 1])
    result = interaction_test(time, event, arm, pd.Categorical(group, [0, 1, 2]))
    assert is_probability([result.p_value, *(level.p_value for level in result.levels)])
    assert all(bool(level.reason) == np.isnan(level.hazard_ratio) for level in result.levels)
    a, b = (kaplan_meier(time[inside], event[inside]) for inside in (arm == 0, arm == 1))
    for difference in (rmst_difference(a, b), survival_difference(a, b, 4)):
        assert is_probability(difference.p_value)
