"""Workbooks of Excel and LibreOffice, by calamine."""

from __future__ import annotations

from pathlib import Path

from data.reading.archive import Inside, SheetSize, look_inside
from data.reading.cell_text import cell_text
from data.reading.kinds import FileKind
from data.reading.raw import (
    Grid,
    Limits,
    Reading,
    quoted,
    refused,
    too_large,
    without_library,
)

# As many as Excel shows: 9.13 is stored as 9.130000000000001.
_DIGITS = 15


def grid_of_workbook(
    path: Path, kind: FileKind, reading: Reading, limits: Limits, name: str
) -> Grid:
    """The rows of a sheet.

    Without a declared sheet it is the one with most cells, of equals the first. Formulas give the
    values that are stored with them; programs are never run. StudyError if the workbook cannot be
    read, has no such sheet, or the sheet reaches too far.
    """
    try:
        from python_calamine import (
            CalamineError,
            CalamineWorkbook,
            SheetTypeEnum,
            SheetVisibleEnum,
        )
    except ImportError:
        raise without_library(name, kind.what, "python-calamine") from None
    # The old format is bounded by its own form, 65536 rows, and by the memory of the process.
    inside = Inside({}) if kind.format == "xls" else look_inside(path, kind.format, name)
    too_far = {sheet for sheet, size in inside.sheets.items() if size.cells > limits.cells}
    if too_far and kind.format == "ods":
        # All its sheets are read at once.
        raise too_large(name, limits)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            seen = tuple(
                one.name
                for one in workbook.sheets_metadata
                if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
            )
            hidden = tuple(one for one in workbook.sheet_names if one not in seen)
            sheet = _chosen(workbook, reading, seen, hidden, too_far, limits, name)
            if sheet.total_height * sheet.total_width > limits.cells:
                raise too_large(name, limits)
            cells = sheet.to_python(skip_empty_area=False) if sheet.start else []
    except CalamineError as error:
        if "assword" in str(error) or type(error).__name__ == "PasswordError":
            fault = f"it is {kind.what} protected by a password"
            fix = "Open it with its password and save a copy without one"
        else:
            fault = f"it is {kind.what} that cannot be read ({error})"
            fix = "Open it in its program and save it anew"
        raise refused(name, fault, fix) from None
    rows = []
    for line, values in enumerate(cells, start=1):
        texts = [cell_text(value, _DIGITS) for value in values]
        if any(texts):
            rows.append((line, texts))
    if not rows:
        raise refused(
            name, f"the sheet “{sheet.name}” of the workbook is empty", "Fill it or name another"
        )
    said = []
    if len(seen) > 1 and reading.sheet is None:
        others = [one for one in seen if one != sheet.name]
        said.append(f"the sheet “{sheet.name}” is read, and not {quoted(others)}")
    said += _of_cells(inside.sheets.get(sheet.name, SheetSize()), name)
    if inside.macros:
        said.append("its macros are not run")
    mend = "Keep each patient in one row below the names"
    return Grid(rows, kind.what, said, mend=mend, sheets=seen)


def _of_cells(size: SheetSize, name: str) -> list[str]:
    """Clauses about formulas and errors. StudyError where no formula has a stored value."""
    said = []
    if size.without_value:
        fault = (
            f"{size.without_value} formula{'s have' if size.without_value > 1 else ' has'} no "
            "stored value"
        )
        fix = "Open the workbook in Excel or LibreOffice and save it, or write values"
        raise refused(name, fault, fix)
    if size.formulas:
        said.append("formulas are read as the values that are stored with them")
    if size.errors:
        cells, count = ("cells", "count") if size.errors > 1 else ("cell", "counts")
        said.append(
            f"{size.errors} {cells} with an error of Excel, such as #DIV/0!, {count} as missing"
        )
    return said


def _chosen(workbook, reading: Reading, seen, hidden, too_far: set[str], limits: Limits, name: str):
    if reading.sheet is not None:
        if reading.sheet not in (*seen, *hidden):
            fault = f"the workbook has no sheet “{reading.sheet[:40]}”"
            raise refused(name, fault, f"Use {quoted(seen, 12)}")
        if reading.sheet in too_far:
            raise too_large(name, limits)
        return workbook.get_sheet_by_name(reading.sheet)
    sheets = [workbook.get_sheet_by_name(one) for one in seen if one not in too_far]
    if not sheets:
        if too_far:
            raise too_large(name, limits)
        raise refused(name, "the workbook has no sheet that can be seen", "Show one of its sheets")
    return max(sheets, key=lambda sheet: (sheet.total_height or 0) * (sheet.total_width or 0))
