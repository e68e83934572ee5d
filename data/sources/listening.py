"""A source that remembers how its tables were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from data.reading.raw import AS_WRITTEN, FileRead, RawTable, Reading
from data.sources.source import Source


@dataclass(frozen=True)
class Listening:
    """A Source that hands everything on, and keeps what is said of tables that people wrote.

    Tables in the product's own form, such as printed cells, are not kept: nothing is found there.
    """

    source: Source
    _files: dict[str, FileRead] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def files(self) -> tuple[FileRead, ...]:
        """How each table was read, in the order of reading."""
        return tuple(self._files.values())

    def add(self, name: str, found: Iterable[str]) -> None:
        """Say more of a table that was read."""
        one = self._files.get(name)
        if one is not None:
            more = tuple(clause for clause in found if clause not in one.found)
            self._files[name] = replace(one, found=(*one.found, *more))

    def declaration(self) -> dict:
        return self.source.declaration()

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        table = self.source.table(name, reading)
        if reading is not AS_WRITTEN:
            self._files[name] = FileRead(name, table.what, table.found)
        return table

    def text(self, name: str) -> str:
        return self.source.text(name)

    def version(self, names: Iterable[str]) -> str:
        return self.source.version(names)
