"""The first visit: questions that lead to answers, the studies, what this is and is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.minima import Disclosure
from layouts.frame.first_visit import first_visit
from tests.callbacks.asking import view_of
from tests.trees import parsed, text, with_class
from tests.views import BY_ID

PAGES = [one.page for one in BY_ID.values()]


@pytest.mark.parametrize("address", ["/", "/start", "/start?study=soramic"])
def test_the_bare_address_has_questions_studies_and_one_sentence(dash_app, client, address):
    answer = view_of(dash_app, client, address)
    page = parsed(answer["frame"]["page"])
    doors = {text(one.children[0]): one["href"] for one in with_class(page, "door")}
    assert doors == {
        "Did it help patients like these?": "/arms?study=soramic",
        "What happened to them?": "/safety?study=nct01900002",
        "Where does my patient stand?": "/patient?study=soramic",
    }
    cards = [text(one) for one in with_class(page, "study-card")]
    assert any("177 patients · all analysed · 2 arms" in one for one in cards)
    assert all("Reconstructed" in one for one in cards if "NCT" in one or "SORAMIC" in one)
    assert "no forecast for a single patient" in text(page)
    assert answer["page"] is None
    assert "soramic" in answer["studies"]


def test_every_way_leads_to_a_view_without_a_note(dash_app, client):
    page = parsed(view_of(dash_app, client, "/")["frame"]["page"])
    for one in [*with_class(page, "door"), *with_class(page, "study-card")]:
        if one["href"] != "/your-data":
            answer = view_of(dash_app, client, one["href"])
            assert answer["places"][f"{answer['page']}-sentence"]
            assert "could not be used" not in answer["frame"]["top"]


def test_a_link_with_a_query_keeps_its_meaning(dash_app, client):
    assert view_of(dash_app, client, "/?study=soramic")["page"] == "overview"
    assert view_of(dash_app, client, "/?bclc=c")["page"] == "overview"


def test_the_address_is_one(client):
    assert client.get("/start").status_code == 200
    assert client.get("/started").status_code == 404


def test_a_question_that_no_study_answers_is_not_asked(all_studies):
    study = replace(all_studies.study("soramic"), arms=all_studies.study("soramic").arms[:1])
    catalog = replace(all_studies, studies=(study,))
    shown = first_visit(catalog, PAGES, uploads=False)
    assert "Did it help" not in shown
    assert "What happened to them" not in shown
    assert "Where does my patient stand?" in shown
    assert "/your-data" not in shown


def test_a_protected_study_says_how_many_only_where_it_may(all_studies):
    study = replace(all_studies.study("nct01900002"), disclosure=Disclosure(50, 5))
    shown = first_visit(replace(all_studies, studies=(study,)), PAGES, uploads=False)
    assert "fewer than 50 patients" in shown
    assert "34 patients" not in shown.split("study-design")[0]
