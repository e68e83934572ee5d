"""The Other trials page and the glossary over the server's own addresses."""

from __future__ import annotations

import csv
import io
import logging

import pytest

from tests.callbacks.asking import failing_app, view_of


def show(app, client, search: str, **more) -> dict:
    return view_of(app, client, f"/context{search}", **more)


def rows(client, query: str) -> list[dict]:
    answer = client.get(f"/download/context.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(
    "query",
    [
        "study=soramic",
        "study=nct01900002&endpoint=os&order=year",
        "study=edges&age=200..300",
        "study=edges&endpoint=quiet",
        "study=edges&age=45..45",
    ],
)
@pytest.mark.parametrize("screen", ["narrow", "tall"])
def test_one_answer_carries_all_of_the_page(dash_app, client, query, screen):
    answer = show(dash_app, client, f"?{query}", screen=screen)
    assert answer["places"]["context-sentence"]
    assert answer["places"]["context-footnote"]
    assert "data" in answer["figure"]
    assert answer["search"] == f"?{query}"


def test_an_unknown_option_is_said_on_the_page_and_refused_in_a_file(dash_app, client):
    answer = show(dash_app, client, "?study=soramic&order=luck")
    assert "“order” can be" in answer["places"]["context-cautions"]
    assert client.get("/download/context.csv?study=soramic&order=luck").status_code == 400


def test_a_failure_leaves_no_old_numbers(studies_dir, caplog):
    app = failing_app("context", studies_dir, "P17 had an event")
    with caplog.at_level(logging.ERROR):
        answer = show(app, app.server.test_client(), "?study=soramic")
    assert "could not be computed" in answer["places"]["context-sentence"]
    assert answer["places"]["context-table"] == ""
    assert answer["figure"]["data"] == []
    assert "P17" not in caplog.text


def test_the_file_holds_the_cohort_among_the_others(client, views):
    made = rows(client, "study=soramic&endpoint=os")
    own = [row for row in made if row["source"] == "this cohort"]
    groups = views("study=soramic&endpoint=os").result.groups
    assert {row["arm"]: float(row["median"]) for row in own} == {
        group.label: group.median.value / 30.4375 for group in groups
    }
    (sharp,) = (r for r in made if (r["study"], r["arm"]) == ("SHARP", "placebo"))
    assert (sharp["median"], sharp["lower"], sharp["n"]) == ("7.9", "NA", "NA")
    assert sharp["source"] == "quoted by the paper of NCT01900002"
    (trial,) = (r for r in made if r["study"] == "SORAMIC" and r["against"])
    assert [trial[c] for c in ("hazard_ratio", "hazard_ratio_lower", "p_value")] == [
        "1.01",
        "0.81",
        "0.953",
    ]
    words = "Reconstructed from published tables — not patient records"
    for row in made:
        if row["source"] == "this cohort":
            assert row["provenance"].startswith(words)
        else:
            # These rows are no pseudo-patients and must not say so.
            assert row["provenance"] == "Published by others; not from this study's patients"


def test_a_file_without_a_line_has_a_header(client):
    answer = client.get("/download/context.csv?study=edges&endpoint=quiet&age=200..300")
    assert answer.text.count("\n") == 1
    assert answer.text.startswith("source,study,year")


# ---- glossary


@pytest.mark.parametrize(
    ("query", "held", "missing"),
    [
        ("?study=soramic", "Endpoints of SORAMIC substudy", "Endpoints of Edge study"),
        ("?study=edges", "Endpoints of Edge study", "Endpoints of SORAMIC substudy"),
        ("", "Endpoints of NCT01900002", "Endpoints of SORAMIC substudy"),
        ("?study=nowhere", "Endpoints of NCT01900002", "nowhere"),
        ("?study=broken", "Hazard ratio", "Endpoints of"),
    ],
)
def test_the_glossary_is_of_the_study_on_screen(client, query, held, missing):
    answer = client.get(f"/glossary{query}")
    assert answer.status_code == 200
    assert "Kaplan–Meier" in answer.text
    assert held in answer.text
    assert missing not in answer.text
