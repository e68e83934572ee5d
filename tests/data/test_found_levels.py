"""Levels that no study declares: in the order that a clinician expects."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checking.slug import SLUG
from data.found_levels import ordered, with_found_levels
from data.load import load_study
from data.reading.raw import RawTable


@pytest.mark.parametrize(
    "values",
    [
        ["0", "1", "2", "10"],
        ["no", "yes"],
        ["Nein", "Ja"],
        ["FALSE", "TRUE"],
        ["Absent", "Present"],
        ["Stage I", "Stage II", "Stage IIIA", "Stage IIIB", "Stage IV"],
        ["I", "IV", "V", "IX"],
        ["None", "Mild", "Moderate", "Severe", "Life-threatening"],
        ["Low", "Intermediate", "High"],
        ["CR", "PR", "SD", "PD"],
        ["Grade 1", "Grade 2", "Grade 10"],
        ["T1a", "T1b", "T2", "T3"],
        ["< 20", "20–400", "> 400"],
        ["<65", "65-80", ">80"],
        ["A", "B", "C"],
        ["Chemotherapy", "observation", "Radiotherapy"],
        ["男性", "女性"][::-1],
    ],
    ids=lambda values: values[0],
)
def test_the_order_of_levels(values):
    assert ordered(reversed(values)) == values


@given(st.lists(st.text(), unique=True))
@settings(deadline=None)
def test_whatever_the_values_none_is_lost(values):
    assert sorted(ordered(values)) == sorted(values)


def test_value_labels_of_the_file_are_the_words_of_the_levels():
    cells = pd.DataFrame({"sex": ["2", "1", "9", "2"]})
    table = RawTable(cells, "an SPSS file", value_labels={"sex": {"1": "Male", "2": "Female"}})
    raw = {"variables": [{"column": "sex", "kind": "categorical", "missing_codes": [9]}]}
    completed, said = with_found_levels(raw, table)
    assert completed["variables"][0]["levels"] == [
        {"value": "1", "label": "Male", "id": "male"},
        {"value": "2", "label": "Female", "id": "female"},
    ]
    assert said == ["the levels of “sex” are found: Male, Female"]
    assert "levels" not in raw["variables"][0]


def test_labels_that_make_no_id_have_one_all_the_same():
    table = RawTable(pd.DataFrame({"sex": ["男性", "女性", "<5", "≤5", "5"]}), "a CSV file")
    raw = {"variables": [{"column": "sex", "kind": "categorical"}]}
    levels = with_found_levels(raw, table)[0]["variables"][0]["levels"]
    ids = [level["id"] for level in levels]
    assert len(set(ids)) == 5
    assert all(SLUG.fullmatch(one) for one in ids)


def without_levels(folder, more: str = "") -> None:
    folder.change("study.toml", 'levels = ["A", "B"]\n', more)


def test_a_study_finds_its_levels_and_says_so(folder):
    without_levels(folder)
    study = folder.load()
    assert [(one.id, one.value) for one in study.variable("arm").levels] == [("a", "A"), ("b", "B")]
    assert study.files[0].found == ("the levels of “arm” are found: A, B",)


def test_a_map_gives_levels_their_words_and_their_order(folder):
    without_levels(folder, 'map = { B = "Arm B", A = "Arm A" }\n')
    assert any("arms do not match" in sentence for sentence in folder.sentences())
    for old, new in (('level = "a"', 'level = "arm-a"'), ('level = "b"', 'level = "arm-b"')):
        folder.change("study.toml", old, new)
    folder.change(
        "study.toml", 'map = { B = "Arm B", A = "Arm A" }', 'map = { A = "Arm A", B = "Arm B" }'
    )
    study = load_study(folder.path)
    assert [one.label for one in study.variable("arm").levels] == ["Arm A", "Arm B"]
    assert study.codes["arm"].tolist() == [0, 0, 0, 1, 1, 1]


def test_codes_for_missing_of_one_variable(folder):
    more = 'levels = ["A", "B"]\nmissing_codes = ["-9", "unbekannt"]\n'
    without_levels(folder, more)
    folder.change("patients.csv", "P1,A,", "P1,unbekannt,")
    folder.change("patients.csv", "P2,A,", "P2,-9.0,")
    assert folder.load().codes["arm"].tolist() == [-1, -1, 0, 1, 1, 1]


def test_numbers_that_cannot_be_true(folder):
    folder.change("study.toml", 'unit = "years"', 'unit = "years"\nvalid = [18, 45]')
    said = [sentence for sentence in folder.sentences() if "is not from" in sentence]
    assert said
    assert said[0].startswith("patients.csv, column “age”, row ")
    assert said[0].endswith(
        "is not from 18 to 45. Correct it, or name it in missing_codes in study.toml if it stands "
        "for missing."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit = "years"', "valid = [45, 18]", "these are not two numbers that rise"),
        ('missing = "level"', "valid = [1, 2]", "only a number has bounds"),
        ('missing = "level"', "map = { a = 1 }", "not every entry is a text"),
        ('missing = "level"', "missing_codes = [[1]]", "not every entry is a text or a number"),
    ],
)
def test_a_fault_of_the_coding_is_said(folder, old, new, said):
    folder.change("study.toml", old, new)
    assert any(said in sentence for sentence in folder.sentences())
