"""What to say where no patient passes the filters: which one or two to take off."""

from __future__ import annotations

from data.cohort import Cohort
from data.study import Study
from data.way_back import WayBack, ways_back
from layouts.shared.words import listed, patients


def nobody(study: Study, cohort: Cohort) -> str:
    """A sentence that says whose removal leaves most patients, and how many."""
    found = ways_back(study, cohort)
    if not found:
        return "No patient passes these filters, nor would one without any two of them."
    # One filter is less to give up than two.
    one = found[0]
    word = "filter" if len(one.filters) == 1 else "filters"
    return (
        f"No patient passes these filters. Without the {word} {taken_off(study, one)} "
        f"{patients(one.left)} would."
    )


def taken_off(study: Study, way: WayBack) -> str:
    """The filters that are taken off, in the study's words."""
    return listed([one.sentence(study) for one in way.filters])
