"""What a screen reader says: every control and figure has a name, and a sentence is heard once."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import SERVED
from data.address import default_view
from layouts.frame.filters import filter_rail
from layouts.frame.rail_state import rail_state
from tests.trees import components, text, with_prop

CONTROLS = ("Checkbox", "MultiSelect", "Select", "TextInput", "SegmentedControl", "Slider")


def props(one) -> dict:
    return one.to_plotly_json()["props"]


@pytest.fixture(scope="module")
def trees(all_studies):
    """Every page of every study before its numbers are computed."""
    return [
        (one.page, one.page.build(study, default_view(study, one.page.id)))
        for study in all_studies.studies
        for one in SERVED
    ]


def test_every_sentence_is_a_polite_live_region(trees):
    for page, tree in trees:
        (sentence,) = with_prop(tree, "id", f"{page.id}-sentence")
        assert props(sentence)["aria-live"] == "polite"
        assert props(sentence)["aria-atomic"] == "true"


def test_the_name_of_a_figure_ends_with_its_finding(trees):
    met = set()
    for page, tree in trees:
        for image in with_prop(tree, "role", "img"):
            given = props(image)
            assert given["aria-label"]
            assert given["aria-labelledby"] == f"{given['id']} {page.id}-sentence"
            # The sentence is in the name: it is not read once more as a description.
            assert "aria-describedby" not in given
            met.add(page.id)
    assert met == {"survival", "arms", "response", "dosimetry", "context"}


def test_every_control_has_a_name(trees):
    met = 0
    for page, tree in trees:
        for one in components(tree):
            kind = type(one).__name__
            given = props(one)
            if kind in CONTROLS:
                met += 1
                named = ("aria-label", "label", "thumbLabel")
                assert any(given.get(name) for name in named), (page.id, given.get("id"))
            elif kind == "RangeSlider":
                assert given["thumbFromLabel"]
                assert given["thumbToLabel"]
            elif kind == "Button":
                assert text(one).strip() or given.get("aria-label")
    assert met > 100


def test_a_box_says_its_variable_before_its_level(all_studies):
    study = all_studies.study("soramic")
    view = default_view(study, "survival")
    rail = filter_rail(study, view, rail_state(study, view))
    for block in with_prop(rail, "data-variable"):
        label = study.variable(props(block)["data-variable"]).label
        for one in components(block):
            if type(one).__name__ == "Checkbox":
                spoken = props(one)["aria-label"]
                assert re.fullmatch(rf"{re.escape(label)}: .+, \d+ of \d+ patients?", spoken)


def test_every_page_offers_the_same_buttons_in_the_same_order(trees):
    for page, tree in trees:
        (actions,) = [one for one in components(tree) if getattr(one, "className", "") == "actions"]
        words = text(actions)
        assert words.startswith("Figure: SVGPNG")
        if page.files and "CSV" in words:
            assert words.index("PNG") < words.index("CSV")
            assert "Print" not in words or words.index("CSV") < words.index("Print")


def test_the_buttons_of_a_picture_know_where_the_tables_of_the_page_are(trees):
    """They are hidden until a figure or something in one of these places has come."""
    for page, tree in trees:
        (buttons,) = with_prop(tree, "id", f"{page.id}-exports")
        assert props(buttons)["hidden"] is True
        places = props(buttons)["data-places"].split()
        assert places or page.figure_height is not None
        for place in places:
            assert with_prop(tree, "id", place)
            assert place in {part.place for part in page.parts.values()}
