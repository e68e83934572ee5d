"""Rows of the file of the credibility of a subgroup."""

from __future__ import annotations

from collections.abc import Iterable

from callbacks.files import across_columns
from data.pairs import several
from layouts.credibility.context import CredibilityContext
from layouts.credibility.questions import EFFECT, LEVELS
from layouts.credibility.words import obstacle


def credibility_rows(context: CredibilityContext) -> Iterable[dict]:
    """One row for each question; none where nothing is assessed."""
    if obstacle(context) or not context.suggested:
        return
    for one in context.answered:
        row = {
            "variable": context.variable.label,
            "question": one.question.words,
            "answer": one.question.said(one.answer),
            "credibility": "" if one.answer is None else EFFECT[one.answer],
            "answered_by": "reader" if one.by_reader else "study",
            "reason": one.reason,
            "p_interaction": context.p,
            "interactions_tested": context.tested,
            "level": LEVELS[context.level],
        }
        row |= across_columns(context.across, {"p_interaction": context.p_key})
        if several(context.study):
            row |= dict(zip(("compared", "reference"), context.subgroups.arms, strict=True))
        yield row
