"""What the Compare arms page asks of the analysis: the section that is shown, and no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.arms import ArmComparison, compare_arms
from analysis.balance_chance import ChanceImbalance
from analysis.permutation import PermutationTest, permutation_logrank
from callbacks.arms import two_arms
from callbacks.arms.in_view import rows_of
from callbacks.arms.obstacles import obstacle_of, pair_obstacle
from callbacks.arms.ranges import with_ranges
from callbacks.arms.sections import (
    all_balance,
    balance_result,
    chance_of,
    competing_result,
    response_result,
)
from callbacks.curves import axis_of, survival_groups
from callbacks.groups import in_analysis, landmark_days
from callbacks.incidence import incidence_beside
from callbacks.memory import LARGE, Memory
from callbacks.ranges import together
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.pairs import family, pair_cohort, several
from data.patient_groups import Pair
from data.people import cohort_n
from data.study import ARM, Study
from data.warehouse.no_rows import NeedsRows
from layouts.arms.context import (
    AllArms,
    AllBalance,
    ArmContext,
    BalanceResult,
    CompetingResult,
    ResponseResult,
    Result,
)
from layouts.arms.options import LANDMARK_DAYS, ArmOptions
from layouts.shared.pairs import first_pair
from layouts.shared.words import DAYS_PER


@dataclass(frozen=True)
class Parts:
    """How a section is computed: of patients who are here, or from counts.

    Attributes
    ----------
    in_view : function of (Memory, Study, Cohort, endpoint id or "", landmark)
        How many patients are analysed, and how many in each arm.
    incidence : function as `callbacks.incidence.incidence_beside`
    sections : mapping of section to function
        Of two arms, or of all where nothing is compared: of (Memory, Study, Cohort, endpoint id,
        landmark, Pair or None), what of the options it depends on, and of what is compared whether
        the pair is shown by itself.
    of_all : mapping of section to function
        Of three arms or more.
    """

    in_view: Callable
    incidence: Callable
    sections: Mapping[str, Callable]
    of_all: Mapping[str, Callable]


# What of the options each section depends on; of all arms of three or more, less.
_DEPENDS_ON = {
    "effect": lambda options: (options.ci, options.tau),
    "balance": lambda options: (options.adjust, options.stratify),
    "adjusted": lambda options: (options.adjust, options.trim),
    "time": lambda options: (),
    "power": lambda options: (),
    "competing": lambda options: (),
    "response": lambda options: (),
}
_OF_ALL_DEPENDS_ON = {
    "effect": lambda options: (options.ci,),
    "balance": lambda options: (),
    **dict.fromkeys(("adjusted", "time", "power"), lambda options: ()),
}
# The other sections say something of every arm by themselves.
_COMPARED = frozenset(_OF_ALL_DEPENDS_ON)


def ask(memory: Memory, study: Study, view: View, options: ArmOptions) -> ArmContext:
    """The section that the options show, with all that must be said beside it."""
    return ask_parts(memory, study, view, options, OF_ROWS)


def ask_parts(
    memory: Memory, study: Study, view: View, options: ArmOptions, parts: Parts
) -> ArmContext:
    """The same computed in one of several ways.

    Raises
    ------
    NeedsRows
        If the section needs patients, and there are counts only.
    """
    if options.show not in parts.sections:
        raise NeedsRows
    endpoint = study.endpoint(_endpoint_id(study, view, options))
    landmark = landmark_days(study, replace(view, by=NO_SPLIT, endpoint=endpoint.id))
    if options.show == "response":
        landmark = None
    analysed = "" if options.show == "response" else endpoint.id
    n, sizes = parts.in_view(memory, study, view.cohort, analysed, landmark)
    obstacle, wider = obstacle_of(study, view, options, n, sizes)
    context = ArmContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        result=None,
        obstacle=obstacle,
        wider=wider,
        in_cohort=cohort_n(study, view.cohort),
        with_endpoint=n,
        landmark_days=landmark,
    )
    if obstacle:
        return context
    if options.show == "effect":
        # Competing risks of the arms whose medians are shown.
        asked = (study, view.cohort, endpoint.id, ARM, landmark)
        context = replace(context, incidence=parts.incidence(memory, *asked))
    if several(study) and options.show != "competing":
        return _of_several(memory, context, sizes, parts)
    pair = first_pair(study, options.pair) if len(study.arms) == 2 else None
    result = _result(memory, context, pair, parts)
    context = two_arms.possible(replace(context, pair=pair, result=result))
    return with_ranges(memory, context)


def _endpoint_id(study: Study, view: View, options: ArmOptions) -> str:
    """Competing risks are those of an endpoint whose causes are declared, the chosen one if it is.

    The one that counts the event of interest alone stands for it, where there is one.
    """
    if options.show != "competing" or not study.all_causes:
        return view.endpoint
    causes = study.causes_of(view.endpoint) or study.all_causes[0]
    return causes.interest.alone or causes.endpoint


def _result(
    memory: Memory, context: ArmContext, pair: Pair | None, parts: Parts, whole: bool = True
) -> Result:
    """What the section states of two arms, or of all of them where there is no pair.

    A pair that is not shown by itself goes without what takes long, unless it is the ``whole``.
    """
    options, cohort = context.options, context.view.cohort
    asked = (context.study, cohort, context.endpoint.id, context.landmark_days)
    if options.show in _COMPARED and pair is None:
        depends_on = _OF_ALL_DEPENDS_ON[options.show](options)
        return memory.recall(parts.of_all[options.show], *asked, *depends_on, room=LARGE)
    depends_on = _DEPENDS_ON[options.show](options)
    more = (whole,) if options.show in _COMPARED else ()
    section = parts.sections[options.show]
    return memory.recall(section, *asked, pair, *depends_on, *more, room=LARGE)


def _of_several(memory: Memory, context: ArmContext, sizes: np.ndarray, parts: Parts) -> ArmContext:
    """Every arm, and the pairs whose p-values go together; the chosen one in full."""
    study, chosen = context.study, context.options.pair
    result = _result(memory, context, None, parts)
    everyone = with_ranges(memory, replace(context, result=result))
    pairs = []
    for pair in family(study, chosen):
        part = replace(context, pair=pair, obstacle=pair_obstacle(study, pair, sizes))
        if not part.obstacle:
            found = _result(memory, context, pair, parts, pair == chosen)
            part = two_arms.possible(replace(part, result=found))
        if chosen is None or pair == chosen:
            part = with_ranges(memory, part)
        pairs.append(part)
    shown = next((one for one in pairs if one.pair == chosen), everyone)
    across = shown.across
    if shown is not everyone:
        across = together(across.n, (everyone.across, across))
    return replace(shown, everyone=everyone.result, parts=tuple(pairs), across=across)


def _in_view(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark):
    rows = select(study, cohort)
    if endpoint:
        rows = in_analysis(study, endpoint, rows, landmark)
    arms = study.codes[ARM][rows] if study.arms else np.zeros(0, int)
    return int(rows.sum()), np.bincount(arms[arms >= 0], minlength=len(study.arms))


def _effect(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint_id,
    landmark,
    pair: Pair,
    ci,
    tau,
    whole: bool,
) -> ArmComparison:
    chosen = select(study, pair_cohort(study, cohort, pair))
    return compare_arms(
        axis_of(memory, study, endpoint_id, landmark),
        study.outcomes[endpoint_id].event,
        study.codes[ARM],
        tuple(arm.label for arm in study.arms),
        pair.reference,
        in_analysis(study, endpoint_id, chosen, landmark),
        compared=pair.compared,
        tau=None if tau is None else tau * DAYS_PER["months"],
        landmarks=LANDMARK_DAYS,
        conf_type=ci,
        permute=whole,
    )


def _all_arms(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, ci) -> AllArms:
    groups = survival_groups(memory, study, cohort, endpoint_id, ARM, landmark, ci)
    return AllArms(groups, memory.recall(_permuted, study, cohort, endpoint_id, landmark))


def _permuted(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark
) -> PermutationTest:
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    rows &= study.codes[ARM] >= 0
    outcome = study.outcomes[endpoint_id]
    return permutation_logrank(outcome.time[rows], outcome.event[rows], study.codes[ARM][rows])


def _balance(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint_id,
    landmark,
    pair: Pair,
    adjust,
    stratify,
    whole: bool,
) -> BalanceResult:
    found = balance_result(study, cohort, endpoint_id, landmark, adjust, stratify, pair)
    if not whole:
        return found
    drawn = pair_cohort(study, cohort, pair)
    return replace(found, chance=memory.recall(_chance, study, drawn, endpoint_id, landmark))


def _all_balance(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> AllBalance:
    found = all_balance(study, cohort, endpoint_id, landmark)
    return replace(found, chance=memory.recall(_chance, study, cohort, endpoint_id, landmark))


def _chance(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> ChanceImbalance:
    return chance_of(study, cohort, endpoint_id, landmark)


def _competing(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair
) -> CompetingResult:
    return competing_result(study, cohort, endpoint_id, landmark)


def _response(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair
) -> ResponseResult:
    return response_result(rows_of(study, cohort), pair)


OF_ROWS = Parts(
    in_view=_in_view,
    incidence=incidence_beside,
    sections={
        "effect": _effect,
        "balance": _balance,
        **two_arms.SECTIONS,
        "competing": _competing,
        "response": _response,
    },
    of_all={
        "effect": _all_arms,
        "balance": _all_balance,
        **two_arms.OF_ALL,
    },
)
