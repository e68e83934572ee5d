"""The response of a nested cohort in every data set that fits the publication equally well.

Ranges of survival are those of the Survival page.
"""

from __future__ import annotations

from callbacks.ranges import across_of
from callbacks.shares import groups_of, response_card
from data.cohort import Cohort, select
from data.study import Study
from layouts.shared.ranges import NOTHING, Across
from layouts.similar.numbers import numbers_of


def response_ranges(study: Study, cohort: Cohort, arms) -> Across:
    """Ranges of the objective response of all patients and of each arm."""
    if not study.reconstructions or study.comparison.response is None:
        return NOTHING
    found = []
    for one in study.reconstructions:
        card = response_card(one, groups_of(one, select(one, cohort), arms))
        found += numbers_of(card)
    return across_of(len(study.reconstructions), found)
