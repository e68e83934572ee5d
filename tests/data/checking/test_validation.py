"""Patients against their declaration: what is read, and the sentence for every fault."""

import numpy as np
import pandas as pd
import pytest

from data.checking.problems import LISTED_AT_MOST
from data.checking.validation import cut_number, read_levels
from data.study import Level, Variable

P1 = "P1,A,Stage B,None,40,3.5,100,1,,"


def test_what_is_read(base):
    assert base.patient_ids == ("P1", "P2", "P3", "P4", "P5", "P6")
    assert base.codes["arm"].tolist() == [0, 0, 0, 1, 1, 1]
    assert base.codes["stage"].tolist() == [0, 1, 1, 2, -1, 2]
    assert base.codes["ascites"].tolist() == [0, 1, 2, 0, 0, 1]
    assert base.numbers["afp"][[0, 5]].tolist() == [3.5, 1000]
    assert np.isnan(base.numbers["age"][3])
    overall = base.outcomes["os"]
    assert overall.time.tolist() == [100, 200, 300, 400, 500, 0]
    assert overall.event.tolist() == [1, 0, 1, 0, 1, 1]
    assert overall.known.all()
    assert (overall.time.dtype, overall.event.dtype) == (np.int32, np.int8)
    assert base.codes["stage"].dtype == np.int8
    late = base.outcomes["pps"]
    assert late.known.tolist() == [False, True, True, False, True, False]
    assert late.time.tolist() == [0, 50, 150, 0, 10, 0]
    assert late.event.tolist() == [0, 0, 1, 0, 1, 0]


def test_none_and_missing_are_levels_and_empty_is_missing(base):
    ascites, stage = base.variable("ascites"), base.variable("stage")
    assert [level.id for level in ascites.levels] == ["none", "slight", "missing"]
    assert not base.has_missing(ascites)
    assert base.has_missing(stage)
    assert stage.level("missing").label == "Missing"
    with pytest.raises(KeyError):
        stage.level("e")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            "P1,C,Stage B,None,40,3.5,100,1,,",
            "patients.csv, column “arm”, row 2: “C” is not a declared level. "
            "Use “A”, “B”, leave it empty for missing, or declare it.",
        ),
        (
            "P1,A,stage b,None,40,3.5,100,1,,",
            "patients.csv, column “stage”, row 2: “stage b” is not a declared level. "
            'Write “Stage B” if that is meant, or map = { "stage b" = "Stage B" } in study.toml.',
        ),
        (
            "P1,A,Stage B,,40,3.5,100,1,,",
            "patients.csv, column “ascites”, row 2: the cell is empty although “Missing” is a "
            "declared level. Write one or the other.",
        ),
        (
            "P1,A,Stage B,Unknown,40,3.5,100,1,,",
            "patients.csv, column “ascites”, row 2: “Unknown” is not a declared level. "
            'Write missing_codes = ["Unknown"] in study.toml if it stands for missing.',
        ),
        (
            "P1,A,Stage B,None,not a number,3.5,100,1,,",
            "patients.csv, column “age”, row 2: “not a number” is not a number. "
            "Write a number with a point, or leave it empty for missing.",
        ),
        (
            "P1,A,Stage B,None,40,-inf,100,1,,",
            "patients.csv, column “afp_ng”, row 2: “-inf” is not a number. "
            "Write a number with a point, or leave it empty for missing.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,-1,1,,",
            "patients.csv, column “os_days”, row 2: the time -1 is negative. "
            "Write days since the start.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,,1,,",
            "patients.csv, column “os_days”, row 2: the time is missing. "
            "Write days since the start, or declare the endpoint's population.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,99999,1,,",
            "patients.csv, column “os_days”, row 2: the time 99999 is more than a century. "
            "Write days since the start; declare a code for a missing time in missing_codes.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,soon,1,,",
            "patients.csv, column “os_days”, row 2: “soon” is not a number. "
            "Write a number with a point, or leave it empty for missing.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,100,2,,",
            "patients.csv, column “os_event”, row 2: the event flag “2” is not 0 or 1. "
            "Write 1 for an event and 0 for a censored patient, or name the values in event_values "
            "and censored_values in study.toml.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,100,,,",
            "patients.csv, column “os_event”, row 2: the event flag “” is not 0 or 1. "
            "Write 1 for an event and 0 for a censored patient, or name the values in event_values "
            "and censored_values in study.toml.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,100,1,12,",
            "patients.csv, column “pps_event”, row 2: the event flag “” is not 0 or 1. "
            "Write 1 for an event and 0 for a censored patient, or name the values in event_values "
            "and censored_values in study.toml.",
        ),
        (
            "P1,A,Stage B,None,40,3.5,100,1,,0",
            "patients.csv, column “pps_days”, row 2: the time is missing. "
            "Write whole days since the start, or declare the endpoint's population.",
        ),
        (
            "P2,A,Stage B,None,40,3.5,100,1,,",
            "patients.csv, column “patient”, row 3: patient “P2” stands twice. "
            "Keep one row for each patient.",
        ),
        (
            ",A,Stage B,None,40,3.5,100,1,,",
            "patients.csv, column “patient”, row 2: the patient id is empty. "
            "Give every patient an id.",
        ),
    ],
)
def test_a_wrong_cell(folder, new, sentence):
    folder.change("adverse_events.csv", "P1,Fatigue,2\nP1,Nausea,1\n", "")
    folder.change("patients.csv", P1, new)
    assert folder.sentences() == [sentence]


def test_days_with_a_fraction_are_declared(folder):
    folder.change("patients.csv", P1, "P1,A,Stage B,None,40,3.5,3.3,1,,")
    assert folder.load().outcomes["os"].time.tolist() == [3.3, 200, 300, 400, 500, 0]
    folder.change("study.toml", 'unit = "days"\n', "")
    assert folder.sentences() == [
        "patients.csv, column “os_days”, row 2: the time 3.3 is not whole days. "
        'Write whole days, or unit = "months", "weeks", "years" or "days" in study.toml.'
    ]


@pytest.mark.parametrize("flag", ["1.0", "-0", "yes", "TRUE", "01"])
def test_event_flags_are_not_guessed(folder, flag):
    folder.change("patients.csv", P1, f"P1,A,Stage B,None,40,3.5,100,{flag},,")
    assert f"row 2: the event flag “{flag}” is not 0 or 1" in folder.sentences()[0]


@pytest.mark.parametrize(("cell", "days"), [("0", 0), ("-0", 0), ("1e3", 1000), ("100.0", 100)])
def test_ways_to_write_whole_days(folder, cell, days):
    folder.change("patients.csv", P1, f"P1,A,Stage B,None,40,3.5,{cell},1,,")
    assert folder.load().outcomes["os"].time[0] == days


def test_a_missing_column(folder):
    folder.change("patients.csv", "os_event", "os_evnt")
    assert folder.sentences() == [
        "patients.csv, column “os_event”: the column is missing. Write “os_evnt” if that is meant; "
        "the file has patient, arm, stage, ascites, age, afp_ng, os_days, os_evnt, "
        "pps_days, pps_event."
    ]


def test_a_column_that_is_not_declared_is_left_alone(folder):
    folder.change("patients.csv", "pps_event\n", "pps_event,note\n")
    text = (folder.path / "patients.csv").read_text("utf-8")
    head, *rows = text.splitlines()
    (folder.path / "patients.csv").write_text("\n".join([head, *(f"{r},x" for r in rows)]))
    assert folder.load().n == 6


def test_faults_of_several_columns_are_told_together(folder):
    folder.change("patients.csv", P1, "P1,C,Stage Z,None,old,3.5,-4,9,,")
    assert len(folder.sentences()) == 5


def test_many_wrong_cells_are_counted(folder):
    rows = "".join(f"Q{i},A,Stage Q,None,,,1,1,,\n" for i in range(LISTED_AT_MOST + 3))
    folder.change("patients.csv", P1, f"{rows}{P1}")
    sentences = folder.sentences()
    assert len(sentences) == LISTED_AT_MOST + 1
    assert "column “stage”: 3 more rows have a fault of this kind" in sentences[-1]


def test_a_long_cell_is_cut(folder):
    folder.change("patients.csv", P1, P1.replace("Stage B", "x" * 5000))
    (sentence,) = folder.sentences()
    assert len(sentence) < 300


# ---- Numbers are cut into ranges.


def cut(numbers, cuts=(), unit="", reference=None):
    variable = Variable("x", "x", "X", "number", "G", cuts=cuts, unit=unit)
    numbers = np.array(numbers, float)
    reference = np.ones(len(numbers), bool) if reference is None else np.array(reference)
    made, codes = cut_number(variable, numbers, reference)
    return [level.label for level in made.levels], made.cuts, codes.tolist()


def test_declared_cuts():
    labels, cuts, codes = cut([19, 20, 400, 400.5, np.nan], cuts=(20, 400.5), unit="ng")
    assert labels == ["< 20 ng", "20 to < 400.5 ng", "≥ 400.5 ng"]
    assert cuts == (20, 400.5)
    assert codes == [0, 1, 1, 2, -1]


def test_the_median_of_the_default_set_cuts():
    labels, cuts, codes = cut([1, 5, 9, 100], reference=[True, True, True, False])
    assert (labels, cuts, codes) == (["< 5", "≥ 5"], (5,), [0, 1, 1, 1])


def test_a_label_says_where_the_cut_is():
    # Rounded to 58 the label would call a patient of 58 years "< 58".
    labels, _, codes = cut([57, 58, 59, 60])
    assert (labels, codes) == (["< 58.5", "≥ 58.5"], [0, 0, 1, 1])


def test_the_middle_of_two_decimals_is_a_decimal():
    # (0.2 + 0.4) / 2 is a little more than 0.3; the patient with 0.3 belongs above.
    labels, cuts, codes = cut([0.2, 0.4, 0.3], reference=[True, True, False])
    assert (labels, cuts, codes) == (["< 0.3", "≥ 0.3"], (0.3,), [0, 1, 1])


def test_a_number_nobody_has():
    labels, cuts, codes = cut([np.nan, np.nan], unit="cm")
    assert (labels, cuts, codes) == (["Any cm"], (), [-1, -1])


def test_ranges_in_a_study(base):
    age = base.variable("age")
    # Stage C or D with an age: 50, 61, 80.
    assert age.cuts == (61,)
    assert [(level.id, level.label) for level in age.levels] == [
        ("range-1", "< 61 years"),
        ("range-2", "≥ 61 years"),
    ]
    assert base.codes["age"].tolist() == [0, 0, 1, -1, 1, 1]
    assert base.codes["afp"].tolist() == [0, 1, 1, 2, -1, 2]


def test_patients_outside_the_default_set_do_not_move_the_median(folder):
    # With P1, who is not in it, the median would be 70.
    folder.change("patients.csv", P1, P1.replace(",40,", ",75,"))
    assert folder.load().variable("age").cuts == (61,)


def test_of_many_levels_the_first_are_named():
    levels = tuple(Level(str(i), str(i), str(i)) for i in range(300))
    variable = Variable("site", "site", "Site", "categorical", "Tumour", levels)
    _, (problem,) = read_levels(variable, pd.Series(["Yes"], name="site"), "patients.csv")
    assert "“19” or another of the 300 levels" in problem.fix
    assert "“20”" not in problem.fix
