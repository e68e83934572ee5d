"""Shares of patients that several pages print: who responded, who had a severe adverse event."""

from __future__ import annotations

import numpy as np

from analysis.proportions import clopper_pearson
from analysis.safety import WorstGrades
from data.study import ARM, Study
from layouts.overview.context import ShareCard


def groups_of(study: Study, mask: np.ndarray, arms) -> list[np.ndarray]:
    """The patients in view, then those of each arm; each bool of shape (N,)."""
    return [mask, *(mask & (study.codes[ARM] == place) for _, place in arms)]


def response_card(study: Study, groups: list[np.ndarray]) -> ShareCard | None:
    """Objective response of all patients; not evaluable counts as none."""
    declared = study.comparison.response
    if declared is None:
        return None
    variable = study.variable(declared.variable)
    places = [i for i, one in enumerate(variable.levels) if one.id in declared.responders]
    responder = np.isin(study.codes[variable.id], places)
    made = [clopper_pearson(int((g & responder).sum()), int(g.sum())) for g in groups]
    return ShareCard("Objective response", "arms", made[0], tuple(made[1:]))


def severe_card(study: Study, groups: list, recorded: np.ndarray, worst: WorstGrades) -> ShareCard:
    """Patients with an adverse event of grade 3 or more, of those whose events were recorded."""
    severe = worst.highest() >= study.adverse_events.first_severe
    made = [
        clopper_pearson(int((g & recorded & severe).sum()), int((g & recorded).sum()))
        for g in groups
    ]
    return ShareCard("Grade ≥ 3 event", "safety", made[0], tuple(made[1:]))
