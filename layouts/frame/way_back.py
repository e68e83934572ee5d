"""Beside the cohort, where it is empty or small: which filters to take off, as links."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.disclosure import answered, not_shown
from data.likeness import entries_of, entries_text
from data.people import cohort_n, events_n
from data.study import Study
from data.warehouse.counts import NotAnswered
from data.way_back import WayBack, ways_back
from layouts.shared.html import link, tag
from layouts.shared.nobody import taken_off
from layouts.shared.words import FEW_EVENTS, events, patients

# A cohort below this says how more would be in it.
FEW_PATIENTS = 10
# The page that takes filters for a patient, and from how many on it is worth the way.
PATIENT = "patient"
LEAST_ENTRIES = 3


def way_back(study: Study, view: View, of_endpoint: bool) -> Markup | None:
    """Links that take one or two filters off; None where there are patients enough.

    Parameters
    ----------
    of_endpoint : bool
        Whether the page is about the endpoint of the view, of which there may be few events.
    """
    try:
        said = _why(study, view, of_endpoint) if view.cohort.filters else ""
        found = ways_back(study, view.cohort) if said else ()
    except NotAnswered:
        return None
    if not found:
        return None
    return tag(
        "div",
        tag("span", f"{said} Take off:", class_="way-back-why"),
        [_link(study, view, one) for one in found],
        _one_by_one(study, view),
        class_="way-back",
        id="way-back",
    )


def _why(study: Study, view: View, of_endpoint: bool) -> str:
    """What is wrong with the cohort, in a few words; empty where nothing is."""
    n = cohort_n(study, view.cohort)
    if not n:
        return "No patient is left."
    if not answered(study, view.cohort):
        return f"{not_shown(study)}." if n < study.disclosure.minimum_cohort else "Not shown."
    if n < FEW_PATIENTS:
        return f"Only {patients(n)}."
    # Where counts are held back, the number of events is for the page to say.
    if of_endpoint and not study.disclosure.protects:
        had = events_n(study, view.cohort, view.endpoint)
        return f"Only {events(had)}." if had < FEW_EVENTS else ""
    return ""


def _one_by_one(study: Study, view: View) -> Markup | None:
    """The same filters as a patient, on the page that drops them one after the other."""
    entries = entries_of(study, view.cohort.filters)
    if view.page == PATIENT or len(entries) < LEAST_ENTRIES or study.counted is not None:
        return None
    cohort = view.cohort
    for one in entries:
        cohort = cohort.without(one.variable)
    target = replace(view, page=PATIENT, cohort=cohort, options=())
    return link(
        "or drop them one by one",
        href=address(target, study),
        data_patient=entries_text(entries),
    )


def _link(study: Study, view: View, way: WayBack) -> Markup:
    words, left = taken_off(study, way), patients(way.left)
    return link(
        words,
        tag("b", f" → {left}"),
        href=address(replace(view, cohort=way.cohort), study),
        class_="chip",
        title=f"Without {words}: {left}",
        data_stay=True,
    )
