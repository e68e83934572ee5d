"""A number that rests on pairs of doses that were made up says so in its sentence."""

from __future__ import annotations

import pytest

MADE_UP = "is made up, so this is an illustration and no evidence."
RELATIONS = ("agreement", "response", "survival", "toxicity")


@pytest.mark.parametrize("view", RELATIONS)
def test_a_relation_of_simulated_pairs_says_so(sentence, view):
    said = sentence(f"dosimetry?study=nct01900002&view={view}")
    assert " Simulated: which " in said
    assert said.endswith(MADE_UP)


@pytest.mark.parametrize("view", RELATIONS)
def test_a_relation_of_measured_pairs_does_not(sentence, view):
    assert "Simulated" not in sentence(f"dosimetry?study=simresp2&view={view}")


def test_a_prescription_is_no_relation(sentence):
    assert "Simulated" not in sentence("dosimetry?study=nct01900002&view=activity")


@pytest.mark.parametrize("page", ["survival", "safety", "response"])
def test_nor_is_what_has_no_dose(sentence, page):
    assert "Simulated" not in sentence(f"{page}?study=nct01900002")
