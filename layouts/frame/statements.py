"""The statements that a view sends to the database of its study, for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from data.study import Study
from data.warehouse.question import (
    Cause,
    Column,
    Grade,
    Happened,
    Level,
    Passes,
    Question,
    Rows,
    SevereCause,
    SevereTime,
    Site,
    Term,
    Time,
    Value,
)
from layouts.shared.code import code
from layouts.shared.html import joined, tag
from layouts.shared.words import counted, counted_where, listed, within

NO_STATEMENT = "This view needs none: it counts nobody."
WHOM = {
    Rows.PATIENTS: "patients",
    Rows.WORST: "patients at their worst grade",
    Rows.WORST_OF_TERM: "patients at the worst grade of each term",
    Rows.EVENTS: "adverse events",
    Rows.FIRST_SEVERE: "patients until their first severe event",
}


@dataclass(frozen=True)
class Statement:
    """One statement, and the question that it answers."""

    question: Question
    text: str


def statements_section(study: Study, view: Sequence[Statement], frame: Sequence[Statement]):
    """The statements of a view, then those of the filters and the line around it."""
    return joined(
        tag("h3", "In SQL"),
        tag("p", counted_where(study)),
        tag(
            "p",
            "Every number of this view is made of the counts that these statements gave, with the "
            "values that are bound to them; each is asked once and then remembered.",
        ),
        [_statement(study, one, place) for place, one in enumerate(view, 1)]
        or tag("p", NO_STATEMENT),
        tag("h3", "Of the filters and the line above the page"),
        [_statement(study, one, place) for place, one in enumerate(frame, len(view) + 1)],
    )


def _statement(study: Study, one: Statement, place: int) -> Markup:
    name = f"statement-{place}"
    button = tag(
        "button",
        "Copy",
        type="button",
        class_="link",
        data_copy="statement",
        data_code=name,
        aria_label=f"Copy statement {place}",
    )
    said = tag("span", role="status", class_="copied")
    return tag(
        "section",
        tag(
            "p",
            f"{place}. {_words(study, one.question)} ",
            tag("span", button, said, class_="copy-buttons"),
            id=f"{name}-words",
        ),
        code(one.text, "sql", id=name, role="region", aria_labelledby=f"{name}-words"),
    )


def _words(study: Study, question: Question) -> str:
    """Whom a statement counts, and by what."""
    who = question.who
    with_endpoint = ""
    if who.endpoint:
        endpoint = study.endpoint(who.endpoint)
        with_endpoint = f" with {within(endpoint.name, study)}"
    after = f" beyond day {who.after}" if who.after is not None else ""
    cohort = who.cohort.sentence(study)
    by = _by(study, question)
    return f"{WHOM[question.rows].capitalize()}{with_endpoint}{after}{by}: {cohort}."


def _by(study: Study, question: Question) -> str:
    """What patients are counted by; how many groupings, where there are several."""
    if len(question.groupings) > 1:
        return f", by {counted(len(question.groupings), 'grouping')}"
    columns = question.groupings[0]
    # A number stands with its ranges; it is named once.
    names = dict.fromkeys(_column(study, one) for one in columns)
    return f", by {listed(list(names))}" if names else ""


def _column(study: Study, column: Column) -> str:
    match column:
        case Level(name) | Value(name):
            return within(study.variable(name).label, study)
        case Time() | SevereTime():
            return "day"
        case Happened():
            return "event or none"
        case Cause() | SevereCause():
            return "what happened first"
        case Passes(one):
            return f"whether {one.sentence(study)}"
        case Site():
            return "site"
        case Term():
            return "term"
        case Grade():
            return "grade"
