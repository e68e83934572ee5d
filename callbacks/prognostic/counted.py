"""The Prognostic factors page of a study whose patients stay in a database, from counts."""

from __future__ import annotations

from analysis.prognostic import Patterns, Prognostic, prognostic_of_counts
from callbacks.counted.kinds import analysed_n, kinds, kinds_of_each
from callbacks.memory import LARGE, Memory
from callbacks.prognostic.ask import named, start_day
from data.address import View
from data.cohort import Cohort
from data.people import cohort_n
from data.study import Study
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.options import FOUND, PrognosticOptions, factors_of


def counted(
    memory: Memory, study: Study, view: View, options: PrognosticOptions
) -> PrognosticContext:
    """As `callbacks.prognostic.ask.ask`; numbers enter by their ranges."""
    endpoint = study.endpoint(view.endpoint)
    landmark = start_day(study, view)
    variables = factors_of(study, view.cohort)
    asked = (study, view.cohort, endpoint.id, landmark)
    names = tuple(one.id for one in variables)
    return PrognosticContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        variables=variables,
        result=memory.recall(_factors, *asked, names, options.model, room=LARGE),
        in_cohort=cohort_n(study, view.cohort),
        with_endpoint=analysed_n(memory, *asked),
        landmark_days=landmark,
    )


def _factors(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, names, model
) -> Prognostic:
    asked = (memory, study, cohort, endpoint, landmark)
    alone = kinds_of_each(*asked, [(name,) for name in names])

    def together(chosen: tuple[str, ...]) -> Patterns:
        return kinds(*asked, *chosen).patterns(*chosen)

    return prognostic_of_counts(
        (one.patterns(name) for name, one in zip(names, alone, strict=True)),
        together,
        named(model),
        found=FOUND in model,
    )
