"""The options of the page: what is known of the patient, and in which order it is dropped.

What describes the patient is private: it stands in a link only where the reader shares it, and in
no log.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.likeness import Entry, read_entries
from data.study import Study, Variable
from data.window import Window
from layouts.shared.options import read_choice
from layouts.shared.steps import step_of
from layouts.survival.options import read_alive

PRIVATE = frozenset({"mine", "order"})
NAMES = PRIVATE | {"of", "dropped", "alive", "present"}


@dataclass(frozen=True)
class SimilarOptions:
    """What is asked of patients like one.

    Attributes
    ----------
    mine : tuple of Entry
        What is known of the patient.
    order : tuple of str
        Variable ids in the reader's own order, the one that is kept longest first; empty for the
        study's.
    endpoint : str
    dropped : int or None
        How many characteristics the cohort in focus drops; None for the first that is large
        enough.
    alive : float
        Months that the patient has already lived; 0 for the start.
    """

    mine: tuple[Entry, ...] = ()
    order: tuple[str, ...] = ()
    endpoint: str = ""
    dropped: int | None = None
    alive: float = 0.0


def read_options(study: Study, view: View) -> tuple[SimilarOptions, list[str]]:
    """Read the page's options from a view, with a sentence for each that cannot be used."""
    notes: list[str] = []
    given = dict(view.options)
    filtered = {one.variable for one in view.cohort.filters}
    mine = read_entries(study, given.get("mine", ""), notes)
    doubled = [one for one in mine if one.variable in filtered]
    for one in doubled:
        label = study.variable(one.variable).label
        notes.append(f"{label} is filtered above, and so no characteristic to be dropped.")
    order = [name for name in given.get("order", "").split(",") if name]
    known = {one.id for one in criteria_of(study)}
    if set(order) - known:
        notes.append("“order” names characteristics of a patient, the most important first.")
    endpoints = [one.id for one in study.endpoints]
    options = SimilarOptions(
        mine=tuple(one for one in mine if one not in doubled),
        order=tuple(dict.fromkeys(name for name in order if name in known)),
        endpoint=read_choice(given, "of", endpoints, default_endpoint(study), notes),
        dropped=_read_dropped(given, notes),
        alive=read_alive(study, given, notes),
    )
    return options, notes


def _read_dropped(given: dict[str, str], notes: list[str]) -> int | None:
    text = given.get("dropped", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 4):
        notes.append("“dropped” is how many characteristics are dropped, for instance 3.")
        return None
    return int(text) if text else None


def default_endpoint(study: Study) -> str:
    """The endpoint that the page shows first."""
    return study.similar.endpoint or study.default_endpoint.id


def criteria_of(study: Study) -> tuple[Variable, ...]:
    """Every variable by which a patient of a study can be described, in the study's order."""
    return tuple(one for one in study.variables if one.is_criterion)


def default_window(study: Study, variable: Variable) -> Window:
    """How near a number must be unless the reader says otherwise."""
    declared = study.similar.windows.get(variable.id)
    if declared is not None:
        return declared
    step = step_of(study, variable)
    return Window(2.0, factor=True) if step.log else Window(step.per / 2)
