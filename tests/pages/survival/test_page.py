"""The Survival page's callbacks over the server's own address, and what a failure looks like."""

from __future__ import annotations

import logging

import pytest

import app as application
import callbacks.curves
from layouts.survival.words import sentence
from settings import Settings
from tests.callbacks.asking import drawer_of, picture_of, view_of
from tests.trees import parsed, text
from tests.views import footnote

FILES = ("km.csv", "survival-summary.csv", "logrank.csv")


def show(app, client, search: str, **more) -> dict:
    return view_of(app, client, f"/survival{search}", **more)


@pytest.mark.parametrize(
    "query", ["study=soramic&bclc=c", "study=edges&age=200..300", "study=edges&by=none&age=45..45"]
)
def test_one_answer_carries_figure_sentence_numbers_and_footnote(dash_app, client, views, query):
    answer = show(dash_app, client, f"?{query}")
    context = views(query)
    assert text(parsed(answer["places"]["survival-sentence"])) == sentence(context)
    assert text(parsed(answer["places"]["survival-footnote"])) == footnote(context)
    assert bool(answer["figure"]["data"]) == bool(context.result.n)
    assert answer["figure"]["layout"]["height"] > 0
    assert answer["search"] == f"?{query}"


def test_the_files_are_those_of_the_view(dash_app, client):
    links = show(dash_app, client, "?study=soramic&bclc=c&ci=plain")["links"]
    query = "?study=soramic&bclc=c&ci=plain"
    files = {file: f"/download/{file}{query}" for file in FILES}
    assert links == files | {"words": f"/words/survival{query}"}
    for href in links.values():
        assert client.get(href).status_code == 200


def test_the_theme_changes_colours_and_no_number(dash_app, client):
    light = show(dash_app, client, "?study=soramic")["figure"]
    dark = show(dash_app, client, "?study=soramic", theme="dark")["figure"]
    for one, other in zip(light["data"], dark["data"], strict=True):
        assert (one["x"], one["y"]) == (other["x"], other["y"])
    assert light["data"][1]["line"]["color"] != dark["data"][1]["line"]["color"]


@pytest.mark.parametrize("screen", ["narrow", "standard", "tall"])
@pytest.mark.parametrize("present", ["", "&present=on"])
def test_each_screen_has_its_size(dash_app, client, screen, present):
    def size(search: str) -> float:
        answer = show(dash_app, client, search, screen=screen)
        return answer["figure"]["layout"]["font"]["size"]

    usual, this = size("?study=soramic"), size(f"?study=soramic{present}")
    if screen == "narrow" or not present:
        assert this == usual
    else:
        assert this > usual


def test_options_that_cannot_be_used_are_noted(dash_app, client):
    said = show(dash_app, client, "?study=soramic&ci=exact")["places"]["survival-cautions"]
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
        answer = show(broken_analysis, client, "?study=soramic&bclc=c")
    figure = answer["figure"]
    assert figure["data"] == []
    words = figure["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert words == "The survival curves could not be computed for this view."
    assert answer["places"]["survival-sentence"] == words
    assert "could not be computed for this view" in answer["places"]["survival-numbers"]
    assert answer["places"]["survival-cautions"] == ""
    assert answer["places"]["survival-footnote"] == ""
    assert set(answer["links"].values()) == {"#"}
    # The answer is for these filters, so that the page does not wait for another one.
    assert answer["search"] == "?study=soramic&bclc=c"


def test_a_failure_is_logged_by_its_type_and_never_by_its_values(broken_analysis, caplog):
    client = broken_analysis.server.test_client()
    with caplog.at_level(logging.DEBUG):
        show(broken_analysis, client, "?study=soramic&bclc=c")
    assert "FloatingPointError" in caplog.text
    for secret in ("SECRET", "4711", "bclc"):
        assert secret not in caplog.text


def test_tables_and_witness_are_not_in_the_answer_before_a_drawer_is_opened(dash_app, client):
    """They cost more than the page."""
    answer = show(dash_app, client, "?study=edges&by=stage")
    assert "Both agree." not in str(answer)
    address = "/survival?study=edges&by=stage"
    assert "At risk" in drawer_of(dash_app, client, address, "table")["body"]
    assert "Both agree." in drawer_of(dash_app, client, address, "method")["body"]


@pytest.mark.parametrize("query", ["study=edges&age=200..300", "study=edges&endpoint=quiet"])
def test_the_method_of_an_awkward_view(dash_app, client, query):
    words = drawer_of(dash_app, client, f"/survival?{query}", "method")["body"]
    assert "Both agree." in words or "no patient in view" in words


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_an_export_carries_its_kind(dash_app, client, kind):
    exported = picture_of(dash_app, client, "/survival?study=soramic&show=weibull", kind)
    assert exported["kind"] == kind
    assert [one["name"] for one in exported["figure"]["data"]].count("Weibull fit") == 2
