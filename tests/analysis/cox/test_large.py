"""Regressions of large cohorts take short cuts; the numbers are those of the long way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.cox.fit import fit_cox, forgetting
from analysis.cox.interaction import interaction_test
from analysis.cox.ties import NODES, tied_events
from analysis.cox.two_groups import hazard_ratios
from analysis.event_table import event_table
from analysis.prognostic import prognostic_factors
from analysis.proportional_hazards import proportional_hazards

LIMITS = {
    "analysis.cox.ties.MANY_EVENTS": 0,
    "analysis.cox.counts.MANY_EVENTS": 0,
    "analysis.cox.fit._LARGE": 0,
    "analysis.prognostic.MANY_PATIENTS": 0,
}


def cohort(n=9_000, days=60, seed=3):
    random = np.random.default_rng(seed)
    level, arm = random.integers(0, 3, n), random.integers(0, 2, n)
    number = random.normal(size=n)
    event_time = random.exponential(days / 2 / np.exp(0.3 * level - 0.4 * arm + 0.2 * number))
    end = random.uniform(0, 2 * days, n)
    frame = pd.DataFrame(
        {
            "level": pd.Categorical.from_codes(level, list("abc")),
            "arm": pd.Categorical.from_codes(arm, list("xy")),
            "number": number,
        }
    )
    time = np.minimum(np.minimum(event_time, end), days).astype(int)
    return time, (event_time <= end).astype(int), frame


def numbers_of(fit):
    return np.concatenate(
        [estimates_of(fit, proportional_hazards(fit)), [fit.concordance, fit.concordance_se]]
    )


def estimates_of(fit, hazards):
    tests = [hazards.global_test, *hazards.tests, fit.lr_test, fit.score_test, fit.wald_test]
    return np.concatenate(
        [
            fit.coef,
            fit.se,
            [fit.loglik, fit.loglik_null, fit.n, fit.n_events],
            [value for one in tests for value in (one.statistic, one.df)],
        ]
    )


def made():
    time, event, frame = cohort()
    fits = [
        fit_cox(time, event, frame[["level", "arm"]]),
        fit_cox(time, event, frame[["level"]], strata=frame["arm"]),
        fit_cox(time, event, frame, ties="breslow"),
        fit_cox(time, event, frame),
    ]
    alone = prognostic_factors(time, event, frame, (), found=False).univariable
    table = event_table(time, event, frame["arm"].cat.codes.to_numpy(), 2)
    (ratio,) = hazard_ratios([table], 1, 0)
    two = [ratio.value, ratio.lower, ratio.upper, ratio.p_value]
    test = interaction_test(time, event, frame["arm"], frame["level"])
    ratios = [one.hazard_ratio for one in test.levels]
    univariable = [estimates_of(one.fit, one.hazards) for one in alone]
    return np.concatenate(
        [*map(numbers_of, fits), *univariable, [test.statistic, test.df, *ratios, *two]]
    )


def test_short_cuts_change_no_number(monkeypatch):
    long = made()
    for name, value in LIMITS.items():
        monkeypatch.setattr(name, value)
    assert_allclose(made(), long, rtol=1e-8, atol=1e-10)


def test_rows_stand_for_patients():
    time, event, frame = cohort(n=300, days=12)
    counted = frame[["level"]].assign(time=time, event=event).value_counts().reset_index()
    fit = fit_cox(
        counted["time"], counted["event"], counted["level"], patients=counted["count"].to_numpy()
    )
    assert_allclose(numbers_of(fit), numbers_of(fit_cox(time, event, frame["level"])), rtol=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.integers(2 * NODES, 900), st.floats(1, 40), st.floats(0.0005, 0.02))
def test_points_give_the_sums_over_tied_events(d, ratio, share):
    """For a risk of the tied up to forty times that of the others, one by one against points."""
    n_risk = np.array([round(d / share)])

    def sums():
        tied = tied_events(np.array([d]), n_risk)
        # The risk of all but the tied is one each.
        total = n_risk + (ratio - 1) * d - tied.share * ratio * d
        inverse = [tied.powers @ total**-power for power in (1, 2)]
        return tied.time.size, np.concatenate([[tied.powers[0] @ np.log(total)], *inverse])

    one_by_one, long = sums()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.cox.ties.MANY_EVENTS", 0)
        points, short = sums()
    assert (one_by_one, points) == (d, NODES)
    assert_allclose(short, long, rtol=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.integers(256, 5000), st.floats(0.02, 40), st.floats(0.03, 1))
def test_a_day_of_many_is_summed_in_blocks(d, ratio, share):
    """Also where everybody leaves on one day, and the tied have more or less risk than others."""
    n_risk = np.array([round(d / share)])

    def sums():
        tied = tied_events(np.array([d]), n_risk)
        total = n_risk + (ratio - 1) * d - tied.share * ratio * d
        inverse = [tied.powers @ total**-power for power in (1, 2)]
        return tied.time.size, np.concatenate([[tied.powers[0] @ np.log(total)], *inverse])

    long = sums()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.cox.ties.MANY_EVENTS", 0)
        points, short = sums()
    assert points < 200
    assert_allclose(short, long, rtol=1e-9, atol=1e-9)


def test_a_kept_fit_forgets_its_patients_and_no_number(monkeypatch):
    time, event, frame = cohort(n=400)
    fit = fit_cox(time, event, frame)
    assert forgetting(fit) is fit
    monkeypatch.setattr("analysis.cox.fit._LARGE", 0)
    kept = forgetting(fit, concordance=True)
    assert (kept.sets, kept.maximum, kept.design.columns.size) == (None, None, 0)
    assert (kept.concordance, kept.concordance_se) == (fit.concordance, fit.concordance_se)
    assert_allclose(kept.coef, fit.coef)
    with pytest.raises(ValueError, match="forgotten its patients"):
        _ = forgetting(fit_cox(time, event, frame)).concordance
