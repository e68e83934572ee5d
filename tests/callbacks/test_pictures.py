"""Every page saves its figure or its table, with cohort, words and provenance inside."""

from __future__ import annotations

import json

import pytest

from callbacks.pages import SERVED
from tests.callbacks.asking import picture_of
from tests.drawings import words

PICTURES = [
    ("arms", "?study=soramic&endpoint=os&bclc=c", "soramic-arms-os-bclc-c-reconstructed", 126),
    ("arms", "?study=soramic&show=balance", "soramic-arms-pfs-reconstructed", 177),
    ("arms", "?study=soramic&show=competing", "soramic-arms-reconstructed", 177),
    ("response", "?study=soramic", "soramic-response-reconstructed", 177),
    ("response", "?study=nct01900002&view=landmark", None, 34),
    ("dosimetry", "?study=nct01900002", "nct01900002-dosimetry-reconstructed", 34),
    ("context", "?study=soramic", "soramic-context-pfs-reconstructed", 177),
]


@pytest.mark.parametrize(("page", "search", "name", "n"), PICTURES)
@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_says_what_it_shows(dash_app, client, page, search, name, n, kind):
    exported = picture_of(dash_app, client, f"/{page}{search}", kind)
    layout = exported["figure"]["layout"]
    said = " ".join(one["text"] for one in layout["annotations"]).replace("\u00a0", " ")
    assert f"n = {n}" in said
    assert "<b>Reconstructed from published tables — not patient records; see" in said
    # Once, in the words of what has left the page; "Other trials" has it in its figure, too.
    assert said.count("not patient records") == (2 if page == "context" else 1)
    assert exported["kind"] == kind
    assert name in (None, exported["name"])
    assert layout["font"]["family"].startswith("Inter,")
    assert exported["figure"]["data"]
    assert json.loads(json.dumps(exported, allow_nan=False)) == exported
    margin = layout["margin"]
    lowest = max(
        -one["yshift"]
        for one in layout["annotations"]
        if one.get("yref") == "paper" and one["y"] == 0 and "yshift" in one
    )
    assert lowest <= margin["b"]
    assert margin["t"] + margin["b"] < exported["height"]


@pytest.mark.parametrize(
    ("page", "search", "name"),
    [
        ("overview", "?study=soramic&bclc=c", "soramic-overview-bclc-c-reconstructed"),
        ("subgroups", "?study=soramic", "soramic-subgroups-pfs-reconstructed"),
        ("prognostic", "?study=soramic", "soramic-prognostic-pfs-reconstructed"),
        ("safety", "?study=nct01900002", "nct01900002-safety-reconstructed"),
        ("evidence", "?study=soramic", "soramic-evidence-reconstructed"),
        ("response", "?study=soramic&view=by", "soramic-response-reconstructed"),
        ("dosimetry", "?study=nct01900002&view=activity", "nct01900002-dosimetry-reconstructed"),
    ],
)
def test_a_table_is_saved_as_a_drawing(dash_app, client, page, search, name):
    exported = picture_of(dash_app, client, f"/{page}{search}", "png")
    assert (exported["kind"], exported["name"], exported["width"]) == ("png", name, 1100)
    assert exported["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg" width="1100"')
    assert len(words(exported["svg"])) > 300


def test_every_page_saves_something():
    """With the same words in the same place: figure, numbers, whatever else."""
    assert all(one.picture is not None for one in SERVED)
