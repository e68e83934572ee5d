"""What the Compare arms page asks of the analysis: the section that is shown, and no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.arms import ArmComparison, compare_arms
from analysis.balance_chance import ChanceImbalance
from callbacks.arms.ranges import with_ranges
from callbacks.arms.sections import balance_result, chance_of, competing_result, response_result
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, landmark_days
from callbacks.incidence import incidence_beside
from callbacks.memory import LARGE, Memory
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.arms.context import ArmContext, BalanceResult, CompetingResult, ResponseResult
from layouts.arms.options import LANDMARK_DAYS, ArmOptions
from layouts.shared.words import DAYS_PER


def ask(memory: Memory, study: Study, view: View, options: ArmOptions) -> ArmContext:
    """The section that the options show, with all that must be said beside it."""
    endpoint = study.endpoint(_endpoint_id(study, view, options))
    landmark = landmark_days(study, replace(view, by=NO_SPLIT, endpoint=endpoint.id))
    if options.show == "response":
        landmark = None
    rows = select(study, view.cohort)
    used = rows
    if options.show != "response":
        used = in_analysis(study, endpoint.id, rows, landmark)
    obstacle, wider = _obstacle(study, view, options, used)
    result = None
    if not obstacle:
        section, depends_on = _SECTIONS[options.show]
        asked = (study, view.cohort, endpoint.id, landmark, *depends_on(options))
        result = memory.recall(section, *asked, room=LARGE)
    context = ArmContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        result=result,
        obstacle=obstacle,
        wider=wider,
        in_cohort=int(rows.sum()),
        with_endpoint=int(used.sum()),
        landmark_days=landmark,
        incidence=_beside_medians(memory, study, view.cohort, endpoint.id, landmark, result),
    )
    return with_ranges(memory, context)


def _beside_medians(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, result):
    """Competing risks of the arms whose medians are shown."""
    if not isinstance(result, ArmComparison):
        return ()
    return incidence_beside(memory, study, cohort, endpoint, ARM, landmark)


def _endpoint_id(study: Study, view: View, options: ArmOptions) -> str:
    """Competing risks are those of the declared pair of endpoints, whatever is chosen."""
    competing = study.comparison.competing
    return competing.event if options.show == "competing" and competing else view.endpoint


def _effect(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, ci, tau
) -> ArmComparison:
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    return compare_arms(
        axis_of(memory, study, endpoint_id, landmark),
        study.outcomes[endpoint_id].event,
        study.codes[ARM],
        tuple(arm.label for arm in study.arms),
        study.reference,
        rows,
        tau=None if tau is None else tau * DAYS_PER["months"],
        landmarks=LANDMARK_DAYS,
        conf_type=ci,
    )


def _balance(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, adjust, stratify
) -> BalanceResult:
    found = balance_result(study, cohort, endpoint_id, landmark, adjust, stratify)
    chance = memory.recall(_chance, study, cohort, endpoint_id, landmark)
    return replace(found, chance=chance)


def _chance(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> ChanceImbalance:
    return chance_of(study, cohort, endpoint_id, landmark)


def _competing(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark
) -> CompetingResult:
    return competing_result(study, cohort, landmark)


def _response(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark
) -> ResponseResult:
    return response_result(study, select(study, cohort))


# What computes each section, and what of the options it depends on.
_SECTIONS = {
    "effect": (_effect, lambda options: (options.ci, options.tau)),
    "balance": (_balance, lambda options: (options.adjust, options.stratify)),
    "competing": (_competing, lambda options: ()),
    "response": (_response, lambda options: ()),
}


def _obstacle(study: Study, view: View, options: ArmOptions, used) -> tuple[str, str]:
    """Why a section cannot be shown, in one sentence, and the set in which it could be."""
    if options.show == "competing" and study.comparison.competing is None:
        return "This study declares no competing events.", ""
    if options.show == "response" and study.comparison.response is None:
        return "This study has no response to treatment.", ""
    if not used.any():
        return "No patient is left for this analysis. Remove a filter above.", ""
    if options.show in ("competing", "response"):
        return "", ""
    if len(study.arms) != 2:
        return "This study does not compare two arms.", ""
    present = [arm.label for i, arm in enumerate(study.arms) if (study.codes[ARM][used] == i).any()]
    if len(present) == 2:
        return "", ""
    sentence = f"All patients in view are in one arm ({present[0]}): there is nothing to compare."
    return sentence, _wider_set(study, view)


def _wider_set(study: Study, view: View) -> str:
    """The analysis set in which both arms have patients under the same filters, or empty."""
    for one in study.analysis_sets:
        mask = select(study, replace(view.cohort, analysis_set=one.id))
        if len(np.unique(study.codes[ARM][mask])) == 2:
            return one.id
    return ""
