"""Every page that draws a figure saves it, with its cohort, its words and the provenance inside."""

from __future__ import annotations

import json

import pytest

from tests.callbacks.asking import picture_of


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
