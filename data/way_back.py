"""Which one or two filters to take off so that most patients come back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from data.cohort import Cohort, Filter, set_mask, without_idle
from data.disclosure import answered
from data.study import Study
from data.warehouse.asked import counts_of
from data.warehouse.question import Passes, Question, Who

# Proposals that are looked at where some may not be answered: more would cost a click too much.
TRIED = 12


@dataclass(frozen=True)
class WayBack:
    """Filters to take off, and what is left then.

    Attributes
    ----------
    filters : tuple of Filter
        One or two.
    cohort : Cohort
        What is left of the filters.
    left : int
        Patients of it.
    """

    filters: tuple[Filter, ...]
    cohort: Cohort
    left: int


def ways_back(study: Study, cohort: Cohort) -> tuple[WayBack, ...]:
    """The two best single filters to take off, and the best two together, where they help.

    Filters that filter nothing are not named. A study that holds small numbers back proposes only
    cohorts that it answers.

    Returns
    -------
    tuple of WayBack
        One filter before two; each leaves more patients than the cohort has, and two together more
        than either of the single ones.
    """
    filters = without_idle(study, cohort).filters
    if not filters:
        return ()
    fails, n = _fails(study, cohort.analysis_set, filters)
    failed = fails.sum(axis=0)
    now = _sum(n, failed == 0)
    alone = [_sum(n, line & (failed == 1)) for line in fails]
    single = [((i,), now + left) for i, left in enumerate(alone) if left]
    both = fails & (failed == 2)
    pairs = [
        ((i, j), now + alone[i] + alone[j] + _sum(n, both[i] & both[j]))
        for i, j in combinations(range(len(filters)), 2)
    ]
    found = _best(study, cohort, filters, single, 2)
    most = max((one.left for one in found), default=now)
    better = [(places, left) for places, left in pairs if left > most]
    return (*found, *_best(study, cohort, filters, better, 1))


def _fails(study: Study, set_id: str, filters) -> tuple[np.ndarray, np.ndarray | None]:
    """Which filters the patients of a set fail, (F, K) of bool, and how many there are of each."""
    if study.counted is None:
        members = set_mask(study, set_id)
        return np.array([~one.mask(study)[members] for one in filters]), None
    flags = tuple(map(Passes, filters))
    (found,) = counts_of(study, Question(Who(Cohort(study.id, set_id)), (flags,)))
    return np.array([found.columns[one] == 0 for one in flags]), found.n


def _sum(n: np.ndarray | None, mask: np.ndarray) -> int:
    return int(mask.sum() if n is None else n[mask].sum())


def _best(study: Study, cohort: Cohort, filters, choices, wanted: int) -> list[WayBack]:
    """Those that leave most, the first of equal ones first."""
    found: list[WayBack] = []
    for places, left in sorted(choices, key=lambda one: -one[1])[:TRIED]:
        off = tuple(filters[i] for i in places)
        rest = cohort
        for one in off:
            rest = rest.without(one.variable)
        if answered(study, rest):
            found.append(WayBack(off, rest, left))
        if len(found) == wanted:
            break
    return found
