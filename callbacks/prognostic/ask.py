"""What the Prognostic factors page asks of the analysis: every factor alone, some together."""

from __future__ import annotations

from dataclasses import replace

from analysis.prognostic import Prognostic, prognostic_factors
from callbacks.groups import covariate_frame, in_analysis, landmark_days
from callbacks.memory import LARGE, Memory
from callbacks.prognostic.ranges import with_ranges
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import Study
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.options import FOUND, PrognosticOptions, factors_of


def ask(memory: Memory, study: Study, view: View, options: PrognosticOptions) -> PrognosticContext:
    """Every factor alone and the chosen ones together, with all that must be said."""
    endpoint = study.endpoint(view.endpoint)
    landmark = start_day(study, view)
    rows = select(study, view.cohort)
    used = in_analysis(study, endpoint.id, rows, landmark)
    names = tuple(v.id for v in factors_of(study, view.cohort))
    asked = (study, view.cohort, endpoint.id, landmark, names, options.model)
    context = PrognosticContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        variables=tuple(study.variable(name) for name in names),
        result=memory.recall(_factors, *asked, room=LARGE),
        in_cohort=int(rows.sum()),
        with_endpoint=int(used.sum()),
        landmark_days=landmark,
    )
    return with_ranges(memory, context)


def start_day(study: Study, view: View) -> int | None:
    """The day from which time is counted; None from the start. No split is shown."""
    return landmark_days(study, replace(view, by=NO_SPLIT))


def named(model: tuple[str, ...]) -> tuple[str, ...]:
    """The variables of a model that are chosen by name."""
    return tuple(name for name in model if name != FOUND)


def _factors(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, landmark, names, model
) -> Prognostic:
    outcome = study.outcomes[endpoint_id]
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    return prognostic_factors(
        outcome.time[rows] - (landmark or 0),
        outcome.event[rows],
        covariate_frame(study, names, rows),
        named(model),
        found=FOUND in model,
    )
