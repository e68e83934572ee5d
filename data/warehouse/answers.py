"""What a database answers, read: places of levels, days, causes in place of its own values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.checking.problems import short
from data.study import Variable
from data.warehouse.cells import Type, native, text_of, text_read
from data.warehouse.counts import Counts, NotAnswered
from data.warehouse.merging import merged
from data.warehouse.model import Model
from data.warehouse.question import (
    SITE,
    Cause,
    Grade,
    Happened,
    Level,
    Passes,
    Question,
    SevereCause,
    SevereTime,
    Site,
    Term,
    Time,
    Value,
)
from data.warehouse.statements import COUNT, KIND, MOST_KINDS, Statement

Answer = Mapping[str, np.ndarray]
"""Columns by name: (K,) arrays of numbers (NaN for nothing) or of objects (None for nothing)."""


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads the answers of one database.

    Attributes
    ----------
    site : int
        Its place among the sites.
    """

    model: Model
    site: int

    def counts(self, question: Question, sent: Statement, answer: Answer) -> tuple[Counts, ...]:
        """The counts of each grouping.

        Raises
        ------
        NotAnswered
            Where something in the answer is not declared, or it has too many kinds.
        """
        n = whole(answer[COUNT], nothing=0)
        if n.size > MOST_KINDS:
            raise NotAnswered(
                f"{self._label} answers with more than {MOST_KINDS:,} different kinds of patients: "
                "a number or a time in it has too many digits. Round it in a query."
            )
        return tuple(
            self._grouping(question, sent, answer, n, place)
            for place in range(len(question.groupings))
        )

    @property
    def _label(self) -> str:
        label = self.model.sites[self.site]
        return "The database" if len(self.model.sites) == 1 else label

    def _grouping(
        self, question: Question, sent: Statement, answer: Answer, n: np.ndarray, place: int
    ) -> Counts:
        rows = slice(None)
        if sent.told:
            kind = sent.kind(sent.groupings[place])
            rows = np.ones(n.size, bool)
            for i, bits in enumerate(kind):
                rows &= whole(answer[f"{KIND}_{i}"]) == bits
        n = n[rows]
        columns, doubled = {}, False
        for one in question.groupings[place]:
            cells = [answer[key][rows] for key in sent.keys[one]]
            columns[one], twice = self._column(one, cells, n.size)
            doubled |= twice
        sums, of = {}, {}
        for names, (total, counted) in sent.sums.items():
            sums[names] = np.nan_to_num(numbers(answer[total][rows]))
            of[names] = whole(answer[counted][rows])
        if doubled:
            return merged(columns, n, sums, of)
        return Counts(columns, n, sums, of)

    def _column(self, one, cells: list[np.ndarray], size: int) -> tuple[np.ndarray, bool]:
        """The values of a column, and whether several of the database's own became one."""
        match one:
            case Site():
                return np.full(size, self.site), False
            case Level(variable) if not cells:
                assert variable == SITE
                return np.full(size, self.site), False
            case Level(variable):
                found = self.model.variables[variable]
                if found.is_number:
                    return whole(cells[0], nothing=-1), False
                return self._levels(found, cells[0])
            case Value():
                return numbers(cells[0]), False
            case Time(endpoint):
                return self._days(endpoint, cells[0])
            case Happened():
                return whole(cells[0], nothing=0), bool(_empty(cells[0]).any())
            case Cause(endpoint):
                return self._cause(endpoint, cells[0]), False
            case Term():
                return self._terms(cells), True
            case Grade():
                return self._grades(cells[0]), False
            case Passes() | SevereCause():
                return whole(cells[0]), False
            case SevereTime():
                return numbers(cells[0]), False
        raise ValueError(f"no such column: {one}")

    def _levels(self, variable: Variable, cells: np.ndarray) -> tuple[np.ndarray, bool]:
        places = {level.value: i for i, level in enumerate(variable.levels)}
        # A truth value is what "yes" and "no" say in study.toml.
        truths = {native(level.value, Type.TRUTH): i for i, level in enumerate(variable.levels)}

        def place(cell: object) -> int:
            text = text_read(text_of(cell), variable.coding)
            if isinstance(cell, bool) and text not in places and cell in truths:
                return truths[cell]
            if text and text not in places:
                raise NotAnswered(
                    f"{self._label} holds “{short(text)}” in its column “{variable.column}”, which "
                    "study.toml does not declare. Add it to the levels, or to missing_codes."
                )
            return places[text] if text else -1

        return _each(cells, place)

    def _days(self, endpoint: str, cells: np.ndarray) -> tuple[np.ndarray, bool]:
        days = numbers(cells) * self.model.per_unit(endpoint)
        known = np.isfinite(days)
        if endpoint not in self.model.days:
            if (days[known] != np.floor(days[known])).any():
                raise NotAnswered(
                    f"{self._label} has times of {self.model.endpoints[endpoint].label} that are "
                    "not whole days. Write their unit in study.toml."
                )
            return np.where(known, days, -1).astype(np.int64), False
        distinct = self.model.days[endpoint]
        if distinct.size:
            # Those that only rounding tells apart are one.
            place = np.searchsorted(distinct, days[known], "right") - 1
            near = distinct[np.maximum(place, 0)]
            close = np.abs(days[known] - near) <= 1e-9 * np.maximum(1.0, near)
            days[known] = np.where(close, near, days[known])
        return np.where(known, days, -1.0), True

    def _cause(self, endpoint: str, cells: np.ndarray) -> np.ndarray:
        places = whole(cells)
        if (places < 0).any():
            label = self.model.endpoints[endpoint].label
            raise NotAnswered(
                f"{self._label} has an event of {label} of a cause that study.toml does not "
                "declare. Add it to the values of one of the [[causes]]."
            )
        return places

    def _terms(self, cells: list[np.ndarray]) -> np.ndarray:
        labels = [text_of(one) for one in cells[0]]
        known = self.model.events.term_places
        if len(cells) > 1:
            pairs = zip((text_of(one) for one in cells[1]), labels, strict=True)
        else:
            no_category = next((category for category, _ in known), "")
            pairs = ((no_category, label) for label in labels)
        found = [known.get(pair, -1) for pair in pairs]
        if -1 in found:
            raise NotAnswered(
                f"{self._label} has an adverse event that was not there when its terms were "
                "counted. They are counted again within minutes."
            )
        return np.array(found, np.int64)

    def _grades(self, cells: np.ndarray) -> np.ndarray:
        if _empty(cells).any():
            raise NotAnswered(
                f"{self._label} has an adverse event with a grade that was not there when its "
                "grades were counted. They are counted again within minutes."
            )
        return whole(cells)


def _each(cells: np.ndarray, of: Callable[[object], int]) -> tuple[np.ndarray, bool]:
    """A whole number for each cell, and whether several cells have the same."""
    places, distinct = pd.factorize(cells, use_na_sentinel=False)
    found = np.array([of(None if pd.isna(one) else one) for one in distinct.tolist()], np.int64)
    if not found.size:
        return np.zeros(0, np.int64), False
    return found[places], np.unique(found).size < found.size


def _empty(cells: np.ndarray) -> np.ndarray:
    return pd.isna(cells)


def numbers(cells: np.ndarray) -> np.ndarray:
    """Cells as floating numbers; NaN for nothing."""
    if cells.dtype.kind == "O":
        return np.array([np.nan if one is None else float(one) for one in cells], float)
    return cells.astype(float)


def whole(cells: np.ndarray, nothing: int = -1) -> np.ndarray:
    """Cells as whole numbers, and some number for nothing."""
    if cells.dtype.kind in "iub":
        return cells.astype(np.int64)
    if cells.dtype.kind == "O":
        return np.array([nothing if one is None else int(one) for one in cells], np.int64)
    return np.where(np.isnan(cells), nothing, np.nan_to_num(cells)).astype(np.int64)
