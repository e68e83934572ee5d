"""Where a study comes from: what it declares, and its tables as text.

The shipped source is a folder with ``study.toml`` and CSV files (`data.sources.folder`). Another
one is a file with its `Kind` and a line in `data.sources.all`; nothing else opens a study's files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from data.reading.raw import AS_WRITTEN, RawTable, Reading


class Source(Protocol):
    """One study where it lies.

    Everything is read when it is asked for. What cannot be read is said with a StudyError, whose
    problems name the table, its column, its row and a fix; an OSError is turned into one by the
    caller.

    Attributes
    ----------
    name : str
        Which the study's id must equal; printable.
    """

    name: str

    def declaration(self) -> dict:
        """What ``study.toml`` says or would say, as parsed TOML: texts, numbers, lists, tables."""

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        """A table that the declaration names.

        Every cell is text without surrounding blanks, and empty where nothing is known. The index
        holds whole numbers: the row that a fault names (in a file its line; the header is line 1).

        Parameters
        ----------
        reading : Reading
            What is declared of the file; a source that knows better may pass it over.
        """

    def text(self, name: str) -> str:
        """A text that the declaration names."""

    def version(self, names: Iterable[str]) -> str:
        """What changes with the declaration and with any of these tables and texts.

        Results are remembered under it, so that it must never stay when a cell changes. A name that
        there is not is said as by ``table``.
        """


@dataclass(frozen=True)
class Kind:
    """One kind of source.

    Attributes
    ----------
    guess : function of Path
        Whether what lies at this place of a folder of studies, a folder or a file, is a study of
        this kind. It looks at names or first bytes only, and raises nothing but OSError.
    open : function of Path
        Gives the Source. It reads nothing yet.
    """

    guess: Callable[[Path], bool]
    open: Callable[[Path], Source]
