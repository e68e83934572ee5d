"""The five answers as they are put before a room."""

from __future__ import annotations

from layouts.credibility.context import CredibilityContext
from layouts.credibility.questions import EFFECT, LEVELS
from layouts.credibility.words import obstacle
from layouts.slides.slide import Drawn
from layouts.slides.tables import text_table


def credibility_drawn(context: CredibilityContext) -> Drawn | None:
    """The table of questions; None where nothing is assessed."""
    if obstacle(context) or not context.suggested:
        return None
    rows = [
        (
            one.question.words,
            one.question.said(one.answer),
            "does not apply" if one.answer is None else EFFECT[one.answer],
        )
        for one in context.answered
    ]
    rows.append(("Overall", "", LEVELS[context.level]))
    return Drawn(
        None,
        text_table(("Question", "Answer", "Credibility"), rows, left=3, strong=(len(rows) - 1,)),
        "ICEMAN, five core questions for randomised trials; interaction by likelihood ratio",
        "Five questions about the credibility of an effect modification with their answers",
        "",
        context.subgroups.n,
    )
