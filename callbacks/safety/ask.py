"""What the Safety page asks of the analysis, and what of it no filter changes or is slow."""

from __future__ import annotations

from analysis.safety import WorstGrades
from callbacks.groups import recorded_mask
from callbacks.memory import Memory
from callbacks.safety.counts import (
    arm_groups,
    every_arm,
    first_severe,
    safety_context,
    study_worst,
)
from data.address import View
from data.cohort import Cohort, select
from data.study import Study
from layouts.safety.context import FirstSevere, SafetyContext
from layouts.safety.options import SafetyOptions
from layouts.shared.pairs import first_pair


def ask(memory: Memory, study: Study, view: View, options: SafetyOptions) -> SafetyContext:
    """The safety view of a study with all that must be said beside it."""
    return safety_context(
        study,
        view,
        options,
        lambda one: worst_of(memory, one),
        lambda one, cohort: memory.recall(_first_severe, one, cohort),
    )


def worst_of(memory: Memory, study: Study) -> WorstGrades:
    """Worst grade of each patient of a study for each term."""
    return memory.recall(_worst, study)


def _worst(memory: Memory, study: Study) -> WorstGrades:
    return study_worst(study)


def _first_severe(memory: Memory, study: Study, cohort: Cohort) -> FirstSevere:
    rows = select(study, cohort) & recorded_mask(study)
    set_id, pair = cohort.analysis_set, first_pair(study, None)
    return first_severe(study, rows, every_arm(study, set_id) or arm_groups(study, set_id, pair))
