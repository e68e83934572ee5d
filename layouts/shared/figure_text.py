"""Text within a figure: plotly reads a few tags of HTML in it, which are written only here.

What the functions are given is escaped, so that a label of a study is drawn as it is written.
Plotly knows fewer entities than a browser: quotation marks stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup


def bold(text: str) -> Markup:
    """Text in bold letters."""
    return Markup(f"<b>{_escaped(text)}</b>")


def coloured(text: str, colour: str) -> Markup:
    """Text in a colour of its own."""
    return Markup(f'<span style="color:{colour}">{_escaped(text)}</span>')


def in_lines(lines: Iterable[str]) -> Markup:
    """Lines one under the other; plotly does not wrap."""
    return Markup("<br>".join(map(_escaped, lines)))


def hover(template: str) -> Markup:
    """What the pointer reads, ``%{y}`` and the like filled in, without the name of the trace."""
    return Markup(f"{_escaped(template)}<extra></extra>")


def _escaped(text: str) -> str:
    if isinstance(text, Markup):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;")
