"""[disclosure] of study.toml, and single_patients at the head of the file."""

from __future__ import annotations

import pytest

from data.declaration import read_declaration
from data.minima import Disclosure


def declared(declared: dict, **changes) -> tuple:
    made, problems = read_declaration(declared | changes, "base")
    fields = made.fields
    return fields["disclosure"], fields["single_patients"], [one.sentence for one in problems]


@pytest.mark.parametrize(
    ("changes", "minima", "single"),
    [
        ({"provenance": "patient data"}, Disclosure(10, 5), False),
        ({"provenance": "reconstructed"}, Disclosure(1, 1), True),
        ({"provenance": "simulated"}, Disclosure(1, 1), True),
        ({"provenance": "patient data", "single_patients": True}, Disclosure(10, 5), True),
        ({"provenance": "simulated", "single_patients": False}, Disclosure(1, 1), False),
        (
            {"provenance": "patient data", "disclosure": {"minimum_cell": 1}},
            Disclosure(10, 1),
            False,
        ),
        (
            {"provenance": "simulated", "disclosure": {"minimum_cohort": 20}},
            Disclosure(20, 1),
            True,
        ),
    ],
)
def test_defaults_go_by_provenance(base, changes, minima, single):
    assert declared(base, **changes) == (minima, single, [])


@pytest.fixture
def base(request):
    return request.getfixturevalue("declared")


def test_what_is_said_twice_must_be_alike(base):
    _, _, said = declared(base, single_patients=True, disclosure={"single_patients": False})
    assert said == [
        "study.toml, key “disclosure.single_patients”: single_patients is said twice, and not "
        "alike. Keep the one in [disclosure]."
    ]


def test_unknown_keys_and_no_whole_numbers_are_refused(base):
    _, _, said = declared(base, disclosure={"minimum_cel": 5, "minimum_cohort": 0})
    assert any("minimum_cel" in one and "minimum_cell" in one for one in said)
    assert any("disclosure.minimum_cohort" in one for one in said)


def test_two_digits_of_a_month_would_be_a_day(base):
    made, _ = read_declaration(base | {"provenance": "patient data", "decimals": 3}, "base")
    assert made.fields["decimals"] == 1
