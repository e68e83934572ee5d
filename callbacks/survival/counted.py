"""The Survival page of a study whose patients stay in a database, from counts."""

from __future__ import annotations

from callbacks.counted.curves import incidence_beside, survival_groups
from callbacks.counted.kinds import analysed_n
from callbacks.memory import Memory
from callbacks.survival.ask import split_by, start_day, with_ratio
from data.address import View
from data.people import cohort_n
from data.study import Study
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions


def counted(memory: Memory, study: Study, view: View, options: SurvivalOptions) -> SurvivalContext:
    """As `callbacks.survival.ask.ask`; nothing is held against a publication here."""
    endpoint = study.endpoint(view.endpoint)
    landmark = start_day(study, view, options)
    asked = (memory, study, view.cohort, endpoint.id)
    result = survival_groups(*asked, view.by, landmark, options.ci)
    still = result.n + result.left_out
    known = still if landmark is None else analysed_n(*asked)
    in_cohort = cohort_n(study, view.cohort)
    return with_ratio(
        SurvivalContext(
            study=study,
            view=view,
            endpoint=endpoint,
            options=options,
            split=split_by(study, view),
            result=result,
            in_cohort=in_cohort,
            without_endpoint=in_cohort - known,
            before_landmark=known - still,
            landmark_days=landmark,
            incidence=incidence_beside(*asked, view.by, landmark),
        )
    )
