"""The one place that asks the analysis and remembers its answers.

A result is remembered under the study's version, the cohort and what was asked of it. The key
holds everything that the result depends on, so that nothing has to be thrown away but for room.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from analysis.event_table import TimeAxis, time_axis
from analysis.survival_groups import SurvivalGroups, survival_by_group
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import MISSING_ID, Study, Variable
from layouts.survival_context import SurvivalContext
from layouts.survival_options import SurvivalOptions

REMEMBERED = 512


class Answers:
    """Asks the analysis about the studies of one catalog."""

    def __init__(self, studies: tuple[Study, ...]):
        self._studies = {study.id: study for study in studies}
        # Bound per instance: two servers in one process (tests) must not share a memory.
        self._axis = lru_cache(REMEMBERED)(self._compute_axis)
        self._survival = lru_cache(REMEMBERED)(self._compute_survival)

    def survival(self, study: Study, view: View, options: SurvivalOptions) -> SurvivalContext:
        """The survival view of a study with all that must be said beside it."""
        endpoint = study.endpoint(view.endpoint)
        split = None if view.by == NO_SPLIT else study.variable(view.by)
        landmark = landmark_days(study, view)
        mask = select(study, view.cohort)
        outcome = study.outcomes[endpoint.id]
        known = mask & outcome.known
        still = known if landmark is None else known & (outcome.time > landmark)
        result = self._survival(
            study.version, view.cohort, endpoint.id, view.by, landmark, options.ci
        )
        return SurvivalContext(
            study=study,
            view=view,
            endpoint=endpoint,
            options=options,
            split=split,
            result=result,
            in_cohort=int(mask.sum()),
            without_endpoint=int(mask.sum() - known.sum()),
            before_landmark=int(known.sum() - still.sum()),
            landmark_days=landmark,
        )

    def _compute_axis(self, version: str, study_id: str, endpoint_id: str, landmark) -> TimeAxis:
        """Times sorted once for each study, endpoint and landmark; reused by every filter."""
        time = self._studies[study_id].outcomes[endpoint_id].time
        return time_axis(time if landmark is None else np.maximum(time - landmark, 0))

    def _compute_survival(
        self, version: str, cohort: Cohort, endpoint_id: str, by: str, landmark, ci: str
    ) -> SurvivalGroups:
        study = self._studies[cohort.study]
        outcome = study.outcomes[endpoint_id]
        rows = select(study, cohort) & outcome.known
        if landmark is not None:
            rows &= outcome.time > landmark
        codes, labels = None, ("All patients",)
        if by != NO_SPLIT:
            codes, labels = split_codes(study, study.variable(by))
        axis = self._axis(version, study.id, endpoint_id, landmark)
        return survival_by_group(axis, outcome.event, codes, labels, rows, conf_type=ci)


def split_codes(study: Study, variable: Variable) -> tuple[np.ndarray, tuple[str, ...]]:
    """Each patient's group in a split by a variable, and the groups' names.

    Missing values are a group only where the study says so; otherwise they are in none (-1).
    """
    codes = study.codes[variable.id]
    labels = tuple(level.label for level in variable.levels)
    if variable.missing == "level" and study.has_missing(variable):
        codes = np.where(codes < 0, len(labels), codes)
        labels += (variable.level(MISSING_ID).label,)
    return codes, labels


def landmark_days(study: Study, view: View) -> int | None:
    """The day from which a view must count because of a variable known only by then."""
    if study.endpoint(view.endpoint).later_origin:
        return None
    used = [one.variable for one in view.cohort.filters]
    if view.by != NO_SPLIT:
        used.append(view.by)
    days = [study.variable(name).landmark_days for name in used]
    return max((day for day in days if day is not None), default=None)
