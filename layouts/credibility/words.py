"""The sentence, the cautions and the footnote of the credibility of a subgroup."""

from __future__ import annotations

import math

from analysis.credibility import SUGGESTED
from layouts.credibility.context import CredibilityContext
from layouts.credibility.questions import DIRECTION, LEVELS, MEANS, PRIOR
from layouts.shared.late_words import broken_randomisation
from layouts.shared.nobody import nobody
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import events, p_number, p_value, within
from layouts.subgroups import numbers


def obstacle(context: CredibilityContext) -> str:
    """Why there is nothing to assess; empty where there is."""
    found = context.subgroups
    if not found.in_cohort:
        return nobody(context.study, context.view.cohort)
    if not found.n:
        what = within(context.endpoint.name, context.study)
        return f"Nobody in this cohort has {what} from the day on that is counted from."
    if found.arms is None:
        return "Without two arms in view there is no effect that a subgroup could modify."
    if context.position is None:
        return "No interaction of this variable can be tested in this cohort."
    return ""


def sentence(context: CredibilityContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if blocked := obstacle(context):
        return blocked
    return explained(context.across, f"{_effects(context)}; {_verdict(context)}.")


def _effects(context: CredibilityContext) -> str:
    """The effect in each level, before any p-value."""
    arm, reference = context.subgroups.arms
    levels = []
    for place, one in enumerate(context.interaction.levels):
        if not math.isfinite(one.hazard_ratio):
            continue
        words = f"{one.hazard_ratio:.2f}"
        key = numbers.hazard_ratio(numbers.within(context.position, place))
        beside = context.subgroups.across.bracket(key, words, "{:.2f}".format)
        said = "95 % CI " if not levels else ""
        label = context.subgroups.labels[context.position][place]
        levels.append(f"{label} {words} ({said}{one.lower:.2f}–{one.upper:.2f}){beside}")
    ratios = ", ".join(levels) if levels else "not estimable"
    return (
        f"{context.endpoint.label} with {arm} against {within(reference, context.study)} by "
        f"{within(context.variable.label, context.study)}: hazard ratio {ratios}"
    )


def _verdict(context: CredibilityContext) -> str:
    beside = context.across.bracket(context.p_key, p_number(context.p), p_number, "no test")
    test = f"interaction {p_value(context.p)}{beside}"
    if not context.suggested:
        return f"{test}: nothing suggests that the effect differs, so that nothing is assessed"
    found = LEVELS[context.level]
    ends = context.levels_across
    if ends:
        found += f" [{LEVELS[ends[0]]} to {LEVELS[ends[1]]}]"
    known = "" if _answered_all(context) else ", as far as the questions are answered"
    return f"{test}. Credibility of the difference{known}: {found}, {MEANS[context.level]}"


def _answered_all(context: CredibilityContext) -> bool:
    """Whether the reader has answered what no study says: what was predicted, what was known."""
    asked = (one for one in context.answered if one.question in (DIRECTION, PRIOR))
    return all(one.by_reader for one in asked)


def cautions(context: CredibilityContext) -> list[str]:
    """What the reader must know before using the level."""
    if obstacle(context):
        return []
    study, said = context.study, []
    found = context.across.of(context.p_key)
    if found is not None and found.low < SUGGESTED <= found.high:
        said.append(
            "The publication does not decide whether this interaction has a p below 0.1: in some "
            "of the data sets that fit it there is nothing to assess."
        )
    own = [one for one in context.answered if not one.by_reader and one.question.option]
    if context.suggested and own:
        said.append(
            "Exploratory: what is not known counts as unclear. Answer what you know above: each "
            "answer changes the level, and stands in the link."
        )
    if study.randomised is not True:
        said.append(
            "The instrument was made for randomised trials; this study does not say that it is one."
        )
    said += broken_randomisation(study, context.view.cohort)
    if study.reconstructed and (
        not context.subgroups.unfiltered or context.endpoint.id not in context.variable.published
    ):
        said.append("Illustrative: the paper does not publish this interaction.")
    return said


def method(context: CredibilityContext) -> str:
    """The instrument, its rule, and whom the interaction is of."""
    study, found = context.study, context.subgroups
    if obstacle(context):
        return nothing_computed(study, context.view, found.n)
    how = context.interaction.method.rstrip(".")
    if context.along is not None:
        how = (
            "Likelihood-ratio test of the arm's products with a natural cubic spline of the number"
        )
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, n\u00a0=\u00a0{found.n}, "
        f"{events(found.result.overall.n_events)}"
    )
    return (
        "ICEMAN for randomised trials (Schandelmaier et al. 2020), five core questions, in words "
        "of our own. All answers reduce credibility: very low; one definitely or two probably: "
        "low at most; one probably: moderate at most; none: high. Assessed where the interaction "
        f"p is below {SUGGESTED:g}. {how}. {cohort}. {across_note(context.across)}".rstrip()
    )
