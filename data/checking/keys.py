"""Taking keys out of a TOML table: every type checked, every fault named, nothing left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from data.checking.problems import Problem, short, some_of
from data.checking.slug import SLUG

FILE = "study.toml"
REQUIRED = object()
_TYPES = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}
_LARGEST_NUMBER = 10**15
# As many as a table has columns.
_MOST_TABLES = 2000


def shown(value) -> str:
    """A value of the file for a sentence, not longer than one reads."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        return short(f"“{value}”" if isinstance(value, str) else repr(value))
    except ValueError:
        # Python refuses to write out a whole number of more than 4300 digits.
        return "with so many digits"


def is_inside(name: str) -> bool:
    """Whether a file can be of the study's own folder, or of a folder in it."""
    parts = Path(name).parts
    return 1 <= len(parts) <= 2 and ".." not in parts and not Path(name).is_absolute()


@dataclass
class Keys:
    """Takes keys out of one TOML table and notes what is wrong with them."""

    table: dict
    where: str
    problems: list[Problem]
    seen: set[str] = field(default_factory=set)

    def fault(self, key: str, fault: str, fix: str, stray: bool = False) -> None:
        key = short(key)
        name = f"{self.where}.{key}" if self.where and key else self.where or key
        self.problems.append(Problem(FILE, fault, fix, name, stray=stray))

    def take(self, key: str, kind: type, default=REQUIRED):
        """The value of a key, or its default; a wrong type or an absent required key is noted."""
        self.seen.add(key)
        if key not in self.table:
            if default is REQUIRED:
                self.fault(key, "the key is missing", f"Add it: {_TYPES[kind]}")
                return kind()
            return default
        value = self.table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            fault = f"the value {shown(value)} is not {_TYPES[kind]}"
            self.fault(key, fault, f"Write {_TYPES[kind]}")
            return kind() if default is REQUIRED else default
        if kind is str and default is REQUIRED and not value.strip():
            self.fault(key, "the text is empty", "Write a text")
        return value

    def whole(self, key: str, default: int | None, low: int, high: int) -> int | None:
        """A whole number between two bounds."""
        value = self.take(key, int, default)
        if value is not None and not low <= value <= high:
            self.fault(
                key,
                f"the value {shown(value)} is out of range",
                f"Write a whole number from {low} to {high}",
            )
            return default
        return value

    def at_most(self, key: str, most: int) -> list:
        """A list of no more than so many entries, empty by default and if it has more."""
        values = self.take(key, list, [])
        if len(values) > most:
            self.fault(
                key,
                f"there are {len(values)} entries and {most} at most",
                "Group values that are rare",
            )
            return []
        return values

    def numbers(self, key: str, most: int = 1000) -> tuple[float, ...]:
        """A list of numbers, none by default."""
        values = self.at_most(key, most)
        for value in values:
            right = isinstance(value, int | float) and not isinstance(value, bool)
            # "Not at most" also catches NaN.
            if not right or not abs(value) <= _LARGEST_NUMBER:
                self.fault(
                    key, f"the entry {shown(value)} is not a number", "Write numbers without quotes"
                )
                return ()
        return tuple(float(value) for value in values)

    def number(self, key: str) -> float | None:
        """A number above 0; None where the key is not there, or is no such number."""
        self.seen.add(key)
        value = self.table.get(key)
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (right and 0 < value <= _LARGEST_NUMBER):
            self.fault(
                key, f"the value {shown(value)} is not a number above 0", "Write one without quotes"
            )
            return None
        return None if value is None else float(value)

    def bounds(self, key: str) -> tuple[float, float] | None:
        """Two numbers, the smaller first; None where the key is not there, or is no such list."""
        values = self.numbers(key, 2)
        if key in self.table and (len(values) != 2 or values[0] > values[1]):
            self.fault(key, "these are not two numbers that rise", "Write it as [18, 110]")
            return None
        return (values[0], values[1]) if values else None

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of cells, written as texts or as numbers; none by default."""
        values = self.at_most(key, 1000)
        if any(
            isinstance(value, bool) or not isinstance(value, str | int | float) for value in values
        ):
            self.fault(key, "not every entry is a text or a number", "Put each entry in quotes")
            return ()
        return tuple(value.strip() if isinstance(value, str) else repr(value) for value in values)

    def pairs(self, key: str) -> dict[str, str]:
        """A table of texts by text; none by default."""
        values = self.take(key, dict, {})
        if any(not isinstance(value, str) for value in values.values()):
            self.fault(key, "not every entry is a text", 'Write it as { w = "Female" }')
            return {}
        return {name.strip(): value.strip() for name, value in values.items()}

    def file(self, key: str, default=REQUIRED) -> str:
        """A file of the study's own folder, or of a folder in it."""
        value = self.take(key, str, default)
        inside = is_inside(value)
        if not inside and not self._noted(value, default):
            self.fault(
                key,
                f"{shown(value)} is not the name of a file in this folder",
                "Put the file beside study.toml and write its name",
            )
        elif inside and not Path(value).suffix:
            self.fault(
                key,
                f"{shown(value)} has no ending that says what is in the file",
                "Write the whole name, for instance “patients.csv”",
            )
        return value

    def texts(self, key: str, default=REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        values = self.take(key, list, default)
        if any(not isinstance(value, str) for value in values):
            self.fault(key, "not every entry is a text", "Put each entry in quotes")
            return ()
        return tuple(values)

    def _noted(self, text: str, default) -> bool:
        """Whether ``take`` already said that a text must stand here."""
        return default is REQUIRED and not text.strip()

    def choice(self, key: str, allowed, default=REQUIRED) -> str:
        value = self.take(key, str, default)
        if value not in allowed and not self._noted(value, default):
            fault = f"{shown(value)} is not one of {some_of(filter(None, allowed))}"
            self.fault(key, fault, "Use one of these")
        return value

    def slug(self, key: str, default: str = "") -> str:
        value = self.take(key, str, default or REQUIRED)
        if not SLUG.fullmatch(value) and not self._noted(value, default or REQUIRED):
            fix = "Use lower-case letters, digits and single hyphens"
            self.fault(key, f"{shown(value)} is not a short ASCII id", fix)
        return value

    def finish(self) -> None:
        """Note every key that nobody asked for, with the nearest known one."""
        for key in self.table:
            if key not in self.seen:
                near = get_close_matches(key, self.seen, 1)
                fix = f"Write “{near[0]}” if that is meant" if near else "Remove it"
                self.fault(key, "the key is not known", fix, stray=True)

    def tables(self, key: str, default=REQUIRED) -> list[Keys]:
        """The entries of an array of tables, each with its own keys."""
        readers = []
        outer = f"{self.where}.{key}" if self.where else key
        entries = self.take(key, list, default)
        if len(entries) > _MOST_TABLES:
            fault = f"there are {len(entries)} entries and {_MOST_TABLES} at most"
            self.fault(key, fault, "Leave out those that nobody asks for")
            return []
        for position, entry in enumerate(entries, start=1):
            if not isinstance(entry, dict):
                self.fault(key, f"entry {position} is not a table", f"Write it under [[{key}]]")
                continue
            named = (entry.get(word) for word in ("id", "column", "level", "label"))
            name = next((short(text) for text in named if text and isinstance(text, str)), position)
            readers.append(Keys(entry, f"{outer}[{name}]", self.problems))
        return readers
