"""The sheet that says what was understood: every guess a control, the most doubtful first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from data.importing.column import Column
from data.importing.guess import KINDS, ROLES, SURENESS, UNITS, EndpointGuess, Guess, Question
from data.importing.roles import label_of
from data.importing.sheet import (
    missing_of,
    of_endpoint,
    of_file,
    of_ids,
    said_of_personal,
    values_of,
)
from data.importing.understanding import Understanding, doubtful
from layouts.shared.html import joined, tag
from layouts.uploads.controls import boxes, select, text
from layouts.uploads.frame import said

_PARTS = {
    "time": "Time",
    "event": "Event",
    "start": "Start",
    "progress": "Progression",
    "death": "Death",
    "end": "Death or last contact",
    "last_contact": "Last contact",
}
_ORDERS = {"dmy": "day first", "mdy": "month first"}
# A role that only a file of adverse events has is none to choose here.
_CHOICES = {role: words for role, words in ROLES.items() if role not in ("term", "grade", "onset")}
_CHOICES.pop("category")


def sheet(understood: Understanding) -> Markup:
    """Files, questions, endpoints, arms and columns."""
    files = [tag("p", of_file(one)) for one in understood.given]
    files += [tag("p", f"{file} is not used: {why}.") for file, why in understood.passed_over]
    if understood.events:
        files.append(tag("p", f"{understood.events.file}: {understood.events.why}."))
    if said_of_ids := of_ids(understood):
        files.append(tag("p", said_of_ids))
    personal = said_of_personal(understood)
    return joined(
        tag("section", tag("h2", "What was understood"), files),
        said([personal], kind="note") if personal else None,
        _title(understood),
        _questions(understood),
        _endpoints(understood),
        _arms(understood),
        _columns(understood),
    )


def by_format(words: str, files: Iterable[str], answers: Mapping[str, str]) -> Markup:
    """What stands in the place of the sheet where nothing has to be guessed."""
    return joined(
        tag("section", tag("h2", "What was understood"), tag("p", words)),
        tag("p", f"Files: {', '.join(files)}."),
        _named(answers.get("title", ""), "as in the files"),
    )


def _title(understood: Understanding) -> Markup:
    hint = understood.patients.name.rpartition(".")[0]
    return _named(understood.answers.get("title", ""), hint)


def _named(title: str, hint: str) -> Markup:
    field = text("title", "Name of the study", title, hint)
    return tag("p", tag("label", "Name of the study ", field), class_="field")


def _questions(understood: Understanding) -> Markup | None:
    if not understood.questions:
        return None
    items = [
        tag("li", tag("p", one.text), _answer(one, understood)) for one in understood.questions
    ]
    return tag(
        "section",
        tag("h2", "To be answered first"),
        tag("ul", items, class_="asked"),
        class_="notes",
        role="region",
        aria_label="To be answered first",
    )


def _answer(one: Question, understood: Understanding) -> Markup:
    part = one.key.rpartition(".")[2]
    if part in ("event_values", "none"):
        return boxes(one.key, one.text, one.choices, ())
    choices = {choice: _ORDERS.get(choice, choice) for choice in one.choices}
    if not choices:
        choices = {name: name for name in _names(understood)}
    if one.key == "endpoint":
        return tag("p", "Choose the role “time” for one column below and “event” for another.")
    return select(one.key, one.text, choices, understood.answers.get(one.key, ""))


def _names(understood: Understanding) -> list[str]:
    return [one.name for one in understood.guesses]


def _endpoints(understood: Understanding) -> Markup | None:
    if not understood.endpoints:
        return None
    rows = [_endpoint(one, understood) for one in sorted(understood.endpoints, key=_sureness)]
    return tag("section", tag("h2", "Endpoints"), tag("ul", rows, class_="endpoints-found"))


def _sureness(one) -> int:
    return one.sure


def _endpoint(one: EndpointGuess, understood: Understanding) -> Markup:
    names = {"": "none"} | {name: name for name in _names(understood)}
    shown = ("start", "progress", "death", "end", "last_contact") if one.by_dates else ["time"]
    controls = [
        _part(f"{one.id}.{part}", _PARTS[part], one.label, names, getattr(one, part))
        for part in (*shown, "event")
        if getattr(one, part) or part in ("time", "event")
    ]
    if not one.by_dates:
        units = {unit: unit for unit in UNITS}
        controls.append(_part(f"{one.id}.unit", "Unit", one.label, units, one.unit))
    column = next((g.column for g in understood.guesses if g.name == one.event), None)
    if column is not None:
        values = boxes(
            f"{one.id}.event_values",
            f"Values of {one.event} that are an event of {one.label}",
            [cell for cell, _ in column.values.most_common(12)],
            one.causes[0].values if one.causes else one.event_values,
        )
        controls.append(tag("span", "Event where it is ", values, class_="field"))
        controls += _causes(one, column)
    use = {"yes": "shown", "no": "left out"}
    controls.append(_part(f"{one.id}.use", "This endpoint is", one.label, use, "yes"))
    return tag(
        "li",
        tag("p", tag("strong", one.label), f" {one.name}: {of_endpoint(one)}."),
        tag("p", _mark(one.sure), f" {one.why}.", class_="quiet-note"),
        tag("div", controls, class_="fields"),
    )


def _causes(one: EndpointGuess, column: Column) -> list[Markup]:
    """Of a status with several ways to leave: who is censored, and what each other value is."""
    if not one.causes:
        return []
    every = [cell for cause in one.causes for cell in cause.values]
    shown = [cell for cell, _ in column.values.most_common(12)]
    none = boxes(
        f"{one.id}.none",
        f"Values of {one.event} of patients to whom nothing happened",
        shown,
        [cell for cell in shown if cell not in every],
    )
    labels = [(cell, cause.label) for cause in one.causes for cell in cause.values[:1]]
    names = [
        tag(
            "label",
            f"“{cell}” stands for ",
            text(f"{one.id}.named {cell}", f"What “{cell}” of {one.event} stands for", label),
            class_="field",
        )
        for cell, label in labels
    ]
    return [tag("span", "Nothing happened where it is ", none, class_="field"), *names]


def _part(key: str, label: str, of: str, choices: dict[str, str], chosen: str) -> Markup:
    return tag(
        "label", f"{label} ", select(key, f"{label} of {of}", choices, chosen), class_="field"
    )


def _mark(sure: int) -> Markup:
    return tag("span", SURENESS[sure], class_=f"sureness sure-{sure}")


def _arms(understood: Understanding) -> Markup | None:
    arms = understood.arms
    if arms is None:
        return None
    choices = {level: level for level in arms.levels}
    control = select("reference", "Arm that the others are compared with", choices, arms.reference)
    return tag(
        "section",
        tag("h2", "Arms"),
        tag("p", tag("label", "The others are compared with ", control), class_="field"),
        tag("p", _mark(arms.sure), f" {arms.why}.", class_="quiet-note"),
    )


_HEAD = ("Column", "Read as", "Kind", "Name on the screen", "Missing", "Holds", "Why")


def _columns(understood: Understanding) -> Markup:
    rows = [_column(one, understood) for one in doubtful(understood)]
    n = len(rows)
    return tag(
        "section",
        tag("h2", f"{n} columns, the most doubtful first"),
        tag(
            "div",
            tag(
                "table",
                tag(
                    "thead",
                    tag(
                        "tr",
                        [tag("th", one, scope="col", role="columnheader") for one in _HEAD],
                        role="row",
                    ),
                    role="rowgroup",
                ),
                tag("tbody", rows, role="rowgroup"),
                class_="columns-found",
                # On a telephone it is shown as cards, and is a table to a screen reader still.
                role="table",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label="Columns",
        ),
    )


def _column(one: Guess, understood: Understanding) -> Markup:
    name = one.name or "(no name)"
    answers = understood.answers
    kinds = {kind: kind for kind in KINDS}
    variable = one.role in ("variable", "arm")
    label = answers.get(f"label:{one.name}", "")
    cells = (
        select(f"role:{one.name}", f"{name} is read as", _CHOICES, one.role),
        select(f"kind:{one.name}", f"Kind of {name}", kinds, one.kind)
        if one.role == "variable"
        else "",
        text(f"label:{one.name}", f"{name} on the screen", label, label_of(one.column))
        if variable
        else "",
        text(
            f"missing:{one.name}",
            f"Codes for missing in {name}, parted by |",
            "|".join(one.column.missing),
        )
        if one.role in ("variable", "arm", "time", "event")
        else "",
        "; ".join(filter(None, (values_of(one), missing_of(one)))),
        joined(_mark(one.sure), f" {one.why}"),
    )
    made = [
        tag("td", one, role="cell", data_head=head)
        for head, one in zip(_HEAD[1:], cells, strict=True)
    ]
    return tag("tr", tag("th", name, scope="row", role="rowheader"), made, role="row")
