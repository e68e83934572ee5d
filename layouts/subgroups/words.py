"""The sentence, the count of looks, the cautions and the footnote of a subgroup view."""

from __future__ import annotations

import math

from data.pairs import several
from layouts.shared.claims import Test, below, claim, count_words, list_of, undecided
from layouts.shared.competing_words import counts_as_censored
from layouts.shared.late_words import broken_randomisation
from layouts.shared.nobody import nobody
from layouts.shared.pairs import pair_words
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import FEW_EVENTS, counted, events, listed, patients, within
from layouts.subgroups import numbers
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.interaction_power import interaction_power

NAMED_AT_MOST = 5


def looks(context: SubgroupContext) -> str:
    """How many tests stand on the screen, and how many of them chance alone would make small."""
    result = context.result
    tested = result.tested
    if not tested:
        return "No variable can be tested in this cohort."
    found = count_words(context.across, result.found, numbers.found("log-rank"))
    head = (
        f"Exploratory: {counted(tested, 'variable')} tested; at p < 0.05 about "
        f"{0.05 * tested:.1f} would be expected by chance; {found} found"
    )
    if tested == 1:
        return f"{head}."
    remaining = f"{result.remaining} remain{'s' if result.remaining == 1 else ''}"
    return (
        f"{head}; {remaining}{_where(context)} after adjusting for all {tested} (Westfall–Young)."
    )


def sentence(context: SubgroupContext) -> str:
    """One sentence for the minutes of a tumour board."""
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if not context.with_endpoint:
        return f"Nobody in this cohort has {within(context.endpoint.name, context.study)}."
    if not context.n:
        return f"Nobody in this cohort was still followed at day {context.landmark_days}."
    said = _interaction_sentence(context) if context.arms else _log_rank_sentence(context)
    return explained(context.across, said)


def _log_rank_sentence(context: SubgroupContext) -> str:
    across = context.across
    tests = [_log_rank(context, i) for i in range(len(context.variables))]
    if undecided(across, tests, numbers.found("log-rank")):
        found = claim(across, tests, numbers.found("log-rank"), NAMED_AT_MOST)
        return f"{context.endpoint.label} by variable, {found}."
    order = below(tests)
    if not order:
        return f"No variable separates {context.endpoint.label} at p < 0.05 in this cohort."
    adjusted = dict(zip(context.variables, context.result.permutation.p_adjusted, strict=True))
    small = {variable.label for variable, value in adjusted.items() if value < 0.05}
    kept = [one.label for one in order if one.label in small]
    after = f"after adjustment {listed(kept) if kept else 'none'}{_where(context)}"
    named = list_of(across, order, NAMED_AT_MOST)
    return f"{context.endpoint.label} differs by {named}; {after}."


def _where(context: SubgroupContext) -> str:
    """The adjustment by permutation is not repeated in every data set: it would take a second."""
    return " in the data set shown" if context.across.n else ""


def _log_rank(context: SubgroupContext, position: int) -> Test:
    """The test of a variable: its p as printed where the publication prints another."""
    p, printed = float(context.result.screen.p_value[position]), context.printed_p(position)
    key, label = numbers.test("log-rank", position), context.variables[position].label
    if not math.isfinite(printed) or f"{printed:.3f}" == f"{p:.3f}":
        return Test(label, key, p)
    return Test(label, key, printed, ", printed")


def _interaction_sentence(context: SubgroupContext) -> str:
    arm, reference = context.arms
    effects = context.result.effects
    read = [
        Test(variable.label, numbers.interaction(i), effect.p_value)
        for i, (variable, effect) in enumerate(zip(context.variables, effects, strict=True))
        if effect.tested and not context.has_few_events(i)
    ]
    question = (
        f"Does {context.endpoint.label} with {arm} against "
        f"{within(reference, context.study)} differ between subgroups?"
    )
    count = sum(effect.tested for effect in effects)
    if not count:
        return f"{question} No interaction can be tested."
    tests = counted(count, "interaction test")
    few = f"fewer than {FEW_EVENTS} events in an arm of a level"
    if not read:
        return f"{question} {tests} on {few}: too few to say."
    if count > len(read):
        tests += f", {count - len(read)} of them on {few} and left out here"
    found = claim(context.across, read, numbers.found("interaction"), len(read))
    return f"{question} {tests}; {found}; about {0.05 * len(read):.1f} would be expected by chance."


def cautions(context: SubgroupContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if not context.n:
        return []
    said = _landmark(context) + broken_randomisation(context.study, context.view.cohort)
    if context.study.reconstructed and not context.unfiltered:
        said.append("Illustrative: the paper does not publish this combination of filters.")
    elif context.study.reconstructed and any(
        context.endpoint.id not in variable.published for variable in context.variables
    ):
        said.append(
            "Variables that the paper did not cross with this endpoint are illustrative: their "
            "relation to it was not published."
        )
    if context.options.published and not context.shows_paper:
        why = "there is no such table for it" if context.paper is None else "patients are filtered"
        said.append(f"The paper's cells are not shown: {why}.")
    if any(effect.tested for effect in context.result.effects):
        said.append(
            "Read the interaction p, not single rows; a trial with 80 % power has about 29 % for "
            "an interaction as large as its effect."
        )
        said += filter(None, [interaction_power(context)])
    if context.endpoint.competing and context.shows_medians:
        said.append(counts_as_censored(context.endpoint))
    if context.with_endpoint < context.in_cohort:
        said.append(
            f"Only {context.endpoint.population}: {context.with_endpoint} of {context.in_cohort}."
        )
    return said


def _landmark(context: SubgroupContext) -> list[str]:
    if context.landmark_days is None:
        return []
    left_out = context.with_endpoint - context.n
    return [
        f"Landmark analysis: a filter is known only after treatment began, so time starts at day "
        f"{context.landmark_days} and only the {patients(context.n)} still followed without the "
        f"event are counted ({left_out} were not)."
    ]


def method(context: SubgroupContext) -> str:
    """Method and cohort."""
    screen = context.result.screen
    parts = [
        f"Kaplan–Meier with 95 % CI by Greenwood, {context.options.ci} transform (as R survfit)",
    ]
    if context.result.tested:
        parts.append("log-rank test of each variable over all its levels")
        parts.append(context.result.permutation.method.rstrip("."))
    if context.arms:
        parts.append(context.result.effects[0].method.rstrip("."))
        if several(context.study):
            compared = pair_words(context.study, context.pair)
            parts.append(f"The effect is that of {compared}, among their own patients alone")
    study = context.study
    cohort = (
        f"{study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.n}, {events(context.result.overall.n_events)}; "
        f"{counted(len(screen.variables.names), 'variable')}"
    )
    arrows = "Arrows: the interval goes on. NR: not reached. Grey: fewer than 5 events."
    return f"{'. '.join(parts)}. {cohort}. {arrows} {across_note(context.across)}".rstrip()
