"""Texts of a study, and TOML to a dict. No meaning is added here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from data.checking.problems import Problem, StudyError
from data.reading.raw import bytes_of
from data.sources.toml_shape import fault_of

# Of study.toml, and of a text that is shown.
LARGEST_TEXT = 2**20
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read_text(path: Path) -> str:
    """The file as UTF-8 text. StudyError if it is absent, empty, too large or no UTF-8."""
    raw = bytes_of(path, LARGEST_TEXT)
    fix = "Save it as “CSV UTF-8” or with encoding UTF-8"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        fault = f"the file is not UTF-8 (byte 0x{raw[error.start]:02x})"
        raise StudyError([Problem(path.name, fault, fix, row=row)]) from None
    if not text.strip():
        raise StudyError([Problem(path.name, "the file is empty", "Fill it or remove it")])
    if "\0" in text:
        # UTF-16 without its mark is valid UTF-8 when all letters are English.
        row = text[: text.index("\0")].count("\n") + 1
        raise StudyError([Problem(path.name, "the file is not UTF-8 (byte 0x00)", fix, row=row)])
    return text


def read_toml(path: Path) -> dict:
    """Parse a TOML file. StudyError names the line that cannot be read, or is too deep."""
    text = read_text(path)
    found = fault_of(text)
    if found is not None:
        fault, fix, row = found
        raise StudyError([Problem(path.name, fault, fix, row=row)])
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Besides its own error tomllib lets through those of numbers too long and lists too deep.
        found = _TOML_LINE.search(str(error))
        reason = str(error)[: found.start()] if found else str(error)
        fault = f"the file cannot be read as TOML: {reason}"
        row = int(found[1]) if found else None
        raise StudyError([Problem(path.name, fault, "Mend that line", row=row)]) from None
