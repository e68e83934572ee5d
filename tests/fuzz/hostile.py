"""A study in which every text that may be anything is hostile: of the declaration, of each table.

Nothing here lists keys or columns. Each text of ``study.toml`` and each column of a table is made
hostile and kept so where the study is still sound; what is refused then is structure, such as an
id or the name of a column.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.checking.keys import Keys
from data.checking.problems import StudyError
from data.checking.slug import slug
from data.load import read_study
from data.reading.raw import AS_WRITTEN, RawTable, Reading
from data.sources.folder import FolderSource
from data.study import Study
from tests.fuzz.watch import MARK

HOSTILE = (
    f'=HYPERLINK("http://{MARK}")</p></text><{MARK} onerror={MARK}><img src=x onerror={MARK}>'
    f'<script>{MARK}</script><a href="javascript:{MARK}">%{{{MARK}}}</a>" onload="{MARK}" '
    "&lt;b&gt;\u202e\x07 "
)


_NO_NUMBER = re.compile(r"[^\d.<>\s-]")


@dataclass(frozen=True)
class Spoilt(FolderSource):
    """A folder whose declaration and tables are changed after they are read."""

    raw: dict = field(default_factory=dict)
    keys: frozenset = frozenset()
    columns: frozenset = frozenset()

    def declaration(self) -> dict:
        made = copy.deepcopy(self.raw)
        for place, holder, key in leaves(made):
            if place in self.keys:
                holder[key] = HOSTILE + holder[key]
        for variable in made.get("variables", ()):
            if ("", variable["column"]) in self.columns:
                for level in variable.get("levels", ()):
                    level["value"] = HOSTILE + level["value"]
        return made

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        table = super().table(name, reading)
        cells = table.cells.copy()
        for column in cells:
            patients = name == self.raw.get("patients", {}).get("file", "patients.csv")
            if ("" if patients else name, column) in self.columns:
                cells[column] = [HOSTILE + cell if cell else "" for cell in cells[column]]
        return replace(table, cells=cells)


@dataclass(frozen=True)
class Spoiling:
    """A study made hostile, and what of it could not be.

    Attributes
    ----------
    keys, columns : frozenset
        What is hostile: places of the declaration, and (file, column) with no file for patients.
    structure : frozenset
        Places that have to be as they are.
    """

    study: Study
    keys: frozenset
    columns: frozenset
    structure: frozenset


def leaves(part, place: str = "") -> Iterator[tuple[str, dict | list, object]]:
    """The texts of a declaration: their place without positions, what holds them, and where."""
    entries = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(entries):
        at = f"{place}.{key}".strip(".") if isinstance(part, dict) else f"{place}[]"
        if isinstance(value, str):
            yield at, part, key
        elif isinstance(value, dict | list):
            yield from leaves(value, at)


def spoil(
    folder: Path,
    without: tuple[str, ...] = (),
    patients_too: bool = True,
    structure: frozenset = frozenset(),
) -> Spoiling:
    """Make a study hostile.

    Parameters
    ----------
    without : tuple of str
        Keys that are left out, because they hold others to their words.
    patients_too : bool
        Whether cells of the patients' table are made hostile; all other tables are.
    structure : frozenset of str
        Places that other studies have shown to be structure, which need not be tried again.
    """
    raw = FolderSource(folder).declaration()
    for place in without:
        table, _, key = place.rpartition(".")
        del (raw[table] if table else raw)[key]
    for variable in raw["variables"]:
        # With ids of their own, so that a label may be anything.
        variable["levels"] = [
            one if isinstance(one, dict) else {"value": one, "label": one, "id": slug(one)}
            for one in variable.get("levels", ())
        ]
        if not variable["levels"]:
            del variable["levels"]
    source = _Noting(folder, raw)
    read_study(source)
    every = {place for place, *_ in leaves(raw)}
    files = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    named = files.union(*source.names)
    # Each of its texts is the name of a column or of a file.
    keys = {place for place, holder, key in leaves(raw) if holder[key] not in named}
    keys -= structure
    columns = {(name, column) for name, names in source.read.items() for column in names}
    columns = {one for one in columns if one[0] or patients_too}
    patients = raw.get("patients", {}).get("file", "patients.csv")

    def faults_of_keys(some: frozenset) -> set | None:
        found = _problems(Spoilt(folder, raw, some, kept_columns))
        return found and {re.sub(r"\[[^\]]*\]", "", one.column) for one in found}

    def faults_of_columns(some: frozenset) -> set | None:
        found = _problems(Spoilt(folder, raw, frozenset(), some))
        return found and {("" if one.file == patients else one.file, one.column) for one in found}

    kept_columns = _kept(columns, faults_of_columns)
    kept_keys = _kept(keys, faults_of_keys)
    study = read_study(Spoilt(folder, raw, kept_keys, kept_columns))
    return Spoiling(study, kept_keys, kept_columns, frozenset(every - kept_keys))


def _problems(source: Spoilt) -> tuple:
    try:
        read_study(source)
    except StudyError as error:
        return error.problems
    return ()


@dataclass(frozen=True)
class _Noting(Spoilt):
    """Notes the tables that are read, and their columns with texts."""

    read: dict = field(default_factory=dict)
    names: list = field(default_factory=list)

    def table(self, name: str, reading: Reading = AS_WRITTEN) -> RawTable:
        table = super().table(name, reading)
        patients = name == self.raw.get("patients", {}).get("file", "patients.csv")
        self.names.append(table.columns)
        # Where all cells are numbers, that is what they have to be.
        texts = [name for name in table.columns if any(map(_NO_NUMBER.search, table.cells[name]))]
        self.read["" if patients else name] = texts
        return table


def _kept(names: set, faults: Callable) -> frozenset:
    """As many names as can be taken together: without those of which a fault is said, and of what
    is refused without saying so without one half after the other."""
    kept: frozenset = frozenset()
    waiting = [sorted(names)]
    while waiting:
        some = waiting.pop()
        said = faults(kept | set(some)) if some else set()
        if not said:
            kept |= set(some)
        elif any(_plain(name) in said for name in some):
            waiting.append([name for name in some if _plain(name) not in said])
        elif within := [name for name in some if len(some) > 1 and _is_within(name, said)]:
            others = [name for name in some if name not in within]
            half = len(within) // 2
            waiting += [within[half:], within[:half], others] if half or others else []
        elif len(some) > 1:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return kept


def _plain(name):
    """A place of the declaration as faults name it, a column as it is."""
    return name.replace("[]", "") if isinstance(name, str) else name


def _is_within(name, said: set) -> bool:
    """Whether a fault is said of what holds a key."""
    return isinstance(name, str) and any(f"{_plain(name)}.".startswith(f"{one}.") for one in said)


class KnownKeys:
    """Notes every key that takes a text, and whether a study has one: a new key is seen here."""

    def __init__(self, monkeypatch):
        self.asked: set[str] = set()
        self.given: set[str] = set()
        for name in ("take", "texts", "pairs", "codes"):
            monkeypatch.setattr(Keys, name, self._noting(getattr(Keys, name)))

    def _noting(self, before: Callable) -> Callable:
        def noting(keys: Keys, key: str, *arguments, **more):
            where = re.sub(r"\[[^\]]*\]", "[]", keys.where)
            place = f"{where}.{key}".strip(".")
            if before.__name__ != "take" or arguments[0] is str:
                self.asked.add(place)
                if keys.table.get(key) not in (None, "", [], {}):
                    self.given.add(place)
            return before(keys, key, *arguments, **more)

        return noting
