"""A table of adverse events: one row for each, with the patient, what happened and how severe."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from data.importing.column import Column
from data.importing.headings import role_words, says


@dataclass(frozen=True)
class EventTable:
    """A table of adverse events.

    Attributes
    ----------
    file : str
    patient, term, grade : str
        Columns.
    category, onset : str
        Columns; empty where there is none.
    why : str
    """

    file: str
    patient: str
    term: str
    grade: str
    category: str = ""
    onset: str = ""
    why: str = ""


def guess_events(
    file: str, columns: list[Column], patients: Collection[str]
) -> tuple[EventTable | None, str]:
    """The table as one of adverse events; or None, and why it is none.

    Parameters
    ----------
    patients : collection of str
        The ids of all patients.
    """
    known = set(patients)
    linked = [one for one in columns if one.counts and set(one.counts) <= known]
    if not linked:
        return None, "no column of it holds the patients’ ids alone"
    patient = max(linked, key=lambda one: says(one.heading, role_words("id")))
    others = [one for one in columns if one is not patient and one.values]
    term = _best(others, "term", lambda one: one.numbers is None)
    grade = _best(others, "grade", lambda one: len(one.values) <= 12)
    if not term or not grade:
        lacking = "what happened" if not term else "grades"
        return None, f"no column of it holds {lacking}, as a table of adverse events has"
    rest = [one for one in others if one.name not in (term, grade)]
    category = _best(rest, "category", lambda one: one.numbers is None)
    onset = _best(rest, "onset", lambda one: one.whole)
    why = f"“{patient.name}” holds patients’ ids, “{term}” terms and “{grade}” grades"
    return EventTable(file, patient.name, term, grade, category, onset, why), ""


def _best(columns: list[Column], role: str, fits) -> str:
    ranked = [(says(one.name, role_words(role)), one.name) for one in columns if fits(one)]
    best = max(ranked, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] else ""
