"""Which numbers of a view the publication prints itself, so that they have no range."""

from __future__ import annotations

from analysis.verdict import DIFFERS
from callbacks.evidence.ask import printed_cells
from callbacks.memory import Memory
from data.address import NO_SPLIT, View
from data.cohort import Cohort, without_idle
from data.sections.evidence import Condition
from data.sections.evidence_cells import read_condition
from data.study import Study

Key = tuple[str, str, str | frozenset, frozenset, frozenset]


def printed_numbers(memory: Memory, study: Study) -> frozenset[Key]:
    """Quantity, endpoint, comparison, adjustment and patients of every printed number."""
    return memory.recall(_printed_numbers, study)


def _printed_numbers(memory: Memory, study: Study) -> frozenset[Key]:
    variables = {variable.id: variable for variable in study.variables}
    usual = study.default_set.id
    # A number that the data contradict is not fixed by its print.
    return frozenset(
        (
            cell.quantity,
            cell.of,
            frozenset(read_condition(cell.by, variables)[0]) if "=" in cell.by else cell.by,
            frozenset(read_condition(cell.adjusted, variables)[0]),
            frozenset(cell.where),
        )
        for cell, verdict in ((row.cell, row.verdict) for row in printed_cells(memory, study))
        if cell.quantity and (cell.analysis_set or usual) == usual and verdict != DIFFERS
    )


def who(study: Study, cohort: Cohort) -> frozenset | None:
    """The filters of a cohort as a cell's patients; None where no cell can be about them."""
    if cohort.analysis_set != study.default_set.id:
        return None
    kept = without_idle(study, cohort).filters
    if any(one.low is not None for one in kept):
        return None
    return frozenset((one.variable, one.levels) for one in kept)


def is_printed(
    memory: Memory,
    study: Study,
    view: View,
    quantity: str,
    endpoint: str,
    by: str | Condition = "",
    group: Condition = (),
    adjusted: Condition = (),
) -> bool:
    """Whether the publication prints a number of a view.

    Parameters
    ----------
    quantity, endpoint : str
        As in ``cells.csv``.
    by : str or Condition
        What is compared.
    group : Condition
        The group of a split, in addition to the view's filters.
    """
    patients = who(study, view.cohort)
    if patients is None:
        return False
    compared = by if isinstance(by, str) else frozenset(by)
    key = (quantity, endpoint, compared, frozenset(adjusted), patients | frozenset(group))
    return key in printed_numbers(memory, study)


def level_condition(study: Study, by: str, position: int) -> Condition:
    """The group of a split as a condition; empty without a split."""
    if by == NO_SPLIT or position < 0:
        return ()
    levels = study.variable(by).levels
    name = levels[position].id if position < len(levels) else "missing"
    return ((by, (name,)),)
