"""The work that is timed, by this project and by lifelines: the same results from the same input.

Each function takes a `Cohort` and returns a function without arguments. What the product prepares
once per study is done outside: sorting the times and checking the codes of the levels.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from analysis.coded_variables import coded_variables
from analysis.cox.fit import fit_cox
from analysis.event_table import event_table, time_axis
from analysis.logrank import logrank_from_table
from analysis.min_p import min_p
from analysis.screen import survival_screen
from analysis.survival import kaplan_meier_from_table
from tests.bench.cohorts import LANDMARKS, N_LEVELS, Cohort

Work = Callable[[], object]


def curves(data: Cohort, n_groups: int = 2, sorted_before: bool = True) -> Work:
    """Curve with interval and median with interval of each group, and the log-rank test.

    The dashboard sorts the times once per study and endpoint; every view then begins there.
    """
    time, event, group = data.time[0], data.event[0], data.group
    axis = time_axis(time)

    def work():
        table = event_table(axis if sorted_before else time, event, group, n_groups)
        fitted = [
            kaplan_meier_from_table(table, row, conf_type="log-log") for row in range(n_groups)
        ]
        medians = [(one.median.value, one.median.lower, one.median.upper) for one in fitted]
        return medians, logrank_from_table(table).p_value

    return work


def curves_from_raw_times(data: Cohort) -> Work:
    """The same, sorting included."""
    return curves(data, sorted_before=False)


def curves_in_lifelines(data: Cohort, n_groups: int = 2) -> Work:
    from lifelines.statistics import multivariate_logrank_test

    time, event, group = data.time[0], data.event[0], data.group

    def work():
        medians = [_median_in_lifelines(time, event, group == row)[0] for row in range(n_groups)]
        return medians, multivariate_logrank_test(time, group, event).p_value

    return work


def screen(data: Cohort) -> Work:
    """Every level of 25 variables for 3 endpoints: n, events, median, landmarks; 75 tests."""
    variables = coded_variables(list(data.codes), N_LEVELS)
    axes = [time_axis(time) for time in data.time]

    def work():
        return [
            survival_screen(axis, event, variables, landmarks=LANDMARKS, conf_type="log-log")
            for axis, event in zip(axes, data.event, strict=True)
        ]

    return work


def screen_in_lifelines(data: Cohort) -> Work:
    from lifelines.statistics import multivariate_logrank_test

    def work():
        p_values, levels = [], []
        for time, event in zip(data.time, data.event, strict=True):
            for codes, n_levels in zip(data.codes, N_LEVELS, strict=True):
                p_values.append(multivariate_logrank_test(time, codes, event).p_value)
                levels += [
                    _level_in_lifelines(time, event, codes == row) for row in range(n_levels)
                ]
        return levels, p_values

    return work


def regression(data: Cohort) -> Work:
    """Cox regression on 5 covariates from a data frame, Efron's ties, Wald limits and tests."""
    covariates = data.frame[list("abcde")]
    return lambda: fit_cox(data.time[0], data.event[0], covariates)


def regression_in_lifelines(data: Cohort) -> Work:
    from lifelines import CoxPHFitter

    frame = data.frame
    return lambda: CoxPHFitter().fit(frame, "time", "event")


def permutations(data: Cohort) -> Work:
    """Raw and adjusted p-values of 25 variables for one endpoint from 10,000 permutations."""
    variables = coded_variables(list(data.codes), N_LEVELS)
    axis = time_axis(data.time[0])
    seeds = iter(range(10**9))  # a new seed each time: nothing is remembered from the last run
    return lambda: min_p(axis, data.event[0], variables, seed=next(seeds))


def check(data: Cohort) -> None:
    """Stop if two contenders do not find the same numbers."""
    (medians, p_value), (their_medians, their_p_value) = (
        work(data)() for work in (curves, curves_in_lifelines)
    )
    assert_allclose(np.array(medians)[:, 0], np.array(their_medians)[:, 0], atol=30)
    assert_allclose(p_value, their_p_value, rtol=1e-8)
    ours, (_, p_values) = screen(data)(), screen_in_lifelines(data)()
    assert_allclose(np.concatenate([one.p_value for one in ours]), p_values, rtol=1e-8)
    theirs = regression_in_lifelines(data)()
    assert_allclose(regression(data)().coef, theirs.params_, atol=1e-3)


def _median_in_lifelines(time, event, inside):
    """Median of one level with its interval, and the fitted curve."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times

    fitted = KaplanMeierFitter().fit(time[inside], event[inside])
    limits = median_survival_times(fitted.confidence_interval_).to_numpy(dtype=float).ravel()
    return (fitted.median_survival_time_, *limits), fitted


def _level_in_lifelines(time, event, inside):
    """n, events, median and landmarks of one level, with intervals."""
    median, fitted = _median_in_lifelines(time, event, inside)
    interval = fitted.confidence_interval_
    step = np.searchsorted(interval.index, LANDMARKS, side="right") - 1
    counts = np.count_nonzero(inside), event[inside].sum()
    return counts, median, fitted.predict(pd.Series(LANDMARKS)), interval.to_numpy()[step]
