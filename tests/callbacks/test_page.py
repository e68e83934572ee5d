"""What every page does: all parts together, nothing old on failure."""

from __future__ import annotations

import logging

import pytest

from callbacks.files import File
from callbacks.memory import Memory
from callbacks.page import Served, answer
from callbacks.reading import read_request
from layouts.frame.page import Page, Part, Words
from layouts.shared.html import tag
from layouts.shared.words import exported_provenance

PAGE = Page(
    id="survival",
    label="Survival",
    question="What does every page do?",
    subject="The words",
    option_names=frozenset({"unit"}),
    read_options=lambda study, view: ({}, ["“unit” is <unknown>."] if view.options else []),
    build=lambda study, view: [],
    control_values=lambda study, view: {},
    parts={
        "study": Part("study-name", empty="nobody"),
        "kind": Part("study-body", "class", empty="none"),
        "more": Part("study-more", "data", empty=None),
    },
    files={"km.csv": "Curves"},
    figure_height=300,
)


def served(**changes) -> Served:
    made = {
        "ask": lambda memory, study, view, options: study,
        "show": lambda context, look: {
            "study": tag("b", context.id, " <i>"),
            "kind": "shown",
            "more": {"n": context.n},
            "figure": {"data": [{"x": [1]}], "layout": {"height": 300}},
        },
        "words": lambda context: Words("A <sentence>.", ("A caution.",), "A method."),
        "files": {"km.csv": File(lambda context: [])},
    }
    return Served(PAGE, **(made | changes))


def asked(catalog, one: Served, search: str) -> dict:
    grammar = {PAGE.id: PAGE.option_names, "subgroups": frozenset()}
    request = read_request({"pathname": "/survival", "search": search}, catalog, grammar)
    return answer(Memory(catalog.studies), one, request)


def test_all_parts_come_together_and_text_is_escaped(all_studies):
    assert asked(all_studies, served(), "?study=soramic&bclc=c") == {
        "places": {
            "study-name": "<b>soramic &lt;i&gt;</b>",
            "survival-sentence": "A &lt;sentence&gt;.",
            "survival-cautions": "<p>A caution.</p>",
            "survival-footnote": "A method.",
        },
        "classes": {"study-body": "shown"},
        "data": {"study-more": {"n": 177}},
        "figure": {"id": "survival-graph", "data": [{"x": [1]}], "layout": {"height": 300}},
        "links": {
            "km.csv": "/download/km.csv?study=soramic&bclc=c",
            "words": "/words/survival?study=soramic&bclc=c",
        },
        "copied": {
            "head": "SORAMIC substudy · all analysed · BCLC C · n\u00a0=\u00a0126",
            "said": ["A caution.", "A method."],
            "foot": exported_provenance("reconstructed"),
        },
        "saved": False,
        "finding": "A <sentence>",
    }


def test_what_is_drawn_can_be_saved_where_the_page_has_a_picture(all_studies):
    def saved(**changes) -> bool:
        one = served(picture=lambda context, kind: {}, **changes)
        return asked(all_studies, one, "?study=soramic")["saved"]

    assert saved() is True
    assert saved(pictured=("study",)) is True
    empty = {"study": "", "kind": "", "more": None, "figure": {"data": [], "layout": {}}}
    assert saved(show=lambda *_: empty) is False
    assert saved(show=lambda *_: empty, pictured=("study",)) is False
    assert saved(words=breaks) is False


def test_notes_stand_before_the_cautions(all_studies):
    found = asked(all_studies, served(), "?study=soramic&unit=weeks")
    said = "<p>“unit” is &lt;unknown&gt;.</p><p>A caution.</p>"
    assert found["places"]["survival-cautions"] == said


def breaks(*_):
    raise ValueError("patient S001")


@pytest.mark.parametrize("part", ["ask", "show", "words", "linked"])
def test_a_failure_is_said_and_its_values_are_not_logged(all_studies, caplog, part):
    with caplog.at_level(logging.ERROR):
        found = asked(all_studies, served(**{part: breaks}), "?study=soramic")
    words = "The words could not be computed for this view."
    assert found["places"] == {
        "study-name": "nobody",
        "survival-sentence": words,
        "survival-cautions": "",
        "survival-footnote": "",
    }
    assert found["classes"] == {"study-body": "none"}
    assert found["data"] == {"study-more": None}
    assert found["links"] == {"km.csv": "#", "words": "#"}
    assert found["figure"]["data"] == []
    (said,) = found["figure"]["layout"]["annotations"]
    assert said["text"].replace("<br>", " ") == words
    assert "survival view failed: ValueError" in caplog.text
    assert "S001" not in caplog.text


def test_a_part_that_show_forgets_is_a_failure(all_studies, caplog):
    with caplog.at_level(logging.ERROR):
        found = asked(all_studies, served(show=lambda *_: {}), "?study=soramic")
    assert "could not be computed" in found["places"]["survival-sentence"]
    assert found["places"]["study-name"] == "nobody"
    assert "KeyError" in caplog.text
