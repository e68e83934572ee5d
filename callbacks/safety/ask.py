"""Asks for safety views and remembers what filters do not change, or what is slow."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from callbacks.memory import VIEWS
from callbacks.safety.counts import (
    arm_groups,
    first_severe,
    recorded_mask,
    safety_context,
    study_worst,
)
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.safety.context import FirstSevere, SafetyContext
from layouts.safety.options import SafetyOptions


class SafetyAnswers:
    """Asks the analysis about the adverse events of one catalog's studies."""

    def __init__(self, studies: tuple[Study, ...]):
        self._studies = {study.id: study for study in studies}
        # Bound per instance: two servers in one process (tests) must not share a memory.
        self._worst = lru_cache(VIEWS)(self._compute_worst)
        self._severe = lru_cache(VIEWS)(self._compute_severe)

    def __call__(self, study: Study, view: View, options: SafetyOptions) -> SafetyContext:
        """The safety view of a study."""
        return safety_context(study, view, options, self.worst, self._first_severe)

    def worst(self, study: Study) -> np.ndarray:
        """Worst grade of each patient for each term; (N, T) array of int."""
        return self._worst(study.version, study.id)

    def _first_severe(self, study: Study, cohort: Cohort) -> FirstSevere:
        return self._severe(study.version, cohort)

    def _compute_worst(self, version: str, study_id: str) -> np.ndarray:
        return study_worst(self._studies[study_id])

    def _compute_severe(self, version: str, cohort: Cohort) -> FirstSevere:
        study = self._studies[cohort.study]
        rows = select(study, cohort) & recorded_mask(study)
        return first_severe(study, rows, arm_groups(study, cohort.analysis_set))
