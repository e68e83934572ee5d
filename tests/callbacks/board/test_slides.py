"""A slide is the view as its page answers it; what is not there, or may not be told, says so."""

from __future__ import annotations

import pytest

import app as application
from callbacks.pages import SERVED
from settings import Settings
from tests.studies.edges import write_studies


def slide(client, view: str, theme: str = "light") -> dict:
    answer = client.get(f"/board/slide/{theme}{view}")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.get_json()


def sizes(of: object) -> list[float]:
    """Every size of a type within a figure."""
    if isinstance(of, list):
        return [size for one in of for size in sizes(one)]
    if not isinstance(of, dict):
        return []
    own = [of["font"]["size"]] if "size" in of.get("font", {}) else []
    return own + [size for one in of.values() for size in sizes(one)]


def test_a_slide_says_what_was_found_of_whom_and_how(client):
    found = slide(client, "/survival?study=soramic&by=arm&bclc=c&present=on")
    assert found["view"] == "/survival?study=soramic&bclc=c"
    assert "RE + sorafenib" in found["title"]
    assert not found["title"].endswith(".")
    assert found["about"].startswith("SORAMIC substudy · progression-free survival · ")
    assert found["about"].endswith("· by Treatment arm")
    method, *others = found["footnote"].split(" · ")
    assert method == "Kaplan–Meier, 95 % CI by Greenwood, log transform (as R survfit)"
    assert others[-1] == "Reconstructed from published tables — not patient records"
    assert found["said"] == ""
    assert found["figure"]["data"]


@pytest.mark.parametrize("served", SERVED, ids=lambda one: one.page.id)
def test_no_type_of_a_slides_figure_is_too_small_for_a_room(client, served):
    figure = slide(client, f"/{served.page.id}?study=soramic")["figure"] or {}
    # At 1,920 pixels twice as large.
    assert all(size >= 12 for size in sizes(figure))


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("/nothing?study=soramic", "There is no page “nothing” here."),
        ("/survival?study=gone", "There is no study “gone” here."),
        ("/survival?study=broken", "The study “broken” could not be loaded."),
    ],
)
def test_a_view_that_is_not_there_says_so(client, view, words):
    assert slide(client, view) == {"broken": words}


def test_a_part_that_cannot_be_used_is_said(client):
    assert slide(client, "/survival?study=soramic&bclc=z")["notes"] == ["BCLC has no level “z”."]


def test_a_view_of_too_few_patients_has_a_reason_and_no_numbers(tmp_path):
    studies = write_studies(tmp_path)
    text = (studies / "edges" / "study.toml").read_text("utf-8")
    (studies / "edges" / "study.toml").write_text(
        f"{text}\n[disclosure]\nminimum_cohort = 400\nminimum_cell = 5\n", "utf-8"
    )
    client = application.create_app(Settings(studies_dir=studies)).server.test_client()
    found = slide(client, "/survival?study=edges")
    assert found["title"] == "Survival"
    assert "fewer than 400" in found["said"].lower()
    assert found["figure"]["data"] == []
