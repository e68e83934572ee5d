"""What stands in one column of a table of text cells: numbers, dates, words, codes for missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from data.importing.headings import cell_is

_POINT = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([ T]\d{1,2}:\d{2}.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})([ T]\d{1,2}:\d{2}.*)?")
_MONTH_NAMED = re.compile(r"(\d{1,2})[- .]?([A-Za-z]{3,9})\.?[- .]?(\d{4})")
# Codes that stand for “not known” in a column of numbers.
_CODES = re.compile(r"-?9{1,5}(\.0+)?|-[1-9](\.0+)?|-?8{2,4}(\.0+)?")
# More different values than a reader can tell apart in a filter.
MOST_LEVELS = 30


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a file.

    Attributes
    ----------
    file, name : str
        ``name`` is its heading, by which ``study.toml`` calls it.
    cells : tuple of str
        Without surrounding blanks; empty where nothing stands.
    label : str
        Further words of the file for it; empty where there are none.
    codes : tuple of str or None
        Cells that stand for missing values; None to find them.
    value_labels : mapping of cell to text
        What the file itself says of single values.
    """

    file: str
    name: str
    cells: tuple[str, ...]
    label: str = ""
    codes: tuple[str, ...] | None = None
    value_labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def heading(self) -> str:
        """Heading and further words together, for what is looked for in them."""
        return f"{self.name} {self.label}".strip()

    @cached_property
    def counts(self) -> Counter:
        """How often each cell stands in it, empty ones left out."""
        return Counter(cell for cell in self.cells if cell)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Cells that stand for “not known”, beside the empty one; in the order of the file."""
        if self.codes is not None:
            return tuple(one for one in self.counts if one in self.codes)
        words = [one for one in self.counts if cell_is(one, "missing")]
        return (*words, *self._numeric_codes(words))

    def _numeric_codes(self, words: list[str]) -> list[str]:
        """Numbers such as -9 and 999 that lie away from all others of the column."""
        values = {cell: self.number(cell) for cell in self.counts if cell not in words}
        if len(values) < 3 or None in values.values():
            return []
        known = [value for cell, value in values.items() if not _CODES.fullmatch(cell)]
        if not known:
            return []
        low, high = min(known), max(known)
        span = high - low
        found = []
        for cell, value in values.items():
            negative = value < 0 <= low
            far = value > max(high + 2 * span, 2 * high) and self.counts[cell] > 1
            if _CODES.fullmatch(cell) and (negative or far):
                found.append(cell)
        return found

    @cached_property
    def values(self) -> Counter:
        """How often each value stands in it, without those that mean missing."""
        return Counter({one: n for one, n in self.counts.items() if one not in self.missing})

    @property
    def known(self) -> int:
        """How many cells hold a value."""
        return sum(self.values.values())

    @property
    def unknown(self) -> int:
        """How many cells are empty or hold a code for it."""
        return len(self.cells) - self.known

    @cached_property
    def unlike(self) -> bool:
        """Whether every row has a value that no other has."""
        return len(self.counts) == len(self.cells) > 1

    def number(self, cell: str) -> float | None:
        """A cell as a number; None if it is none."""
        return float(cell) if _POINT.fullmatch(cell) else None

    @cached_property
    def numbers(self) -> tuple[float, ...] | None:
        """Its values as numbers, one a row that has one; None unless all are numbers."""
        found = [self.number(cell) for cell in self.cells if cell in self.values]
        return tuple(found) if found and None not in found else None

    @cached_property
    def no_numbers(self) -> tuple[str, ...]:
        """The values of a column of numbers that are none, such as “<5”; empty if most are none."""
        bad = tuple(cell for cell in self.values if self.number(cell) is None)
        return bad if bad and len(bad) * 4 <= len(self.values) else ()

    @cached_property
    def whole(self) -> bool:
        """Whether all its values are whole numbers."""
        return self.numbers is not None and all(value == int(value) for value in self.numbers)

    @cached_property
    def dates(self) -> str:
        """Order of the parts of its dates: ymd, dmy, mdy, named, or “dmy or mdy”; else empty."""
        return date_order(self.values)

    @cached_property
    def yes_no(self) -> tuple[str, str] | None:
        """The cells that stand for yes and for no, of a column that holds nothing else."""
        return self._two("yes", "no", ("1", "0"))

    @cached_property
    def event_words(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Cells that are words for an event, and those for none, where all are one or the other."""
        happened = tuple(one for one in self.values if event_word(one) == "event")
        censored = tuple(one for one in self.values if event_word(one) == "censored")
        if not self.values or len(happened) + len(censored) < len(self.values):
            return None
        return happened, censored

    def _two(self, first: str, second: str, digits: tuple[str, str]) -> tuple[str, str] | None:
        given = [one for one in self.values if one]
        if not 1 <= len(given) <= 2:
            return None
        by_word = {
            kind: next((one for one in given if _is(one, kind, digit)), "")
            for kind, digit in ((first, digits[0]), (second, digits[1]))
        }
        if sum(bool(one) for one in by_word.values()) < len(given):
            return None
        return by_word[first], by_word[second]


def _is(cell: str, kind: str, digit: str) -> bool:
    return cell_is(cell, kind) or cell in (digit, f"{digit}.0", f"{digit},0")


def event_word(cell: str) -> str:
    """``event`` or ``censored`` for a cell that says so in words; else empty.

    A figure and a colon before the word decide, as in “1:DECEASED”.

    >>> event_word("1:DECEASED"), event_word("Alive"), event_word("yes")
    ('event', 'censored', '')
    """
    figure = re.fullmatch(r"([01])\s*[:=]\s*\S.*", cell)
    if figure:
        return "event" if figure[1] == "1" else "censored"
    return next((kind for kind in ("event", "censored") if cell_is(cell, kind)), "")


def date_order(cells) -> str:
    """The order of day, month and year that fits all of some cells; see ``Column.dates``."""
    orders = {"dmy", "mdy"}
    kinds = set()
    for cell in cells:
        if found := _YEAR_FIRST.fullmatch(cell):
            if not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
                return ""
            kinds.add("ymd")
        elif found := _YEAR_LAST.fullmatch(cell):
            first, second = int(found[1]), int(found[3])
            if not (1 <= min(first, second) <= 12 and max(first, second) <= 31):
                return ""
            orders -= {"dmy"} if second > 12 else {"mdy"} if first > 12 else set()
            # Points are written where the day stands first.
            orders -= {"mdy"} if found[2] == "." else set()
            kinds.add("numbers")
        elif _MONTH_NAMED.fullmatch(cell):
            kinds.add("named")
        else:
            return ""
    if len(kinds) != 1 or not orders:
        return ""
    (kind,) = kinds
    return " or ".join(sorted(orders)) if kind == "numbers" else kind
