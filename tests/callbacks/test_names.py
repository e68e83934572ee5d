"""What a screen reader says: every control and figure has a name, and a sentence is heard once."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import SERVED
from data.address import default_view
from layouts.frame.filters import filter_rail
from layouts.frame.rail_state import rail_state
from tests.trees import named, text, with_class, with_prop


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
        assert sentence["aria-live"] == "polite"
        assert sentence["aria-atomic"] == "true"


def test_the_name_of_a_figure_ends_with_its_finding(trees):
    met = set()
    for page, tree in trees:
        for image in with_prop(tree, "role", "img"):
            assert image["aria-label"]
            assert image["aria-labelledby"] == f"{image['id']} {page.id}-sentence"
            # The sentence is in the name: it is not read once more as a description.
            assert "aria-describedby" not in image
            met.add(page.id)
    of_curves = {"survival", "arms", "response", "dosimetry", "context", "patient"}
    assert met == of_curves | {"along", "lasting", "monitoring", "states", "thresholds"}


def test_every_control_has_a_name(trees):
    met = 0
    for page, tree in trees:
        for one in named(tree, "input") + named(tree, "select"):
            # A word of a choice and a box of a list stand in a label that says them.
            around = [label for label in named(tree, "label") if one in label.children]
            said = one.get("aria-label") or "".join(text(label) for label in around)
            assert said.strip(), (page.id, one)
            met += 1
        for group in with_prop(tree, "role", "radiogroup") + with_prop(tree, "role", "group"):
            assert group["aria-label"], page.id
        for button in named(tree, "button"):
            assert text(button).strip() or button.get("aria-label")
    assert met > 100


def test_a_box_says_its_variable_before_its_level(all_studies):
    study = all_studies.study("soramic")
    view = default_view(study, "survival")
    rail = filter_rail(study, view, rail_state(study, view.cohort))
    for block in with_prop(rail, "data-variable"):
        label = study.variable(block["data-variable"]).label
        for one in with_prop(block, "type", "checkbox"):
            spoken = one["aria-label"]
            assert re.fullmatch(rf"{re.escape(label)}: .+, \d+ of \d+ patients?", spoken)


def test_every_page_offers_the_same_buttons_in_the_same_order(trees):
    for page, tree in trees:
        (actions,) = with_class(tree, "actions")
        words = text(actions)
        assert words.startswith("Figure: SVGPNG")
        if page.files and "CSV" in words:
            assert words.index("PNG") < words.index("CSV")
            assert "Print" not in words or words.index("CSV") < words.index("Print")
