"""Codes for missing and decimal commas: what is found, what is declared, what is left alone."""

import pytest

from data.checking.problems import StudyError
from data.reading.raw import AS_WRITTEN, Reading
from data.reading.table import read_table


def read(tmp_path, text: str, **how):
    path = tmp_path / "patients.csv"
    path.write_text(text, "utf-8")
    return read_table(path, Reading(**how))


def test_codes_that_nobody_writes_for_anything_else_are_missing(tmp_path):
    table = read(tmp_path, "id,x,y\nP1,NA,[Not Available]\nP2,.,-9\nP3,?,None\n")
    assert table.rows == [["P1", "", ""], ["P2", "", "-9"], ["P3", "?", "None"]]
    assert dict(table.missing) == {"NA": 1, ".": 1, "[Not Available]": 1}
    assert table.found == ("“NA”, “.”, “[Not Available]” stand for missing in 3 cells",)


def test_declared_codes_are_numbers_too(tmp_path):
    table = read(tmp_path, "id,x,y\nP1,-9.0,NA\nP2,-9,-90\n", missing=("-9",))
    assert table.rows == [["P1", "", "NA"], ["P2", "", "-90"]]
    assert read(tmp_path, "id,x\nP1,NA\n", missing=()).rows == [["P1", "NA"]]


def test_what_is_a_value_of_a_column_is_kept_in_it(tmp_path):
    table = read(tmp_path, "id,region,x\nP1,NA,NA\n", kept={"region": frozenset({"NA", "EU"})})
    assert table.rows == [["P1", "NA", ""]]


def test_the_products_own_tables_are_read_as_they_are_written(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text('table,printed\nTable 1,NA\nTable 1,"1,5"\n', "utf-8")
    table = read_table(path, AS_WRITTEN)
    assert table.rows == [["Table 1", "NA"], ["Table 1", "1,5"]]
    assert table.found == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("775,4", "12", "-0,5"), ["775.4", "12", "-0.5"]),
        (("1.274,8", "1.274", "12.345.678"), ["1274.8", "1274", "12345678"]),
        (("1,274", "2,500", "900"), ["1,274", "2,500", "900"]),
        (("1.5", "2.25", "3"), ["1.5", "2.25", "3"]),
        (("Dose 1,5", "Dose 2,5", "2,5"), ["Dose 1,5", "Dose 2,5", "2,5"]),
        (("1,5", "k.A.", "2"), ["1.5", "k.A.", "2"]),
    ],
    ids=["commas", "thousands", "either", "points", "words", "one word"],
)
def test_decimal_commas(tmp_path, cells, expected):
    text = "id;x\n" + "".join(f"P{i};{cell}\n" for i, cell in enumerate(cells))
    assert [row[1] for row in read(tmp_path, text).rows] == expected


def test_commas_that_could_part_thousands_are_asked_for(tmp_path):
    assert read(tmp_path, "id;x\nP1;1,274\n", decimal=",").rows == [["P1", "1.274"]]
    assert read(tmp_path, "id;x\nP1;1,5\n", decimal=".").rows == [["P1", "1,5"]]


def test_both_signs_in_one_column_are_refused(tmp_path):
    with pytest.raises(StudyError) as caught:
        read(tmp_path, "id;x\nP1;1,5\nP2;2.5\n")
    assert str(caught.value) == (
        "patients.csv, column “x”, row 3: “2.5” has a decimal point where other cells have a "
        "decimal comma. Write all of them in one way."
    )


def test_lines_above_the_names(tmp_path):
    table = read(tmp_path, "# made by hand\n# twice\nTitle\n\nid,x\nP1,1\n")
    assert (table.columns, table.lines) == (("id", "x"), [6])
    assert table.found == (
        "2 lines that begin with # above the names were passed over",
        "the names of the columns stand in row 5, below a title",
    )


def test_a_clinical_file_of_cbioportal(tmp_path):
    lines = (
        "#Patient Identifier\tOverall Survival (Months)",
        "#Who\tSince the start",
        "#STRING\tNUMBER",
        "#1\t1",
        "PATIENT_ID\tOS_MONTHS",
        "P1\t9.13",
        "P2\t[Not Available]",
    )
    table = read(tmp_path, "\n".join(lines))
    assert table.what == "a clinical file of cBioPortal"
    assert table.rows == [["P1", "9.13"], ["P2", ""]]
    assert table.labels["OS_MONTHS"] == "Overall Survival (Months)"
    assert table.lines == [6, 7]
