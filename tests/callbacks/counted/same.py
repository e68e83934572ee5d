"""A page of a study in memory held against the same page made from counts."""

from __future__ import annotations

import math
import re

import pytest

from callbacks.memory import Memory
from callbacks.page import finding_of
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog
from data.study import Study
from data.warehouse.no_rows import NeedsRows
from layouts.shared.few import Few
from layouts.shared.html import joined
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.data.warehouse.in_memory import counted
from tests.views import BY_ID

LOOK = Look(LIGHT)
# Files of sections that look at patients one by one.
NEED_ROWS = {"weighted.csv", "effect-over-time.csv", "power.csv"}


class Both:
    """Two answers to every address of a page: from rows, and from counts of the same patients."""

    def __init__(self, study: Study, without_rows: Study | None = None):
        self.studies = (study, counted(without_rows or study))
        self.memories = [Memory((one,)) for one in self.studies]

    def each(self) -> list[tuple[Study, Memory]]:
        """Both studies with what is remembered of each."""
        return list(zip(self.studies, self.memories, strict=True))

    def contexts(self, page: str, query: str, panel: str | None = None) -> list:
        """What both make of an address; of a file what it is about."""
        served, found = BY_ID[page], []
        for study, memory in self.each():
            catalog = Catalog((study,))
            address = f"?study={study.id}&{query}".rstrip("&")
            reading = read_address(f"/{page}", address, catalog, OPTION_NAMES)
            assert not reading.notes, reading.notes
            view = reading.view
            read = served.files[panel].read if panel else None
            if read is None:
                options, notes = served.page.read_options(study, view)
            else:
                view, options, notes = read(study, view)
            assert not notes, notes
            found.append(served.asked_of(study)(memory, study, view, options))
        return found

    def rows(self, page: str, query: str, panel: str) -> list[list[dict]]:
        """The rows of a file of both."""
        file = BY_ID[page].files[panel]
        return [list(file.rows(one)) for one in self.contexts(page, query, panel)]

    def differences(self, page: str, query: str, *panels: str) -> list[str]:
        """Where some files, or all, the words and the screen of a view differ."""
        served, found = BY_ID[page], []
        for panel in panels or served.files:
            if panel in NEED_ROWS:
                with pytest.raises(NeedsRows):
                    self.contexts(page, query, panel)
                continue
            rows = self.rows(page, query, panel)
            found += [f"{panel}: {text}" for text in rows_apart(*rows)]
        shown = self.contexts(page, query)
        said = [[_without_steps(words) for words in served.words(one).all()] for one in shown]
        found += [f"words: {a!r} {b!r}" for a, b in zip(*said, strict=True) if a != b]
        if len({finding_of(served, one) for one in shown}) > 1:
            found.append("finding")
        if served.drawn is not None and _apart(*(_slide(served, one) for one in shown)):
            found.append("slide")
        for name, (_, drawer) in served.drawers.items():
            if _apart(*(joined(drawer(one)) for one in shown)):
                found.append(f"drawer {name}")
        parts = [served.show(one, LOOK) for one in shown]
        found += [f"{name}: on screen" for name in parts[0] if _apart(*(p[name] for p in parts))]
        return found


def _slide(served, context) -> str:
    return _without_steps(str(served.drawn(context)))


def _without_steps(words: str) -> str:
    """Of a study in memory of which the numbers are levels, and of counts, that is said apart."""
    return re.sub(
        "numbers enter (linearly|by their ranges, as patients are counted in the database)",
        "numbers enter",
        words,
    )


def rows_apart(rows: list[dict], others: list[dict]) -> list[str]:
    """Where rows differ: text at all, numbers by more than 1e-9."""
    if len(rows) != len(others):
        return [f"{len(rows)} rows and {len(others)}"]
    found = []
    for place, (row, other) in enumerate(zip(rows, others, strict=True)):
        if list(row) != list(other):
            found.append(f"row {place}: columns {list(row)} and {list(other)}")
            continue
        found += [
            f"row {place} {name}: {row[name]!r} {other[name]!r} {row}"
            for name in row
            if not _equal(row[name], other[name])
        ]
    return found


def _equal(one, other) -> bool:
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return one == other
    if isinstance(one, Few) or isinstance(other, Few):
        return repr(one) == repr(other)
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


def _apart(one, other) -> bool:
    if isinstance(one, dict):
        return list(one) != list(other) or any(_apart(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and not isinstance(one, str):
        return len(one) != len(other) or any(map(_apart, one, other))
    if isinstance(one, float):
        return not _equal(one, other)
    if hasattr(one, "tolist"):
        return _apart(one.tolist(), other.tolist())
    return _rounded(str(one)) != _rounded(str(other))


def _rounded(text: str) -> str:
    """Places in drawings are written with all their digits."""
    return re.sub(r"\d+\.\d{6,}", lambda found: f"{float(found[0]):.6f}", text)
