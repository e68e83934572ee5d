"""The file that says who may see which study, read and checked.

    [every_study]
    groups = ["study office"]

    [studies.my-study]
    users = ["m.meier"]
    groups = ["oncology"]

    [studies.soramic]
    everybody = true

Whoever is named nowhere sees nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from callbacks.server.asker import LONGEST_NAME, Asker, stands_for_nobody
from data.checking.problems import Problem, StudyError, printable, short

LARGEST = 2**20
EVERY, STUDIES = "every_study", "studies"
_KEYS = ("users", "groups", "everybody")


@dataclass(frozen=True)
class Who:
    """Those who are named for something."""

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    everybody: bool = False

    def holds(self, one: Asker) -> bool:
        """Whether somebody is one of them."""
        if not one.user:
            return False
        return self.everybody or one.user in self.users or bool(one.groups & self.groups)


@dataclass(frozen=True)
class Rights:
    """Who may see which study."""

    every: Who = Who()
    studies: Mapping[str, Who] = field(default_factory=dict)

    def may_see(self, one: Asker, study_id: str) -> bool:
        """Whether somebody is named for a study, or for all."""
        return self.every.holds(one) or self.studies.get(study_id, Who()).holds(one)


def read_rights(path: Path, with_groups: bool) -> Rights:
    """Read the file.

    Parameters
    ----------
    with_groups : bool
        Whether a proxy names groups.

    Raises
    ------
    StudyError
        With every problem that was found, each naming file, key and fix.
    """
    table = _table(path)
    faults = _Faults(printable(path.name), with_groups)
    faults.only(table, (EVERY, STUDIES), "")
    every = faults.who(table.get(EVERY, {}), EVERY)
    studies = table.get(STUDIES, {})
    if not isinstance(studies, dict):
        faults.add(STUDIES, "it is no table", "Write [studies.<id>] for each study")
        studies = {}
    named = {key: faults.who(one, f"{STUDIES}.{short(key)}") for key, one in studies.items()}
    if not table:
        faults.add("", "it names nobody", "Write [studies.<id>] with users or groups")
    if faults.found:
        raise StudyError(faults.found)
    return Rights(every, named)


def _table(path: Path) -> dict:
    name = printable(path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        fault = f"the file cannot be read ({error.strerror})"
        fix = f"Put it at {printable(str(path))}, where the server may read it"
        raise StudyError([Problem(name, fault, fix)]) from None
    if len(raw) > LARGEST:
        raise StudyError([Problem(name, "the file is larger than 1 MB", "Name groups, not users")])
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise StudyError([Problem(name, "the file is not UTF-8", "Save it as UTF-8")]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        fault = f"it is no TOML: {printable(str(error))}"
        raise StudyError([Problem(name, fault, "Mend it there")]) from None


class _Faults:
    """Takes tables apart and notes what is wrong with them."""

    def __init__(self, file: str, with_groups: bool):
        self._file, self._with_groups = file, with_groups
        self.found: list[Problem] = []

    def add(self, key: str, fault: str, fix: str) -> None:
        self.found.append(Problem(self._file, fault, fix, key))

    def only(self, table: dict, known: Iterable[str], where: str) -> None:
        """Note keys that nothing reads: a right that is misspelt would be missed by nobody."""
        for key in table:
            if key not in known:
                name = f"{where}.{short(key)}" if where else short(key)
                near = get_close_matches(key, known, 1)
                fix = f"Write {near[0]}" if near else f"Use {', '.join(known)}"
                self.add(name, "there is no such key", fix)

    def who(self, table: object, where: str) -> Who:
        """Those whom a table names."""
        if not isinstance(table, dict):
            self.add(where, "it is no table", f"Write [{where}], and users or groups below it")
            return Who()
        self.only(table, _KEYS, where)
        everybody = table.get("everybody", False)
        if not isinstance(everybody, bool):
            self.add(f"{where}.everybody", "it is neither true nor false", "Write everybody = true")
            everybody = False
        groups = self._names(table, "groups", where)
        if groups and not self._with_groups:
            fix = "Set GROUPS_HEADER to the header in which the proxy names them, or name users"
            self.add(f"{where}.groups", "groups are named and GROUPS_HEADER is not set", fix)
        return Who(self._names(table, "users", where), groups, everybody)

    def _names(self, table: dict, key: str, where: str) -> frozenset[str]:
        names, place = table.get(key, []), f"{where}.{key}"
        if not isinstance(names, list):
            self.add(place, "it is no list", f'Write {key} = ["…", "…"]')
            return frozenset()
        for one in names:
            if not isinstance(one, str):
                self.add(place, f"the entry {short(str(one))} is no text", "Write it in quotes")
            elif one == "*":
                self.add(place, f"“{one}” is a name as any other", "Write everybody = true")
            elif "," in one:
                fault = f"the entry “{short(one)}” has a comma, which no name from a header has"
                self.add(place, fault, "Write each name in quotes of its own")
            elif one != one.strip() or len(one) > LONGEST_NAME or not one.isprintable():
                fix = f"Write it without blanks around it, with at most {LONGEST_NAME} characters"
                self.add(place, f"the entry “{short(printable(one))}” is no name", fix)
            elif stands_for_nobody(one):
                fault = f"“{one}” stands for nobody, whom no proxy can name"
                self.add(place, fault, "Take it away")
        return frozenset(one for one in names if isinstance(one, str))
