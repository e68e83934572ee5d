"""Survival given that a patient has come so far: against R, on the page, in the file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from callbacks.survival.page import words
from data.catalog import load_catalog
from tests.callbacks.asking import view_of
from tests.views import Views

ROOT = Path(__file__).parents[3]
GOLDEN = json.loads((ROOT / "tests" / "golden" / "given.json").read_text("utf-8"))
TOML = """\
id = "lung"
title = "Lung"
design = "Public data."
question = "How long?"
citation = "R survival."
provenance = "simulated"

[patients]
file = "patients.csv"
numbered = true

[[endpoints]]
id = "os"
label = "OS"
name = "Overall survival"
event_name = "Death"
curve = "Alive"
unit = "days"
time = "time"
event = "event"

[[variables]]
column = "sex"
label = "Sex"
kind = "categorical"
group = "Patient"
levels = ["Male", "Female"]
"""


@pytest.fixture(scope="module")
def lung(tmp_path_factory) -> Views:
    """R's lung cancer data as a study."""
    folder = tmp_path_factory.mktemp("studies") / "lung"
    folder.mkdir()
    (folder / "study.toml").write_text(TOML, "utf-8")
    rows = (ROOT / "tests" / "golden" / "lung.csv").read_text("utf-8")
    (folder / "patients.csv").write_text(rows, "utf-8")
    catalog = load_catalog(folder.parent)
    assert catalog.study("lung") is not None, catalog.broken
    return Views(catalog, "survival")


@pytest.mark.parametrize("golden", GOLDEN["days"], ids=lambda one: str(one["day"]))
def test_it_is_survfit_of_those_at_risk_with_time_begun_anew(lung, golden):
    day = golden["day"]
    month = {92: "3.02", 183: "6", 365: "12"}[day]
    query = f"study=lung&by=sex&alive={month}&landmarks=6.0123"
    context = lung(query)
    assert context.landmark_days == day
    assert context.result.test.p_value == pytest.approx(golden["p"], abs=1e-9)
    for group in context.result.groups:
        wanted = golden[group.label]
        assert (group.n, group.events) == (wanted["n"], wanted["events"])
        assert group.curve.time.tolist() == wanted["time"]
        for name, key in (("survival", "surv"), ("lower", "lower"), ("upper", "upper")):
            expected = np.array(wanted[key], float)
            np.testing.assert_allclose(getattr(group.curve, name), expected, atol=1e-9)
        median = [group.median.value, group.median.lower, group.median.upper]
        np.testing.assert_allclose(median, np.array(wanted["median"], float), atol=1e-9)
        read = group.curve.at([183])
        found = [read.survival[0], read.lower[0], read.upper[0]]
        np.testing.assert_allclose(found, wanted["after"], atol=1e-9)


@pytest.mark.parametrize("golden", GOLDEN["days"], ids=lambda one: str(one["day"]))
def test_it_is_the_curve_from_the_start_divided_by_its_height_then(lung, golden):
    month = {92: "3.02", 183: "6", 365: "12"}[golden["day"]]
    curve = lung(f"study=lung&alive={month}").result.groups[0].curve
    np.testing.assert_allclose(curve.at(golden["start_time"]).survival, golden["start_surv"])


def test_what_is_said_and_what_the_file_holds(dash_app, client, views):
    query = "study=soramic&endpoint=os&alive=6"
    said = words(views(query))
    assert said.sentence.startswith("Given alive at 6 months, counted from then: median OS was")
    assert "still followed and alive at 6 months count" in said.cautions[1]
    assert "time begins anew on day 183" in said.method
    answer = view_of(dash_app, client, f"/survival?{query}")
    assert answer["values"]["alive"] == {"value": "6"}
    text = client.get(f"/download/survival-summary.csv?{query}").text
    assert {row["alive_at_months"] for row in csv.DictReader(io.StringIO(text))} == {"6.0"}


@pytest.mark.parametrize("given", ["-1", "soon", "601", "nan"])
def test_another_month_is_noted(dash_app, client, given):
    answer = view_of(dash_app, client, f"/survival?study=soramic&alive={given}")
    assert "“alive” is a month" in answer["places"]["survival-cautions"]


def test_nobody_is_left(views):
    assert (
        "Nobody in this cohort was still followed"
        in words(views("study=soramic&alive=300")).sentence
    )
