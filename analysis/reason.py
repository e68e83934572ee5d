"""Why something is not estimable, as a code with the names it speaks of.

The words are made here and nowhere else: who shows them chooses the name of what is not
estimable, and never searches a sentence for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Why(Enum):
    """The reasons; in braces the names that one speaks of."""

    # What is behind "… is not estimable".
    SAME_FOR_ALL = "it is the same for all patients at risk"
    NO_CONTRAST = "patients at risk at the same time do not differ in it"
    DETERMINED = "the terms before it determine it"
    NOT_CONVERGED = "the estimation did not converge"
    SEPARATED_ELSEWHERE = "the data separate completely in another term"
    SEPARATED = (
        "the data separate completely and its hazard ratio runs to {0} "
        "(usually because a level has no event)"
    )
    NO_EVENT_IN_ARM = "no event in arm {0}"
    EMPTY_CELL = "a cell is empty"
    EMPTY_MARGIN = "a row or a column is empty"
    # Whole sentences.
    NOBODY = "There are no patients."
    NOBODY_IN_LEVEL = "No patients."
    NOBODY_IN_ARM = "No patients in arm {0}."
    ONE_ARM = "There is only one arm."
    NO_EVENT = "No patient had the event."
    ONE_LEVEL = "all patients have the level {0}"


@dataclass(frozen=True)
class Reason:
    """Why a number does not exist.

    Attributes
    ----------
    why : Why
    term : str
        Technical name of what it is about, such as ``bclc=C``; empty where there is one thing
        only.
    names : tuple of str
        What else the reason speaks of: an arm, a level, a limit.
    """

    why: Why
    term: str = ""
    names: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        """The reason alone: ``a cell is empty``."""
        return self.why.value.format(*self.names)

    def words(self, label: str = "") -> str:
        """The sentence: ``BCLC C is not estimable: …``, without a label ``Not estimable: …``."""
        if self.why in _SENTENCES:
            return self.clause
        if self.why is Why.ONE_LEVEL:
            return f"{label} is left out: {self.clause}."
        head = f"{label} is not estimable" if label else "Not estimable"
        return f"{head}: {self.clause}."

    def __str__(self) -> str:
        return self.words(self.term)


_SENTENCES = frozenset(
    {Why.NOBODY, Why.NOBODY_IN_LEVEL, Why.NOBODY_IN_ARM, Why.ONE_ARM, Why.NO_EVENT}
)
