"""A new optional part of a study is one section in the list: declared, read, checked, forgotten."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from data.checking.keys import Keys
from data.checking.problems import StudyError
from data.checking.validation import check_columns, read_numbers
from data.load import read_study
from data.sections.all import SECTIONS
from data.sections.section import Declaration, Reading, Section, keys_of
from data.sources.folder import FolderSource
from data.study import Study
from tests.data.conftest import StudyFolder
from tests.data.sections.test_reconstructions import ROWS, add, stacked

BLOOD = "patient,week,bilirubin\nP1,0,12\nP1,4,15.5\nP4,0,\n"


def declare_blood(top: Keys, so_far: Declaration) -> dict[str, str] | None:
    reader = keys_of(top, "blood")
    if reader is None:
        return None
    made = {"file": reader.file("file"), "value": reader.take("value", str)}
    reader.finish()
    return made


def read_blood(declared: dict[str, str], reading: Reading):
    file, column = declared["file"], declared["value"]
    table = reading.source.table(file).cells
    problems = check_columns(table, [column, str(reading.patient_ids.name)], file)
    return (None, problems) if problems else read_numbers(table[column], file)


BLOOD_TESTS = Section(
    "blood",
    declare_blood,
    read_blood,
    files=lambda declared: [declared["file"]],
    of_patients=True,
)


@pytest.fixture
def with_blood(folder) -> StudyFolder:
    """The small study with one more table, that no module of the product knows."""
    text = '[blood]\nfile = "blood.csv"\nvalue = "bilirubin"\n\n[patients]'
    folder.change("study.toml", "[patients]", text)
    (folder.path / "blood.csv").write_text(BLOOD, "utf-8")
    return folder


def load(folder: StudyFolder, section: Section = BLOOD_TESTS) -> Study:
    return read_study(FolderSource(folder.path), sections=(*SECTIONS, section))


def sentences(folder: StudyFolder) -> list[str]:
    with pytest.raises(StudyError) as caught:
        load(folder)
    return [problem.sentence for problem in caught.value.problems]


def test_without_the_section_its_table_is_not_known(with_blood):
    assert with_blood.sentences() == ["study.toml, key “blood”: the key is not known. Remove it."]


def test_a_section_is_declared_and_read(with_blood):
    study = load(with_blood)
    np.testing.assert_array_equal(study.more["blood"], [12, 15.5, np.nan])
    assert study.tables.keys() == {"adverse-events", "lesions"}


def test_a_study_without_it_has_its_empty_value(folder):
    assert load(folder).more == {"blood": None}
    assert folder.load().more == {}


def test_what_is_wrong_names_file_column_row_and_fix(with_blood):
    with_blood.change("blood.csv", "15.5", "high")
    with_blood.change("patients.csv", "200,0,50", "200,2,50")
    assert sentences(with_blood) == [
        "patients.csv, column “os_event”, row 3: the event flag “2” is not 0 or 1. "
        "Write 1 for an event and 0 for a censored patient, or name the values in event_values and "
        "censored_values in study.toml.",
        "blood.csv, column “bilirubin”, row 3: “high” is not a number. "
        "Write a number with a point, or leave it empty for missing.",
    ]


def test_what_is_wrong_with_its_keys_stands_with_the_others(with_blood):
    with_blood.change("study.toml", 'value = "bilirubin"', 'valu = "bilirubin"')
    assert sentences(with_blood) == [
        "study.toml, key “blood.value”: the key is missing. Add it: a text.",
        "study.toml, key “blood.valu”: the key is not known. Write “value” if that is meant.",
    ]


def test_its_file_belongs_to_the_study(with_blood):
    before = load(with_blood).version
    with_blood.change("blood.csv", "15.5", "15.6")
    assert load(with_blood).version != before
    (with_blood.path / "blood.csv").unlink()
    assert sentences(with_blood) == [
        "blood.csv: the file is missing. Add it to the study's folder."
    ]


def test_a_reconstruction_is_without_what_is_of_the_patients(with_blood):
    add(with_blood, stacked(("1", ROWS)))
    (other,) = load(with_blood).reconstructions
    assert other.more == {"blood": None}
    kept = dataclasses.replace(BLOOD_TESTS, of_patients=False)
    (other,) = load(with_blood, kept).reconstructions
    assert len(other.more["blood"]) == 3


def test_a_reconstruction_is_without_every_section_of_patients(folder):
    """Whatever sections there are: none is forgotten by memory."""
    study = add(folder, stacked(("1", ROWS))).load()
    (other,) = study.reconstructions
    for section in SECTIONS:
        kept = study if not section.of_patients else None
        value = getattr(other, section.name)
        assert value == (getattr(kept, section.name) if kept else section.empty), section.name
    assert study.dosimetry is not None
    assert other.dosimetry is None


def test_a_section_and_its_attribute_agree_on_what_nothing_is():
    attributes = {one.name: one for one in dataclasses.fields(Study)}
    for section in SECTIONS:
        one = attributes[section.name]
        made = dataclasses.MISSING is not one.default_factory
        assert section.empty == (one.default_factory() if made else one.default), section.name


def test_names_of_sections_stand_once():
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)
