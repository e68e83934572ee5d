"""Words: one factor and two factors, labels in their case, real minus signs, every line there."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import SERVED

STUDIES = ("soramic", "nct01900002", "edges", "klinik", "separate", "resp", "colon3", "beyond")
SECTIONS = [f"&show={one}" for one in ("balance", "adjusted", "time", "response", "power")]
EVERY = [
    f"{one.page.id}?study={study}{query}"
    for one in SERVED
    for study in STUDIES
    for query in ([""] if one.page.id != "arms" else ["", *SECTIONS])
]
ONE = re.compile(r"(?<![\d.,–/])\b1 (variables|tests|factors|events|patients|levels|groups|rows)\b")
HYPHEN = re.compile(r"(?<![\w.,)–-])-\d|\d - \d|\(1 - ")


@pytest.mark.parametrize("address", EVERY)
def test_every_view_says_sentence_method_and_provenance(words, address):
    lines = words(address)
    assert all(lines)
    if lines[-1].startswith("TheraSphere package insert"):
        # Prescribing an activity is a method that uses nobody's rows.
        assert len(lines) >= 2
        return
    assert len(lines) >= 3
    assert lines[-1].startswith(("Reconstructed from", "Simulated patients", "Patient data"))


@pytest.mark.parametrize("address", EVERY)
def test_one_is_singular_and_a_minus_is_one(words, address):
    said = "\n".join(words(address))
    assert not ONE.search(said), ONE.search(said)
    assert not HYPHEN.search(said), HYPHEN.search(said)
    for code in ("nan", "None", "inf"):
        assert not re.search(rf"\b{code}\b", said)


def test_a_study_without_adverse_events_says_of_whom_and_what_its_rows_are(words):
    assert words("safety?study=soramic") == [
        "SORAMIC substudy has no data on adverse events.",
        "Nothing is computed in this view. SORAMIC substudy, all analysed, n = 177.",
        "Reconstructed from published tables — not patient records.",
    ]


@pytest.mark.parametrize("address", ["arms?study=plateau", "response?study=beyond"])
def test_nor_is_the_method_empty_of_what_cannot_be_compared(words, address):
    assert words(address)[-2].startswith("Nothing is computed in this view. ")


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("arms?study=klinik&show=competing&endpoint=ttp", "Tod ohne Progress"),
        ("survival?study=klinik&endpoint=os", "Sorafenib + 5-FU"),
        ("safety?study=klinik", "Nausea (3), Fieber (2) and HFS (2)"),
        ("arms?study=klinik", "Gesamtüberleben with Sorafenib + 5-FU against Gemcitabin"),
    ],
)
def test_labels_keep_their_case(sentence, address, label):
    assert label in sentence(address)
    assert "5-fu" not in sentence(address)


def test_one_interaction_test_and_two(sentence):
    assert "? 1 interaction test;" in sentence("subgroups?study=interact")
    assert "? 2 interaction tests," in sentence("subgroups?study=separate")


def test_negative_numbers_have_a_real_minus(sentence, words):
    assert "−28.0 to +28.0" in sentence("arms?study=resp&show=response")
    assert "−8 to −1" in " ".join(words("survival?study=klinik&delta=-8..-1"))


def test_ties_for_the_largest_difference_are_all_named(sentence):
    assert sentence("overview?study=edges").endswith("most Site and Many (∞).")
