"""The five questions with their answers as a table."""

from __future__ import annotations

from markupsafe import Markup

from layouts.credibility.context import Answered, CredibilityContext
from layouts.credibility.questions import EFFECT, LEVELS
from layouts.credibility.words import obstacle
from layouts.shared.html import joined, tag


def credibility_table(context: CredibilityContext) -> Markup:
    """Question, answer, what it rests on and what it does; empty where nothing is assessed."""
    if obstacle(context) or not context.suggested:
        return joined()
    heads = ("Question", "Answer", "Credibility")
    head = [tag("th", words, scope="col", class_="left") for words in heads]
    rows = [_row(place, one) for place, one in enumerate(context.answered, start=1)]
    total = tag(
        "tr",
        tag("th", "Overall", scope="row", class_="name"),
        tag("td", "What the answers allow", class_="reason"),
        tag("td", tag("b", LEVELS[context.level]), class_="said"),
        class_="overall",
    )
    return tag(
        "table",
        tag("caption", f"Credibility of effect modification by {context.variable.label}"),
        tag("thead", tag("tr", head)),
        tag("tbody", [*rows, total]),
        class_="credibility-table",
    )


def _row(place: int, one: Answered) -> Markup:
    effect = "does not apply" if one.answer is None else EFFECT[one.answer]
    by = "your answer" if one.by_reader else one.reason
    return tag(
        "tr",
        tag("th", f"{place}. {one.question.words}", scope="row", class_="name"),
        tag(
            "td",
            one.question.said(one.answer),
            tag("span", by, class_="detail"),
            class_="reason",
        ),
        tag("td", effect, class_="said"),
        data_statistic=one.question.short,
        class_=None if one.answer is None or one.answer > 1 else "reduced",
    )
