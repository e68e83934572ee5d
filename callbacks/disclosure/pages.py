"""What each page states, as it leaves the server; a page without a rule states nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from analysis.arms import ArmComparison
from analysis.verdict import EXACT
from callbacks.disclosure.about import About, NotShown
from callbacks.disclosure.along import released_along
from callbacks.disclosure.compared import RULES as ARM_SECTIONS
from callbacks.disclosure.counts import (
    released_balance,
)
from callbacks.disclosure.courses import released_lasting, released_states
from callbacks.disclosure.credibility import released_credibility
from callbacks.disclosure.curves import released_groups
from callbacks.disclosure.incidence import released_risks
from callbacks.disclosure.models import released_arms, released_factors, released_subgroups
from callbacks.disclosure.monitoring import released_monitoring
from callbacks.disclosure.overview import released_card, released_overview
from callbacks.disclosure.response import released_arm_response, released_response
from callbacks.disclosure.safety import released_safety
from callbacks.disclosure.thresholds import released_thresholds
from data.address import NO_SPLIT
from data.disclosure import answered, few, not_shown
from data.study import ARM
from layouts.along.context import AlongContext
from layouts.arms.context import (
    AllArms,
    AllBalance,
    ArmContext,
    BalanceResult,
    CompetingResult,
)
from layouts.credibility.context import CredibilityContext
from layouts.dosimetry.context import DosimetryContext, Withheld
from layouts.endpoints.context import EndpointsContext
from layouts.evidence.context import EvidenceContext, EvidenceRow
from layouts.lasting.context import LastingContext
from layouts.monitoring.context import MonitoringContext
from layouts.overview.context import OverviewContext, ShareCard
from layouts.prognostic.context import PrognosticContext
from layouts.response.context import (
    ResponseContext,
)
from layouts.safety.context import SafetyContext
from layouts.shared.few import Few
from layouts.similar.context import SimilarContext, Step
from layouts.states.context import StatesContext
from layouts.subgroups.context import SubgroupContext
from layouts.survival.context import SurvivalContext
from layouts.survival.printed import NOTHING_PRINTED
from layouts.thresholds.context import ThresholdContext
from layouts.trials.context import TrialsContext


def _survival(context: SurvivalContext, about: About) -> SurvivalContext:
    about = replace(about, by=context.view.by)
    beside = context.without_endpoint + context.before_landmark
    if about.by == NO_SPLIT:
        about.analysed(context.in_cohort, context.in_cohort - beside)
    made = replace(context, result=released_groups(context.result, about, beside))
    # A ratio of which one group is not told would tell of it.
    if made.compared != context.compared or _few_events(made):
        made = replace(made, ratio=None)
    return replace(
        made,
        without_endpoint=about.count(context.without_endpoint),
        before_landmark=about.count(context.before_landmark),
        incidence=tuple(one and released_risks(one, about) for one in context.incidence),
        printed=NOTHING_PRINTED,
    )


def _few_events(context: SurvivalContext) -> bool:
    """Whether the events of either of two compared groups are not told."""
    groups = context.result.groups
    return any(isinstance(groups[place].events, Few) for place in context.compared or ())


def _endpoints(context: EndpointsContext, about: About) -> EndpointsContext:
    """Each endpoint as its survival view tells it; one that may not be told is left out."""
    parts, held = [], None
    for one in context.parts:
        try:
            survival = _survival(one.survival, about)
        except NotShown as why:
            held = why
            about.named(one.survival.endpoint.label, one.survival.result.n)
            continue
        parts.append(replace(one, survival=survival, gained=survival.ratio and one.gained))
    if not parts:
        raise held or about.too_few()
    return replace(context, parts=tuple(parts))


def _trials(context: TrialsContext, about: About) -> TrialsContext:
    return replace(context, survival=_survival(context.survival, about))


def _subgroups(context: SubgroupContext, about: About) -> SubgroupContext:
    about.analysed(context.in_cohort, context.n)
    return replace(context, result=released_subgroups(context.result, about))


def _prognostic(context: PrognosticContext, about: About) -> PrognosticContext:
    about.analysed(context.in_cohort, context.with_endpoint)
    return replace(context, result=released_factors(context.result, about))


def _arms(context: ArmContext, about: About) -> ArmContext:
    if context.result is None and context.everyone is None:
        return context
    if few(context.with_endpoint, about.least):
        raise about.too_few()
    about.analysed(context.in_cohort, context.with_endpoint)
    if about.hidden(ARM):
        raise about.without_arms()
    return _released_arms(context, about)


def _released_arms(context: ArmContext, about: About) -> ArmContext:
    """A comparison, and those of two arms that stand beside it."""
    return replace(
        context,
        result=_section(context.result, about),
        everyone=_section(context.everyone, about),
        incidence=tuple(one and released_risks(one, about) for one in context.incidence),
        parts=tuple(_released_arms(one, about) for one in context.parts),
    )


def _section(result: Any, about: About) -> Any:
    if result is None:
        return None
    if type(result) in ARM_SECTIONS:
        return ARM_SECTIONS[type(result)](result, about)
    if isinstance(result, ArmComparison):
        return released_arms(result, about)
    if isinstance(result, AllArms):
        return replace(result, groups=released_groups(result.groups, replace(about, by=ARM)))
    if isinstance(result, BalanceResult | AllBalance):
        # An arm may be large in the cohort, and small from a landmark on.
        sizes = {tuple((one.n + one.missing).tolist()) for one in result.balances}
        if any(few(n, about.least) for n in chain.from_iterable(sizes)):
            raise about.withheld(chain.from_iterable(sizes))
        balances = tuple(released_balance(one, about) for one in result.balances)
        told = not any(np.isnan(one.smd) for one in balances)
        return replace(result, balances=balances, chance=result.chance if told else None)
    if isinstance(result, CompetingResult):
        groups = tuple(one and released_risks(one, about) for one in result.groups)
        return replace(result, groups=groups, without=about.count(result.without))
    return released_arm_response(result, about)


def _evidence(context: EvidenceContext, about: About) -> EvidenceContext:
    """What is not the printed number is not said: it may be about anybody."""

    def row(one: EvidenceRow) -> EvidenceRow:
        return one if one.verdict == EXACT else replace(one, value=float("nan"))

    return replace(context, rows=tuple(row(one) for one in context.rows))


def _dosimetry(context: DosimetryContext, about: About) -> DosimetryContext:
    """Mean, spread and median of doses; no view that holds or counts them singly."""
    unknown = float("nan")
    summaries = tuple(
        replace(
            one,
            n=about.count(one.n),
            missing=about.count(one.missing),
            smallest=unknown,
            largest=unknown,
            **dict.fromkeys(("mean", "sd", "median"), unknown)
            if one.withheld or few(one.n, about.least)
            else {},
        )
        for one in context.summaries
    )
    result = context.result and Withheld("in this study doses are shown together only")
    return replace(
        context,
        result=result,
        summaries=summaries,
        lesions=about.count(context.lesions),
        off_target=about.count(context.off_target),
    )


def _similar(context: SimilarContext, about: About) -> SimilarContext:
    """Nested cohorts, each by the rules of the pages that it could be asked for on."""
    steps = _apart(context, tuple(_nested(one, context, about) for one in context.steps), about)
    focus = context.focus
    if focus is not None and steps[focus].survival is None:
        focus = None
    safety = context.safety if focus is not None else None
    if safety is not None:
        try:
            safety = released_safety(safety, replace(about, view=safety.view))
        except NotShown:
            safety = None
    # Nobody may choose a day there (see layouts.survival.options.read_alive).
    return replace(context, steps=steps, focus=focus, safety=safety, given=None)


def _apart(context: SimilarContext, told: tuple[Step, ...], about: About) -> tuple[Step, ...]:
    """The steps that are told: any two of them differ in each arm by nobody or by enough.

    One stands inside the next, so that a reader subtracts. Everybody is on every page and comes
    first; then the step in focus, then the larger ones.
    """
    made, kept = list(told), []
    largest = len(told) - 1
    first = [largest, *([] if context.focus is None else [context.focus])]
    for place in dict.fromkeys([*first, *range(largest, -1, -1)]):
        if told[place].survival is None:
            continue
        sizes = [group.n for group in context.steps[place].survival.result.groups]
        if any(
            few(abs(a - b), about.cell) for one in kept for a, b in zip(one, sizes, strict=True)
        ):
            unknown = replace(told[place], survival=None, response=None, severe=None)
            withheld = f"{not_shown(about.study)}."
            made[place] = replace(unknown, withheld=withheld, reason="not shown")
        else:
            kept.append(sizes)
    return tuple(made)


def _nested(step: Step, context: SimilarContext, about: About) -> Step:
    unknown = replace(step, survival=None, response=None, severe=None)
    if not answered(about.study, step.cohort):
        return replace(unknown, withheld=f"{not_shown(about.study)}.", reason="not shown")
    own = About(about.memory, about.study, step.survival.view)
    try:
        survival = _survival(step.survival, own)
    except NotShown as held:
        return replace(unknown, withheld=str(held), reason="not shown")
    arms = context.arms
    if arms and own.hidden(ARM):
        return replace(step, survival=survival, response=None, severe=None)

    def card(one: ShareCard | None) -> ShareCard | None:
        return one and released_card(one, arms, 1 + len(arms), own)

    return replace(step, survival=survival, response=card(step.response), severe=card(step.severe))


RULES: dict[type, Callable[[Any, About], Any]] = {
    OverviewContext: released_overview,
    SurvivalContext: _survival,
    EndpointsContext: _endpoints,
    ThresholdContext: released_thresholds,
    SubgroupContext: _subgroups,
    AlongContext: released_along,
    CredibilityContext: released_credibility,
    ArmContext: _arms,
    PrognosticContext: _prognostic,
    ResponseContext: released_response,
    SafetyContext: released_safety,
    MonitoringContext: released_monitoring,
    SimilarContext: _similar,
    StatesContext: released_states,
    LastingContext: released_lasting,
    DosimetryContext: _dosimetry,
    TrialsContext: _trials,
    EvidenceContext: _evidence,
}


def released(context: Any, about: About) -> Any:
    """What a page states, without what may not be told.

    Raises
    ------
    NotShown
        If nothing of it may be shown, and of a page without a rule.
    """
    rule = RULES.get(type(context))
    if rule is None:
        raise NotShown("This page is not shown for a study that protects single patients.")
    return rule(context, about)
