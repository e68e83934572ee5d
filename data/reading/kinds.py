"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

TEXT, WORKBOOK, STATISTICAL, PARQUET, NOTHING = "text", "workbook", "statistical", "parquet", ""
_SAS = bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_START = 4096
_SAVE_AS_TABLE = "Save the table as a workbook (.xlsx) or as CSV UTF-8"


@dataclass(frozen=True)
class FileKind:
    """A kind of file.

    Attributes
    ----------
    what : str
        With its article: ``a Stata file``.
    reader : str
        Which way it is read; NOTHING where no way is known.
    format : str
        Which of the formats of that reader.
    fix : str
        What to do where it cannot be read.
    """

    what: str
    reader: str = NOTHING
    format: str = ""
    fix: str = "Save the table as a workbook (.xlsx) or as CSV UTF-8"


_PLAIN = FileKind("text", TEXT)
_BY_START: tuple[tuple[bytes, FileKind], ...] = (
    (b"HEADER RECORD*******LIBRARY", FileKind("a SAS transport file (XPT)", STATISTICAL, "xport")),
    (b"HEADER RECORD*******LIBV8", FileKind("a SAS transport file (XPT)", STATISTICAL, "xport")),
    (b"\0" * 12 + _SAS, FileKind("a SAS data set", STATISTICAL, "sas7bdat")),
    (b"$FL2", FileKind("an SPSS file", STATISTICAL, "sav")),
    (b"$FL3", FileKind("an SPSS file", STATISTICAL, "sav")),
    (b"<stata_dta>", FileKind("a Stata file", STATISTICAL, "dta")),
    (b"PAR1", FileKind("a Parquet file", PARQUET)),
    (b"%PDF", FileKind("a PDF document")),
    (b"RDX", FileKind("a file of R", fix="Write the table with write.csv in R")),
    (b"SQLite format 3", FileKind("an SQLite database", fix="Write the table out as CSV UTF-8")),
    (b"\x89PNG", FileKind("a picture")),
    (b"\xff\xd8\xff", FileKind("a picture")),
    (b"7z\xbc\xaf", FileKind("a 7-Zip archive", fix="Unpack it and use the table inside")),
    (b"Rar!", FileKind("a RAR archive", fix="Unpack it and use the table inside")),
)
_IN_ARCHIVE = {
    "xl/workbook.xml": FileKind("an Excel workbook", WORKBOOK, "xlsx"),
    "xl/workbook.bin": FileKind("a binary Excel workbook", fix="Save it as .xlsx"),
    "word/document.xml": FileKind("a Word document", fix=_SAVE_AS_TABLE),
    "ppt/presentation.xml": FileKind("a PowerPoint presentation", fix=_SAVE_AS_TABLE),
}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(raw: bytes) -> FileKind:
    """What the bytes of a file are."""
    found = next((kind for start, kind in _BY_START if raw.startswith(start)), None)
    if found:
        return found
    if raw[:1] in b"\x6e\x6f\x71\x72\x73" and raw[1:3] in (b"\1\1", b"\2\1"):
        return FileKind("a Stata file", STATISTICAL, "dta")
    if raw.startswith(_OLE):
        return _compound(raw)
    if raw.startswith(b"PK\x03\x04"):
        return _archive(raw)
    if raw.startswith(b"\x1f\x8b"):
        return _packed(raw)
    return _text(raw[:_START])


def what_is(path: Path) -> str:
    """What a file is, in words with their article, by its content. OSError if it is not there."""
    with path.open("rb") as content:
        start = content.read(_START)
        # What an archive holds stands at its end.
        rest = content.read() if start.startswith((b"PK", _OLE)) else b""
    return kind_of(start + rest).what


def _compound(raw: bytes) -> FileKind:
    """The old formats of Office, and workbooks that are encrypted."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        fix = "Open it with its password and save a copy without one"
        return FileKind("an Excel workbook protected by a password", fix=fix)
    if "WordDocument".encode("utf-16-le") in raw:
        return FileKind("a Word document", fix=_SAVE_AS_TABLE)
    if any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
        return FileKind("an Excel workbook of the old format (XLS)", WORKBOOK, "xls")
    return FileKind("a file of an old Office program", fix=_SAVE_AS_TABLE)


def _archive(raw: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            found = next((kind for name, kind in _IN_ARCHIVE.items() if name in names), None)
            if found:
                return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(_ODS):
                return FileKind("an OpenDocument spreadsheet", WORKBOOK, "ods")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return FileKind("a damaged archive", fix="Save it anew")
    return FileKind("a ZIP archive", fix="Unpack it and use the table inside")


def _packed(raw: bytes) -> FileKind:
    """Packed with gzip: text, or what R saves."""
    try:
        start = zlib.decompressobj(wbits=31).decompress(raw, _START)
    except zlib.error:
        return FileKind("a damaged gzip archive", fix="Pack it anew with gzip")
    if start.startswith((b"RDX", b"X\n", b"RDA")):
        return FileKind("a file of R", fix="Write the table with write.csv in R")
    return FileKind("text packed with gzip", TEXT, "gzip")


def _text(start: bytes) -> FileKind:
    head = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return FileKind("a workbook of Excel 2003 as XML", fix="Save it as .xlsx")
    if head.startswith((b"<!doctype html", b"<html", b"<table")) or b"<table" in head[:2000]:
        fix = "Open it in Excel and save it as .xlsx or as CSV UTF-8"
        return FileKind("a web page, whatever its name says", fix=fix)
    if head.startswith(b"<?xml"):
        return FileKind("an XML file", fix="Write the table out as CSV UTF-8")
    if head.startswith((b"{", b'[{"')):
        return FileKind("a JSON file", fix="Write the table out as CSV UTF-8")
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", start))
    if controls > len(start) // 100:
        return FileKind("no kind of table that is known", fix=_SAVE_AS_TABLE)
    return _PLAIN


def unpacked(raw: bytes, largest: int) -> bytes | None:
    """The bytes that gzip packed; None if there are more than so many. OSError if damaged."""
    with gzip.open(io.BytesIO(raw)) as packed:
        text = packed.read(largest + 1)
    return text if len(text) <= largest else None
