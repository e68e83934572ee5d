"""The callbacks and files of the Evidence page over the server's own address."""

from __future__ import annotations

import csv
import io
import logging

import pytest

from tests.callbacks.asking import failing_app, view_of

FILES = ("evidence.csv", "discrepancies.csv")
PROVENANCE = "Reconstructed from published tables — not patient records; see the page Evidence"


def show(app, client, search: str) -> dict:
    return view_of(app, client, f"/evidence{search}")


def rows(client, address: str) -> list[dict]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(
    "query",
    [
        "study=nct01900002",
        "study=soramic&bclc=c&verdict=differs",
        "study=soramic&view=made",
        "study=soramic&view=disagreements",
        "study=edges",
    ],
)
def test_one_answer_carries_all_of_the_page(dash_app, client, query):
    answer = show(dash_app, client, f"?{query}")
    assert answer["places"]["evidence-sentence"]
    assert answer["places"]["evidence-footnote"]
    assert "<table" in answer["places"]["evidence-table"]
    assert answer["search"] == f"?{query}"


def test_an_option_that_is_unknown_is_said(dash_app, client):
    answer = show(dash_app, client, "?study=soramic&verdict=right")
    assert "can be all, differs" in answer["places"]["evidence-cautions"]


def test_a_failure_leaves_nothing_old(studies_dir, caplog):
    app = failing_app("evidence", studies_dir, "P17")
    with caplog.at_level(logging.ERROR):
        answer = show(app, app.server.test_client(), "?study=soramic")
    assert answer["places"]["evidence-sentence"] == (
        "The evidence could not be computed for this view."
    )
    assert answer["places"]["evidence-table"] == answer["places"]["evidence-summary"] == ""
    assert "RuntimeError" in caplog.text
    assert "P17" not in caplog.text


def test_the_file_holds_every_cell_and_more_than_the_page(client):
    made = rows(client, "/download/evidence.csv?study=nct01900002")
    assert len(made) == 2898
    assert list(made[0]) == [
        "table",
        "variable",
        "level",
        "group",
        "statistic",
        "published",
        "recomputed",
        "verdict",
        "why",
        "provenance",
    ]
    assert {row["provenance"] for row in made} == {PROVENANCE}
    assert {row["verdict"] for row in made} == {
        "exact at printed precision",
        "within tolerance",
        "differs",
        "nothing to recompute it from",
    }
    # Numbers are not rounded for the page.
    (one,) = (r for r in made if r["table"] == "Table 3" and r["published"] == "5.8")
    assert float(one["recomputed"]) == 100 * 2 / 34
    # Counts are whole numbers, and a printed -3 is a number and no formula.
    counts = [r["recomputed"] for r in made if r["statistic"] == "events"]
    assert all(text.isdigit() for text in counts)
    assert "-3" in {r["published"] for r in made}
    assert all(row["recomputed"] == "NA" for row in made if row["verdict"].startswith("nothing"))
    # Where the data differ on purpose the file says so in each row.
    assert all(row["why"] for row in made if row["verdict"] == "differs")


def test_the_file_follows_the_filters_of_the_page(client):
    made = rows(client, "/download/evidence.csv?study=soramic&verdict=differs&table=table-2")
    assert [(row["variable"], row["published"]) for row in made] == [("Disease control", "79.2")]
    nothing = client.get("/download/evidence.csv?study=soramic&search=xyzzy")
    assert nothing.text.count("\n") == 1


def test_filters_of_patients_do_not_change_the_file(client):
    every, some = (
        rows(client, f"/download/evidence.csv?study=soramic{more}") for more in ("", "&bclc=c")
    )
    assert every == some


def test_the_file_of_disagreements(client):
    made = rows(client, "/download/discrepancies.csv?study=soramic")
    assert len(made) == 23
    assert list(made[0]) == [
        "topic",
        "first",
        "first_place",
        "second",
        "second_place",
        "recomputed",
        "provenance",
    ]


@pytest.mark.parametrize("file", FILES)
def test_a_study_without_cells_has_a_header(client, file):
    assert rows(client, f"/download/{file}?study=edges") == []


def test_an_option_that_is_unknown_is_refused(client):
    answer = client.get("/download/evidence.csv?study=soramic&statistic=mode")
    assert answer.status_code == 400
    assert "“statistic” can be all, count" in answer.text


def test_no_file_of_a_disturbed_study_lists_patients(client, all_studies):
    study = all_studies.study("nct01900002")
    text = client.get("/download/evidence.csv?study=nct01900002").text
    assert not [name for name in study.patient_ids if name in text]
