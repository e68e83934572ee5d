"""Labels keep their case, numbers their sign, and one is one, on every page."""

from __future__ import annotations

import pytest

from layouts.subgroups.options import orders_of
from tests.shipped import load_catalog
from tests.studies.claims import EVENTS, read_claims, said_of, shown_of


@pytest.fixture(scope="module")
def klinik(tmp_path_factory):
    return read_claims(tmp_path_factory.mktemp("labels"))


LOWERED = ("tod", "gemcitabin", "progress ", "nausea", "fieber", "gesamt", "teilremission")


@pytest.mark.parametrize(
    ("page", "query", "expected"),
    [
        ("arms", "show=effect", "Gesamtüberleben with Sorafenib + 5-FU against Gemcitabin: "),
        (
            "arms",
            "show=competing&endpoint=ttp",
            " with Sorafenib + 5-FU had Progress (1 − Kaplan–Meier",
        ),
        ("arms", "show=competing&endpoint=ttp", " Tod ohne Progress"),
        ("arms", "show=response", "with Gemcitabin: difference"),
        ("survival", "", "with Gemcitabin; hazard ratio with "),
        ("safety", "", "Nausea (3), Fieber (2) and HFS (2)."),
        ("subgroups", "", "against Gemcitabin differ between subgroups?"),
        ("response", "view=best", "with Gemcitabin"),
        ("response", "view=best", "2 Nicht beurteilt"),
    ],
)
def test_a_label_keeps_its_case(klinik, page, query, expected):
    said = said_of(klinik, page, query)
    assert expected in " ".join(said), said
    for text in said:
        words = f" {text}"
        assert not any(f" {word}" in words for word in LOWERED), text


def test_a_label_loses_its_capital_where_the_study_says_that_it_may(tmp_path):
    study = read_claims(
        tmp_path, {'citation = "Unpublished."': 'citation = "U."\nsentence_case = true'}
    )
    assert "nausea (3), fieber (2) and HFS (2)." in said_of(study, "safety")[0]
    assert "Sorafenib + 5-FU" not in said_of(study, "survival")[0]


def test_one_test_and_one_variable_are_singular(klinik):
    assert "? 1 interaction test on fewer than 5 events" in said_of(klinik, "subgroups")[0]
    assert "Exploratory: 2 factors tested alone" in shown_of(klinik, "prognostic")["looks"]
    alone = shown_of(klinik, "prognostic", "arm=gemcitabin")["looks"]
    assert alone.startswith("Exploratory: 1 factor tested alone; at p < 0.05 about 0.1 would be ")


def test_of_terms_with_as_many_patients_all_are_named_or_none(tmp_path):
    more = EVENTS.splitlines()[-1]
    tied = read_claims(tmp_path, events=(more, f"{more}\nP5,Husten,1,3\nP6,Husten,1,3"))
    # Three terms with two patients each do not fit beside the first.
    assert said_of(tied, "safety")[0].endswith("Most frequent at any grade: Nausea (3).")


def test_where_every_term_is_as_frequent_their_number_is_said(tmp_path):
    rows = "\n".join(f"P{i},Term {i},1,3" for i in range(1, 6))
    study = read_claims(tmp_path, events=(EVENTS, f"patient,term,grade,day\n{rows}\n"))
    assert said_of(study, "safety")[0].endswith("5 terms with 1 patient each.")


def test_a_negative_number_has_a_real_minus(klinik):
    table = shown_of(klinik, "overview")["table"]
    assert "−2.5" in table
    assert "(-" not in table
    assert "−8 to −1" in " ".join(said_of(klinik, "survival", "delta=-8..-1"))
    assert [level.label for level in klinik.variable("delta").levels] == ["< −2.5", "≥ −2.5"]


def test_the_papers_order_needs_a_paper(klinik):
    shipped = load_catalog()
    assert orders_of(klinik, "os")["published"] == "Study's order"
    assert orders_of(shipped.study("soramic"), "pfs")["published"] == "Study's order"
    assert orders_of(shipped.study("nct01900002"), "pfs")["published"] == "Paper's order"
