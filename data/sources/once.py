"""A source of which each table is read once, however often it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from data.checking.keys import is_inside
from data.checking.problems import Problem, StudyError, printable
from data.reading.raw import AS_WRITTEN, RawTable, Reading
from data.sources.source import Source


@dataclass(eq=False)
class Once:
    """A Source that keeps what it read, and says whatever cannot be read as a StudyError.

    Attributes
    ----------
    guarded : bool
        Names may be faulty: one that is no file of the study is not looked for.
    """

    source: Source
    guarded: bool = False
    _kept: dict[tuple[str, str], RawTable | StudyError] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.source.name

    def declaration(self) -> dict:
        return _or_said(self.source.declaration, self.name)

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        key = (name, repr(reading))
        if key not in self._kept:
            try:
                self._kept[key] = self._read(self.source.table, name, reading)
            except StudyError as error:
                self._kept[key] = error
        found = self._kept[key]
        if isinstance(found, StudyError):
            raise StudyError(found.problems)
        return found

    def text(self, name: str) -> str:
        return self._read(self.source.text, name)

    def version(self, names: Iterable[str]) -> str:
        return _or_said(lambda: self.source.version(names), self.name)

    def _read(self, how: Callable, name: str, *asked):
        if self.guarded and not (is_inside(name) and Path(name).suffix):
            # That is said where the declaration is.
            raise StudyError([])
        return _or_said(lambda: how(name, *asked), self.name)


def _or_said(how: Callable, name: str):
    try:
        return how()
    except OSError as error:
        raise StudyError([cannot(error, name)]) from None


def cannot(error: OSError, name: str) -> Problem:
    """That a file is not there, or may not be read.

    Parameters
    ----------
    name : str
        What the fault names where the error names no file.
    """
    fault, fix = (
        ("the file is missing", "Add it to the study's folder")
        if isinstance(error, FileNotFoundError)
        else (
            f"the file cannot be read ({error.strerror})",
            "Give the server the right to read it",
        )
    )
    file = printable(Path(error.filename).name) if error.filename else name
    return Problem(file, fault, fix)
