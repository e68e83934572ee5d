"""Who had an event that a rule watches: a severe adverse event, or a response."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.safety import WorstGrades, worst_grades
from callbacks.groups import arm_columns, recorded_mask
from callbacks.memory import Memory
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.monitoring.options import ANY, RESPONSES


@dataclass(frozen=True, eq=False)
class Watched:
    """Who had the event.

    Attributes
    ----------
    rows, has : ndarray of bool, shape (N,)
        Patients on screen whose data say, and who of the study had it.
    groups : tuple of (label, position, ndarray of bool)
        Those with patients, the compared arms before the reference.
    """

    rows: np.ndarray
    has: np.ndarray
    groups: tuple[tuple[str, int, np.ndarray], ...]


def watched(memory: Memory, study: Study, cohort: Cohort, event: str) -> Watched:
    """Whom a cohort is watched in for an event, and who had it."""
    rows = select(study, cohort)
    if event in RESPONSES:
        declared = study.comparison.response
        kinds = {"objective": declared.responders, "control": declared.controlled}
        levels = study.variable(declared.variable).levels
        wanted = [i for i, one in enumerate(levels) if one.id in kinds[RESPONSES[event]]]
        # Who is not evaluable counts as without a response.
        has = np.isin(study.codes[declared.variable], wanted)
    else:
        rows = rows & recorded_mask(study)
        has = severe(memory, study, event)
    places = sorted(
        arm_columns(study, cohort.analysis_set), key=lambda one: study.arms[one[1]].reference
    )
    groups = [(label, place, rows & (study.codes[ARM] == place)) for label, place in places]
    groups = [one for one in groups if one[2].any()]
    if not groups and rows.any():
        groups = [("All patients", 0, rows)]
    return Watched(rows, has, tuple(groups))


def severe(memory: Memory, study: Study, event: str) -> np.ndarray:
    """Who of a study had a term, or any, at grade 3 or more; bool of shape (N,)."""
    table = study.adverse_events
    worst = memory.recall(_worst, study)
    places = [i for i, one in enumerate(table.terms) if event in (ANY, one.id)]
    return worst.highest(places) >= table.first_severe


def _worst(memory: Memory, study: Study) -> WorstGrades:
    table = study.adverse_events
    return worst_grades(table.patient, table.term, table.grade, study.n, len(table.terms))
