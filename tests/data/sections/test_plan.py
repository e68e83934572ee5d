"""``[plan]``: the hazard ratio that a study planned to find, and how it can be wrong."""

from __future__ import annotations

import pytest

from data.declaration import read_declaration
from data.sections.plan import Plan


def read(declared: dict, plan: dict) -> tuple:
    made, problems = read_declaration(declared | {"plan": plan}, "base")
    return made.sections["plan"], [one.sentence for one in problems]


def test_a_plan_is_of_an_endpoint(declared):
    made, problems = read(declared, {"hazard_ratio": 0.7, "endpoint": "os", "source": "protocol"})
    assert (made, problems) == (Plan(0.7, "os", "protocol"), [])


def test_a_study_without_it_has_nothing(declared):
    made, problems = read_declaration(declared, "base")
    assert (made.sections["plan"], problems) == (None, [])


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({}, "it is missing"),
        ({"hazard_ratio": 1}, "a ratio of 1 is no effect"),
        ({"hazard_ratio": -2}, "is not a number above 0"),
        ({"hazard_ratio": "0.7"}, "is not a number above 0"),
        ({"hazard_ratio": 0.7, "endpoint": "nowhere"}, "there is no endpoint “nowhere”"),
        ({"hazard_ratio": 0.7, "power": 0.8}, "power"),
    ],
)
def test_a_faulty_plan_is_said(declared, plan, said):
    _, problems = read(declared, plan)
    assert any(said in one for one in problems), problems
