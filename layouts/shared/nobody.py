"""What to say where no patient passes the filters: which one to take off."""

from __future__ import annotations

from data.cohort import Cohort, select, without_idle
from data.study import Study
from layouts.shared.words import patients


def nobody(study: Study, cohort: Cohort) -> str:
    """A sentence that says whose removal leaves most patients, and how many."""
    filters = without_idle(study, cohort).filters
    left = [int(select(study, cohort.without(one.variable)).sum()) for one in filters]
    if not any(left):
        return "No patient passes these filters, nor would one without any single of them."
    most = max(left)
    one = filters[left.index(most)]
    return (
        f"No patient passes these filters. Without the filter {one.sentence(study)} "
        f"{patients(most)} would."
    )
