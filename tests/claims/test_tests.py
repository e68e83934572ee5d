"""A test needs something to test: levels with events, arms, events at all."""

from __future__ import annotations

import pytest

QUIET = "study=edges&endpoint=quiet"
PVI = "subgroups?study=soramic&bclc=c&pvi=yes&ecog=1"


def interaction(rows, study: str, variable: str) -> set[str]:
    found = rows(f"subgroups.csv?study={study}", variable=variable)
    return {row["p_interaction"] for row in found}


def test_a_level_without_events_leaves_the_degrees_of_freedom(rows):
    """R: anova(coxph(~ arm + g), coxph(~ arm * g)) without level w: 3.4883 on 1 df."""
    (p,) = interaction(rows, "interact", "g")
    assert float(p) == pytest.approx(0.0618, abs=5e-5)


def test_one_level_with_events_cannot_be_tested(rows, sentence):
    assert interaction(rows, "separate", "x") == {"NA"}
    assert interaction(rows, "separate", "z") == {"NA"}
    assert "? 2 interaction tests, 1 of them on fewer" in sentence("subgroups?study=separate")


def test_levels_with_events_can_be(rows):
    """R: anova(coxph(~ arm + y), coxph(~ arm * y))."""
    (p,) = interaction(rows, "separate", "y")
    assert float(p) == pytest.approx(0.40187, abs=5e-6)


@pytest.mark.parametrize("address", [PVI, "subgroups?study=zeroexp"])
def test_tests_on_few_events_are_no_headline(sentence, address):
    assert sentence(address).endswith(
        "on fewer than 5 events in an arm of a level: too few to say."
    )
    assert "below 0.05" not in sentence(address)


@pytest.mark.parametrize(
    "address", [PVI, "subgroups?study=zeroexp", "subgroups?study=interact", "arms?study=zeroexp"]
)
def test_arms_are_called_by_their_names(words, address):
    said = " ".join(words(address))
    assert "arm 0" not in said
    assert "arm 1" not in said


@pytest.mark.parametrize("page", ["survival", "arms", "subgroups", "prognostic"])
def test_without_events_no_statistic_and_no_caution_about_a_p(words, page):
    said = " ".join(words(f"{page}?{QUIET}"))
    assert "degrees of freedom" not in said
    assert "p-value" not in said
    assert "0 df" not in said


def test_without_events_the_file_has_no_statistic(rows):
    assert {row["statistic"] for row in rows(f"logrank.csv?{QUIET}")} == {"NA"}
    assert {row["p_value"] for row in rows(f"logrank.csv?{QUIET}")} == {"NA"}


def test_one_event_with_nobody_else_at_risk_is_no_test(words):
    said = " ".join(words("survival?study=zeroexp&by=g&g=early,one"))
    assert "log-rank: no test possible" in said
    assert "degrees of freedom" not in said
    assert "p-value" not in said


def test_one_permutation_test_is_singular(words):
    said = " ".join(words("subgroups?study=interact"))
    assert "Permutation log-rank test of 1 variable with" in said
    assert "Permutation log-rank tests of 3 variables" in " ".join(
        words("subgroups?study=separate")
    )
