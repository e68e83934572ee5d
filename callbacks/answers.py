"""The one place that asks the analysis and remembers its answers.

A result is remembered under the study's version, the cohort and what was asked of it. The key
holds everything that the result depends on, so that nothing has to be thrown away but for room.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from analysis.coded_variables import coded_variables
from analysis.event_table import TimeAxis, time_axis
from analysis.subgroups import Subgroups, subgroups
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.arms.ask import ArmAnswers
from callbacks.dosimetry.ask import DosimetryAnswers
from callbacks.evidence.ask import EvidenceAnswers
from callbacks.groups import arm_codes, in_analysis, landmark_days, split_codes
from callbacks.memory import VIEWS
from callbacks.overview.ask import OverviewAnswers
from callbacks.pages import OPTION_NAMES
from callbacks.prognostic.ask import PrognosticAnswers
from callbacks.response.ask import ResponseAnswers
from callbacks.safety.ask import SafetyAnswers
from callbacks.subgroups.ranges import LANDMARK_DAYS, SubgroupsAcross
from callbacks.survival.ranges import AcrossAnswers
from callbacks.trials.ask import TrialsAnswers
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study, Variable
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.options import SubgroupOptions
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


class Answers:
    """Asks the analysis about the studies of one catalog."""

    def __init__(self, studies: tuple[Study, ...]):
        self._studies = {study.id: study for study in studies}
        # Bound per instance: two servers in one process (tests) must not share a memory.
        self._axis = lru_cache(VIEWS)(self._compute_axis)
        self._survival = lru_cache(VIEWS)(self._compute_survival)
        self._subgroups = lru_cache(VIEWS)(self._compute_subgroups)
        self.across = AcrossAnswers()
        self._subgroups_across = SubgroupsAcross(self.across.axis)
        self.arms = ArmAnswers(studies, self._axis, self.across)
        self.prognostic = PrognosticAnswers(studies)
        self.response = ResponseAnswers(studies, self._axis, self.across)
        self.safety = SafetyAnswers(studies)
        self.dosimetry = DosimetryAnswers(self._axis, self.safety.worst)
        self.context = TrialsAnswers(studies, self.survival)
        self.evidence = EvidenceAnswers(studies)
        self.overview = OverviewAnswers(
            studies, self._survival, self.safety.worst, frozenset(OPTION_NAMES), self.across
        )

    def survival(self, study: Study, view: View, options: SurvivalOptions) -> SurvivalContext:
        """The survival view of a study with all that must be said beside it."""
        endpoint = study.endpoint(view.endpoint)
        split = None if view.by == NO_SPLIT else study.variable(view.by)
        landmark = landmark_days(study, view)
        mask = select(study, view.cohort)
        outcome = study.outcomes[endpoint.id]
        known = mask & outcome.known
        still = in_analysis(study, endpoint.id, mask, landmark)
        result = self._survival(
            study.version, view.cohort, endpoint.id, view.by, landmark, options.ci
        )
        context = SurvivalContext(
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
        return self.across.survival(context)

    def subgroups(self, study: Study, view: View, options: SubgroupOptions) -> SubgroupContext:
        """All subgroups of a cohort for one endpoint with all that must be said beside them."""
        endpoint = study.endpoint(view.endpoint)
        variables = subgroup_variables(study, endpoint.id, options.of)
        mask = select(study, view.cohort)
        names = tuple(variable.id for variable in variables)
        landmark = landmark_days(study, replace(view, by=NO_SPLIT))
        result = self._subgroups(
            study.version, view.cohort, endpoint.id, names, landmark, options.ci
        )
        known = mask & study.outcomes[endpoint.id].known
        context = SubgroupContext(
            study=study,
            view=view,
            endpoint=endpoint,
            options=options,
            variables=variables,
            labels=tuple(split_codes(study, variable)[1] for variable in variables),
            result=result,
            in_cohort=int(mask.sum()),
            with_endpoint=int(known.sum()),
            landmark_days=landmark,
        )
        return self._subgroups_across(context)

    def _compute_subgroups(
        self, version: str, cohort: Cohort, endpoint_id: str, names, landmark, ci: str
    ) -> Subgroups:
        study = self._studies[cohort.study]
        outcome = study.outcomes[endpoint_id]
        rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
        split = {name: split_codes(study, study.variable(name)) for name in names}
        variables = coded_variables(
            {name: codes for name, (codes, _) in split.items()},
            {name: len(labels) for name, (_, labels) in split.items()},
        )
        return subgroups(
            self._axis(version, study.id, endpoint_id, landmark),
            outcome.event,
            variables,
            rows,
            landmarks=LANDMARK_DAYS,
            conf_type=ci,
            arm=arm_codes(study, cohort),
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
        rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
        codes, labels = None, ("All patients",)
        if by != NO_SPLIT:
            codes, labels = split_codes(study, study.variable(by))
        axis = self._axis(version, study.id, endpoint_id, landmark)
        return survival_by_group(axis, outcome.event, codes, labels, rows, conf_type=ci)


def subgroup_variables(study: Study, endpoint_id: str, of: str) -> tuple[Variable, ...]:
    """The variables of the Subgroups page: the paper's table, or all baseline variables.

    The arm is no subgroup, and what is known only after treatment began none that a patient could
    be put into beforehand.
    """
    baseline = [
        variable
        for variable in study.variables
        if not variable.after_baseline and variable.id != ARM
    ]
    table = study.published_subgroups.get(endpoint_id)
    if table is None:
        return tuple(baseline)
    printed = [study.variable(name) for name in table.order]
    if of == "published":
        return tuple(printed)
    return (*printed, *(variable for variable in baseline if variable not in printed))
