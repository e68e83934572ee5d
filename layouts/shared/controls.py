"""Inputs that several pages share; each writes its value into the link under its name.

They are the browser's own, which every reader's keyboard and screen reader knows and which cost a
click nothing. ``data-control`` names the option of the link, ``data-part`` how its value is
written: ``value``, ``levels`` (a list) or ``range`` (two ends); see assets/controls.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from data.address import NO_SPLIT, View
from data.study import ARM, Study, Variable
from layouts.shared.html import tag

# From so many choices on a list can be searched.
SEARCHED_FROM = 9

# What a choice offers: words by value, or such mappings under headings.
Choices = Mapping[str, str] | Sequence[tuple[str, Mapping[str, str]]]


def control(name: str, part: str) -> dict[str, str]:
    """The attributes of an input whose value stands in the link under ``name``."""
    return {"data_control": name, "data_part": part}


def endpoint_control(study: Study, view: View) -> Markup:
    """The switch between the study's endpoints."""
    choices = {one.id: one.label for one in study.endpoints}
    return tag(
        "div",
        segments("Endpoint", "endpoint", choices, view.endpoint),
        class_="scroll-x endpoints",
        title=endpoint_meanings(study),
    )


def split_control(study: Study, view: View) -> Markup:
    """The choice of the split: none, the arm, then every variable with at least two levels."""
    variables = [one for one in study.variables if len(one.levels) > 1]
    choices = choices_by_group("Whole cohort and arms", {NO_SPLIT: "No split"}, variables)
    chosen = select("Split by", "by", choices, view.by, kind="split")
    return tag("label", "Split by", chosen, class_="inline-label")


def endpoint_meanings(study: Study) -> str:
    """What the labels of the endpoints stand for, one a line; for the pointer upon them."""
    return "\n".join(f"{one.label}: {one.name}" for one in study.endpoints)


def segments(
    label: str, name: str, choices: Mapping[str, str], value: str, *, small: bool = False
) -> Markup:
    """A choice among a few words, all of them visible."""
    return tag(
        "div",
        [segment(name, key, words, key == value) for key, words in choices.items()],
        class_="segments small" if small else "segments",
        role="radiogroup",
        aria_label=label,
        **control(name, "value"),
    )


def segment(name: str, value: str, words: str, chosen: bool) -> Markup:
    """One of the words of a choice."""
    button = tag("input", type="radio", name=name, value=value, checked=chosen)
    return tag("label", button, tag("span", words))


def segmented(label: str, name: str, choices: Mapping[str, str], value: str) -> Markup:
    """The same with its label above."""
    return field(label, segments(label, name, choices, value, small=True))


def field(label: str, *inputs: object, class_: str | None = None) -> Markup:
    """Inputs with their label above."""
    return tag("div", tag("span", label, class_="field-label"), *inputs, class_=class_)


def select(label: str, name: str, choices: Choices, value: str | None, *, kind: str = "") -> Markup:
    """A choice among words of which one is visible.

    Parameters
    ----------
    kind : str
        Class of the list, which says how wide it is.
    """
    return tag(
        "select",
        select_options(choices, value),
        class_=f"select {kind}".strip(),
        aria_label=label,
        **control(name, "value"),
    )


def select_options(choices: Choices, value: str | None) -> list[Markup]:
    """What a list offers."""
    if isinstance(choices, Mapping):
        return [
            tag("option", words, value=key, selected=key == value) for key, words in choices.items()
        ]
    return [
        tag("optgroup", select_options(members, value), label=heading)
        for heading, members in choices
    ]


def choices_by_group(
    heading: str, first: Mapping[str, str], variables: Sequence[Variable]
) -> list[tuple[str, dict[str, str]]]:
    """Some words and the arm, then every other variable under its group, for a list."""
    arms = {one.id: one.label for one in variables if one.id == ARM}
    groups: dict[str, dict[str, str]] = {}
    for one in variables:
        if one.id != ARM:
            groups.setdefault(one.group, {})[one.id] = one.label
    return [(heading, {**first, **arms}), *groups.items()]


def labelled_select(
    label: str, name: str, choices: Choices, value: str, *, inside: bool = False
) -> Markup:
    """A choice among a few words with its label before it.

    Parameters
    ----------
    inside : bool
        Within the options, where the label stands above.
    """
    if inside:
        return field(label, select(label, name, choices, value, kind="small"))
    return tag("label", label, select(label, name, choices, value), class_="inline-label")


def text_field(label: str, name: str, value: str, placeholder: str = "", **attributes) -> Markup:
    """A field to write in; its value is asked for when the reader pauses."""
    return tag(
        "input",
        type="text",
        value=value,
        placeholder=placeholder or None,
        autocomplete="off",
        spellcheck="false",
        aria_label=label,
        **control(name, "value"),
        **({"class_": "text-field"} | attributes),
    )


def search_field(label: str, value: str, placeholder: str, **attributes) -> Markup:
    """A field that narrows a table."""
    return text_field(label, "search", value, placeholder, **attributes)


def box(value: str, words: str, chosen: bool) -> Markup:
    """A box to tick with its words."""
    ticked = tag("input", type="checkbox", value=value, checked=chosen)
    return tag("label", ticked, tag("span", words), class_="box")


def boxes(label: str, name: str, choices: Mapping[str, str], value: Iterable[str]) -> Markup:
    """Boxes to tick, all of them visible."""
    chosen = set(value)
    ticks = [box(key, words, key in chosen) for key, words in choices.items()]
    return tag(
        "div", ticks, class_="boxes", role="group", aria_label=label, **control(name, "levels")
    )


def several(
    label: str,
    name: str,
    choices: Mapping[str, str],
    value: Sequence[str],
    *,
    nothing: str = "none",
    most: int | None = None,
) -> Markup:
    """A choice of several among many: what is chosen, and the boxes when it is opened.

    Parameters
    ----------
    nothing : str
        What stands there when nothing is chosen.
    most : int or None
        How many may be chosen.
    """
    chosen = set(value)
    ticks = [box(key, words, key in chosen) for key, words in choices.items()]
    words = [choices[one] for one in value if one in choices]
    return many(label, name, ticks, words, nothing=nothing, most=most)


def many(
    label: str,
    name: str,
    ticks: Sequence[Markup],
    chosen: Sequence[str],
    *,
    nothing: str,
    most: int | None = None,
) -> Markup:
    """Boxes behind the words of those that are ticked.

    Parameters
    ----------
    ticks : sequence of Markup
        The boxes, each a label with its words.
    chosen : sequence of str
        The words of the ticked ones.
    """
    find = None
    if len(ticks) >= SEARCHED_FROM:
        find = tag(
            "input",
            type="search",
            class_="many-find text-field",
            placeholder="Search",
            autocomplete="off",
            aria_label=f"Search: {label}",
        )
    none = tag(
        "button", "None", type="button", class_="link many-none", aria_label=f"{label}: none"
    )
    shown = tag("span", ", ".join(chosen) or nothing, class_="many-chosen")
    return tag(
        "details",
        tag("summary", tag("span", f"{label}: ", class_="heard"), shown),
        tag("div", [find, *ticks, none], class_="many-list", role="group", aria_label=label),
        class_="many",
        data_nothing=nothing,
        data_most=most,
        **control(name, "levels"),
    )


def two_ended(
    names: tuple[str, str],
    name: str,
    limits: tuple[float, float],
    value: Sequence[float],
    step: float,
    *,
    disabled: bool = False,
    marks: Sequence[float] = (),
) -> Markup:
    """A slider with two ends.

    Parameters
    ----------
    names : tuple of str
        What its two thumbs are called.
    marks : sequence of float
        Where the ends may stand, where not everywhere; drawn as ticks.
    """
    low, high = limits
    thumbs = [
        tag(
            "input",
            type="range",
            min=_text(low),
            max=_text(high),
            step=_text(step),
            value=_text(end),
            disabled=disabled,
            aria_label=words,
            list=f"{name}-marks" if marks else None,
        )
        for words, end in zip(names, value, strict=True)
    ]
    if marks:
        options = [tag("option", value=_text(mark)) for mark in marks]
        thumbs.append(tag("datalist", options, id=f"{name}-marks"))
    return tag("div", thumbs, class_="two-ended", **control(name, "range"))


def _text(value: float) -> str:
    """A number as an input takes it, with all of its digits."""
    return f"{value:.12g}"


def options_popover(fields: list) -> Markup:
    """The "Options" button with what stands behind it."""
    button = tag(
        "button",
        "Options",
        type="button",
        class_="quiet-link",
        id="options-button",
        popovertarget="options",
        aria_haspopup="dialog",
    )
    return tag(
        "div",
        button,
        tag(
            "div",
            fields,
            id="options",
            class_="options popover",
            popover="auto",
            role="dialog",
            aria_label="Options",
        ),
    )


def export_buttons(page_id: str) -> Markup:
    """Buttons that save the figure of a page with all that a reader of it must know."""
    kinds = [
        tag(
            "button",
            kind,
            type="button",
            class_="link",
            id=f"{page_id}-{kind.lower()}",
            data_save=kind.lower(),
        )
        for kind in ("SVG", "PNG")
    ]
    return tag("span", "Figure: ", kinds, id=f"{page_id}-exports", class_="export-buttons")


def drawer_button(name: str, words: str) -> Markup:
    """The button that opens a drawer of a page; see the page's ``drawers``."""
    return tag(
        "button",
        words,
        type="button",
        id=f"{name}-button",
        class_="link",
        data_drawer=name,
        aria_haspopup="dialog",
    )
