"""Every page without a figure saves its table: whole, with its words, nothing upon another."""

from __future__ import annotations

import pytest

from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import exported_provenance
from layouts.tables.cells import Run, lines_of
from layouts.tables.tree import read_html
from tests.cases import case_views
from tests.drawings import beyond, overlapping, words
from tests.views import BY_ID, PageViews

ALL = (
    ("overview", "study=soramic"),
    ("overview", "study=soramic&bclc=c&pvi=yes"),
    ("overview", "study=nct01900002"),
    ("subgroups", "study=soramic"),
    ("subgroups", "study=soramic&show=effect&bclc=c"),
    ("subgroups", "study=nct01900002&published=on"),
    ("subgroups", "study=edges"),
    ("prognostic", "study=soramic&endpoint=os"),
    ("prognostic", "study=edges"),
    ("safety", "study=nct01900002"),
    ("evidence", "study=soramic"),
    ("evidence", "study=soramic&view=disagreements"),
    ("evidence", "study=nct01900002&view=made"),
    ("response", "study=nct01900002&view=by"),
    ("dosimetry", "study=nct01900002&view=activity"),
)
TABLES = ("overview", "subgroups", "prognostic", "safety", "evidence")


@pytest.fixture(scope="module")
def page_views(all_studies):
    return PageViews(all_studies)


def drawn(page_views, page: str, query: str) -> tuple[dict, object]:
    context = page_views(page, query)
    return BY_ID[page].picture(context, "svg"), BY_ID[page].words(context)


@pytest.mark.parametrize(("page", "query"), ALL)
def test_a_table_leaves_with_all_that_is_said_of_it(page_views, page, query):
    picture, said = drawn(page_views, page, query)
    inside = words(picture["svg"])
    study = page_views.read(page, query).study
    assert inside.startswith(BY_ID[page].page.label)
    assert study.title in inside
    assert "n = " in inside
    for text in said.pictured:
        assert " ".join(text.replace("\u00a0", " ").split()) in inside
    assert inside.endswith(exported_provenance(study.provenance))
    assert picture["svg"].count("<text") > 20
    assert (picture["kind"], picture["name"].split("-")[:2]) == ("svg", [study.id, page])


@pytest.mark.parametrize(("page", "query"), ALL)
def test_nothing_lies_upon_another_or_leaves_the_picture(page_views, page, query):
    picture, _ = drawn(page_views, page, query)
    assert overlapping(picture["svg"]) == []
    assert beyond(picture["svg"]) == []
    assert picture["width"] == 1100


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("safety", "study=simresp2"),
        ("overview", "study=simresp2"),
        ("subgroups", "study=interact"),
        ("prognostic", "study=separate"),
        ("overview", "study=colon3"),
        ("subgroups", "study=colon3"),
        ("prognostic", "study=colon3"),
    ],
)
def test_two_and_three_arms_have_room(page, query):
    picture, said = drawn(case_views(), page, query)
    assert said.sentence.split()[0] in words(picture["svg"])
    assert overlapping(picture["svg"]) == []
    assert beyond(picture["svg"]) == []


@pytest.mark.parametrize(("page", "query"), [one for one in ALL if one[0] in TABLES])
def test_every_cell_of_the_screen_is_in_the_picture(page_views, page, query):
    """Ranges over other data sets with it, and what is marked."""
    picture, _ = drawn(page_views, page, query)
    shown = BY_ID[page].show(page_views(page, query), Look(LIGHT))["table"]
    cells = [one for one in read_html(shown).all("td", "th") if "rate" not in one.classes]
    assert len(cells) > 20
    found = set(words(picture["svg"]).split())
    for cell in cells:
        written = [text for line in lines_of(cell, Run("")) for text in line.text.split()]
        assert set(written) <= found, cell.text


def test_the_ranges_of_a_reconstruction_are_in_the_picture(page_views):
    picture, _ = drawn(page_views, "subgroups", "study=soramic&show=effect")
    assert "0.47–1.02" in words(picture["svg"])
    assert "In square brackets: the range" in words(picture["svg"])


def test_evidence_is_about_the_whole_study_whatever_the_filters(page_views):
    picture, _ = drawn(page_views, "evidence", "study=soramic&bclc=c")
    assert "SORAMIC substudy · the whole study · n = 177" in words(picture["svg"])


@pytest.mark.parametrize("page", ["overview", "subgroups", "prognostic"])
def test_where_nobody_is_in_view_the_picture_says_so(page_views, page):
    picture, said = drawn(page_views, page, "study=edges&age=200..300")
    assert said.sentence in words(picture["svg"])
