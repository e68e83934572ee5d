"""A study in a folder: ``study.toml`` and the tables and texts that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data.checking.keys import FILE
from data.checking.problems import printable
from data.reading.raw import AS_WRITTEN, LIMITS, RawTable, Reading
from data.reading.table import read_table
from data.sources.inside import inside
from data.sources.source import Kind
from data.sources.texts import read_text, read_toml
from data.sources.version import version


@dataclass(frozen=True)
class FolderSource:
    """See `data.sources.source.Source`; names are those of files in the folder."""

    path: Path

    @property
    def name(self) -> str:
        return printable(self.path.name)

    def declaration(self) -> dict:
        return read_toml(inside(self.path, FILE))

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        return read_table(inside(self.path, name), reading, LIMITS)

    def text(self, name: str) -> str:
        return read_text(inside(self.path, name))

    def version(self, names: Iterable[str]) -> str:
        return version(self.path, [FILE, *names])


# Any folder, so that one without study.toml is listed with that as its fault.
FOLDER = Kind(guess=lambda path: path.is_dir(), open=FolderSource)
