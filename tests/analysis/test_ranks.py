"""Mid-ranks and Spearman's correlation against R."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ranks import mid_ranks, spearman

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "dosimetry.json").read_text("utf-8"))


def test_ranks_by_hand():
    assert mid_ranks([30, 10, 20, 20]).tolist() == [4, 1, 2.5, 2.5]
    assert mid_ranks([]).tolist() == []


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_ranks_add_up(values):
    n = len(values)
    assert mid_ranks(values).sum() == pytest.approx(n * (n + 1) / 2)


def test_the_correlation_is_that_of_r():
    golden = GOLDEN["spearman"]
    found = spearman(golden["x"], golden["y"])
    assert found.n == len(golden["x"])
    assert found.rho == pytest.approx(golden["rho"], rel=1e-9)
    assert found.p_value == pytest.approx(golden["p"], rel=1e-9)


def test_what_is_not_defined():
    assert np.isnan(spearman([1, 2], [2, 1]).rho)
    assert np.isnan(spearman([1, 1, 1], [1, 2, 3]).p_value)
    assert (spearman([1, 2, 3], [4, 5, 9]).rho, spearman([1, 2, 3], [9, 5, 4]).rho) == (1, -1)


@pytest.mark.parametrize(("x", "y"), [([1, 2], [1]), ([1, np.nan, 2], [1, 2, 3])])
def test_what_cannot_be_used_is_refused(x, y):
    with pytest.raises(ValueError, match="x and y must"):
        spearman(x, y)
