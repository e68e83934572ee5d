"""``[similar]``: what a study declares of patients who are like one, and how it can be wrong."""

from __future__ import annotations

import pytest

from data.declaration import read_declaration
from data.sections.similar import Similar
from data.window import Window, read_window


def read(declared: dict, similar: dict) -> tuple:
    made, problems = read_declaration(declared | {"similar": similar}, "base")
    return made.sections["similar"], [one.sentence for one in problems]


def names(declared: dict) -> list[str]:
    made, _ = read_declaration(declared, "base")
    return [one.id for one in made.variables if one.is_criterion]


def test_order_windows_and_endpoint(declared):
    known = read_declaration(declared, "base")[0].variables
    number = next(one.id for one in known if one.is_number and one.is_criterion)
    order = names(declared)
    made, problems = read(declared, {"order": order, "windows": {number: "x2"}, "endpoint": "os"})
    assert problems == []
    assert (made.order, made.endpoint) == (tuple(order), "os")
    assert made.windows == {number: Window(2.0, factor=True)}


def test_a_study_without_it_has_nothing(declared):
    made, problems = read_declaration(declared, "base")
    assert (made.sections["similar"], problems) == (Similar(), [])


@pytest.mark.parametrize(
    ("similar", "said"),
    [
        ({"order": ["arm"]}, "“arm” is no variable that is known before treatment"),
        ({"order": ["nowhere"]}, "“nowhere” is no variable that is known before treatment"),
        ({"endpoint": "nowhere"}, "there is no endpoint “nowhere”"),
        ({"windows": {"arm": 5}}, "“arm” is no number that is known before treatment"),
        ({"windows": {"age": "x1"}}, "is no window"),
        ({"windows": {"age": -5}}, "is no window"),
        ({"windows": {"age": True}}, "is no window"),
        ({"ordr": []}, "the key is not known"),
    ],
)
def test_what_is_wrong_is_named(declared, similar, said):
    _, problems = read(declared, similar)
    assert any(said in one for one in problems), problems


def test_a_variable_stands_once(declared):
    first = names(declared)[0]
    _, (fault,) = read(declared, {"order": [first, first]})
    assert "stands twice" in fault


@pytest.mark.parametrize(
    ("text", "around"), [("5", (62, 72)), ("x2", (33.5, 134)), ("0.5", (66.5, 67.5))]
)
def test_a_window_is_read_as_it_is_written(text, around):
    window = read_window(text)
    assert window.text() == text
    assert window.around(67) == around


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "x1", "x0.5", "nan", "inf", "1e99", "about"])
def test_what_is_no_window(text):
    assert read_window(text) is None
