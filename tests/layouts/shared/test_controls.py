"""Controls are the browser's own inputs: named, with their value, and every word escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from layouts.shared import controls

HOSTILE = '<b>"&'


def parsed(markup) -> ElementTree.Element:
    """The element; attributes without a value are written out as XML wants them."""
    text = re.sub(r"(<input[^>]*[^/])>", r"\1/>", str(markup))
    return ElementTree.fromstring(
        re.sub(r" (checked|selected|disabled)(?=[ />])", r' \1="1"', text)
    )


def chosen(element, mark: str) -> list[str]:
    return [one.get("value") for one in element.iter() if one.get(mark)]


def test_segments_are_a_named_group_with_one_chosen():
    group = parsed(controls.segments("Unit", "unit", {"m": "months", "d": "days"}, "d"))
    assert (group.get("role"), group.get("aria-label")) == ("radiogroup", "Unit")
    assert (group.get("data-control"), group.get("data-part")) == ("unit", "value")
    assert chosen(group, "checked") == ["d"]
    assert [one.text for one in group.iter("span")] == ["months", "days"]


def test_a_select_with_headings():
    choices = [("First", {"none": "No split"}), ("Stage", {"bclc": "BCLC", "x": HOSTILE})]
    element = parsed(controls.select("Split by", "by", choices, "bclc", kind="split"))
    assert [one.get("label") for one in element.iter("optgroup")] == ["First", "Stage"]
    assert chosen(element, "selected") == ["bclc"]
    assert [one.text for one in element.iter("option")][-1] == HOSTILE
    assert element.get("class") == "select split"


@pytest.mark.parametrize(
    ("value", "words"), [([], "none"), (["b"], "Beta"), (["c", "a"], "Gamma, Alpha")]
)
def test_several_say_what_is_chosen(value, words):
    choices = {"a": "Alpha", "b": "Beta", "c": "Gamma"}
    element = parsed(controls.several("Adjust for", "adjust", choices, value, most=2))
    assert element.find("summary/span[@class='many-chosen']").text == words
    assert sorted(chosen(element, "checked")) == sorted(value)
    assert element.get("data-most") == "2"
    assert element.find(".//input[@type='search']") is None


def test_a_long_list_can_be_searched():
    choices = {str(i): f"Level {i}" for i in range(controls.SEARCHED_FROM)}
    element = parsed(controls.several("Levels", "levels", choices, []))
    assert element.find(".//input[@type='search']").get("aria-label") == "Search: Levels"


def test_a_slider_with_two_ends_keeps_its_limits():
    names = ("Age, lowest", "Age, highest")
    both = parsed(controls.two_ended(names, "age", (18, 90.5), (20, 60), 0.5)).findall("input")
    assert [one.get("aria-label") for one in both] == list(names)
    assert [one.get("value") for one in both] == ["20", "60"]
    assert {(one.get("min"), one.get("max"), one.get("step")) for one in both} == {
        ("18", "90.5", "0.5")
    }


def test_a_text_field_holds_what_was_written():
    field = parsed(controls.text_field("Search", "search", HOSTILE, "Term", maxlength=20))
    assert (field.get("value"), field.get("placeholder")) == (HOSTILE, "Term")
    assert field.get("maxlength") == "20"


def test_variables_stand_under_their_groups(edges):
    groups = dict(controls.choices_by_group("All", {"none": "No split"}, edges.variables))
    assert groups["All"]["none"] == "No split"
    assert list(groups["All"])[1:] == (["arm"] if edges.arms else [])
    offered = {key for members in groups.values() for key in members}
    assert offered == {"none", *(one.id for one in edges.variables)}


def test_large_limits_keep_their_digits():
    both = parsed(controls.two_ended(("a", "b"), "n", (0, 12345678.5), (0, 12345678.5), 0.1))
    assert both.findall("input")[1].get("max") == "12345678.5"
