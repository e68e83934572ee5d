"""Said exactly: simulated p-values, limits that differ from R's, medians, contradictions."""

from __future__ import annotations

import pytest


def fisher(rows, variable: str) -> tuple[float, str]:
    found = rows("response-by.csv?study=simresp2&view=by", variable=variable)
    ((p, how),) = {(row["fisher_p"], row["fisher_test"]) for row in found}
    return float(p), how


def test_a_simulated_p_says_so_in_sentence_and_file(rows, sentence):
    """R: fisher.test(v12, workspace = 2e9): 0.56213."""
    p, how = fisher(rows, "v12")
    assert how == "simulated"
    # 10,000 random tables: a standard error of 0.005.
    assert p == pytest.approx(0.56213, abs=0.015)
    said = sentence("response?study=simresp2&view=by&by=v12")
    assert said.endswith(f"Fisher p = {p:.3f}, simulated.")


@pytest.mark.parametrize("variable", ["v6", "tiny", "arm"])
def test_an_exact_p_does_not(rows, sentence, variable):
    assert fisher(rows, variable)[1] == "exact"
    assert "simulated" not in sentence(f"response?study=simresp2&view=by&by={variable}")


def test_a_limit_that_differs_from_r_is_said(words):
    method = words("survival?study=simmono2&by=g")[-2]
    assert "the median's upper limit in h1, " in method
    assert "R gives a later day" in method


@pytest.mark.parametrize("query", ["study=plateau&by=g", "study=soramic", "study=beyond&by=g"])
def test_where_none_differs_nothing_is_said(words, query):
    assert "R gives a later day" not in " ".join(words(f"survival?{query}"))


@pytest.mark.parametrize(("group", "days"), [("A", 300), ("B", 550), ("C", 120), ("D", 550)])
def test_medians_on_a_plateau_are_those_of_r(rows, group, days):
    """R: quantile(survfit(Surv(os_days, os_event) ~ g), 0.5); B is 18.07 months."""
    (row,) = rows("survival-summary.csv?study=plateau&by=g", group=group)
    assert float(row["median"]) == pytest.approx(days / 30.4375)


def test_the_headline_has_the_same_median(sentence):
    assert "to 18.1 months (B and D) over 4 groups" in sentence("survival?study=plateau&by=g")


@pytest.mark.parametrize("page", ["evidence", "overview"])
@pytest.mark.parametrize(
    ("study", "said"),
    [
        (
            "resp",
            "patients.csv, column “ttr”, row 4: the response at month 4 comes after the death on "
            "day 106.",
        ),
        (
            "klinik-late",
            "patients.csv, column “ttp_days”, row 5: the event of TTP on day 350 comes after the "
            "death on day 349.",
        ),
        ("simresp2", "ae.csv, column “grade”, row 757: the grade is 5, death, and OS has no event"),
    ],
)
def test_a_contradiction_is_said(words, page, study, said):
    assert any(
        line.startswith(f"The data contradict themselves. {said}")
        for line in words(f"{page}?study={study}")
    )


@pytest.mark.parametrize("study", ["soramic", "nct01900002", "klinik", "separate"])
def test_data_that_agree_have_none(words, study):
    assert "contradict" not in " ".join(words(f"evidence?study={study}"))
