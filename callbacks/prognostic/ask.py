"""Asks the analysis for the Prognostic factors page, and remembers the answers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from analysis.prognostic import Prognostic, prognostic_factors
from callbacks.arms.sections import covariate_frame
from callbacks.groups import in_analysis, landmark_days
from callbacks.memory import LARGE
from callbacks.prognostic.ranges import PrognosticAcross
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import Study
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.options import FOUND, PrognosticOptions, factors_of


class PrognosticAnswers:
    """Asks the analysis about the prognostic factors of the studies of one catalog."""

    def __init__(self, studies: tuple[Study, ...]):
        self._studies = {study.id: study for study in studies}
        self._result = lru_cache(LARGE)(self._compute)
        self._across = PrognosticAcross()

    def __call__(self, study: Study, view: View, options: PrognosticOptions) -> PrognosticContext:
        """Every factor alone and the chosen ones together, with all that must be said."""
        endpoint = study.endpoint(view.endpoint)
        landmark = landmark_days(study, replace(view, by=NO_SPLIT))
        rows = select(study, view.cohort)
        used = in_analysis(study, endpoint.id, rows, landmark)
        names = tuple(v.id for v in factors_of(study, view.cohort))
        result = self._result(
            study.version, view.cohort, endpoint.id, landmark, names, options.model
        )
        context = PrognosticContext(
            study=study,
            view=view,
            endpoint=endpoint,
            options=options,
            variables=tuple(study.variable(name) for name in names),
            result=result,
            in_cohort=int(rows.sum()),
            with_endpoint=int(used.sum()),
            landmark_days=landmark,
        )
        return self._across(context)

    def _compute(
        self, version: str, cohort: Cohort, endpoint_id: str, landmark, names, model
    ) -> Prognostic:
        study = self._studies[cohort.study]
        outcome = study.outcomes[endpoint_id]
        rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
        return prognostic_factors(
            outcome.time[rows] - (landmark or 0),
            outcome.event[rows],
            covariate_frame(study, names, rows),
            tuple(name for name in model if name != FOUND),
            found=FOUND in model,
        )
