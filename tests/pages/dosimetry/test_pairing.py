"""A number that rests on simulated pairs of doses says so in its sentence, as declared."""

from __future__ import annotations

import pytest

from data.catalog import load_catalog
from data.checking.problems import StudyError
from data.load import load_study
from tests.shipped import load_catalog as shipped
from tests.studies.claims import said_of
from tests.studies.doses import write_doses

MADE_UP = "is made up, so this is an illustration and no evidence."
RELATIONS = {
    "agreement": "Simulated: which planned and which delivered dose belong together ",
    "response": "Simulated: which tumour has which dose ",
    "survival": "Simulated: which patient has which dose ",
    "toxicity": "Simulated: which patient has which dose ",
}


@pytest.fixture(scope="module")
def nct():
    return shipped().study("nct01900002")


@pytest.mark.parametrize("view", RELATIONS)
def test_every_relation_of_a_simulated_dose_says_so(nct, view):
    sentence = said_of(nct, "dosimetry", f"study=nct01900002&view={view}")[0]
    assert sentence.endswith(f"{RELATIONS[view]}{MADE_UP}")


def test_what_is_no_relation_does_not(nct):
    assert "Simulated" not in said_of(nct, "dosimetry", "study=nct01900002&view=activity")[0]
    nobody = said_of(nct, "dosimetry", "study=nct01900002&view=survival&age-years=1..2")[0]
    assert nobody == (
        "No patient passes these filters. Without the filter Age at study enrollment 1 to 2 years "
        "34 patients would."
    )


@pytest.mark.parametrize("view", RELATIONS)
def test_measured_doses_do_not(tmp_path, view):
    """Also of a study whose patients are made up: its pairs are what it was made to show."""
    (study,) = [one for one in load_catalog(write_doses(tmp_path)).studies if one.id == "doses"]
    assert "Simulated: " not in said_of(study, "dosimetry", f"view={view}")[0]


def test_any_other_word_is_refused(tmp_path):
    file = write_doses(tmp_path) / "doses" / "study.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("[dosimetry]\n", '[dosimetry]\npairing = "guessed"\n'), "utf-8")
    with pytest.raises(StudyError, match="“guessed” is not one of measured, simulated"):
        load_study(file.parent)


@pytest.mark.parametrize("view", ["agreement", "survival"])
def test_the_words_by_address(client, view):
    sentence = client.get(f"/words/dosimetry?study=nct01900002&view={view}").text.splitlines()[0]
    assert sentence.endswith(f"{RELATIONS[view]}{MADE_UP}")
