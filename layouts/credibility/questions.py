"""The five questions of ICEMAN for a randomised trial and their answers, in words of our own."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.credibility import Answer, Level

# How an answer stands in a link, from what definitely reduces credibility to what increases it.
IN_LINK = ("no", "unclear", "likely", "yes")
NOT_APPLICABLE = "na"
EFFECT = (
    "definitely reduced",
    "probably reduced or unclear",
    "probably increased",
    "definitely increased",
)


@dataclass(frozen=True)
class Question:
    """A question with its four answers.

    Attributes
    ----------
    option : str
        Its name in a link; empty for the one that the numbers answer.
    short : str
        Label of its control.
    words : str
    answers : tuple of four str
        From the one that definitely reduces credibility to the one that definitely increases it.
    """

    option: str
    short: str
    words: str
    answers: tuple[str, str, str, str]

    def said(self, answer: Answer | None) -> str:
        """An answer in words."""
        return "Not a number: does not apply" if answer is None else self.answers[answer]

    def choices(self) -> dict[str, str]:
        """The answers by their words in a link."""
        return dict(zip(IN_LINK, self.answers, strict=True))


DIRECTION = Question(
    "iceman-direction",
    "Direction predicted",
    "Was the direction of the effect modification predicted beforehand?",
    (
        "No: after the fact, or against the prediction",
        "Vague, or not known",
        "Stated beforehand, without a protocol that shows it",
        "In a protocol, with the right direction",
    ),
)
PRIOR = Question(
    "iceman-prior",
    "Earlier evidence",
    "Does earlier evidence support it?",
    (
        "Earlier evidence contradicts it",
        "Little or none, or not known",
        "Some: limited or indirect evidence",
        "Strong and direct evidence",
    ),
)
CHANCE = Question(
    "",
    "Chance",
    "Does the test of interaction make chance an unlikely explanation?",
    (
        "Chance is a very likely explanation: p above 0.05",
        "Chance is a likely explanation: p above 0.01",
        "Chance may not explain it: p above 0.005",
        "Chance is an unlikely explanation: p 0.005 or less",
    ),
)
NUMBER = Question(
    "iceman-number",
    "Number tested",
    "Were few effect modifiers tested, or was their number considered?",
    (
        "More than 10, their number not considered",
        "4 to 10, or not known",
        "3 or fewer, without a protocol that shows it",
        "3 or fewer by protocol, or their number considered",
    ),
)
CUTS = Question(
    "iceman-cuts",
    "Cut points",
    "Of a number: were arbitrary cut points avoided?",
    (
        "Cut where the data showed most",
        "Cut points of unclear origin",
        "Cut points set beforehand",
        "Along the whole number, without cut points",
    ),
)
QUESTIONS = (DIRECTION, PRIOR, CHANCE, NUMBER, CUTS)
LEVELS = {
    Level.VERY_LOW: "very low",
    Level.LOW: "low at most",
    Level.MODERATE: "moderate at most",
    Level.HIGH: "high",
}
MEANS = {
    Level.VERY_LOW: "very likely no effect modification: use the effect in all patients",
    Level.LOW: "likely no effect modification: use the effect in all patients, with this "
    "uncertainty noted",
    Level.MODERATE: "likely effect modification: use the effect in each subgroup, with this "
    "uncertainty noted",
    Level.HIGH: "very likely effect modification: use the effect in each subgroup",
}
