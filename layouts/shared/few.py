"""Counts that may not be printed, and those of a cohort as they stand around every page."""

from __future__ import annotations

from collections.abc import Sequence

from data.cohort import Cohort
from data.disclosure import answered, few, hidden_cells
from data.people import cohort_n
from data.study import Study
from data.warehouse.counts import NotAnswered

NOT_SHOWN = "not shown"
NOT_COUNTED = "not counted"


class Few(float):
    """In place of a count too small to be printed, or from which one could be told.

    It reads ``< 5`` wherever a count is written. What is computed with it is not known: sums stay
    a `Few`, shares are NaN, and it stands for nobody where it is asked for truth.
    """

    __slots__ = ("minimum",)

    def __new__(cls, minimum: int) -> Few:
        made = super().__new__(cls, "nan")
        made.minimum = minimum
        return made

    def __str__(self) -> str:
        return f"< {self.minimum}"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return str(self)

    def __bool__(self) -> bool:
        return False

    def __add__(self, other) -> Few:
        return self

    __radd__ = __sub__ = __rsub__ = __add__

    def __round__(self, digits=None) -> Few:
        return self

    def __hash__(self) -> int:
        return hash((Few, self.minimum))

    @property
    def cell(self) -> str:
        """As a file has it: ``<5``."""
        return f"<{self.minimum}"


def whole(count) -> int | Few:
    """A count of an array as it is written: a whole number, or what stands in its place."""
    return count if isinstance(count, Few) else int(count)


def margin(study: Study, counts: Sequence[int]) -> list[int | Few]:
    """Counts of which the sum is known, such as those of the levels of a variable."""
    least = study.disclosure.minimum_cell
    hidden = hidden_cells(counts, least)
    return [Few(least) if gone else n for n, gone in zip(counts, hidden, strict=True)]


def cohort_size(study: Study, cohort: Cohort) -> int | str:
    """Patients of a cohort, or words where it has no numbers: never how few they are.

    Words too where the patients are in a database that does not answer.
    """
    try:
        n = cohort_n(study, cohort)
        if answered(study, cohort):
            return n
    except NotAnswered:
        return NOT_COUNTED
    least = study.disclosure.minimum_cohort
    return f"fewer than {least}" if few(n, least) else NOT_SHOWN


def in_link(count: int | Few) -> int | str:
    """A count for the rail, whose boxes the browser fills: a number, or ``<5``."""
    return count.cell if isinstance(count, Few) else count
