"""Dosimetry over the server's own address, and its files."""

from __future__ import annotations

import io
import logging
import re

import pandas as pd
import pytest

import app as application
from callbacks.dosimetry.page import SERVED
from callbacks.dosimetry.rows import (
    ACTIVITY_COLUMNS,
    DOSE_COLUMNS,
    SURVIVAL_COLUMNS,
    THRESHOLD_COLUMNS,
    TOXICITY_COLUMNS,
)
from data.catalog import load_catalog
from layouts.dosimetry.activity import WARNING
from layouts.dosimetry.page import DOWNLOADS
from layouts.dosimetry.words import sentence
from settings import Settings
from tests.callbacks.asking import failing_app, view_of
from tests.studies.doses import write_doses
from tests.trees import Element, named, parsed, text, with_prop
from tests.views import PageViews

NCT = "study=nct01900002"
COLUMNS = {
    "dosimetry": DOSE_COLUMNS,
    "dose-response": THRESHOLD_COLUMNS,
    "dose-survival": SURVIVAL_COLUMNS,
    "dose-toxicity": TOXICITY_COLUMNS,
    "activity": ACTIVITY_COLUMNS,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An application over the shipped studies and the small one with doses."""
    root = write_doses(tmp_path_factory.mktemp("doses"))
    return application.create_app(Settings(studies_dir=root))


@pytest.fixture(scope="module")
def reader(server):
    return server.server.test_client()


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    return PageViews(load_catalog(write_doses(tmp_path_factory.mktemp("doses"))))


def show(server, reader, search: str) -> dict:
    return view_of(server, reader, f"/dosimetry{search}")


def fitted(answer: dict, name: str) -> Element:
    """A control of the dose that is shown."""
    (found,) = with_prop(parsed(answer["places"]["dosimetry-fitted"]), "data-control", name)
    return found


@pytest.mark.parametrize("view", ["agreement", "response", "survival", "toxicity"])
@pytest.mark.parametrize("study", ["nct01900002", "doses"])
def test_one_answer_carries_all_of_a_view(server, reader, study, view):
    answer = show(server, reader, f"?study={study}&view={view}")
    assert answer["places"]["dosimetry-sentence"]
    assert answer["classes"]["dosimetry-body"] == f"dosimetry view-{view}"
    assert answer["figure"]["data"]
    assert "<table" in answer["places"]["dosimetry-side"]
    assert answer["places"]["activity-glass"] == ""
    choices = named(fitted(answer, "compartment"), "option")
    assert choices
    assert all(choice["value"] and text(choice) for choice in choices)
    assert float(fitted(answer, "threshold")["max"]) > 0
    looked_at = answer["data"]["dosimetry-looks"]
    assert bool(looked_at) == (view in ("response", "survival"))


def test_the_calculators_answer_without_doses(server, reader):
    answer = show(server, reader, "?study=soramic&activity-mass=2")
    # 120 Gy in 2 kg with a shunt of 8 %.
    assert ">5.22 GBq<" in answer["places"]["activity-glass"]
    assert answer["places"]["dosimetry-fitted"] == answer["places"]["dosimetry-threshold"] == ""
    assert answer["figure"]["data"] == []


def test_a_bad_option_is_noted_on_the_page(server, reader):
    answer = show(server, reader, f"?{NCT}&view=response&threshold=1")
    assert "160 Gy is used" in answer["places"]["dosimetry-cautions"]


@pytest.mark.parametrize(
    "query",
    [
        "view=response&threshold=1",
        "view=survival&compartment=uptake-ratio&threshold=400",
        "view=response&compartment=treated-liver",
        "compartment=lung-shunt",
        "view=doses",
    ],
)
def test_the_files_of_the_page_are_those_of_what_it_shows(server, reader, query):
    answer = show(server, reader, f"?{NCT}&{query}")
    assert answer["places"]["dosimetry-cautions"].count("<p>") > 1
    view = answer["classes"]["dosimetry-body"].rpartition("view-")[2]
    (file,) = [file for file, (_, shown_in) in DOWNLOADS.items() if shown_in == view]
    assert reader.get(answer["links"][file]).status_code == 200


def test_the_estimates_offered_are_those_of_the_dose(server, reader):
    answer = show(server, reader, f"?{NCT}&view=survival&compartment=lung-shunt")
    (offered,) = named(fitted(answer, "estimate"), "label")
    (choice,) = named(offered, "input")
    assert (choice["value"], text(offered)) == ("planned", "Planned")


def test_a_failure_leaves_no_old_numbers_and_logs_no_value(tmp_path, caplog):
    app = failing_app("dosimetry", write_doses(tmp_path), "P17 had 80 Gy")
    with caplog.at_level(logging.ERROR):
        answer = show(app, app.server.test_client(), f"?{NCT}")
    assert "could not be computed" in answer["places"]["dosimetry-sentence"]
    assert answer["places"]["dosimetry-side"] == ""
    assert answer["data"]["dosimetry-looks"] is None
    assert "RuntimeError" in caplog.text
    assert "80 Gy" not in caplog.text


def fetch(reader, panel: str, query: str) -> pd.DataFrame:
    answer = reader.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return pd.read_csv(io.StringIO(answer.text), float_precision="round_trip")


def test_the_page_links_every_file():
    assert set(SERVED.files) == set(DOWNLOADS)


@pytest.mark.parametrize("panel", list(COLUMNS))
@pytest.mark.parametrize("query", [NCT, "study=soramic", "study=doses", "study=doses&age=200..300"])
def test_a_file_has_its_columns_in_every_state(reader, panel, query):
    table = fetch(reader, panel, query)
    # The calculators bring a provenance of their own.
    own = [name for name in COLUMNS[panel] if name != "provenance"]
    assert list(table.columns) == [*own, "provenance"]
    if query == "study=soramic" and panel != "activity":
        assert len(table) == 0


def test_the_summary_comes_back(reader, views):
    table = fetch(reader, "dosimetry", f"{NCT}&view=survival")
    summaries = views("dosimetry", NCT).summaries
    assert len(table) == len(summaries) == 9
    for row, one in zip(table.to_dict("records"), summaries, strict=True):
        assert (row["compartment"], row["planned_or_delivered"]) == (one.dose.label, one.estimate)
        assert (row["n"], row["missing"]) == (one.n, one.missing)
        numbers = [row[name] for name in ("mean", "sd", "median", "min", "max")]
        assert numbers == [one.mean, one.sd, one.median, one.smallest, one.largest]


def test_thresholds_are_every_dose_where_single_patients_may_be_shown(reader):
    table = fetch(reader, "dose-response", "study=doses")
    assert table["threshold"].tolist() == [30, 40, 60, 90, 120, 140]
    row = table[table["threshold"] == 90].iloc[0]
    assert [row[name] for name in THRESHOLD_COLUMNS[3:7]] == [3, 0, 0, 3]
    assert (row["sensitivity"], row["specificity"]) == (1, 1)


def test_thresholds_are_steps_where_single_patients_may_not(reader, views):
    table = fetch(reader, "dose-response", NCT)
    scale = views("dosimetry", f"{NCT}&view=response").options.thresholds
    assert set(table["threshold"].diff().dropna().round(6)) == {scale.step}
    assert (table["threshold"] % 10 == 0).all()
    totals = table[list(THRESHOLD_COLUMNS[3:7])].sum(axis=1)
    assert set(totals) == {53}


def test_no_file_names_a_patient_or_has_a_row_for_each(reader, views):
    study = views.catalog.study("nct01900002")
    for panel in COLUMNS:
        text = reader.get(f"/download/{panel}.csv?{NCT}").text
        assert not [one for one in study.patient_ids if re.search(rf"\b{one}\b", text)]
        assert len(text.splitlines()) not in (35, 39, 54)
    table = fetch(reader, "dose-toxicity", NCT)
    assert table["n"].tolist() == [12, 15, 6, 1]
    assert table["median"].isna().tolist() == [False, False, False, True]


def test_the_tests_of_a_threshold_come_back(reader, views):
    query = "study=doses&view=survival&compartment=spot&threshold=60"
    table = fetch(reader, "dose-survival", query)
    found = views("dosimetry", query).result
    assert table["group"].tolist() == ["below", "at or above"]
    assert table["n"].tolist() == [3, 3]
    assert set(table["p_adjusted"]) == {found.selected.adjusted(60)}
    assert set(table["p_value"]) == {found.groups.test.p_value}


@pytest.mark.parametrize("threshold", [60, 70, 80])
def test_a_threshold_that_leaves_too_few_below_is_not_adjusted(reader, views, threshold):
    query = f"{NCT}&view=survival&endpoint=os&threshold={threshold}"
    table = fetch(reader, "dose-survival", query)
    assert table["n"].iloc[0] < 3
    assert table["p_adjusted"].isna().all()
    assert "adjusted for all thresholds" not in sentence(views("dosimetry", query))


def test_the_calculators_as_a_file(reader):
    table = fetch(reader, "activity", "study=doses&activity-dose=100&activity-shunt=0")
    glass = table[table["method"] == "glass"].set_index("quantity")["value"]
    assert glass["Treated-liver dose"] == 100
    assert glass["Activity"] == pytest.approx(100 * 1.2 / 50)


def test_the_calculators_file_says_that_it_is_no_plan_and_no_studys_numbers(reader):
    table = fetch(reader, "activity", NCT)
    assert set(table["note"]) == {WARNING}
    assert table["note"].str.startswith("Not for treatment planning").all()
    origin = table.set_index(["method", "quantity"])["provenance"]
    assert origin["glass", "Treated-liver mass"] == "Entered by the reader"
    assert origin["resin", "Share of liver treated"] == "Entered by the reader"
    assert origin["resin", "Activity"] == "Computed from what the reader entered"
    assert not table["provenance"].str.contains("Reconstructed").any()
    assert fetch(reader, "dosimetry", NCT)["provenance"].str.startswith("Reconstructed").all()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("activity.csv?study=soramic&activity-mass=heavy", "“heavy” is not a number"),
        ("dose-response.csv?study=nct01900002&threshold=9", "is a number from 40 to 680"),
        ("dosimetry.csv?study=nct01900002&compartment=spleen", "“spleen” was dropped"),
        ("dosimetry.csv?study=soramic&pages=2", "“pages” is nothing this page"),
    ],
)
def test_a_bad_address_is_refused_with_a_sentence(reader, address, words):
    answer = reader.get(f"/download/{address}")
    assert answer.status_code == 400
    assert words in answer.text
