"""The one factory of graphs: no upload button, no outside address, no logo."""

from __future__ import annotations

import textwrap

from markupsafe import Markup

from layouts.shared.figure_text import in_lines
from layouts.shared.html import tag
from layouts.shared.theme import FONT


def graph(graph_id: str, label: str, height: int) -> Markup:
    """A named place for a figure with room reserved for its final size.

    Parameters
    ----------
    label : str
        What the figure is. A screen reader calls it that and then by its finding, which is the
        page's sentence; the data table carries the content.
    height : int
        Pixels to reserve before the first drawing.
    """
    name = f"{graph_id}-image"
    return tag(
        "div",
        tag("div", id=graph_id, class_="plot", style=f"height:{height}px"),
        id=name,
        role="img",
        class_="graph",
        # Its own words first, then the sentence as it stands on the page: never an old finding.
        aria_label=label,
        aria_labelledby=f"{name} {graph_id.replace('-graph', '-sentence')}",
    )


def blank_layout(height: int) -> dict:
    """An empty drawing area: nothing shown, nothing that could be mistaken for a result."""
    hidden = {"visible": False, "fixedrange": True}
    return {
        "height": height,
        "xaxis": hidden,
        "yaxis": hidden,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
    }


# Letters on a line that a telephone has room for, at the size of a message.
MESSAGE_LINE = 38


def message_figure(sentence: str, height: int, colour: str) -> dict:
    """A figure that says why there is no curve."""
    layout = blank_layout(height)
    layout["annotations"] = [
        {
            "text": in_lines(textwrap.wrap(sentence, MESSAGE_LINE, break_on_hyphens=False)),
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "font": {"family": FONT, "size": 15, "color": colour},
        }
    ]
    return {"data": [], "layout": layout}
