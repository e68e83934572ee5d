"""The likelihood of groups: the same as that of their patients, one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.cox.counts import counts_of_patients, likelihood_of_counts, risk_counts
from analysis.cox.fit import fit_cox
from analysis.cox.likelihood import partial_likelihood, risk_sets
from analysis.event_table import event_table, time_axis
from tests.analysis.golden_data import patients

# time, event, group
cohorts = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=40
)
coefficients = st.tuples(st.floats(-3, 3), st.floats(-3, 3))


def both(cohort, ties):
    """Sorted risk sets of the patients, and their values of two covariates."""
    time, event, group = (np.array(values) for values in zip(*cohort, strict=True))
    axis = time_axis(time)
    table = event_table(axis, event)
    sets = risk_sets(table, axis.code, event, np.zeros(time.size, dtype=int), ties)
    of_group = np.array([[0.0, 1.0, -0.5], [0.3, 0.0, 1.0]])
    return sets, of_group, event_table(axis, event, group, 3), group[sets.patient]


def assert_same(one, other):
    assert_allclose(one.loglik, other.loglik, rtol=1e-12, atol=1e-12)
    assert_allclose(one.gradient, other.gradient, rtol=1e-9, atol=1e-9)
    assert_allclose(one.information, other.information, rtol=1e-9, atol=1e-9)


@settings(deadline=None)
@given(cohorts, st.sampled_from(["efron", "breslow"]), coefficients)
def test_groups_and_patients_have_one_likelihood(cohort, ties, coef):
    sets, of_group, table, group = both(cohort, ties)
    if not sets.n_event.size:
        return
    expected = partial_likelihood(sets, of_group[:, group], np.array(coef))
    single = likelihood_of_counts(counts_of_patients(sets), of_group[:, group], np.array(coef))
    assert_same(single, expected)
    at_event = table.n_event.any(axis=0)
    present = np.unique(group)
    counts = risk_counts(
        table.n_risk[present][:, at_event], table.n_event[present][:, at_event], ties
    )
    assert_same(likelihood_of_counts(counts, of_group[:, present], np.array(coef)), expected)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_small_and_large_cohorts_are_fitted_alike(monkeypatch, ties):
    rows = patients("veteran").head(60)
    columns = rows[["age", "diagtime"]].to_numpy(dtype=float)
    small = fit_cox(rows["time"], rows["status"], columns, ties=ties)
    monkeypatch.setattr("analysis.cox.fit._DENSE_CELLS", 0)
    large = fit_cox(rows["time"], rows["status"], columns, ties=ties)
    assert_allclose(small.coef, large.coef, rtol=1e-10)
    assert_allclose(small.covariance, large.covariance, rtol=1e-10)
