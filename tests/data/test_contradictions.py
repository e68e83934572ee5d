"""What cannot all be true of one patient is found, named by row, and keeps no study out."""

from __future__ import annotations

import pytest

from tests.shipped import load_catalog
from tests.studies.claims import read_claims, said_of

DATES = "Correct one of the two dates."
ROWS = {
    # Of the patients' file: what is changed, and what is said then.
    "a response after death": (
        ("patients", ("Teilremission,4,420,1", "Teilremission,15,420,1")),
        "patients.csv, column “response_months”, row 8: the response at month 15 comes after the "
        f"death on day 420. {DATES}",
    ),
    "a response after the last contact": (
        ("patients", ("Teilremission,3,650,0", "Teilremission,22.0,650,0")),
        "patients.csv, column “response_months”, row 3: the response at month 22.0 comes after the "
        f"last contact on day 650. {DATES}",
    ),
    "a progression after death": (
        ("patients", ("620,1,350,1,350,1", "349,1,350,1,350,1")),
        "patients.csv, column “ttp_days”, row 5: the event of TTP on day 350 comes after the death "
        f"on day 349. {DATES}",
    ),
    "a progression later than progression or death": (
        ("patients", ("330,1,150,1,150,1", "330,1,151,1,150,1")),
        "patients.csv, column “ttp_days”, row 10: day 151 of TTP is later than day 150 of PFS, "
        "which counts the same event. Correct one of the two endpoints.",
    ),
    "a progression that the composite lacks": (
        ("patients", ("330,1,150,1,150,1", "330,1,150,1,150,0")),
        "patients.csv, column “ttp_days”, row 10: TTP has an event and PFS, which counts it too, "
        "has none. Correct one of the two endpoints.",
    ),
    "neither progression nor death": (
        ("patients", ("500,0,500,0,500,0", "500,0,500,0,500,1")),
        "patients.csv, column “pfs_event”, row 7: PFS has an event although neither TTP nor OS has "
        "one. Correct one of the event flags.",
    ),
    "a death that nobody died": (
        ("events", ("P2,Nausea,1,20", "P2,Nausea,5,20")),
        "events.csv, column “grade”, row 3: the grade is 5, death, and OS has no event of this "
        "patient. Correct the grade or the event flag.",
    ),
    "an adverse event after death": (
        ("events", ("P8,HFS,1,50", "P8,HFS,1,241")),
        "events.csv, column “day”, row 6: the event began on day 241, after the death on day 240. "
        f"{DATES}",
    ),
}
NEIGHBOURS = {
    # Month 14 may be 13.5, which is day 411: nobody knows that it came after day 420.
    "a month that is rounded": ("patients", ("Teilremission,4,420,1", "Teilremission,14,420,1")),
    "progression on the day of death": ("patients", ("620,1,350,1,350,1", "350,1,350,1,350,1")),
    "a death of grade 5": ("events", ("P1,Nausea,2,10", "P1,Nausea,5,700")),
    "an onset on the day of death": ("events", ("P8,HFS,1,50", "P8,HFS,1,240")),
    "an onset that is not known": ("events", ("P8,HFS,1,50", "P8,HFS,1,")),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_contradiction_is_named_with_its_row(tmp_path, name):
    (table, change), expected = ROWS[name]
    study = read_claims(tmp_path, **{table: change})
    assert expected in study.notes
    assert f"The data contradict themselves. {expected}" in said_of(study, "evidence")
    if len(study.notes) == 1:
        assert f"The data contradict themselves. {expected}" in said_of(study, "overview")


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_what_may_be_true_is_no_contradiction(tmp_path, name):
    table, change = NEIGHBOURS[name]
    assert read_claims(tmp_path, **{table: change}).notes == ()


def test_a_study_of_patients_without_a_publication_says_it_on_evidence_too(tmp_path):
    (table, change), expected = ROWS["a death that nobody died"]
    own = {'provenance = "simulated"': 'provenance = "patient data"\nsingle_patients = true'}
    study = read_claims(tmp_path, own, **{table: change})
    assert f"The data contradict themselves. {expected}" in said_of(study, "evidence")


def test_the_study_itself_and_the_shipped_ones_do_not_contradict_themselves(tmp_path):
    assert read_claims(tmp_path).notes == ()
    assert {study.id: study.notes for study in load_catalog().studies} == {
        "nct01900002": (),
        "soramic": (),
    }


def test_without_single_patients_rows_are_counted_and_not_listed(tmp_path):
    (table, change), _ = ROWS["a progression after death"]
    guarded = {'citation = "Unpublished."': 'citation = "U."\nsingle_patients = false'}
    study = read_claims(tmp_path, guarded, **{table: change})
    assert study.notes == (
        "patients.csv, column “ttp_days”: in 1 row the event of TTP comes after death or the last "
        f"contact. {DATES}",
        "patients.csv, column “pfs_days”: in 1 row the event of PFS comes after death or the last "
        f"contact. {DATES}",
    )


def test_the_overview_says_how_many_more_there_are(tmp_path):
    (table, change), _ = ROWS["a progression after death"]
    said = said_of(read_claims(tmp_path, **{table: change}), "overview")
    assert any(text.endswith("1 more of the kind stands on the page Evidence.") for text in said)


def test_days_from_another_origin_are_not_compared(tmp_path):
    """Days after progression say nothing about days after randomisation."""
    (table, change), _ = ROWS["a progression later than progression or death"]
    moved = {
        'event_name = "Progress oder Tod"': 'event_name = "Progress oder Tod"\norigin = "surgery"'
    }
    assert read_claims(tmp_path, moved, **{table: change}).notes == ()
