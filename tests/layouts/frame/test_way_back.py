"""What stands beside an empty or small cohort: filters to take off, with what would be left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.disclosure import answered
from data.minima import Disclosure
from layouts.frame.way_back import way_back
from layouts.shared.html import joined

EIGHT = (
    "study=soramic&endpoint=os&bclc=c&pvi=yes&child-pugh=a&cirrhosis=yes&hepatitis-c=yes&afp=yes"
    "&ecog=1&age-years=62..72"
)


def shown(views, query: str, of_endpoint: bool = True) -> str:
    reading = views.read(query)
    return str(joined(way_back(reading.study, reading.view, of_endpoint)))


def test_an_empty_cohort_has_links_with_what_would_be_left(views):
    made = shown(views, EIGHT)
    assert "No patient is left." in made
    # ECOG 1 alone brings three back, with hepatitis C thirteen; the links leave out what is off.
    assert "ECOG 1<b> → 3 patients</b>" in made
    assert "Hepatitis C Yes and ECOG 1<b> → 13 patients</b>" in made
    assert made.count("data-stay") == 3
    last = made.split("href=")[3]
    assert "ecog" not in last
    assert "bclc=c" in last


def test_many_filters_lead_to_the_page_that_drops_them_one_by_one(views):
    made = shown(views, EIGHT)
    link = made.rpartition("<a ")[2]
    assert 'href="/patient?study=soramic&amp;endpoint=os"' in link
    assert "age-years.67~5" in link
    assert "one by one" not in shown(views, "study=edges&age=45..45&arm=b")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("study=edges&age=45..45", "Only 1 patient."),
        ("study=soramic&bclc=c&pvi=yes", ""),
        ("study=edges&age=45..45&arm=b", "No patient is left."),
        ("study=soramic", ""),
    ],
)
def test_it_is_said_of_few_patients_alone(views, query, said):
    made = shown(views, query)
    assert said in made
    assert bool(made) == bool(said)


def test_few_events_are_said_where_the_page_is_about_them(views):
    query = "study=edges&endpoint=quiet&arm=a"
    assert "Only 0 events." in shown(views, query)
    assert shown(views, query, of_endpoint=False) == ""


def test_a_protected_study_proposes_only_what_it_answers(views):
    reading = views.read("study=soramic&bclc=c&pvi=yes&ecog=1&hepatitis-c=yes")
    study = replace(reading.study, disclosure=Disclosure(10, 5), reconstructions=())
    made = str(joined(way_back(study, reading.view, True)))
    assert not answered(study, reading.view.cohort)
    assert "Fewer than 10 patients: not shown." in made
    assert "8 patients" not in made
