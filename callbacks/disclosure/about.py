"""What the rules for results are asked with: study, cohort, and who decides about groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from callbacks.memory import PARTS, Memory
from data.address import NO_SPLIT, View
from data.cohort import Cohort
from data.disclosure import few, hidden_cells, hidden_groups, not_shown
from data.people import level_sizes
from data.study import ARM, Study
from layouts.shared.few import Few

# Why a group of many is not shown.
TOLD = "few patients could be told from the others"


class NotShown(Exception):
    """What may not be shown; its text is the sentence that says so."""


class NotNow(NotShown):
    """What cannot be shown while a database does not answer."""


@dataclass(frozen=True, eq=False)
class About:
    """A view of a study that holds something back.

    Attributes
    ----------
    by : str
        Variable that makes the groups of a survival view; ``none`` for one group.
    left_out : list of str
        Names of the groups that are not shown because they are small, filled while a result is
        gone through.
    beside : list of str
        Names of those that are not shown because few others could be told from them.
    """

    memory: Memory
    study: Study
    view: View
    by: str = NO_SPLIT
    left_out: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def cohort(self) -> Cohort:
        return self.view.cohort

    @property
    def least(self) -> int:
        """Patients of a group that has numbers."""
        return self.study.disclosure.minimum_cohort

    @property
    def cell(self) -> int:
        """The smallest count that is printed."""
        return self.study.disclosure.minimum_cell

    def hidden(self, name: str) -> frozenset[int]:
        """Levels of a variable that have no numbers, by place; missing values behind the last."""
        if name == NO_SPLIT or self.study.variable(name) is None:
            return frozenset()
        return self.memory.recall(_hidden, self.study, self.cohort, name, room=PARTS)

    def named(self, label: str, n: int) -> None:
        """Note a group of n patients that is not shown."""
        names = self.left_out if few(n, self.least) else self.beside
        if label not in names:
            names.append(label)

    def count(self, n) -> int | Few:
        """A count that stands alone."""
        return Few(self.cell) if not isinstance(n, Few) and few(n, self.cell) else n

    def counts(self, of) -> list:
        """Counts of a margin that is known."""
        hidden = hidden_cells([int(one) for one in of], self.cell)
        return [Few(self.cell) if h else int(n) for n, h in zip(of, hidden, strict=True)]

    def too_few(self) -> NotShown:
        """What is said where a whole result is of too few."""
        return NotShown(f"{not_shown(self.study)}.")

    def analysed(self, of: int, n) -> None:
        """Refuse an analysis of all but a few of a cohort, whom it would tell from the others."""
        if not isinstance(n, Few) and few(of - n, self.cell):
            raise NotShown(f"Not shown: {TOLD}.")

    def withheld(self, sizes: Iterable[int]) -> NotShown:
        """What is said where groups of some sizes have no numbers."""
        if any(few(int(n), self.least) for n in sizes):
            return self.too_few()
        return NotShown(f"Not shown: {TOLD}.")

    def without_arms(self) -> NotShown:
        """What is said where a result needs an arm that has no numbers."""
        return self.withheld(level_sizes(self.study, self.cohort, ARM)[:-1])


def _hidden(memory: Memory, study: Study, cohort: Cohort, name: str) -> frozenset[int]:
    return hidden_groups(study, cohort, name)
