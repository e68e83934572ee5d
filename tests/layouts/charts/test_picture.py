"""A figure that leaves the product carries what a reader of it must know."""

from __future__ import annotations

import json

import pytest

from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.charts.picture import WIDTH
from layouts.shared.theme import LIGHT
from layouts.survival.picture import export_figure
from layouts.survival.words import cautions

QUERIES = (
    "study=soramic",
    "study=soramic&bclc=c&pvi=yes&endpoint=ttp",
    "study=nct01900002&by=tnm",
    "study=edges&by=marker",
    "study=edges&age=200..300",
    "study=edges&by=many&unit=days",
    "study=edges&by=none&age=45..45",
)


def words(exported: dict) -> str:
    texts = [one["text"] for one in exported["figure"]["layout"]["annotations"]]
    return " ".join(texts).replace("\u00a0", " ").replace("<br>", " ")


def test_n_cohort_test_and_provenance_are_inside(views):
    said = words(export_figure(views("study=soramic&bclc=c"), {}, "svg"))
    for part in (
        "<b>Progression-free survival by Treatment arm</b>",
        "SORAMIC substudy · all analysed · BCLC C · n = 126",
        "RE + sorafenib: n = ",
        "Sorafenib: n = ",
        "median ",
        "95 % CI ",
        "Log-rank p = ",
        "Illustrative: the paper does not publish this combination.",
        "Kaplan–Meier, 95 % CI by Greenwood, log transform (as R survfit)",
        "<b>Reconstructed from published tables — not patient records; see the page Evidence</b>",
    ):
        assert part in said, part


@pytest.mark.parametrize("query", QUERIES)
def test_every_caution_and_the_size_are_inside(views, query):
    context = views(query)
    exported = export_figure(context, {}, "png")
    said = words(exported)
    for caution in cautions(context):
        assert caution in said
    assert f"n = {context.result.n}" in said
    assert "not patient records" in said
    assert json.loads(json.dumps(exported, allow_nan=False)) == exported


@pytest.mark.parametrize("query", QUERIES)
def test_every_line_has_room(views, query):
    """Nothing is longer than the picture is wide, and the lines fit above and below the curves."""
    exported = export_figure(views(query), {}, "svg")
    layout = exported["figure"]["layout"]
    margin = layout["margin"]
    placed = [one for one in layout["annotations"] if one.get("yref") == "paper"]
    above = [one for one in placed if one["y"] == 1 and one.get("yanchor") == "top"]
    below = [one for one in placed if one["y"] == 0]
    # Title, cohort and finding; method and provenance.
    assert len(above) >= 3
    assert len(below) >= 2
    for one in above:
        assert 0 <= one["yshift"] <= margin["t"]
    for one in below:
        assert -one["yshift"] + one["font"]["size"] <= margin["b"]
    for one in above + below:
        assert len(one["text"]) <= 160 + len("<b></b>")
    heights = [one["yshift"] for one in above]
    assert heights == sorted(set(heights), reverse=True)


def test_the_file_is_named_after_what_it_shows(views):
    exported = export_figure(views("study=soramic&endpoint=os"), {}, "png")
    assert exported["name"] == "soramic-survival-os-reconstructed"
    assert (exported["kind"], exported["width"]) == ("png", WIDTH)
    assert export_figure(views("study=edges"), {}, "svg")["name"] == "edges-survival-os"


def test_the_exported_curves_are_those_of_the_screen(views):
    context = views("study=soramic")
    screen = km_figure(
        context.result,
        names=context.group_names,
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=context.origin,
        options=context.options,
        theme=LIGHT,
        frame=Frame(),
    )
    exported = export_figure(context, {}, "svg")["figure"]
    assert len(exported["data"]) == len(screen["data"])
    for ours, theirs in zip(exported["data"], screen["data"], strict=True):
        assert ours["name"] == theirs["name"]
        if ours["name"] != "Risk table":
            assert (ours["x"], ours["y"]) == (theirs["x"], theirs["y"])


def test_an_export_is_on_white_and_of_fixed_size(views):
    layout = export_figure(views("study=soramic"), {}, "svg")["figure"]["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "#ffffff"
    assert layout["width"] == WIDTH
    assert layout["height"] > 560
