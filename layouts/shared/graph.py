"""The one factory of graphs: no upload button, no outside address, no logo."""

from __future__ import annotations

import textwrap

from dash import dcc, html

from layouts.shared.figure_text import in_lines
from layouts.shared.theme import FONT

# plotly.js offers to upload a figure to a public server unless every graph says no; patients'
# data must not have that button.
CONFIG = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": "reset",
}


def graph(graph_id: str, label: str, height: int) -> html.Div:
    """A named graph with room reserved for its final size.

    Parameters
    ----------
    label : str
        What the figure is. A screen reader calls it that and then by its finding, which is the
        page's sentence; the data table carries the content.
    height : int
        Pixels to reserve before the first drawing.
    """
    figure, style = sized({"data": [], "layout": blank_layout(height)})
    name = f"{graph_id}-image"
    return html.Div(
        dcc.Graph(id=graph_id, figure=figure, config=CONFIG, style=style),
        id=name,
        role="img",
        className="graph",
        # Its own words first, then the sentence as it stands on the page: never an old finding.
        **{
            "aria-label": label,
            "aria-labelledby": f"{name} {graph_id.replace('-graph', '-sentence')}",
        },
    )


def sized(figure: dict) -> tuple[dict, dict]:
    """A figure without its height, and the style that gives its graph this height.

    The width follows the window, and plotly measures both or none from the page.
    """
    height = figure["layout"].pop("height")
    return figure, {"width": "100%", "height": f"{height}px"}


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
