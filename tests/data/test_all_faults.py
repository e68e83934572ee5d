"""Whatever is wrong with a folder is said in one go: no fault hides another."""

from __future__ import annotations

import pytest

from data.load import load_study
from tests.studies.evidence import add_evidence, cell

# One passage of each file, what it becomes, and how the sentence about it begins.
TOML, EVENTS = "study.toml", "adverse_events.csv"
FAULTS = [
    (TOML, 'title = "Base study"', "title = 3", "key “title”: the value 3"),
    (TOML, 'tagline = "A', 'taglin = "A', "key “taglin”: the key is not known"),
    (TOML, 'unit = "years"', 'unit = "years"\nper = -1', "key “variables[age].per”"),
    (TOML, 'kind = "ordinal"', 'kind = "ordnal"', "key “variables[stage].kind”"),
    (TOML, 'event_name = "Death"\ncurve', "curve", "key “endpoints[os].event_name”"),
    (TOML, 'method = "glass"', 'method = "plaster"', "key “prescription.method”"),
    ("patients.csv", "P2,A,Stage C,Slight,50", "P2,C,Stage C,Slight,50", "column “arm”, row 3"),
    ("patients.csv", "100,1,,", "-5,1,,", "column “os_days”, row 2"),
    ("patients.csv", "50,0\n", "50,maybe\n", "column “pps_event”, row 3"),
    ("patients.csv", "P6,B", "P3,B", "column “patient”, row 7: patient “P3” stands twice"),
    ("patients.csv", "P5,B,,None", "P5,B,,Some", "column “ascites”, row 6"),
    (EVENTS, "P1,Nausea,1", "P1,Nausea,9", "column “grade”, row 3"),
    (EVENTS, "P4,Fatigue", "P9,Fatigue", "column “patient”, row 4"),
    ("lesions.csv", "P3,no,no,80,", "P3,perhaps,no,80,", "column “response”, row 3"),
    ("table-2.csv", "6,4,10.5", "six,4,10.5", "column “n”, row 2"),
    ("cells.csv", ",mean,lesions", ",men,lesions", "column “quantity”, row 3"),
]
FAULTS = [(*passage, f"{passage[0]}, {place}") for *passage, place in FAULTS]


@pytest.fixture
def spoilt(folder):
    add_evidence(folder, cell("count"), cell("mean", "lesions.planned_gy"))
    for file, old, new, _ in FAULTS:
        folder.change(file, old, new)
    return folder


def test_one_fault_of_every_kind_in_every_file(spoilt):
    said = spoilt.sentences()
    for *_, start in FAULTS:
        assert any(one.startswith(start) for one in said), (start, said)
    assert len(said) == len(set(said))
    # Nothing is said that rests on another fault, such as of a level of the faulty variable.
    starts = tuple(start for *_, start in FAULTS)
    assert [one for one in said if not one.startswith(starts)] == []


def test_mended_one_by_one_nothing_new_comes_up(spoilt):
    """Each mended fault takes its own sentences away, and brings none that was not said before."""
    before = set(spoilt.sentences())
    for file, old, new, _ in FAULTS:
        spoilt.change(file, new, old)
        if file == FAULTS[-1][0]:
            break
        now = set(spoilt.sentences())
        assert now < before, now - before
        before = now
    assert load_study(spoilt.path).id == "base"


def test_files_that_cannot_be_read_hide_no_others(spoilt):
    (spoilt.path / "lesions.csv").unlink()
    (spoilt.path / "table-2.csv").write_text("", "utf-8")
    said = spoilt.sentences()
    assert any(one.startswith("lesions.csv: the file is missing") for one in said)
    assert any(one.startswith("table-2.csv: ") for one in said)
    for file, *_, start in FAULTS:
        if file not in ("lesions.csv", "table-2.csv"):
            assert any(one.startswith(start) for one in said), (start, said)


def test_patients_that_cannot_be_read_hide_no_other_file(spoilt):
    (spoilt.path / "patients.csv").unlink()
    said = spoilt.sentences()
    assert any(one.startswith("patients.csv: the file is missing") for one in said)
    for file, *_, start in FAULTS:
        if file != "patients.csv" and "row 4" not in start:
            assert any(one.startswith(start) for one in said), (start, said)


def test_a_header_is_quoted_once(folder):
    for name in ("arm", "stage", "ascites", "afp_ng", "os_days"):
        text = (folder.path / "patients.csv").read_text("utf-8")
        (folder.path / "patients.csv").write_text(text.replace(name, f"my_{name}", 1), "utf-8")
    folder.change("adverse_events.csv", "patient,term,grade", "person,what,ctc")
    said = folder.sentences()
    for file in ("patients.csv", "adverse_events.csv"):
        mine = [one for one in said if one.startswith(file)]
        assert sum("the file has" in one for one in mine) == 1
    assert sum("the column is missing" in one for one in said) >= 7
