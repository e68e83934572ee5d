"""What the reader enters of a patient, in the study's words; and the order in which it is dropped.

None of these controls writes into the address: assets/patient.js keeps what they say, and sends it
with the question.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.checking.numerals import plain, spoken
from data.likeness import entries_of, entries_text
from data.study import Study, Variable
from layouts.shared.html import joined, link, tag
from layouts.similar.context import ASSOCIATION, DECLARED, Criterion, SimilarContext
from layouts.similar.options import criteria_of

PRIVACY = (
    "What you enter stands in no address, log or file, and is gone when the page is loaded anew. "
    "Share makes a link that holds it."
)
# Variables with one level say nothing of a patient.
LEAST_LEVELS = 2


def entry_form(study: Study) -> Markup:
    """A field for each characteristic, those that the study features first."""
    usable = [one for one in criteria_of(study) if one.is_number or len(one.levels) >= LEAST_LEVELS]
    featured = [one for one in usable if one.featured] or usable[:8]
    others = [one for one in usable if one not in featured]
    more = None
    if others:
        summary = tag("summary", f"{len(others)} more")
        more = tag("details", summary, [_field(one) for one in others], class_="rail-more")
    return tag(
        "form",
        tag("h2", "My patient", class_="rail-group"),
        tag("p", PRIVACY, class_="rail-note"),
        [_field(one) for one in featured],
        more,
        tag("button", "Clear", type="button", class_="plain-button", data_mine_clear=True),
        class_="mine-form",
        aria_label="My patient",
        autocomplete="off",
    )


def _field(variable: Variable) -> Markup:
    label: object = variable.label
    if variable.meaning:
        label = tag("abbr", variable.label, title=variable.meaning)
    made = _number(variable) if variable.is_number else _levels(variable)
    return tag("label", tag("span", label, class_="mine-label"), made, class_="mine-field")


def _number(variable: Variable) -> Markup:
    field = tag(
        "input",
        type="number",
        step="any",
        inputmode="decimal",
        autocomplete="off",
        class_="text-field",
        aria_label=", ".join(filter(None, (variable.label, variable.unit))),
        data_mine=variable.id,
    )
    return tag("span", field, tag("span", variable.unit, class_="mine-unit"), class_="mine-number")


def _levels(variable: Variable) -> Markup:
    choices = [tag("option", "not known", value="")]
    choices += [tag("option", one.label, value=one.id) for one in variable.levels]
    choices += [
        tag("option", group.label, value=".".join(group.levels)) for group in variable.level_groups
    ]
    return tag("select", choices, class_="select", aria_label=variable.label, data_mine=variable.id)


def criteria_list(context: SimilarContext) -> Markup:
    """The characteristics in their order, with what the cohort in focus keeps of them."""
    taken = _take_over(context)
    if not context.criteria:
        return joined(taken)
    step = context.in_focus
    kept = set() if step is None else {one.variable.id for one in step.kept}
    order = {DECLARED: "as the study declares", ASSOCIATION: "by strength alone"}
    said = f"The last is dropped first ({order.get(context.ordered_by, 'your own order')})."
    size = len(context.criteria)
    items = [
        _item(context.study, one, one.variable.id in kept, place, size)
        for place, one in enumerate(context.criteria)
    ]
    return joined(
        tag("h2", "Kept longest first", class_="rail-group"),
        tag("p", said, class_="rail-note"),
        tag("ol", items, class_="criteria"),
        taken,
    )


def _item(study: Study, one: Criterion, kept: bool, place: int, size: int) -> Markup:
    words = one.words(study)
    moves = [
        tag(
            "button",
            arrow,
            type="button",
            class_="link",
            data_move=by,
            data_of=one.variable.id,
            data_key=f"{name}-{one.variable.id}",
            aria_label=f"{words}: {spoken_move}",
            aria_disabled="true" if place == end else None,
        )
        for arrow, by, name, spoken_move, end in (
            ("↑", "-1", "up", "keep longer", 0),
            ("↓", "1", "down", "drop earlier", size - 1),
        )
    ]
    return tag(
        "li",
        tag("span", words, class_="criterion"),
        _window(one),
        tag("span", "kept" if kept else "dropped", class_="criterion-state"),
        tag("span", moves, class_="criterion-moves"),
        class_="kept" if kept else "dropped",
        data_criterion=one.variable.id,
    )


def _window(one: Criterion) -> Markup | None:
    """How near a number must be, and the field that changes it."""
    if one.window is None:
        return None
    unit = "times" if one.window.factor else one.variable.unit
    words = (
        f"{one.variable.label}: {'up to so many times' if one.window.factor else 'plus or minus'}"
    )
    return tag(
        "label",
        f"{spoken(one.entry.value)} {'× ÷' if one.window.factor else '±'} ",
        tag(
            "input",
            type="number",
            min="0",
            step="any",
            value=plain(one.window.size),
            class_="text-field window-field",
            aria_label=words,
            data_window=one.variable.id,
            data_factor="x" if one.window.factor else "",
            data_key=f"window-{one.variable.id}",
        ),
        f" {unit}" if unit else None,
        class_="window",
    )


def _take_over(context: SimilarContext) -> Markup | None:
    """The filters above as the patient, so that they can be dropped one after the other."""
    entries = entries_of(context.study, context.view.cohort.filters)
    if not entries:
        return None
    view = context.shown_view
    for one in entries:
        view = _without(view, one.variable)
    return tag(
        "p",
        link(
            "Describe the patient by the filters above",
            href=address(view, context.study),
            data_patient=entries_text([*context.options.mine, *entries]),
        ),
    )


def _without(view: View, variable: str) -> View:
    return replace(view, cohort=view.cohort.without(variable))
