"""The words of a page by address are those on the page."""

from __future__ import annotations

import pytest

from callbacks.pages import SERVED
from tests.views import PageViews

QUERIES = ("study=soramic", "study=soramic&bclc=c", "study=nct01900002&pvt=yes", "study=edges")


@pytest.fixture(scope="module")
def views(all_studies) -> PageViews:
    return PageViews(all_studies)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("one", SERVED, ids=lambda one: one.page.id)
def test_the_words_are_those_of_the_page(client, views, one, query):
    answer = client.get(f"/words/{one.page.id}?{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    said = one.words(views(one.page.id, query))
    lines = answer.text.splitlines()
    assert lines[0] == said.sentence
    assert lines[1 : 1 + len(said.cautions)] == list(said.cautions)
    assert all(lines)


def test_a_sentence_with_its_method(client):
    lines = client.get("/words/survival?study=soramic&by=arm").text.splitlines()
    assert lines[0].startswith(
        "Median PFS was 8.9 months (95 % CI 6.3–9.9) with RE + sorafenib and 5.4 months"
    )
    assert "Kaplan–Meier" in lines[-1] + lines[-2]
    assert lines[-1].endswith("Reconstructed from published tables — not patient records.")


def test_an_empty_cohort_is_said(client):
    lines = client.get("/words/survival?study=soramic&age-years=1..2").text.splitlines()
    assert lines[0].startswith("No patient")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/words/nothing?study=soramic", "There is no page “nothing”. There are overview, "),
        ("/words/survival?study=broken", "The study “broken” could not be loaded."),
        ("/words/survival?study=soramic&bclc=z", "BCLC has no level “z”."),
        ("/words/survival?study=soramic&ci=exact", "“ci” can be log, log-log, plain"),
    ],
)
def test_what_cannot_be_understood_is_refused(client, address, words):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text.startswith(words)
