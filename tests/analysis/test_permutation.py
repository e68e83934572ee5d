"""Permutation log-rank test against enumeration written independently and against hand counts."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from analysis.event_table import event_table, time_axis
from analysis.logrank import logrank, logrank_from_table
from analysis.permutation import logrank_scores, permutation_logrank, permuted_scores
from tests.analysis.golden_data import patients

small_cohorts = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 1), st.integers(0, 2)), min_size=2, max_size=7
)


def observed_minus_expected(time, event, group, n_groups):
    """Log-rank sums in the textbook's loop over event times."""
    difference = np.zeros(n_groups)
    for t in set(time[event == 1]):
        at_risk = np.array([np.sum((group == g) & (time >= t)) for g in range(n_groups)])
        died = np.array(
            [np.sum((group == g) & (time == t) & (event == 1)) for g in range(n_groups)]
        )
        difference += died - died.sum() * at_risk / at_risk.sum()
    return difference


def enumerate_orders(time, event, group):
    """Share of all orders of the labels that look at least as different as the observed one."""
    n_groups = int(group.max()) + 1
    sizes = np.bincount(group, minlength=n_groups)
    used = sizes > 0

    def distance(labels):
        difference = observed_minus_expected(time, event, labels, n_groups)
        return float((difference[used] ** 2 / sizes[used]).sum())

    reference = distance(group)
    orders = [distance(group[list(order)]) for order in permutations(range(len(group)))]
    return np.mean([value >= reference - 1e-9 for value in orders])


@settings(deadline=None, max_examples=25)
@given(small_cohorts)
def test_equals_the_enumeration_of_all_orders(cohort):
    time, event, group = (np.array(values) for values in zip(*cohort, strict=True))
    result = permutation_logrank(time, event, group)
    if len(set(group)) < 2 or np.allclose(
        observed_minus_expected(time, event, np.arange(len(group)), len(group)), 0
    ):
        assert np.isnan(result.p_value)
        return
    assert result.exact
    assert_allclose(result.p_value, enumerate_orders(time, event, group), atol=1e-12)


def test_known_small_case():
    # Deaths at 1 to 6, a = the first three; the scores 1 - H(t) are in the array below.
    # The first three have the largest sum (37/20) of all 20 choices of three patients, and the
    # last three its negative: p = 2/20.
    result = permutation_logrank([1, 2, 3, 4, 5, 6], [1] * 6, list("aaabbb"))
    assert (result.arrangements, result.hits, result.exact) == (20, 2, True)
    assert_allclose(result.p_value, 0.1)
    scores = np.array([5 / 6, 19 / 30, 23 / 60, 1 / 20, -9 / 20, -29 / 20])
    assert_allclose(logrank_scores(time_axis([1, 2, 3, 4, 5, 6]), [1] * 6), scores)
    variance = (scores**2).sum() / 5
    assert_allclose(result.statistic, 2 * (37 / 20) ** 2 / 3 / variance)


def test_one_against_the_rest_by_hand():
    # The one patient of group b has the lowest score of five; its square is the largest: 1/5.
    result = permutation_logrank([1, 2, 3, 4, 9], [1, 1, 1, 1, 1], list("aaaab"))
    assert (result.hits, result.arrangements) == (1, 5)


def test_scores_add_up_to_observed_minus_expected_of_the_log_rank_test():
    rows = patients("lung").dropna(subset=["ecog"])
    scores = logrank_scores(time_axis(rows["time"]), rows["event"])
    test = logrank(rows["time"], rows["event"], rows["ecog"])
    sums = rows.assign(score=scores).groupby("ecog")["score"].sum()
    assert_allclose(sums, test.observed - test.expected, atol=1e-10)
    assert_allclose(scores.sum(), 0, atol=1e-10)


def test_scores_of_the_patients_in_view_are_theirs_alone():
    rows = patients("lung")
    view = (rows["sex"] == "Male").to_numpy()
    part = logrank_scores(time_axis(rows["time"]), rows["event"], view)
    alone = logrank_scores(time_axis(rows["time"][view]), rows["event"][view])
    assert_allclose(part, alone, atol=1e-12)


def test_the_covariance_of_all_arrangements_is_the_one_in_the_statistic():
    """The mean of the statistic over all arrangements is k - 1 exactly."""
    time, event, group = (
        np.array([1, 1, 3, 4, 6, 7]),
        np.array([1, 0, 1, 1, 0, 1]),
        [0, 0, 1, 1, 2, 2],
    )
    values = [
        permutation_logrank(time, event, np.array(group)[list(order)]).statistic
        for order in permutations(range(6))
    ]
    assert_allclose(np.mean(values), 2)


def test_random_permutations_agree_with_the_asymptotic_test_where_both_hold():
    rows = patients("veteran")
    result = permutation_logrank(rows["time"], rows["status"], rows["celltype"], draws=20_000)
    asymptotic = logrank(rows["time"], rows["status"], rows["celltype"]).p_value
    assert not result.exact
    assert result.p_value < 5e-4
    assert asymptotic < 5e-4
    prior = permutation_logrank(rows["time"], rows["status"], rows["prior"])
    expected = logrank(rows["time"], rows["status"], rows["prior"]).p_value
    assert abs(prior.p_value - expected) < 0.03


def test_random_permutations_agree_with_enumeration(monkeypatch):
    rows = patients("ovarian").head(14)
    exact = permutation_logrank(rows["futime"], rows["fustat"], rows["rx"])
    assert exact.exact
    monkeypatch.setattr("analysis.permutation.MAX_EXACT", 10)
    drawn = permutation_logrank(rows["futime"], rows["fustat"], rows["rx"])
    assert not drawn.exact
    error = 5 * np.sqrt(exact.p_value * (1 - exact.p_value) / 10_000)
    assert abs(drawn.p_value - exact.p_value) < error


def test_a_monte_carlo_p_value_counts_the_observed_arrangement():
    # No draw of 9 is likely to reach a perfect separation of 20 and 20 patients.
    result = permutation_logrank(range(1, 41), [1] * 40, [0] * 20 + [1] * 20, draws=9)
    assert (result.hits, result.p_value) == (0, 0.1)
    assert "p = (1 + hits) / (1 + draws)" in result.method


def test_the_seed_decides():
    rows = patients("lung")
    args = rows["time"], rows["event"], rows["age65"]
    first, again, other = (permutation_logrank(*args, draws=999, seed=s) for s in (1, 1, 2))
    assert first == again
    assert first.hits != other.hits


def test_the_limit_between_enumeration_and_draws():
    event = np.ones(177)
    two = np.repeat([0, 1], [175, 2])
    assert permutation_logrank(np.arange(177), event, two).arrangements == 177 * 176 // 2
    three = np.repeat([0, 1], [174, 3])
    assert not permutation_logrank(np.arange(177), event, three, draws=10).exact


@pytest.mark.parametrize(
    ("time", "event", "group"),
    [
        ([], [], []),
        ([1], [1], [0]),
        ([1, 2], [1, 1], [0, 0]),
        ([1, 2, 3], [0, 0, 0], [0, 1, 0]),
        ([0, 0], [0, 0], [0, 1]),
        ([4, 4, 4], [1, 1, 1], [0, 1, 1]),
    ],
    ids=["nobody", "one-patient", "one-group", "no-events", "censored-at-0", "everybody-at-once"],
)
def test_no_test_is_said_and_not_raised(time, event, group):
    result = permutation_logrank(time, event, group)
    assert np.isnan([result.statistic, result.p_value]).all()
    assert "not possible" in result.method


def test_refusals():
    with pytest.raises(ValueError, match="group is missing at position 1"):
        permutation_logrank([1, 2], [1, 1], ["a", None])
    with pytest.raises(ValueError, match="group has 1 values for 2 patients"):
        permutation_logrank([1, 2], [1, 1], ["a"])
    with pytest.raises(ValueError, match="draws must be at least 1"):
        permutation_logrank(range(40), [1] * 40, [0, 1] * 20, draws=0)


def test_two_groups_order_arrangements_as_the_log_rank_statistic_does():
    """For two groups a larger |observed - expected| is the same as a larger statistic."""
    rows = patients("ovarian").head(8)
    group = (rows["rx"] == "1").to_numpy().astype(int)
    table = event_table(rows["futime"], rows["fustat"], group)
    test = logrank_from_table(table)
    result = permutation_logrank(rows["futime"], rows["fustat"], group)
    n = np.bincount(group)
    variance = (logrank_scores(time_axis(rows["futime"]), rows["fustat"]) ** 2).sum() / (
        n.sum() - 1
    )
    expected = (test.observed - test.expected)[0] ** 2 * (1 / n).sum() / variance
    assert_allclose(result.statistic, expected)


def test_remembered_orders_are_those_of_fresh_batches(monkeypatch):
    scores = np.random.default_rng(0).normal(size=12)
    whole = np.concatenate(list(permuted_scores(scores, 500, 3)))
    again = np.concatenate(list(permuted_scores(scores, 500, 3)))
    monkeypatch.setattr("analysis.permutation._CELLS_AT_ONCE", 1_000)
    batches = np.concatenate(list(permuted_scores(scores, 500, 3)))
    np.testing.assert_array_equal(whole, again)
    np.testing.assert_array_equal(whole, batches)
    np.testing.assert_allclose(np.sort(whole, axis=1), np.sort(scores)[None, :].repeat(500, axis=0))
