"""Whether chance assigned the arms is what the study declares, and no text of it."""

from __future__ import annotations

import re

import pytest

from tests.studies.claims import read_claims, said_of

DECLARED = {"true": "randomised = true\n", "false": "randomised = false\n", "nothing": ""}
LATE = "best=teilremission,stabil"
VIEWS = [
    (page, query)
    for page in ("overview", "survival", "subgroups", "arms", "prognostic", "response")
    for query in ("", LATE)
]
CHANCE = re.compile(r"randomis|assigned by chance", re.I)
UNDECLARED = "The study does not declare whether chance assigned the arms; if it did not, who"


def klinik(tmp_path, declared: str, origin: str = "randomisation"):
    """The study with a declaration, days counted from a text that sounds of chance."""
    changes = {
        f'event_name = "{name}"\n': f'event_name = "{name}"\norigin = "{origin}"\n'
        for name in ("Tod", "Progress", "Progress oder Tod")
    }
    head = {'citation = "Unpublished."\n': f'citation = "Unpublished."\n{DECLARED[declared]}'}
    return read_claims(tmp_path, head | changes)


def cautions(study, page, query):
    """All but the method, which names the origin that the study declares."""
    return " ".join(said_of(study, page, query)[:-1])


@pytest.mark.parametrize(("page", "query"), VIEWS)
def test_a_study_that_does_not_say_is_called_neither(tmp_path, page, query):
    said = cautions(klinik(tmp_path, "nothing"), page, query).replace(UNDECLARED, "")
    # "from randomisation" is the study's own word for its origin.
    assert not CHANCE.search(said.replace("after randomisation,", "")), said


@pytest.mark.parametrize("origin", ["randomisation", "registration"])
def test_no_text_decides_about_chance(tmp_path, origin):
    said = {
        declared: cautions(klinik(tmp_path, declared, origin), "arms", "") for declared in DECLARED
    }
    assert "not assigned by chance" in said["false"]
    assert UNDECLARED in said["nothing"]
    assert not CHANCE.search(said["true"])


@pytest.mark.parametrize("page", ["overview", "survival", "subgroups", "arms", "response"])
def test_a_late_filter_breaks_what_was_randomised_only(tmp_path, page):
    said = {name: cautions(klinik(tmp_path, name, "start"), page, LATE) for name in DECLARED}
    assert "breaks the randomisation" in said["true"]
    for declared in ("false", "nothing"):
        assert "randomisation" not in said[declared]
    assert "what followed" in said["nothing"]


def test_several_late_filters_are_known_late(tmp_path):
    study = klinik(tmp_path, "false")
    one = cautions(study, "prognostic", LATE)
    two = cautions(study, "prognostic", f"{LATE}&response-months=0..12,missing")
    assert "Bestes Ansprechen is known only after treatment began." in one
    assert "Bestes Ansprechen and Zeit bis Ansprechen are known only after" in two
