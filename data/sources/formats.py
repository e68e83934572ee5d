"""Studies that are read by their format: what their files mean is known, and needs no telling.

A folder whose files are such a format may have a ``study.toml`` or none. With one, ``[source]``
names the format, and every other key of it counts before what the format says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from data.checking.keys import FILE
from data.checking.problems import Problem, StudyError, printable, some_of
from data.importing.samples import PATIENTS_FILE
from data.reading.raw import AS_WRITTEN, RawTable, Reading
from data.sources.adam import ADAM_FILES, read_adam
from data.sources.cbioportal import read_cbioportal
from data.sources.inside import inside
from data.sources.made import Made
from data.sources.source import Kind
from data.sources.texts import read_text, read_toml
from data.sources.version import version

# The patients of such a study are in a database, and its folder is like any other.
_IN_A_DATABASE = re.compile(
    rb"""^\s*\[source\]\s*$(?:\n(?!\s*\[).*)*?\n\s*kind\s*=\s*["']database["']""", re.M
)


@dataclass(frozen=True)
class Format:
    """A format that people exchange.

    Attributes
    ----------
    words : str
        What it is called.
    looks : function of names of files
        Whether a folder with such files is of this format.
    read : function of (folder, study id)
        The study as the format says it.
    """

    words: str
    looks: Callable[[Iterable[str]], bool]
    read: Callable[[Path, str], Made]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "adam": Format(
            "ADaM data sets", lambda names: any(map(ADAM_FILES["adsl"], names)), read_adam
        ),
        "cbioportal": Format(
            "a study of cBioPortal", lambda names: PATIENTS_FILE in names, read_cbioportal
        ),
    }
)


@dataclass(frozen=True)
class FormatSource:
    """See `data.sources.source.Source`."""

    path: Path

    @property
    def name(self) -> str:
        return printable(self.path.name)

    def declaration(self) -> dict:
        own = {key: value for key, value in self._own.items() if key != "source"}
        return {**self._made.declaration, "id": self.name, **own}

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        if name not in self._made.tables:
            fix = f"Name one of {some_of(self._made.tables)}"
            raise StudyError([Problem(name, "the format has no such table", fix)])
        table = self._made.tables[name]
        said = f"it was read by its format, {self._format.words}"
        return replace(table, found=(said, *table.found))

    def text(self, name: str) -> str:
        return read_text(inside(self.path, name))

    def version(self, names: Iterable[str]) -> str:
        own = [FILE] if (self.path / FILE).is_file() else []
        texts = [name for name in names if name not in self._made.tables]
        return version(self.path, [*own, *texts, *self._made.files])

    @cached_property
    def _own(self) -> dict:
        return read_toml(inside(self.path, FILE)) if (self.path / FILE).is_file() else {}

    @cached_property
    def _format(self) -> Format:
        return _declared(self._own) or next(
            one for one in FORMATS.values() if one.looks(_names(self.path))
        )

    @cached_property
    def _made(self) -> Made:
        return self._format.read(self.path, self.name)


def _declared(own: dict) -> Format | None:
    """The format that ``[source]`` names; None where there is no such table."""
    if "source" not in own:
        return None
    named = own["source"].get("kind") if isinstance(own["source"], dict) else own["source"]
    if isinstance(named, str) and named in FORMATS:
        return FORMATS[named]
    named_so = ", ".join(f'"{kind}"' for kind in FORMATS)
    kinds = f'{named_so} or "database"'
    fault = f"“{str(named)[:40]}” is no format that is known"
    raise StudyError([Problem(FILE, fault, f"Write {kinds}, or remove [source]", "source.kind")])


def _names(path: Path) -> list[str]:
    return [one.name for one in path.iterdir()]


def _is_by_format(path: Path) -> bool:
    """Whether a folder names its format, or has no ``study.toml`` and looks like one."""
    if not path.is_dir():
        return False
    own = path / FILE
    if own.is_file():
        with own.open("rb") as content:
            start = content.read(2**20)
        names_it = any(line.strip() == b"[source]" for line in start.splitlines())
        return names_it and not _IN_A_DATABASE.search(start)
    return any(one.looks(_names(path)) for one in FORMATS.values())


BY_FORMAT = Kind(guess=_is_by_format, open=FormatSource)
