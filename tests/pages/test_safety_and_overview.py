"""The callbacks and files of the Safety and Overview pages over the server's own address."""

from __future__ import annotations

import csv
import io
import logging

import pytest

from data.address import default_view
from tests.callbacks.asking import failing_app, view_of
from tests.views import page_named

PAGES = ("safety", "overview")
QUERIES = [
    "study=nct01900002",
    "study=soramic&bclc=c",
    "study=edges&age=200..300",
    "study=edges&age=45..45",
]


def show(app, client, page: str, search: str) -> dict:
    return view_of(app, client, f"/{page}{search}")


def rows(client, address: str) -> list[dict]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", QUERIES)
def test_one_answer_carries_all_of_a_page(dash_app, client, page, query):
    answer = show(dash_app, client, page, f"?{query}")
    assert answer["places"][f"{page}-sentence"]
    assert answer["search"] == f"?{query}"
    assert f"{page}-table" in answer["places"]


@pytest.mark.parametrize("page", PAGES)
def test_a_failure_leaves_no_old_numbers(studies_dir, caplog, page):
    app = failing_app(page, studies_dir, "P17 had an event")
    with caplog.at_level(logging.ERROR):
        answer = show(app, app.server.test_client(), page, "?study=nct01900002")
    assert "could not be computed" in answer["places"][f"{page}-sentence"]
    assert answer["places"][f"{page}-table"] == ""
    assert "P17" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_an_option_that_is_unknown_is_said(dash_app, client):
    answer = show(dash_app, client, "safety", "?study=nct01900002&level=worst&terms=headaches")
    said = answer["places"]["safety-cautions"]
    assert "can be any, severe" in said
    assert "no adverse event of the name" in said


def test_the_file_of_adverse_events_has_a_column_for_each_grade(client):
    made = rows(client, "/download/adverse-events.csv?study=nct01900002&pvt=yes")
    names = list(made[0])
    assert names[:6] == ["category", "term", "n", "grade_1_2", "grade_3", "grade_4"]
    assert len(made) == 51
    assert {row["n"] for row in made} == {"8"}
    assert made[0]["provenance"].startswith("Reconstructed")


def test_the_file_of_the_table_and_of_the_flow(client):
    made = rows(client, "/download/baseline.csv?study=soramic&of=featured")
    found = [row for row in made if row["variable"] == "ECOG" and row["level"] == "Missing"]
    assert [row["n"] for row in found] == ["3", "3", "0"]
    flow = rows(client, "/download/flow.csv?study=soramic&bclc=c")
    assert [row["n"] for row in flow] == ["288", "222", "177", "126", "126"]
    assert [row["RE + sorafenib"] for row in flow] == ["NA", "NA", "73", "51", "51"]


def test_files_of_a_study_without_adverse_events_have_a_header_only(client):
    answer = client.get("/download/adverse-events.csv?study=soramic")
    assert answer.text.count("\n") == 1
    assert rows(client, "/download/first-severe.csv?study=nct01900002") == []


def test_a_search_that_finds_no_term_leaves_the_header(client):
    address = "/download/adverse-events.csv?study=nct01900002&search="
    header = client.get(f"{address}fatigue").text.splitlines()[0]
    assert client.get(f"{address}nothing-like-this").text == f"{header}\n"


def test_a_file_is_named_after_study_and_panel(client):
    answer = client.get("/download/baseline.csv?study=soramic")
    assert 'filename="soramic-baseline.csv"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("page", PAGES)
def test_controls_are_options_of_the_address(all_studies, page):
    for study in all_studies.studies:
        view = default_view(study, page)
        values = page_named(page).control_values(study, view)
        assert set(values) <= page_named(page).option_names
