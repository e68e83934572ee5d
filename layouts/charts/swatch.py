"""The mark of a group beside its name in a table, as HTML."""

from __future__ import annotations

from layouts.shared.html import tag
from layouts.shared.theme import Theme, group_style, swatch_background


def swatch(position: int, theme: Theme) -> str:
    """Colour and line style of an arm, as in the figure."""
    background = swatch_background(group_style(position, theme))
    return tag("span", class_="swatch", style=f"background:{background}", aria_hidden="true")
