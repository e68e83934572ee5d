"""The table of adverse events: cells to codes, and a sentence for each fault."""

import numpy as np
import pytest

from data.sections.adverse_event_table import read_grade
from data.sections.adverse_events import UNGRADED, Grade


def test_cells_become_codes(base):
    table = base.adverse_events
    assert table.grades == (Grade(1, 1), Grade(2, 2), Grade(3, 3))
    assert [term.label for term in table.terms] == ["Fatigue", "Nausea"]
    assert [term.id for term in table.terms] == ["fatigue", "nausea"]
    assert table.patient.tolist() == [0, 0, 3]
    assert table.term.tolist() == [0, 1, 0]
    assert table.grade.tolist() == [1, 0, 2]
    assert table.onset is None
    assert table.first_severe == 2


def test_bands_and_single_grades(folder):
    folder.change("adverse_events.csv", "Fatigue,2", "Fatigue,1-2")
    folder.change("adverse_events.csv", "Nausea,1\n", "Nausea,1–2\n")
    table = folder.load().adverse_events
    assert [grade.label for grade in table.grades] == ["1–2", "3"]
    assert [grade.is_band for grade in table.grades] == [True, False]
    assert [grade.severe for grade in table.grades] == [False, True]


def test_the_shipped_study_has_the_papers_categories(catalog):
    table = catalog.study("nct01900002").adverse_events
    assert len(table.terms) == 51
    categories = list(dict.fromkeys(term.category for term in table.terms))
    assert categories[0] == "Constitutional events"
    assert {"Gastrointestinal events", "Gastrointestinal"} <= set(categories)
    assert catalog.study("soramic").adverse_events is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("P4,Fatigue,3", "P4,Fatigue,6", "column “grade”, row 4: “6” is not a grade"),
        ("P4,Fatigue,3", "P4,Fatigue,bad", "row 4: “bad” is not a grade"),
        ("P4,Fatigue,3", "P4,Fatigue,2-4", "row 4: “2-4” is not a grade"),
        ("P4,Fatigue,3", "P4,Fatigue,1-2", "the grades 1 and 1–2 overlap"),
        ("P4,Fatigue,3", "P4,,3", "column “term”, row 4: the cell is empty"),
        ("P4,Fatigue,3", "P9,Fatigue,3", "row 4: there is no patient “P9”"),
        ("patient,term,grade", "patient,name,grade", "column “term”: the column is missing"),
    ],
)
def test_a_fault_of_a_cell_names_its_place(folder, old, new, said):
    folder.change("adverse_events.csv", old, new)
    assert any(said in sentence for sentence in folder.sentences())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('table = "adverse-events"\nterm', 'table = "events"\nterm', "no such id: “events”"),
        ('set = "everybody"\ndeath', 'set = "nobody"\ndeath', "no such id: “nobody”"),
        ('death = "os"', 'death = "dfs"', "no such id: “dfs”"),
        ('death = "os"', 'onset_day = "day"', "the key is missing although onset days are known"),
        ('terms = ["Fatigue"]', 'terms = ["fatigue"]', "there is no term “fatigue”"),
        ('death = "os"', 'categories = ["Skin"]', "there is no category “Skin”"),
        ('death = "os"', "minimum_cell = 0", "the value 0 is out of range"),
        ('exposure = ["afp"]', 'exposure = ["dose"]', "there is no variable “dose”"),
        ("n = 9\n", "", "a step has either n or set"),
        (
            'label = "Enrolled"\nset = "everybody"',
            'label = "Enrolled"\nset = "x"',
            "there is no analysis set “x”",
        ),
    ],
)
def test_a_fault_of_the_declaration_is_said(folder, old, new, said):
    folder.change("study.toml", old, new)
    assert any(said in sentence for sentence in folder.sentences())


def test_onset_days_are_whole_days_or_empty(folder):
    folder.change("study.toml", 'death = "os"', 'death = "os"\nonset_day = "day"')
    folder.change("adverse_events.csv", "grade\n", "grade,day\n")
    for old, new in (("Fatigue,2", "Fatigue,2,14"), ("Nausea,1", "Nausea,1,")):
        folder.change("adverse_events.csv", old, new)
    folder.change("adverse_events.csv", "Fatigue,3", "Fatigue,3,2.5")
    (sentence,) = folder.sentences()
    assert "column “day”, row 4: the day “2.5” is not a whole day" in sentence
    folder.change("adverse_events.csv", "2.5", "30")
    onset = folder.load().adverse_events.onset
    assert onset[0] == 14
    assert np.isnan(onset[1])


GRADES = {
    "1": 1,
    "3.0": 3,
    "Grade 2": 2,
    "G4": 4,
    "CTCAE 3": 3,
    "grade III": 3,
    "Grave": 3,
    "Grade": None,
    "III": 3,
    "MILD": 1,
    "Moderate": 2,
    "severe": 3,
    "LIFE THREATENING": 4,
    "Life-threatening": 4,
    "FATAL": 5,
    "Death": 5,
    "0": None,
    "6": None,
    "2-3": None,
    "": 0,
}


@pytest.mark.parametrize(("cell", "grade"), GRADES.items())
def test_ways_to_write_a_grade(cell, grade):
    assert read_grade(cell) == (None if grade is None else Grade(grade, grade))


def test_the_studys_own_words_for_grades(folder):
    folder.change(
        "study.toml", 'death = "os"', 'death = "os"\ngrades = { strong = "4", "3" = "2" }'
    )
    folder.change("adverse_events.csv", "Fatigue,2", "Fatigue,strong")
    table = folder.load().adverse_events
    assert [table.grades[i].label for i in table.grade] == ["4", "1", "2"]
    folder.change("study.toml", 'strong = "4"', 'strong = "6"')
    assert folder.sentences() == [
        "study.toml, key “adverse_events.grades”: “6” of “strong” is not a grade. Write 1, 2, 3, 4 "
        "or 5, or a band that lies below 3 or from 3 on, such as 1-2."
    ]


def test_an_event_without_a_grade_is_one_at_any_grade(folder):
    folder.change("adverse_events.csv", "P4,Fatigue,3", "P4,Fatigue,")
    table = folder.load().adverse_events
    assert table.grades[0] == UNGRADED
    assert [grade.label for grade in table.grades] == ["unknown", "1", "2"]
    assert not table.grades[0].severe
    unknown = table.grades.index(UNGRADED)
    assert ((table.grade == unknown).sum(), table.first_severe) == (1, 3)


def test_events_before_treatment_are_left_out_where_the_study_says_so(folder):
    folder.change("study.toml", 'death = "os"', 'death = "os"\nonset_day = "day"')
    folder.change("adverse_events.csv", "grade\n", "grade,day\n")
    for old, new in (("Fatigue,2", "Fatigue,2,-3"), ("Nausea,1", "Nausea,1,"), ("e,3", "e,3,0")):
        folder.change("adverse_events.csv", old, new)
    assert folder.sentences() == [
        "adverse_events.csv, column “day”, row 2: the day “-3” is before the start. Write whole "
        "days since the start, or leave the cell empty if not known; treatment_emergent in "
        "study.toml leaves such events out."
    ]
    folder.change("study.toml", 'onset_day = "day"', 'onset_day = "day"\ntreatment_emergent = true')
    table = folder.load().adverse_events
    assert table.patient.tolist() == [0, 3]
    assert (table.left_out, table.rows.tolist()) == (1, [3, 4])


def test_a_column_says_which_events_are_of_the_treatment(folder):
    folder.change("study.toml", 'death = "os"', 'death = "os"\ntreatment_emergent = "TRTEMFL"')
    folder.change("adverse_events.csv", "grade\n", "grade,TRTEMFL\n")
    for old, new in (("Fatigue,2", "Fatigue,2,Y"), ("Nausea,1", "Nausea,1,"), ("e,3", "e,3,maybe")):
        folder.change("adverse_events.csv", old, new)
    assert folder.sentences() == [
        "adverse_events.csv, column “TRTEMFL”, row 4: “maybe” does not say whether the event is of "
        "the treatment. Write yes or no."
    ]
    folder.change("adverse_events.csv", "maybe", "Yes")
    assert folder.load().adverse_events.patient.tolist() == [0, 3]


def test_the_flow_and_the_exposure_are_read(base):
    assert [(step.label, step.n, step.analysis_set) for step in base.flow] == [
        ("Screened", 9, ""),
        ("Enrolled", None, "everybody"),
    ]
    assert base.exposure == ("afp",)
