"""A bare Dash app: a radio button and the two-armed figure of the Survival page, nothing else.

What Dash and Plotly cost on this machine, whatever is built upon them; ``clicks`` measures the
dashboard beside it. Served by gunicorn as ``tests.bench.bare:server``.
"""

from __future__ import annotations

from pathlib import Path

from dash import Dash, Input, Output, dcc, html

from callbacks.memory import Memory
from callbacks.pages import SERVED, grammar_of
from callbacks.reading import read_request
from callbacks.survival.page import draw
from data.catalog import load_catalog

ASSETS = Path(__file__).parents[2] / "assets" / "vendor"
QUERIES = {"all": "?study=soramic&by=arm", "bclc": "?study=soramic&by=arm&bclc=c"}


def figures() -> dict[str, dict]:
    """The figure of the Survival page for each of the two views."""
    grammar, catalog = grammar_of(SERVED), load_catalog()
    memory = Memory(catalog.studies)
    (survival,) = (one for one in SERVED if one.page.id == "survival")
    drawn = {}
    for name, query in QUERIES.items():
        asked = read_request({"pathname": "/survival", "search": query}, catalog, grammar)
        study, view = asked.reading.study, asked.reading.view
        options, _ = survival.page.read_options(study, view)
        drawn[name] = draw(survival.ask(memory, study, view, options), asked.look)
    return drawn


def create_app() -> Dash:
    """The application: one callback between the radio button and the graph."""
    drawn = figures()
    app = Dash("bare", assets_folder=str(ASSETS), title="Bare", update_title=None)
    app.layout = html.Div(
        [
            dcc.RadioItems(list(drawn), "all", id="choice"),
            dcc.Graph(id="graph", config={"displayModeBar": False}),
        ]
    )

    @app.callback(Output("graph", "figure"), Input("choice", "value"))
    def show(choice: str) -> dict:
        return drawn[choice]

    return app


server = create_app().server
