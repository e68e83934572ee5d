"""Workbooks: which sheet and which row, what cells hold, and what is refused before it is read."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from data.checking.problems import StudyError
from data.reading.archive import look_inside
from data.reading.kinds import what_is
from data.reading.raw import Limits, RawTable, Reading
from data.reading.table import read_table

NAME = "patients.xlsx"
ROWS = [
    ["Registry, June 2019"],
    [],
    ["Id", "Sex", "OS (months)", "Started", "Seen", "Known"],
    ["A", "w", 9.13, datetime.date(2019, 3, 28), datetime.datetime(2019, 3, 28, 7, 30), True],
    ["B", None, -9, datetime.date(2019, 4, 1), None, False],
]


def workbook(rows=ROWS, change=None) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Patients"
    for row in rows:
        book.active.append(row)
    codes = book.create_sheet("Codebook")
    codes.append(["w", "female"])
    codes.append(["-9", "not known"])
    if change:
        change(book)
    return book


def saved(tmp_path, book: openpyxl.Workbook):
    path = tmp_path / NAME
    book.save(path)
    return path


def read(tmp_path, change=None, reading: Reading | None = None) -> RawTable:
    return read_table(saved(tmp_path, workbook(change=change)), reading or Reading())


def refusal(path, **more) -> str:
    with pytest.raises(StudyError) as caught:
        read_table(path, **more)
    (problem,) = caught.value.problems
    return problem.sentence


def test_the_largest_sheet_is_read_from_its_row_of_names_on(tmp_path):
    table = read(tmp_path)
    assert table.what == "an Excel workbook"
    assert table.sheets == ("Patients", "Codebook")
    assert table.columns == ("Id", "Sex", "OS (months)", "Started", "Seen", "Known")
    assert table.rows == [
        ["A", "w", "9.13", "2019-03-28", "2019-03-28 07:30:00", "TRUE"],
        ["B", "", "-9", "2019-04-01", "", "FALSE"],
    ]
    assert table.lines == [4, 5]
    assert table.found == (
        "the sheet “Patients” is read, and not “Codebook”",
        "the names of the columns stand in row 3, below a title",
    )


def test_sheet_and_row_as_declared(tmp_path):
    table = read(tmp_path, reading=Reading(sheet="Codebook", header_row=1))
    assert (table.columns, table.rows, table.found) == (("w", "female"), [["-9", "not known"]], ())
    path = tmp_path / NAME
    assert refusal(path, reading=Reading(sheet="Patient")) == (
        f"{NAME}: the workbook has no sheet “Patient”. Use “Patients”, “Codebook”."
    )
    assert refusal(path, reading=Reading(header_row=2)) == (
        f"{NAME}: row 2 is empty, but study.toml says that it holds the names. "
        "Correct header_row, which counts from 1."
    )


def test_a_hidden_sheet_is_read_only_if_it_is_named(tmp_path):
    def hide(book):
        book["Patients"].sheet_state = "hidden"

    assert read(tmp_path, hide).columns == ("w", "female")
    assert read(tmp_path, hide, Reading(sheet="Patients")).columns[0] == "Id"


def test_formulas_without_a_stored_value_are_refused(tmp_path):
    def add(book):
        book["Patients"]["C5"] = "=C4*2"

    path = saved(tmp_path, workbook(change=add))
    assert refusal(path) == (
        f"{NAME}: 1 formula has no stored value. Open the workbook in Excel or LibreOffice and "
        "save it, or write values."
    )
    assert read_table(path, Reading(sheet="Codebook")).columns == ("w", "female")


def rewritten(path, part: str, change) -> None:
    """The workbook with one part of it changed, and whatever is added."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)


def test_a_formula_is_its_stored_value(tmp_path):
    path = saved(tmp_path, workbook([["Id", "Days"], ["A", 4], ["B", 5]]))
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v>5</v>", b"<f>2+3</f><v>5</v>"),
    )
    table = read_table(path)
    assert table.rows == [["A", "4"], ["B", "5"]]
    assert "formulas are read as the values that are stored with them" in table.found


def test_errors_are_missing_and_counted(tmp_path):
    def add(book):
        cell = book["Patients"]["C5"]
        cell.value, cell.data_type = "#DIV/0!", "e"

    table = read(tmp_path, add)
    assert table.rows[1][2] == ""
    assert "1 cell with an error of Excel, such as #DIV/0!, count as missing" not in table.found
    assert "1 cell with an error of Excel, such as #DIV/0!, counts as missing" in table.found


def test_macros_are_not_run_and_said(tmp_path):
    path = saved(tmp_path, workbook())
    rewritten(path, "xl/vbaProject.bin", lambda _: b"\xcc\x61")
    assert "its macros are not run" in read_table(path).found


def test_one_cell_far_away_takes_no_memory(tmp_path):
    """A dense sheet up to it would have seventeen thousand million cells."""

    def add(book):
        book["Patients"]["XFD1048576"] = 1

    path = saved(tmp_path, workbook(change=add))
    assert refusal(path, reading=Reading(sheet="Patients")).startswith(
        f"{NAME}: its table takes more than 320 MB of memory"
    )
    # Another sheet can be read all the same.
    assert read_table(path).columns == ("w", "female")


def test_cells_are_counted_before_they_are_read(tmp_path):
    path = saved(tmp_path, workbook())
    assert refusal(path, limits=Limits(memory=0.0002)).startswith(
        f"{NAME}: its table takes more than 0.0002 MB of memory. Leave columns out, split it"
    )


def unpacked_too_far(path) -> str:
    with pytest.raises(StudyError) as caught:
        look_inside(path, "xlsx", NAME)
    return str(caught.value)


def test_an_archive_that_would_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("data.reading.archive._MOST_UNPACKED", 200_000)
    path = saved(tmp_path, workbook())
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 300_000)
    assert path.stat().st_size < 20_000
    assert "the workbook unpacks to more than" in unpacked_too_far(path)


def test_an_archive_whose_directory_lies_about_sizes(tmp_path, monkeypatch):
    monkeypatch.setattr("data.reading.archive._MOST_UNPACKED", 200_000)
    path = saved(tmp_path, workbook())
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 300_000)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    assert "the workbook unpacks to more than" in unpacked_too_far(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "the file is an Excel workbook protected by a password. "
            "Open it with its password and save a copy without one.",
        ),
        (b"PK\x03\x04 and nothing more", "the file is a damaged archive. Save it anew."),
        (
            b"<html><table><tr><td>Id</td></tr></table></html>",
            "the file is a web page, whatever its name says. "
            "Open it in Excel and save it as .xlsx or as CSV UTF-8.",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"),
            "it is an Excel workbook of the old format (XLS) that cannot be read",
        ),
    ],
    ids=["password", "damaged", "web page", "old"],
)
def test_what_is_no_workbook_is_said(tmp_path, content, said):
    path = tmp_path / NAME
    path.write_bytes(content)
    assert refusal(path).startswith(f"{NAME}: {said}")


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("word/document.xml",), "a Word document"),
        (("xl/workbook.bin",), "a binary Excel workbook"),
        (("a.csv",), "a ZIP archive"),
    ],
)
def test_other_archives_are_told_apart(tmp_path, names, what):
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    assert what_is(path) == what
    assert refusal(path).startswith(f"{NAME}: the file is {what}. ")


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
CONTENT = (
    f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0" '
    f'xmlns:text="{OASIS}:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Patients"><table:table-row>'
    f"{TEXT.format('Id')}{TEXT.format('Days')}</table:table-row>"
    f"<table:table-row>{TEXT.format('A')}"
    '<table:table-cell office:value-type="float" office:value="12.5"/></table:table-row>{more}'
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row>'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
FAR = (
    '<table:table-row table:number-rows-repeated="900000"><table:table-cell '
    'table:number-columns-repeated="9" office:value-type="float" office:value="1"/>'
    "</table:table-row>"
)


def ods(tmp_path, content: str, manifest: str = "<manifest/>"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet"
        )
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    path = tmp_path / "patients.ods"
    path.write_bytes(made.getvalue())
    return path


def test_a_spreadsheet_of_libreoffice(tmp_path):
    table = read_table(ods(tmp_path, CONTENT.format(more="")))
    assert (table.what, table.columns) == ("an OpenDocument spreadsheet", ("Id", "Days"))
    assert table.rows == [["A", "12.5"]]


def test_rows_that_stand_for_many_are_counted(tmp_path):
    path = ods(tmp_path, CONTENT.format(more=FAR))
    assert "more than 320 MB of memory" in refusal(path)


def test_a_spreadsheet_with_a_password(tmp_path):
    path = ods(tmp_path, CONTENT.format(more=""), "<manifest:encryption-data/>")
    assert "protected by a password" in refusal(path)
