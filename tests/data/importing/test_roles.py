"""What the other columns are taken for: ids, arms, variables, and what is left out."""

from __future__ import annotations

import pytest

from data.importing.guess import DOUBTFUL
from data.importing.sheet import sheet
from data.importing.understanding import doubtful, understand
from tests.data.importing.made_up import days, flags, given, ids, understood

OS = {"os_days": days(), "os_event": flags()}


def roles(columns: dict[str, list], **answers: str) -> dict[str, str]:
    found = understood(columns | OS, **answers)
    return {one.name: one.role for one in found.guesses if one.name not in OS}


@pytest.mark.parametrize(
    "heading", ["USUBJID", "Patient", "patient_id", "Patienten-Nr.", "Record ID", "患者编号", "ID"]
)
def test_the_id_is_found_by_its_heading(heading):
    assert roles({"site": flags(), heading: ids()})[heading] == "id"


def test_texts_without_a_heading_for_it_can_be_the_id():
    found = understood({"code": ids()} | OS)
    assert found.id_column.name == "code"
    assert found.id_column.sure == DOUBTFUL


def test_without_an_id_each_row_is_a_patient():
    found = understood({"age": [50] * 12, "sex": flags()} | OS)
    assert found.id_column is None
    assert not found.questions
    assert "each row is taken for a patient of its own" in sheet(found)


def test_several_rows_a_patient_are_said():
    found = understood({"patient": [*ids(6), *ids(6)], "visit": flags()} | OS)
    (question,) = found.questions
    assert "several rows for one patient (“patient”)" in question.text


@pytest.mark.parametrize(
    ("heading", "values", "told"),
    [
        ("Nachname", [f"Muster{i}" for i in range(12)], "name"),
        ("First name", [f"A{i}" for i in range(12)], "name"),
        ("Geburtsdatum", [f"{i:02d}.01.1950" for i in range(1, 13)], "date of birth"),
        ("DOB", [f"1950-01-{i:02d}" for i in range(1, 13)], "date of birth"),
        ("MRN", range(100100, 100112), "record number"),
        ("Fallnummer", range(100100, 100112), "record number"),
        ("PLZ", range(69100, 69112), "address"),
        ("姓名", [f"王{i}" for i in range(12)], "name"),
        ("Fecha de nacimiento", [f"{i:02d}/01/1950" for i in range(1, 13)], "date of birth"),
    ],
)
def test_what_tells_who_somebody_is_is_left_out(heading, values, told):
    found = understood({"patient": ids(), heading: list(values)} | OS)
    (one,) = (guess for guess in found.guesses if guess.name == heading)
    assert (one.role, one.personal) == ("left out", told)
    kept = understood(
        {"patient": ids(), heading: list(values)} | OS, **{f"role:{heading}": "variable"}
    )
    (one,) = (guess for guess in kept.guesses if guess.name == heading)
    assert one.role == "variable"


@pytest.mark.parametrize(
    ("heading", "levels", "reference"),
    [
        ("Therapiearm", ("RE + Sorafenib", "Sorafenib"), "Sorafenib"),
        ("arm", ("Placebo", "Drug"), "Placebo"),
        ("Treatment", ("standard of care", "new"), "standard of care"),
        ("trt", ("1", "2"), "1"),
        ("bras de traitement", ("A", "Témoin"), "Témoin"),
        ("分组", ("对照组", "试验组"), "对照组"),
    ],
)
def test_arms_are_found_and_one_is_the_reference(heading, levels, reference):
    found = understood({"id": ids(), heading: flags(12, *levels)} | OS)
    assert found.arms.column == heading
    assert found.arms.reference == reference
    other = next(one for one in levels if one != reference)
    found = understood({"id": ids(), heading: flags(12, *levels)} | OS, reference=other)
    assert found.arms.levels == (other, reference)


@pytest.mark.parametrize(
    ("heading", "values", "kind", "missing"),
    [
        ("age", [*range(50, 61), -9], "number", ("-9",)),
        ("age", [*range(50, 60), 999, 999], "number", ("999",)),
        ("afp", [1.5, 3000, 2, 7.25, 11, 12, 13, 14, 15, 16, 17, 18], "number", ()),
        ("ECOG", [0, 1, 2] * 4, "ordinal", ()),
        ("ECOG", [0, 1, 2, 9] * 3, "ordinal", ("9",)),
        ("ascites", ["yes", "no", "unknown"] * 4, "categorical", ("unknown",)),
        ("stage", ["II", "III", "IVa"] * 4, "ordinal", ()),
        ("BCLC stage", ["A", "B", "C"] * 4, "ordinal", ()),
        ("blood group", ["A", "B", "O"] * 4, "categorical", ()),
        ("grade", ["low", "high", "medium"] * 4, "ordinal", ()),
        ("PVT", ["?", "no", "yes", "-"] * 3, "categorical", ("?", "-")),
    ],
)
def test_numbers_levels_and_codes_for_missing(heading, values, kind, missing):
    found = understood({"id": ids(), heading: values} | OS)
    (one,) = found.variables
    assert one.kind == kind
    assert set(one.column.missing) == set(missing)


def test_what_is_no_variable_is_left_out_and_why_is_said():
    found = understood(
        {
            "id": ids(),
            "study": ["X"] * 12,
            "comment": [f"text {i}" for i in range(12)],
            "AFP": [*map(str, range(8, 16)), "16", "17", "18", "<5"],
            "empty": [None] * 12,
            "visit date": ["2015-01-01"] * 12,
        }
        | OS
    )
    said = {one.name: one.why for one in found.guesses if one.role == "left out"}
    assert set(said) == {"study", "comment", "AFP", "empty", "visit date"}
    assert "such as “<5”" in said["AFP"]


def test_codes_can_be_named_and_kinds_changed():
    columns = {"id": ids(), "score": [1, 2, 3, 7] * 3} | OS
    found = understood(columns, **{"missing:score": "7", "kind:score": "categorical"})
    (one,) = found.variables
    assert (one.kind, one.column.missing) == ("categorical", ("7",))


def test_the_most_doubtful_stand_first():
    found = understood({"code": ids(), "age": days(), "AFP": [*range(11), "<5"]} | OS)
    assert [one.sure for one in doubtful(found)] == sorted(one.sure for one in found.guesses)


def test_a_second_file_is_the_adverse_events():
    patients = given({"id": ids()} | OS, "patients.csv")
    events = given(
        {"patient": ["P01", "P01", "P02"], "term": ["Nausea", "Pain", "Pain"], "grade": [1, 2, 3]},
        "ae.csv",
    )
    for files in ([patients, events], [events, patients]):
        found = understand(files)
        assert found.patients.name == "patients.csv"
        assert (found.events.file, found.events.term) == ("ae.csv", "term")
    strange = given({"patient": ["Q1"], "term": ["Pain"], "grade": ["1"]}, "other.csv")
    found = understand([patients, strange])
    assert found.events is None
    assert found.passed_over[0][0] == "other.csv"
