"""What is known of one patient, as a link to the page "A patient like mine" holds it.

``bclc.c,hepatitis.c-only.b-and-c,age-years.67~5,afp-level.900~x2``: a variable, then its levels
(any of them), or its number and how near another number must be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from data.checking.numerals import plain
from data.checking.problems import short
from data.cohort import Filter
from data.study import MISSING_ID, Study
from data.window import Window, read_window

LARGEST = 1e12


@dataclass(frozen=True)
class Entry:
    """One characteristic of a patient.

    Attributes
    ----------
    variable : str
        Variable id.
    levels : tuple of str
        Level ids in the study's order, any of which the patient may have.
    value : float or None
        Of a number.
    window : Window or None
        How near another number must be; None where the reader did not say.
    """

    variable: str
    levels: tuple[str, ...] = ()
    value: float | None = None
    window: Window | None = None

    def text(self) -> str:
        """The entry as it stands in a link."""
        said = [plain(self.value)] if self.value is not None else self.levels
        window = f"~{self.window.text()}" if self.window else ""
        return ".".join([self.variable, *said]) + window

    def filter(self, window: Window) -> Filter:
        """Who is like the patient in it.

        Parameters
        ----------
        window : Window
            Of a number, where the entry has none of its own.
        """
        if self.value is None:
            return Filter(self.variable, self.levels)
        return Filter(self.variable, (), *(self.window or window).around(self.value))


def entries_text(entries: Iterable[Entry]) -> str:
    """Several entries as a link holds them."""
    return ",".join(one.text() for one in entries)


def read_entries(study: Study, text: str, notes: list[str]) -> tuple[Entry, ...]:
    """Read what a link holds; a sentence for each part that cannot be used."""
    found: dict[str, Entry] = {}
    for part in filter(None, text.split(",")):
        name, _, rest = part.partition(".")
        variable = study.variable(name)
        if variable is None or not variable.is_criterion:
            notes.append(f"“{short(name)}” is nothing that is known of a patient before treatment.")
        elif name in found:
            notes.append(f"{variable.label} stands twice; the first one counts.")
        elif variable.is_number:
            if made := _number(name, rest):
                found[name] = made
            else:
                notes.append(f"{variable.label} has no number “{short(rest)}”.")
        else:
            asked = rest.split(".")
            known = [level.id for level in variable.levels]
            if set(asked) <= set(known):
                found[name] = Entry(name, tuple(one for one in known if one in asked))
            else:
                notes.append(f"{variable.label} has no level “{short(rest)}”.")
    return tuple(found.values())


def _number(name: str, text: str) -> Entry | None:
    number, tilde, window = text.partition("~")
    try:
        value = float(number)
    except ValueError:
        return None
    # "Not at most" also catches NaN.
    if not abs(value) <= LARGEST or (tilde and read_window(window) is None):
        return None
    return Entry(name, (), value, read_window(window) if tilde else None)


def entries_of(study: Study, filters: Iterable[Filter]) -> tuple[Entry, ...]:
    """A patient who is what some filters ask for; a range becomes its middle, half as near.

    Filters on what no patient is described by, and for missing values, are left out.
    """
    made = []
    for one in filters:
        if not study.variable(one.variable).is_criterion or MISSING_ID in one.levels:
            continue
        if one.low is None:
            made.append(Entry(one.variable, one.levels))
        elif one.high > one.low and math.isfinite(one.high - one.low):
            middle, half = (one.low + one.high) / 2, (one.high - one.low) / 2
            made.append(Entry(one.variable, (), middle, Window(half)))
    return tuple(made)
