"""What a workbook unpacks to, looked at before anything is unpacked into memory.

A workbook is a ZIP archive of XML. A small one may hold a sheet of any size, one cell of a sheet
may stand seventeen thousand million cells from the first, and what the archive's directory says of
sizes need not be true: sheets are read through once, in pieces.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from data.reading.raw import MEGABYTE, refused

# Of all parts together, and of the parts that name the sheets.
_MOST_UNPACKED = 512 * MEGABYTE
_MOST_OF_A_LIST = 4 * MEGABYTE
_PIECE = MEGABYTE
_OVERLAP = 400
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_WRITTEN = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)(?:<v></v>|<v ?/>)?</(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\bt="e"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class SheetSize:
    """How far a sheet reaches, and what its cells are.

    Attributes
    ----------
    rows, columns : int
        Up to the last cell.
    written : int
        Cells that are written down, which need not say where they stand.
    formulas, without_value, errors : int
        Cells with a formula, those of them without a stored value, cells that hold an error.
    """

    rows: int = 0
    columns: int = 0
    written: int = 0
    formulas: int = 0
    without_value: int = 0
    errors: int = 0

    @property
    def cells(self) -> int:
        return max(self.rows * self.columns, self.written)


@dataclass(frozen=True)
class Inside:
    """What a workbook holds: its sheets by name, and whether it holds programs."""

    sheets: dict[str, SheetSize]
    macros: bool = False


def look_inside(path: Path, form: str, name: str) -> Inside:
    """What a workbook (``xlsx`` or ``ods``) holds.

    StudyError if it is damaged, locked or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise _too_large(name)
            if form == "ods":
                return _inside_ods(archive, name)
            return _inside_xlsx(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        fault = f"the workbook is damaged ({error})"
        raise refused(name, fault, "Open it in its program and save it anew") from None


def _too_large(name: str):
    fault = f"the workbook unpacks to more than {_MOST_UNPACKED // MEGABYTE} MB"
    return refused(name, fault, "Split it or leave out what is not needed")


def _pieces(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[bytes]:
    """The unpacked bytes of a part, no more than all parts together may have."""
    total = 0
    with archive.open(part) as content:
        # What the directory says must not end the reading early.
        content._left = _MOST_UNPACKED + 1
        content._expected_crc = None
        while piece := content.read(_PIECE):
            total += len(piece)
            if total > _MOST_UNPACKED:
                raise _too_large(name)
            yield piece


def _inside_xlsx(archive: zipfile.ZipFile, name: str) -> Inside:
    parts = set(archive.namelist())
    targets = {
        one.get("Id"): _place(one.get("Target", ""))
        for one in _tree(archive, "xl/_rels/workbook.xml.rels", name)
    }
    workbook = _tree(archive, "xl/workbook.xml", name)
    sheets = {}
    for one in workbook.iter():
        if one.tag.endswith("}sheet"):
            part = targets.get(one.get(_RELATION), "")
            sheets[one.get("name", "")] = (
                _sheet_size(archive, part, name) if part in parts else (SheetSize())
            )
    for part in parts & {"xl/sharedStrings.xml", "xl/styles.xml"}:
        for _ in _pieces(archive, part, name):
            pass
    return Inside(sheets, any(part.endswith("vbaProject.bin") for part in parts))


def _place(target: str) -> str:
    """A target as the name of a part: relative to the workbook, or from the root."""
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _tree(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    raw = b""
    for piece in _pieces(archive, part, name):
        raw += piece
        if len(raw) > _MOST_OF_A_LIST:
            raise _too_large(name)
    return ElementTree.fromstring(raw)


def _sheet_size(archive: zipfile.ZipFile, part: str, name: str) -> SheetSize:
    size = SheetSize()
    letters: set[bytes] = set()
    kept = b""
    for piece in _pieces(archive, part, name):
        # What is cut by the end of a piece is whole in the next; cells are looked for up to the
        # last one that is whole.
        text = kept + piece
        end = max(text.rfind(b"</c>"), text.rfind(b"</row>"), len(text) - _OVERLAP * 100)
        _count(text[:end], size, letters)
        kept = text[end:]
    _count(kept, size, letters)
    size.columns = max(map(_column, letters), default=0)
    return size


def _count(text: bytes, size: SheetSize, letters: set[bytes]) -> None:
    for column, row in _CELL.findall(text):
        letters.add(column)
        size.rows = max(size.rows, int(row))
    size.written += len(_WRITTEN.findall(text))
    size.formulas += len(_FORMULA.findall(text))
    size.without_value += len(_NO_VALUE.findall(text))
    size.errors += len(_ERROR.findall(text))


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _inside_ods(archive: zipfile.ZipFile, name: str) -> Inside:
    manifest = b"".join(_pieces(archive, "META-INF/manifest.xml", name))
    if b"encryption-data" in manifest:
        fault = "it is an OpenDocument spreadsheet protected by a password"
        raise refused(name, fault, "Open it with its password and save a copy without one")
    scan = _OdsScan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    for piece in _pieces(archive, "content.xml", name):
        parser.Parse(piece)
    parser.Parse(b"", True)
    return Inside(scan.sheets)


class _OdsScan:
    """How far the sheets of content.xml reach, where rows and cells may stand for many."""

    _TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
    _OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "

    def __init__(self) -> None:
        self.sheets: dict[str, SheetSize] = {}
        self._sheet = SheetSize()
        self._row = self._column = self._repeated = 0
        self._row_repeated, self._filled, self._in_cell, self._any = 1, False, False, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{self._TABLE}table":
            self._sheet = self.sheets[attributes.get(f"{self._TABLE}name", "")] = SheetSize()
            self._row = 0
        elif tag == f"{self._TABLE}table-row":
            self._row_repeated = int(attributes.get(f"{self._TABLE}number-rows-repeated", 1))
            self._column, self._any = 0, False
        elif tag in (f"{self._TABLE}table-cell", f"{self._TABLE}covered-table-cell"):
            self._repeated = int(attributes.get(f"{self._TABLE}number-columns-repeated", 1))
            self._filled = f"{self._OFFICE}value-type" in attributes
            self._sheet.formulas += f"{self._TABLE}formula" in attributes
            self._in_cell = True

    def text(self, text: str) -> None:
        self._filled = self._filled or (self._in_cell and bool(text.strip()))

    def end(self, tag: str) -> None:
        if tag in (f"{self._TABLE}table-cell", f"{self._TABLE}covered-table-cell"):
            self._column += self._repeated
            self._in_cell = False
            if self._filled:
                self._any = True
                self._sheet.columns = max(self._sheet.columns, self._column)
        elif tag == f"{self._TABLE}table-row":
            self._row += self._row_repeated
            if self._any:
                self._sheet.rows = self._row
