"""Limits of agreement against R and the numbers printed by Bland and Altman."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agreement import agreement

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "dosimetry.json").read_text("utf-8"))
WRIGHT, MINI = GOLDEN["wright"], GOLDEN["mini"]
doses = st.floats(1, 500, allow_nan=False)
pairs = st.lists(st.tuples(doses, doses), min_size=2, max_size=30)


def parts(found) -> dict:
    return {
        name: [one.value, one.lower, one.upper]
        for name, one in (
            ("mean", found.mean),
            ("lower", found.lower_limit),
            ("upper", found.upper_limit),
        )
    }


@pytest.mark.parametrize("scale", ["difference", "ratio"])
def test_every_number_is_that_of_r(scale):
    found = agreement(WRIGHT, MINI, scale=scale)
    for name, expected in parts(found).items():
        assert expected == pytest.approx(GOLDEN[scale][name], rel=1e-9), name
    sd = np.log(GOLDEN["ratio"]["sd"]) if scale == "ratio" else GOLDEN["difference"]["sd"]
    assert found.sd == pytest.approx(sd, rel=1e-9)


def test_the_paper_of_1986():
    """Lancet 1986: mean difference -2.1 l/min, SD 38.8, limits -79.7 and 75.5 at two SD."""
    found = agreement(WRIGHT, MINI)
    assert found.n == 17
    assert round(found.mean.value, 1) == -2.1
    assert round(found.sd, 1) == 38.8
    # The paper rounds 1.96 to 2.
    assert round(found.mean.value - 2 * round(found.sd, 1), 1) == -79.7


def test_a_ratio_by_hand():
    # log ratios are log 2 and log 8: geometric mean 4.
    found = agreement([2, 8], [1, 1], scale="ratio")
    assert found.mean.value == pytest.approx(4)
    assert found.difference.tolist() == pytest.approx([2, 8])
    assert found.average.tolist() == pytest.approx([2**0.5, 8**0.5])
    assert found.lower_limit.value * found.upper_limit.value == pytest.approx(16)


@given(pairs)
def test_the_other_way_round_is_the_mirror(values):
    first, second = zip(*values, strict=True)
    one, other = agreement(first, second), agreement(second, first)
    assert one.mean.value == pytest.approx(-other.mean.value, abs=1e-9)
    assert one.lower_limit.value == pytest.approx(-other.upper_limit.value, abs=1e-9)
    assert one.upper_limit.lower == pytest.approx(-other.lower_limit.upper, abs=1e-9)


@given(pairs, st.floats(-100, 100))
def test_a_shift_moves_the_mean_and_keeps_the_width(values, shift):
    first, second = (np.array(x) for x in zip(*values, strict=True))
    one, other = agreement(first, second), agreement(first + shift, second)
    assert other.mean.value == pytest.approx(one.mean.value + shift, abs=1e-8)
    assert other.sd == pytest.approx(one.sd, abs=1e-6)


def test_few_pairs():
    none = agreement([], [])
    assert (none.n, np.isnan(none.mean.value), np.isnan(none.sd)) == (0, True, True)
    one = agreement([3], [1])
    assert (one.mean.value, np.isnan(one.mean.lower), np.isnan(one.lower_limit.value)) == (
        2,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("first", "second", "scale", "said"),
    [
        ([1, 2], [1], "difference", "must be pairs"),
        ([1, np.nan], [1, 2], "difference", "a value is missing"),
        ([1, 2], [0, 2], "ratio", "a ratio needs values above 0"),
        ([1, 2], [1, 2], "log", "scale must be one of"),
    ],
)
def test_what_cannot_be_used_is_refused(first, second, scale, said):
    with pytest.raises(ValueError, match=said):
        agreement(first, second, scale=scale)
