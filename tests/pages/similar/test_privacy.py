"""What describes a patient: in no address, log or file name unless the reader shares it."""

from __future__ import annotations

import json
import logging

import pytest

import app as application
from settings import read_settings
from tests.callbacks.asking import body, failing_app, picture_of, view_of
from tests.pages.similar.test_cohorts import CASE


def test_beside_the_address_it_is_answered_and_stands_in_no_link(dash_app, client):
    answer = view_of(dash_app, client, "/patient?study=soramic", beside=CASE)
    assert answer["beside"] == CASE
    assert answer["places"]["patient-sentence"].startswith("69 patients are like yours")
    assert answer["links"] == {
        "similar.csv": "/download/similar.csv?study=soramic",
        "words": "/words/patient?study=soramic",
    }
    around = json.dumps([answer["frame"], answer["present"], answer["links"]])
    assert "mine" not in answer["present"]["href"]
    assert "age-years.67" not in around
    shared = view_of(dash_app, client, f"/patient?study=soramic&{CASE}")
    assert shared["places"]["patient-sentence"] == answer["places"]["patient-sentence"]


def test_a_posted_file_is_that_of_the_link(client):
    posted = client.post("/download/similar.csv", data={"query": f"?study=soramic&{CASE}"})
    assert posted.status_code == 200
    assert posted.text == client.get(f"/download/similar.csv?study=soramic&{CASE}").text
    assert "67" not in posted.headers["Content-Disposition"]
    words = client.post("/words/patient", data={"query": f"?study=soramic&{CASE}"})
    assert words.text.startswith("69 patients are like yours")


def test_other_pages_take_nothing_that_stands_beside(dash_app, client):
    plain = view_of(dash_app, client, "/survival?study=soramic")
    beside = view_of(dash_app, client, "/survival?study=soramic", beside="mine=bclc.c&by=none")
    assert plain["places"] == beside["places"]


@pytest.mark.parametrize("beside", ["mine=%%%", "mine", "=", "mine=" + "x" * 9000, "study=nowhere"])
def test_nonsense_beside_the_address_is_answered(dash_app, client, beside):
    assert view_of(dash_app, client, "/patient?study=soramic", beside=beside)["page"] == "patient"


def test_no_log_holds_the_patient(tmp_path, caplog):
    environ = {"AUDIT_LOG": str(tmp_path / "audit.jsonl")}
    app = application.create_app(read_settings(environ))
    client = app.server.test_client()
    with caplog.at_level(logging.DEBUG):
        for search, beside in (("?study=soramic", CASE), (f"?study=soramic&{CASE}", "")):
            data = {"pathname": "/patient", "search": search, "beside": beside, "wanted": "svg"}
            for what in ("view", "picture"):
                asked = body(app, f"{what}-answer.data", {f"{what}-request.data": data})
                assert client.post("/_dash-update-component", json=asked).status_code == 200
            query = f"{search}&{beside}".rstrip("&")
            client.get(f"/words/patient{query}")
            client.post("/download/similar.csv", data={"query": query})
    lines = (tmp_path / "audit.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(one)["page"] for one in lines] == ["patient"] * 8
    assert {json.loads(one)["cohort"] for one in lines} == {"?study=soramic"}
    written = "\n".join([*lines, caplog.text])
    assert not any(word in written for word in ("age-years", "hepatitis", "child-pugh"))


def test_a_failure_says_so_and_no_log_holds_the_patient(studies_dir, caplog):
    app = failing_app("patient", studies_dir, "67 years")
    answer = view_of(app, app.server.test_client(), "/patient?study=soramic", beside=CASE)
    assert "could not be computed" in answer["places"]["patient-sentence"]
    assert answer["figure"]["data"] == []
    assert "67" not in caplog.text


def test_the_picture_has_the_words_and_a_name_without_the_patient(dash_app, client):
    made = picture_of(dash_app, client, f"/patient?study=soramic&{CASE}", "svg")
    assert made["name"] == "soramic-patient-reconstructed"
    assert "no prediction for one patient" in json.dumps(made, ensure_ascii=False)
