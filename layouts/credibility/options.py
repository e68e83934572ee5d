"""The options of the credibility of a subgroup: the modifier, and what the reader answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.credibility import Answer
from data.address import View
from data.checking.problems import short
from data.patient_groups import Pair
from data.study import ARM, Study, Variable
from layouts.credibility.questions import IN_LINK, NOT_APPLICABLE, QUESTIONS, Question
from layouts.shared.options import read_choice
from layouts.shared.pairs import COMPARE, read_pair

# The variable with the smallest interaction p, whichever that is.
SMALLEST = "smallest"
# What the product would answer.
OWN = "auto"
ASKED = tuple(one for one in QUESTIONS if one.option)
NAMES = frozenset({"modifier", COMPARE, "present", *(one.option for one in ASKED)})


@dataclass(frozen=True)
class CredibilityOptions:
    """What the page shows.

    Attributes
    ----------
    modifier : str
        Id of the variable, or ``smallest``.
    answers : mapping of option to Answer or None
        What the reader answered; a question that the reader left to the product is not in it.
    pair : Pair or None
        The two arms whose effect is modified; None for the first against the reference.
    """

    modifier: str
    answers: Mapping[str, Answer | None]
    pair: Pair | None = None


def modifiers_of(study: Study) -> tuple[Variable, ...]:
    """Variables that can modify an effect: known before treatment, with two levels."""
    return tuple(
        v for v in study.variables if not v.after_baseline and v.id != ARM and len(v.levels) > 1
    )


def choices_of(question: Question) -> dict[str, str]:
    """The answers that a reader can give to a question, the product's own first."""
    choices = {OWN: "As the study says"} | question.choices()
    if question is QUESTIONS[-1]:
        choices[NOT_APPLICABLE] = question.said(None)
    return choices


def read_options(study: Study, view: View) -> tuple[CredibilityOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    known = [one.id for one in modifiers_of(study)]
    modifier = given.get("modifier", SMALLEST)
    if modifier not in (SMALLEST, *known):
        notes.append(f"“modifier” takes a baseline variable; “{short(modifier)}” is none.")
        modifier = SMALLEST
    answers = {}
    for one in ASKED:
        text = read_choice(given, one.option, choices_of(one), OWN, notes)
        if text == NOT_APPLICABLE:
            answers[one.option] = None
        elif text != OWN:
            answers[one.option] = Answer(IN_LINK.index(text))
    return CredibilityOptions(modifier, answers, read_pair(study, given, notes)), notes


def as_chosen(options: CredibilityOptions, question: Question) -> str:
    """The answer to a question as it stands in a link."""
    if question.option not in options.answers:
        return OWN
    answer = options.answers[question.option]
    return NOT_APPLICABLE if answer is None else IN_LINK[answer]
