"""What the credibility of a subgroup asks of the analysis."""

from __future__ import annotations

from dataclasses import replace

from analysis.credibility import Answer, by_chance, by_number
from callbacks.along.ask import ask as ask_along
from callbacks.credibility.ranges import with_ranges
from callbacks.memory import Memory
from callbacks.subgroups.ask import ask_one
from data.address import View
from data.study import Study, Variable
from layouts.along.options import AlongOptions
from layouts.credibility.context import Answered, CredibilityContext
from layouts.credibility.options import SMALLEST, CredibilityOptions
from layouts.credibility.questions import (
    CHANCE,
    CUTS,
    DIRECTION,
    NUMBER,
    PRIOR,
    QUESTIONS,
    Question,
)
from layouts.shared.words import counted, p_value
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.options import SubgroupOptions


def ask(
    memory: Memory, study: Study, view: View, options: CredibilityOptions
) -> CredibilityContext:
    """An effect modification with the answers to all five questions."""
    found = ask_one(memory, study, view, SubgroupOptions(pair=options.pair))
    context = CredibilityContext(
        study=study,
        view=view,
        endpoint=found.endpoint,
        options=options,
        subgroups=found,
        position=_position(found, options.modifier),
        tested=sum(one.tested for one in found.result.effects),
    )
    if context.position is None:
        return context
    context = replace(context, subgroups=with_ranges(memory, found, context.position))
    variable = context.variable
    if variable.is_number and options.answers.get(CUTS.option) == Answer.DEFINITELY_INCREASED:
        # Without cut points it is another test.
        along = ask_along(memory, study, view, AlongOptions(variable, pair=options.pair))
        context = replace(context, along=along)
    return replace(context, answered=tuple(_answered(context, one) for one in QUESTIONS))


def _position(found: SubgroupContext, wanted: str) -> int | None:
    """The place of the chosen modifier, or of the one with the smallest interaction p."""
    tested = {
        i: one.p_value
        for i, one in enumerate(found.result.effects)
        if one.tested and (wanted != SMALLEST or not found.has_few_events(i))
    }
    if wanted != SMALLEST:
        return next((i for i in tested if found.variables[i].id == wanted), None)
    return min(tested, key=tested.__getitem__, default=None)


def _answered(context: CredibilityContext, question: Question) -> Answered:
    own, reason = _OWN[question.short](context, context.variable)
    if question.option not in context.options.answers:
        return Answered(question, own, False, reason)
    return Answered(question, context.options.answers[question.option], True, "The reader's word.")


def _direction(context: CredibilityContext, variable: Variable) -> tuple[Answer, str]:
    if variable.prespecified:
        said = "The study declares this split as planned, and not which direction was predicted."
    else:
        said = "The study declares no prediction for this variable."
    return Answer.PROBABLY_REDUCED, said


def _prior(context: CredibilityContext, variable: Variable) -> tuple[Answer, str]:
    return Answer.PROBABLY_REDUCED, "What earlier studies found is not known here."


def _chance(context: CredibilityContext, variable: Variable) -> tuple[Answer, str]:
    how = "along the number, without cut points" if context.along else "between the levels"
    return by_chance(context.p), f"Interaction {p_value(context.p)}, {how}."


def _number(context: CredibilityContext, variable: Variable) -> tuple[Answer, str]:
    tests = counted(context.tested, "interaction is tested", "interactions are tested")
    return by_number(
        context.tested
    ), f"{tests} on the Subgroups page, without adjustment for their number."


def _cuts(context: CredibilityContext, variable: Variable) -> tuple[Answer | None, str]:
    if not variable.is_number:
        return None, "Its levels are those of the study."
    return (
        Answer.PROBABLY_REDUCED,
        "The study cuts this number, and not why there; Effect along a number needs no cut.",
    )


_OWN = {
    DIRECTION.short: _direction,
    PRIOR.short: _prior,
    CHANCE.short: _chance,
    NUMBER.short: _number,
    CUTS.short: _cuts,
}
