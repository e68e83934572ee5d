"""ROC curves: the area against R's wilcox.test, intervals against sums over all pairs in R."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.roc import mann_whitney_p, roc

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "dosimetry.json").read_text("utf-8"))
LUNG = GOLDEN["roc"]
DEAD = np.array(LUNG["dead"])
samples = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=40).filter(
    lambda pairs: 0 < sum(yes for _, yes in pairs) < len(pairs)
)


@pytest.mark.parametrize("name", ["karno", "age"])
def test_area_test_and_interval_are_those_of_r(name):
    found = roc(LUNG[name], DEAD)
    u = LUNG[f"{name}_u"]
    assert found.auc.value == pytest.approx(u / (found.n_with * found.n_without), rel=1e-12)
    assert found.p_value == pytest.approx(LUNG[f"{name}_p"], rel=1e-9)
    interval = [found.auc.value, found.auc.lower, found.auc.upper]
    assert interval == pytest.approx(LUNG[f"{name}_delong"], rel=1e-9)
    assert found.clustered == found.auc


def test_the_clustered_interval_is_that_of_r():
    found = roc(LUNG["age"], DEAD, LUNG["inst"])
    limits = [found.clustered.lower, found.clustered.upper]
    assert limits == pytest.approx(LUNG["age_obuchowski"], rel=1e-9)
    assert found.clustered.value == found.auc.value
    assert limits != pytest.approx([found.auc.lower, found.auc.upper], rel=1e-3)


def test_a_curve_by_hand():
    # Responding 3, 2, 2; not responding 1, 2. Pairs won: 3 of (3), 1.5 of each 2: 2 + 1.5 + 1.5.
    found = roc([3, 2, 2, 1, 2], [True, True, True, False, False])
    assert found.threshold.tolist() == [1, 2, 3]
    assert found.true_positive.tolist() == [3, 3, 1]
    assert found.false_positive.tolist() == [2, 1, 0]
    assert found.sensitivity.tolist() == pytest.approx([1, 1, 1 / 3])
    assert found.specificity.tolist() == pytest.approx([0, 0.5, 1])
    assert found.auc.value == pytest.approx(5 / 6)
    # Between two values and beyond the last.
    assert found.at(1.5) == (3, 0, 1, 1)
    assert found.at(2) == (3, 0, 1, 1)
    assert found.at(9) == (0, 3, 0, 2)


@given(samples)
def test_the_area_counts_pairs(pairs):
    value, outcome = (np.array(x) for x in zip(*pairs, strict=True))
    with_it, without = value[outcome], value[~outcome]
    won = (with_it[:, None] > without).sum() + 0.5 * (with_it[:, None] == without).sum()
    found = roc(value, outcome)
    assert found.auc.value == pytest.approx(won / (with_it.size * without.size))
    # The area under the drawn curve, by trapezoids, is the same.
    x = np.append(1 - found.specificity, 0)[::-1]
    y = np.append(found.sensitivity, 0)[::-1]
    assert float(np.trapezoid(y, x)) == pytest.approx(found.auc.value)


@given(samples)
def test_turned_round_and_stretched(pairs):
    value, outcome = (np.array(x) for x in zip(*pairs, strict=True))
    found = roc(value, outcome)
    turned = roc(value, ~outcome)
    assert turned.auc.value == pytest.approx(1 - found.auc.value)
    assert turned.p_value == pytest.approx(found.p_value, nan_ok=True)
    stretched = roc(np.exp(value / 3), outcome)
    same = [stretched.auc.value, stretched.auc.lower, stretched.auc.upper]
    assert same == pytest.approx([found.auc.value, found.auc.lower, found.auc.upper], nan_ok=True)
    assert stretched.true_positive.tolist() == found.true_positive.tolist()


def test_the_same_value_twice_in_a_cluster_tells_nothing_new():
    """Doubled lesions: independent they would narrow the interval, as clusters they do not."""
    rng = np.random.default_rng(7)
    value, outcome = rng.normal(size=30), np.arange(30) % 2 == 0
    cluster = np.arange(30)
    once = roc(value, outcome, cluster)
    twice = roc(np.tile(value, 2), np.tile(outcome, 2), np.tile(cluster, 2))
    width = twice.clustered.upper - twice.clustered.lower
    assert width == pytest.approx(once.auc.upper - once.auc.lower)
    assert twice.auc.upper - twice.auc.lower < 0.8 * width


def test_one_side_only():
    found = roc([1, 2, 3], [True, True, True])
    assert np.isnan([found.auc.value, found.clustered.lower, found.p_value]).all()
    assert np.isnan(found.specificity).all()
    assert found.at(2) == (2, 1, 0, 0)
    single = roc([1, 2, 3], [True, False, False])
    assert (single.auc.value, np.isnan(single.auc.lower)) == (0, True)
    assert np.isnan(mann_whitney_p([5, 5, 5], [True, False, False]))
    assert np.isnan(roc([], []).auc.value)


@pytest.mark.parametrize(
    ("value", "outcome", "said"),
    [([1, 2], [True], "same length"), ([1, np.nan], [True, False], "a value is missing")],
)
def test_what_cannot_be_used_is_refused(value, outcome, said):
    with pytest.raises(ValueError, match=said):
        roc(value, outcome)
