"""Which one or two filters to take off so that most patients come back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from data.cohort import Cohort, Filter, set_mask, without_idle
from data.disclosure import answered
from data.study import Study

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
    members = set_mask(study, cohort.analysis_set)
    fails = np.array([~one.mask(study) & members for one in filters])
    failed = fails.sum(axis=0)
    now = int((members & (failed == 0)).sum())
    alone = (fails & (failed == 1)).sum(axis=1)
    single = [((i,), now + int(n)) for i, n in enumerate(alone) if n]
    both = fails & (failed == 2)
    pairs = [
        ((i, j), now + int(alone[i] + alone[j] + (both[i] & both[j]).sum()))
        for i, j in combinations(range(len(filters)), 2)
    ]
    found = _best(study, cohort, filters, single, 2)
    most = max((one.left for one in found), default=now)
    better = [(places, left) for places, left in pairs if left > most]
    return (*found, *_best(study, cohort, filters, better, 1))


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
