"""The Response page over the server's own address, and its files."""

from __future__ import annotations

import io
import logging

import numpy as np
import pandas as pd
import pytest
from lifelines.statistics import logrank_test

import app as application
from callbacks.response.page import SERVED
from settings import Settings
from tests.callbacks.asking import failing_app, view_of
from tests.studies.responses import write_responses

PANELS = [name.removesuffix(".csv") for name in SERVED.files]
VIEWS = ("best", "depth", "course", "by", "landmark")
QUERIES = (
    "study=soramic",
    "study=soramic&bclc=c&ci=plain",
    "study=nct01900002",
    "study=nct01900002&set=enrolled",
    "study=lanes",
    "study=lanes&age=90..99",
    "study=lanes&age=47..47",
    "study=soramic&endpoint=pps",
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An application over the shipped studies and two small ones."""
    root = write_responses(tmp_path_factory.mktemp("own"))
    return application.create_app(Settings(studies_dir=root))


@pytest.fixture(scope="module")
def client(own):
    return own.server.test_client()


def show(app, client, search: str, **more) -> dict:
    return view_of(app, client, f"/response{search}", **more)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["study=soramic", "study=nct01900002", "study=lanes"])
@pytest.mark.parametrize("screen", ["standard", "narrow", "tall"])
def test_one_answer_carries_all_of_a_part(own, client, query, view, screen):
    answer = show(own, client, f"?{query}&view={view}", screen=screen)
    assert answer["places"]["response-sentence"]
    assert answer["classes"]["response-body"].startswith(f"response {view}")
    assert answer["search"] == f"?{query}&view={view}"
    assert "could not" not in str(answer)


def test_only_the_shown_part_is_computed(own, client):
    best = show(own, client, "?study=soramic")
    assert "<table" in best["places"]["response-side"]
    assert best["places"]["response-below"] == ""
    assert best["places"]["response-numbers"] == ""
    by = show(own, client, "?study=soramic&view=by&by=none")
    assert by["places"]["response-side"] == ""
    assert "20 variables looked at" in by["places"]["response-looks"]


def test_notes_stand_with_the_cautions(own, client):
    answer = show(own, client, "?study=soramic&month=soon")
    assert "“month” is a number" in answer["places"]["response-cautions"]


def test_a_failure_leaves_no_old_numbers_and_logs_no_value(studies_dir, caplog):
    app = failing_app("response", studies_dir, "P17 responded")
    with caplog.at_level(logging.ERROR):
        answer = show(app, app.server.test_client(), "?study=soramic")
    assert "could not be computed" in answer["places"]["response-sentence"]
    assert answer["figure"]["data"] == []
    assert answer["places"]["response-side"] == ""
    assert "P17" not in caplog.text


def fetch(client, panel: str, query: str) -> pd.DataFrame:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return pd.read_csv(io.StringIO(answer.text), float_precision="round_trip")


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_file_of_every_view(client, panel, query):
    if panel == "waterfall" and "nct" in query:
        return
    table = fetch(client, panel, query)
    assert table.columns[-1] == "provenance"
    assert "patient" not in table.columns


def test_columns_of_the_files(client):
    assert list(fetch(client, "response-categories", "study=soramic").columns) == [
        "category",
        "group",
        "n",
        "N",
        "percent",
        "lower",
        "upper",
        "percent_across_low",
        "percent_across_high",
        "percent_across_n",
        "provenance",
    ]
    assert list(fetch(client, "waterfall", "study=soramic").columns) == [
        "rank",
        "percent",
        "category",
        "provenance",
    ]
    assert {"variable", "level", "n", "N", "fisher_p"} <= set(
        fetch(client, "response-by", "study=soramic").columns
    )


def test_the_counts_come_back(client):
    table = fetch(client, "response-categories", "study=lanes").set_index(["category", "group"])
    assert table.loc[("Objective response", "All patients"), ["n", "N"]].tolist() == [3, 8]
    assert table.loc[("Missing", "Arm B"), ["n", "N", "percent"]].tolist() == [1, 4, 25]
    whole = table.xs("All patients", level="group")
    assert whole.loc[["CR", "PR", "SD", "PD", "Off study", "Missing"], "n"].sum() == 8


def test_the_waterfall_holds_no_patient(client):
    answer = client.get("/download/waterfall.csv?study=lanes")
    rows = [line.split(",")[:3] for line in answer.text.splitlines()[1:]]
    assert rows == [
        ["1", "30.0", "PD"],
        ["2", "5.0", "SD"],
        ["3", "-30.0", "PR"],
        ["4", "-45.0", "PR"],
        ["5", "-100.0", "CR"],
    ]
    for patient in range(1, 9):
        assert f"P{patient}," not in answer.text


@pytest.mark.parametrize("study", ["nct01900002", "guarded"])
def test_no_row_for_each_patient_where_the_study_forbids_it(client, study):
    answer = client.get(f"/download/waterfall.csv?study={study}")
    assert answer.status_code == 400
    assert "is disclosure-controlled: no chart has a mark, and no file a row" in answer.text


def test_a_file_refuses_what_a_page_would_note(client):
    for panel in PANELS:
        assert client.get(f"/download/{panel}.csv?study=soramic&month=soon").status_code == 400
        assert client.get(f"/download/{panel}.csv?study=soramic&view=luck").status_code == 400


def test_time_to_response(client):
    table = fetch(client, "time-to-response", "study=lanes").set_index("group")
    assert table.loc["Arm A", ["responders", "n", "median"]].tolist() == [2, 2, 3.5]
    assert table.loc["Arm B", ["responders", "n"]].tolist() == [1, 0]


def test_the_landmark_of_the_small_study(client):
    """Month 3 is day 91: P1 had responded, P2 not yet; P5 is in no group."""
    table = fetch(client, "response-survival", "study=lanes&month=3")
    assert set(table["landmark_days"]) == {91}
    first = table.groupby("group")["n_risk"].first()
    assert first.to_dict() == {"No response": 4, "Response": 1}


@pytest.mark.parametrize("month", ["", "4", "9"])
@pytest.mark.parametrize("endpoint", ["os", "pfs"])
def test_the_log_rank_test_is_that_of_lifelines(client, all_studies, month, endpoint):
    """Groups made here anew from the columns, tested by lifelines."""
    study = all_studies.study("soramic")
    day = round(float(month) * 30.4375) if month else 112
    outcome = study.outcomes[endpoint]
    when = np.round(study.numbers["time-to-response-months"] * 30.4375)
    responded = np.isin(study.codes["best-response"], [0, 1]) & (when <= day)
    still = outcome.time > day
    query = f"study=soramic&endpoint={endpoint}" + (f"&month={month}" if month else "")
    table = fetch(client, "response-survival", query)
    counted = table.groupby("group")["n_risk"].first()
    assert counted["Response"] == (still & responded).sum()
    assert counted["No response"] == (still & ~responded).sum()
    a, b = still & responded, still & ~responded
    expected = logrank_test(
        outcome.time[a] - day, outcome.time[b] - day, outcome.event[a], outcome.event[b]
    )
    assert table["log_rank_p"].iloc[0] == pytest.approx(expected.p_value, rel=1e-9)


def test_a_recorded_assessment_needs_its_day(client, all_studies):
    """Without days of response the groups are those of the assessment at week 16."""
    study = all_studies.study("nct01900002")
    outcome = study.outcomes["os"]
    treated = study.codes["arm"] == 0
    still = treated & (outcome.time > 112)
    table = fetch(client, "response-survival", "study=nct01900002&endpoint=os")
    counted = table.groupby("group")["n_risk"].first()
    partial = study.codes["response-week16"] == 0
    assert counted.to_dict() == {
        "No response": (still & ~partial).sum(),
        "Response": (still & partial).sum(),
    }
