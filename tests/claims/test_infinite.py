"""Infinite is not insignificant: hazard ratios, differences between arms, and equal limits."""

from __future__ import annotations

import math

import pytest

from callbacks.files import across_columns
from callbacks.ranges import across_of
from layouts.shared.numbers import Number

# R: summary(coxph(Surv(os_days, os_event) ~ x))$logtest of each variable of `separate`.
LIKELIHOOD_RATIO = {"x": 2.461772e-09, "y": 0.3247823, "Age": 0.9854904, "Arm": 0.7726187}


@pytest.mark.parametrize("variable", LIKELIHOOD_RATIO)
def test_the_file_has_a_likelihood_ratio_p(rows, variable):
    found = rows("prognostic.csv?study=separate", variable=variable)
    assert found
    for row in found:
        expected = pytest.approx(LIKELIHOOD_RATIO[variable], rel=2e-7)
        assert float(row["likelihood_ratio_p"]) == expected


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("prognostic?study=separate", "Alone, OS goes with x (p < 0.001)"),
        ("prognostic?study=interact", "g (p < 0.001)"),
        (
            "prognostic?study=nct01900002&endpoint=ttrp&metabolic-syndrome=no",
            "Tumor nodularity (p = 0.032)",
        ),
    ],
)
def test_a_factor_without_a_finite_ratio_goes_with_the_endpoint(sentence, address, said):
    assert said in sentence(address)
    assert "no factor goes with" not in sentence(address)


def test_a_factor_without_a_finite_ratio_stands_beside_its_equal(rows):
    address = "prognostic.csv?study=nct01900002&endpoint=ttrp&metabolic-syndrome=no"
    for variable in ("Tumor nodularity", "Tumor morphology"):
        for row in rows(address, variable=variable):
            assert float(row["likelihood_ratio_p"]) == pytest.approx(0.0319, abs=5e-5)


def test_the_score_test_of_the_separating_factor_is_that_of_r(rows):
    for row in rows("subgroups.csv?study=separate", variable="x"):
        assert float(row["p_value"]) == pytest.approx(3.55986e-07, rel=1e-6)


@pytest.mark.parametrize("variable", ["Site", "Many"])
def test_arms_that_share_no_level_differ_infinitely_in_every_file(rows, variable):
    for address in ("balance.csv?study=edges&show=balance", "baseline.csv?study=edges"):
        assert {row["smd"] for row in rows(address, variable=variable)} == {"Inf"}


def test_an_infinite_difference_is_counted_and_comes_first(sentence):
    assert "5 of 7 variables differ" in sentence("overview?study=edges")
    assert sentence("overview?study=edges").endswith("most Site and Many (∞).")
    assert ", most Site (∞), Many (∞) and " in sentence("arms?study=edges&show=balance")


def test_no_infinite_difference_where_the_arms_share_levels(rows):
    assert "Inf" not in {row["smd"] for row in rows("balance.csv?study=separate&show=balance")}


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("survival-summary.csv?study=beyond&by=g", "dead"),
        ("survival-summary.csv?study=nct01900002&by=hepatitis", "Hepatitis B and C coinfection"),
        ("survival-summary.csv?study=plateau&by=g", "C"),
    ],
)
def test_after_everybody_has_died_survival_is_0(rows, address, group):
    (row,) = rows(address, group=group)
    assert (row["survival_12"], row["survival_24"]) == ("0.0", "0.0")


def test_where_one_was_still_followed_survival_is_not_known(rows):
    (short,) = rows("survival-summary.csv?study=beyond&by=g", group="short")
    assert short["survival_12"] == "NA"


def test_the_curve_ends_at_0_in_its_file(rows):
    last = rows("km.csv?study=beyond&by=g", group="dead")[-1]
    assert (last["survival"], last["n_event"], last["n_risk"]) == ("0.0", "1", "1")


def test_equal_limits_are_limits(rows):
    """R: nobody of tie and before has died at 12 months, 1 (1-1)."""
    for group in ("tie", "before"):
        (row,) = rows("survival-summary.csv?study=beyond&by=g", group=group)
        limits = [row[f"survival_12{end}"] for end in ("", "_lower", "_upper")]
        assert limits == ["1.0", "1.0", "1.0"]


def test_a_tie_at_the_landmark_is_counted_before_it(rows):
    """R: summary(survfit(...), 487): 0.6 (0.293-1)."""
    row = rows("km.csv?study=beyond&by=g", group="tie")[0]
    assert float(row["time_months"]) == pytest.approx(487 / 30.4375)
    assert float(row["survival"]) == pytest.approx(0.6, abs=1e-12)
    assert (float(row["lower"]), float(row["upper"])) == (pytest.approx(0.293, abs=5e-4), 1)


def test_a_range_may_end_at_infinity():
    """A file writes it as R does, the screen as ∞; one data set without the number is said."""
    across = across_of(3, [Number(("smd", "x"), size) for size in (0.4, math.inf)])
    columns = across_columns(across, {"smd": ("smd", "x")})
    assert columns["smd_across_low"] == 0.4
    assert columns["smd_across_high"] == math.inf
    said = across.words(("smd", "x"), "0.40", "{:.2f}".format)
    assert said == "0.40–∞ or not estimable"
    assert across.open_on(("smd", "x"), 1)


def test_a_range_from_minus_infinity_is_written_with_a_minus():
    across = across_of(2, [Number(("smd", "x"), size) for size in (-math.inf, 0.4)])
    assert across.words(("smd", "x"), "0.40", "{:.2f}".format).startswith("−∞")


def test_infinite_in_every_data_set_is_the_same_in_all():
    assert not across_of(2, [Number(("smd", "x"), math.inf)] * 2).any
