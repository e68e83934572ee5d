"""Controls of the sheet: each holds the key of the answer that it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from layouts.shared.html import tag


def select(key: str, label: str, choices: Mapping[str, str], chosen: str) -> Markup:
    """A choice among words; the words that are chosen stand there even if nothing is."""
    options = [
        tag("option", words, value=value, selected=value == chosen)
        for value, words in choices.items()
    ]
    if chosen not in choices:
        options.insert(0, tag("option", "choose …", value="", selected=True))
    return tag("select", options, data_key=key, aria_label=label, class_="answer")


def text(key: str, label: str, value: str, hint: str = "") -> Markup:
    """A text."""
    return tag(
        "input",
        type="text",
        value=value,
        data_key=key,
        aria_label=label,
        placeholder=hint or None,
        class_="answer",
    )


def boxes(key: str, label: str, values: Iterable[str], chosen: Iterable[str]) -> Markup:
    """Several values of which some are chosen; their key is on the group."""
    on = set(chosen)
    items = [
        tag("label", tag("input", type="checkbox", value=value, checked=value in on), f" {value}")
        for value in values
    ]
    return tag("span", items, data_keys=key, role="group", aria_label=label, class_="answer boxes")


def button(label: str, does: str, main: bool = False) -> Markup:
    """A button; the script knows what it does."""
    kind = "plain-button primary" if main else "plain-button"
    return tag("button", label, type="button", data_does=does, class_=kind)
