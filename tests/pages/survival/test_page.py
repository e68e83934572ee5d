"""The Survival page's callbacks over the server's own address, and what a failure looks like."""

from __future__ import annotations

import json
import logging

import pytest

import app as application
import callbacks.curves
from callbacks.page import csv_links
from layouts.frame.shell import shown_id
from layouts.survival.words import sentence
from settings import Settings
from tests.callbacks.asking import ask, pattern
from tests.views import footnote

FILES = ("km.csv", "survival-summary.csv", "logrank.csv")
CSV = csv_links("survival")
CSV_IDS = {pattern(CSV, "id"): [(CSV | {"file": file}, CSV | {"file": file}) for file in FILES]}


def request(search: str, **more) -> dict:
    return {
        "pathname": "/survival",
        "search": search,
        "theme": "light",
        "screen": "standard",
    } | more


def show(app, client, data) -> dict | None:
    inputs = {"survival-request.data": data}
    return ask(app, client, "survival-graph.figure", inputs, CSV_IDS)


@pytest.mark.parametrize(
    "query", ["study=soramic&bclc=c", "study=edges&age=200..300", "study=edges&by=none&age=45..45"]
)
def test_one_answer_carries_figure_sentence_numbers_and_footnote(dash_app, client, views, query):
    answer = show(dash_app, client, request(f"?{query}"))
    context = views(query)
    assert answer["survival-sentence"]["children"] == sentence(context)
    assert answer["survival-footnote"]["children"] == footnote(context)
    assert bool(answer["survival-graph"]["figure"]["data"]) == bool(context.result.n)
    assert answer["survival-graph"]["style"]["height"].endswith("px")
    assert answer[shown_id("survival")]["data"] == {"search": f"?{query}"}


def test_the_files_are_those_of_the_view(dash_app, client):
    answer = show(dash_app, client, request("?study=soramic&bclc=c&ci=plain"))
    hrefs = {one["href"] for key, one in answer.items() if "csv" in key}
    assert hrefs == {f"/download/{file}?study=soramic&bclc=c&ci=plain" for file in FILES}
    for href in hrefs:
        assert client.get(href).status_code == 200


@pytest.mark.parametrize("data", [None, {}])
def test_no_request_no_answer(dash_app, client, data):
    assert show(dash_app, client, data) is None


def test_a_study_that_cannot_be_shown_is_not_answered_here(dash_app, client):
    assert show(dash_app, client, request("?study=broken")) is None


def test_the_theme_changes_colours_and_no_number(dash_app, client):
    light = show(dash_app, client, request("?study=soramic"))["survival-graph"]["figure"]
    dark = show(dash_app, client, request("?study=soramic", theme="dark"))
    dark = dark["survival-graph"]["figure"]
    for one, other in zip(light["data"], dark["data"], strict=True):
        assert (one["x"], one["y"]) == (other["x"], other["y"])
    assert light["data"][1]["line"]["color"] != dark["data"][1]["line"]["color"]


@pytest.mark.parametrize("screen", ["narrow", "standard", "tall"])
@pytest.mark.parametrize("present", ["", "&present=on"])
def test_each_screen_has_its_size(dash_app, client, screen, present):
    def size(search: str) -> float:
        answer = show(dash_app, client, request(search, screen=screen))
        return answer["survival-graph"]["figure"]["layout"]["font"]["size"]

    usual, this = size("?study=soramic"), size(f"?study=soramic{present}")
    if screen == "narrow" or not present:
        assert this == usual
    else:
        assert this > usual


def test_options_that_cannot_be_used_are_noted(dash_app, client):
    answer = show(dash_app, client, request("?study=soramic&ci=exact"))
    said = json.dumps(answer["survival-cautions"], ensure_ascii=False)
    assert "“ci” can be log, log-log, plain" in said


@pytest.fixture
def broken_analysis(monkeypatch, studies_dir):
    """An application whose analysis fails, with a patient's number in its message."""

    def fails(*_, **__):
        raise FloatingPointError("patient SECRET-7 has 4711 days")

    monkeypatch.setattr(callbacks.curves, "survival_by_group", fails)
    return application.create_app(Settings(studies_dir=studies_dir))


def test_a_failure_takes_the_place_of_the_figure(broken_analysis, caplog):
    client = broken_analysis.server.test_client()
    with caplog.at_level(logging.DEBUG):
        answer = show(broken_analysis, client, request("?study=soramic&bclc=c"))
    figure = answer["survival-graph"]["figure"]
    assert figure["data"] == []
    words = figure["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert words == "The survival curves could not be computed for this view."
    assert answer["survival-sentence"]["children"] == words
    numbers = json.dumps(answer["survival-numbers"])
    assert "could not be computed for this view" in numbers
    assert answer["survival-cautions"]["children"] == []
    assert answer["survival-footnote"]["children"] == ""
    assert {one["href"] for key, one in answer.items() if "csv" in key} == {"#"}
    # The answer is for these filters, so that the page does not wait for another one.
    assert answer[shown_id("survival")]["data"] == {"search": "?study=soramic&bclc=c"}


def test_a_failure_is_logged_by_its_type_and_never_by_its_values(broken_analysis, caplog):
    client = broken_analysis.server.test_client()
    with caplog.at_level(logging.DEBUG):
        show(broken_analysis, client, request("?study=soramic&bclc=c"))
    assert "FloatingPointError" in caplog.text
    for secret in ("SECRET", "4711", "bclc"):
        assert secret not in caplog.text


def test_the_data_table_is_filled_only_when_it_is_open(dash_app, client):
    data = {"survival-request.data": request("?study=edges&by=stage")}
    closed = ask(dash_app, client, "table-drawer-body", {"table-drawer.opened": False}, data)
    assert closed is None
    opened = ask(dash_app, client, "table-drawer-body", {"table-drawer.opened": True}, data)
    assert "At risk" in json.dumps(opened)


def test_the_witness_is_asked_only_when_its_panel_is_open(dash_app, client):
    data = {"survival-request.data": request("?study=edges&by=stage")}
    closed = ask(dash_app, client, "method-drawer-body", {"method-drawer.opened": False}, data)
    assert closed is None
    opened = ask(dash_app, client, "method-drawer-body", {"method-drawer.opened": True}, data)
    assert "Both agree." in json.dumps(opened)


@pytest.mark.parametrize("query", ["study=edges&age=200..300", "study=edges&endpoint=quiet"])
def test_the_method_of_an_awkward_view(dash_app, client, query):
    data = {"survival-request.data": request(f"?{query}")}
    opened = ask(dash_app, client, "method-drawer-body", {"method-drawer.opened": True}, data)
    words = json.dumps(opened, ensure_ascii=False)
    assert "Both agree." in words or "no patient in view" in words


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_an_export_carries_its_kind(dash_app, client, kind):
    answer = ask(
        dash_app,
        client,
        "survival-exported.data",
        {f"survival-{kind}.n_clicks": 1},
        {"survival-request.data": request("?study=soramic&show=weibull")},
    )
    exported = answer["survival-exported"]["data"]
    assert exported["kind"] == kind
    assert [one["name"] for one in exported["figure"]["data"]].count("Weibull fit") == 2


def test_nothing_is_exported_before_a_click(dash_app, client):
    state = {"survival-request.data": request("?study=soramic")}
    assert (
        ask(dash_app, client, "survival-exported.data", {"survival-svg.n_clicks": None}, state)
        is None
    )
