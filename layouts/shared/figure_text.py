"""Text within a figure: plotly reads a few tags of HTML in it, which are written only here.

What the functions are given is escaped, so that a label of a study is drawn as it is written; so is
every other text of a figure where it leaves (`escaped`). Plotly knows fewer entities than a
browser: quotation marks stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from layouts.shared.html import without_controls

_NUMBERS = frozenset({bool, int, float, type(None)})


def bold(text: str) -> Markup:
    """Text in bold letters."""
    return Markup(f"<b>{plain(text)}</b>")


def coloured(text: str, colour: str) -> Markup:
    """Text in a colour of its own."""
    return Markup(f'<span style="color:{colour}">{plain(text)}</span>')


def in_lines(lines: Iterable[str]) -> Markup:
    """Lines one under the other; plotly does not wrap."""
    return Markup("<br>".join(map(plain, lines)))


def hover(template: str, *texts: str) -> Markup:
    """What the pointer reads at a mark, without the name of the trace; see `filled`."""
    return Markup(f"{filled(template, *texts)}<extra></extra>")


def filled(template: str, *texts: str) -> Markup:
    """A text into which plotly fills numbers.

    Parameters
    ----------
    template : str
        With ``{}`` for each of the texts, and ``%{{y}}`` and the like for what plotly fills in.
    """
    return Markup(template.format(*map(plain, texts)))


def plain(text: str) -> Markup:
    """Text that plotly draws as it is written: no tag, no entity, nothing to be filled in."""
    if isinstance(text, Markup):
        return text
    escaped = without_controls(text).replace("&", "&amp;").replace("<", "&lt;")
    return Markup(escaped.replace("%{", "%&#123;"))


def escaped(part: Any) -> Any:
    """A figure, or a part of one, in which every text is one that plotly draws as it is written."""
    if isinstance(part, str):
        return str(plain(part))
    if isinstance(part, dict):
        return {key: escaped(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return _each_escaped(part)
    return part


def _each_escaped(parts: list | tuple) -> list:
    """The same of a list; those of curves have thousands of numbers, or of texts to read."""
    kinds = set(map(type, parts))
    if kinds <= _NUMBERS or (kinds == {str} and _nothing_to_escape("".join(parts))):
        return list(parts)
    return [escaped(one) for one in parts]


def _nothing_to_escape(text: str) -> bool:
    return (
        "&" not in text and "<" not in text and "%{" not in text and without_controls(text) == text
    )
