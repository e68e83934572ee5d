"""How every page is answered: a request with all of its parts together, or with none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, html
from dash.exceptions import PreventUpdate

from callbacks.files import File
from callbacks.memory import Memory
from callbacks.pictures import register_picture
from callbacks.reading import Grammar, Request, read_request, remade, request_texts, study_key
from data.address import View, search
from data.catalog import Catalog
from layouts.frame.page import Page, Part, Words
from layouts.frame.shell import failed_words, request_id, shown_id
from layouts.shared.graph import message_figure, sized
from layouts.shared.look import Look

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A view that was asked for and computed.

    Attributes
    ----------
    options : object
        The page's options as read from the address.
    context : object
        What the page's ``ask`` made.
    notes : list of str
        A sentence for each option that could not be used.
    """

    request: Request
    options: Any
    context: Any
    notes: list[str]


@dataclass(frozen=True)
class Served:
    """How a page is answered.

    Attributes
    ----------
    page : Page
        Its face.
    ask : function of (Memory, Study, View, options)
        The context of a view: results with all that must be said beside them.
    show : function of (context, Look)
        What stands in each part of the page, by name; ``figure`` too where the page draws one.
    words : function of a context
        Sentence, cautions, method and provenance.
    files : mapping of file name to File
        How the page's files are made; the names are those of the page.
    picture : function of (context, kind) or None
        The figure or table as it leaves the product, ``svg`` or ``png``: see
        layouts.charts.picture and layouts.tables.picture.
    linked : function of (View, options)
        The view whose files the page links, where it is not the one of the address.
    more : function of (Dash, function of request data to Asked or None)
        Registers what a page does beyond that: drawers, browser-side parts.
    """

    page: Page
    ask: Callable
    show: Callable[[Any, Look], dict]
    words: Callable[[Any], Words]
    files: Mapping[str, File] = field(default_factory=lambda: MappingProxyType({}))
    picture: Callable[[Any, str], dict] | None = None
    linked: Callable[[View, Any], View] = lambda view, options: view
    more: Callable[[Dash, Callable], None] | None = None


def csv_links(page_id: str) -> dict:
    """The ids of a page's links to its files."""
    return {"type": "csv", "page": page_id, "file": ALL}


def register(app: Dash, catalog: Catalog, memory: Memory, served: Served, grammar: Grammar) -> None:
    """Register the answer of a page: one for figure, sentence, tables and files together."""
    page = served.page
    parts = _parts(page)

    def ask(request: Request) -> Asked:
        study, view = request.reading.study, request.reading.view
        options, notes = page.read_options(study, view)
        return Asked(request, options, served.ask(memory, study, view, options), notes)

    def asked(data: dict | None) -> Asked | None:
        """What a request of this page asks for; None where there is none or it is another's."""
        texts = request_texts(data)
        request = read_request(texts, catalog, grammar)
        view = request.reading.view
        return ask(request) if texts and view is not None and view.page == page.id else None

    @app.callback(
        *[Output(part.id, part.property) for part in parts.values()],
        Output(csv_links(page.id), "href"),
        Output(shown_id(page.id), "data"),
        Input(request_id(page.id), "data"),
    )
    def show(data: dict | None):
        texts = request_texts(data)
        request = read_request(texts, catalog, grammar)
        study, view = request.reading.study, request.reading.view
        if not texts or view is None or view.page != page.id:
            raise PreventUpdate
        links = ctx.outputs_list[-2]
        shown = {"search": request.search}
        if remade(texts.get("version"), study):
            # The filters on the screen are those of an earlier state of the study's files.
            shown["version"] = study_key(study)
        try:
            found = ask(request)
            values = _answer(served, found, parts)
            query = search(served.linked(view, found.options), study)
            hrefs = [f"/download/{one['id']['file']}{query}" for one in links]
        except Exception as error:
            # Never the old numbers beside new filters; values stay out of the log.
            log.error("%s view failed: %s", page.id, type(error).__name__)
            values, hrefs = _failure(page, parts, request.look), ["#"] * len(links)
        return *values, hrefs, shown

    texts = [part for part in parts.values() if part.place]
    # HTML that comes as text is put into its place before the page says that it is current.
    app.clientside_callback(
        ClientsideFunction("cohort", "current"),
        Input(shown_id(page.id), "data"),
        *[State(part.id, part.property) for part in texts],
        *[State(part.place, "id") for part in texts],
        prevent_initial_call=True,
    )
    if page.prints:
        _register_print(app, f"{page.id}-print")
    if served.picture is not None:
        register_picture(app, page, asked, served.picture)
    if served.more is not None:
        served.more(app, asked)


def _parts(page: Page) -> dict[str, Part]:
    """What an answer of a page fills: its own parts and those of every page."""
    drawn = {}
    if page.figure_height is not None:
        graph = f"{page.id}-graph"
        drawn = {"figure": Part(graph, "figure"), "size": Part(graph, "style")}
    spoken = {
        "sentence": Part(f"{page.id}-sentence"),
        "cautions": Part(f"{page.id}-cautions", empty=[]),
        "footnote": Part(f"{page.id}-footnote"),
    }
    return {**drawn, **page.parts, **spoken}


def _answer(served: Served, asked: Asked, parts: Mapping[str, Part]) -> list:
    """What stands in each part of a page, in their order."""
    words = served.words(asked.context)
    values = served.show(asked.context, asked.request.look)
    spoken = {
        "sentence": words.sentence,
        "cautions": [html.P(text) for text in [*asked.notes, *words.cautions]],
        "footnote": words.footnote,
    }
    return _in_order(values | spoken, parts)


def _failure(page: Page, parts: Mapping[str, Part], look: Look) -> list:
    """The same where the answer cannot be computed: it says so, and nothing old stays."""
    words = failed_words(page.subject)
    values = {name: part.empty for name, part in parts.items()}
    if page.figure_height is not None:
        values["figure"] = message_figure(words, page.figure_height, look.theme.quiet)
    return _in_order(values | {"sentence": words}, parts)


def _in_order(values: dict, parts: Mapping[str, Part]) -> list:
    if "figure" in values:
        figure, size = sized(values["figure"])
        values = values | {"figure": figure, "size": size}
    return [values[name] for name in parts]


def _register_print(app: Dash, button: str) -> None:
    """A button that prints the page."""
    app.clientside_callback(
        ClientsideFunction("cohort", "printPage"),
        Input(button, "n_clicks"),
        prevent_initial_call=True,
    )
