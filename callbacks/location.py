"""Address and controls: the address is the state, and every control only writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.reading import Grammar, read_request, request_texts, study_key
from data.address import address
from data.catalog import Catalog
from layouts.frame.filters import filter_rail, presets
from layouts.frame.page import Page
from layouts.frame.rail_state import rail_state, rail_update
from layouts.frame.shell import badge, broken_page, no_study_page, page_frame, top

CONTROL = {"type": "control", "name": ALL, "part": ALL}


def register(
    app: Dash,
    catalog: Catalog,
    pages: Sequence[Page],
    grammar: Grammar,
    apart: Mapping[str, Callable[[], Component]] = MappingProxyType({}),
) -> None:
    """Register what happens when the address or a control changes.

    Parameters
    ----------
    pages : sequence of Page
        In the order of their tabs.
    apart : mapping of path to function without arguments
        Pages that are about no study of the server; each is made anew when its address is opened.
    """
    _register_browser_side(app)
    page_named = {page.id: page for page in pages}

    @app.callback(
        Output("filters", "children"),
        Output("presets", "children"),
        Output("rail-key", "data"),
        Output("top", "children"),
        Output("page", "children"),
        Output("badge", "children"),
        Output("view", "data"),
        Output("present", "href"),
        Output("present", "children"),
        Input("request", "data"),
        State("rail-key", "data"),
        prevent_initial_call=True,
    )
    def show(data: dict, rail_key: str | None):
        request = read_request(data, catalog, grammar)
        reading = request.reading
        study, view = reading.study, reading.view
        other = apart.get(request_texts(data).get("pathname", "").strip("/"))
        if study is None or other is not None:
            named = reading.broken.id if reading.broken and other is None else None
            page = broken_page(reading.broken) if reading.broken else no_study_page(catalog)
            page = other() if other is not None else page
            controls = {"study": {"value": named}}
            state = {
                "search": request.search,
                "page": None,
                "values": controls,
                "defaults": {},
                "forgets": {},
                "made": [],
            }
            return [], None, "", [], page, None, state, no_update, no_update

        page = page_named[view.page]
        of_filters = f"{study.version}/{view.cohort.analysis_set}/"
        key = f"{of_filters}{view.page}"
        # What is on the screen, perhaps under the reader's hand, is not made anew.
        new_filters, new_page = not str(rail_key).startswith(of_filters), key != rail_key
        rail = rail_state(study, view)
        of_rail = {one.variable.id: one.value for one in rail}
        of_rail["set"] = {"value": view.cohort.analysis_set}
        of_page = page.control_values(study, view)
        values = of_rail | of_page | {"study": {"value": study.id}}
        defaults = {one.variable.id: one.default for one in rail}
        defaults |= page.control_defaults(study, view)
        defaults["set"] = {"value": study.default_set.id}
        state = {
            "search": request.search,
            "page": page.id,
            "values": values,
            "defaults": defaults,
            "forgets": dict(page.forgets),
            # Controls that come with this answer and have their values already.
            "rebuilt": new_page,
            "made": [*(of_rail if new_filters else ()), *(of_page if new_page else ())],
            "version": study_key(study),
            "rail": rail_update(rail),
        }
        presenting = view.option("present") == "on"
        turned = view.with_options(present=None if presenting else "on")
        return (
            filter_rail(study, view, rail) if new_filters else no_update,
            presets(study, view),
            key,
            top(study, view, pages, reading.notes, request.look.theme),
            page_frame(page, request_texts(data), page.build(study, view))
            if new_page
            else no_update,
            badge(study, view),
            state,
            address(turned, study),
            "Leave presentation" if presenting else "Present",
        )


def _register_browser_side(app: Dash) -> None:
    """What needs no server: see assets/*.js for each function."""

    def browser(function: str, *arguments, **options) -> None:
        app.clientside_callback(ClientsideFunction("cohort", function), *arguments, **options)

    browser(
        "request",
        Output("request", "data"),
        Input("location", "pathname"),
        Input("location", "search"),
        Input("theme", "data"),
    )
    browser(
        "write",
        Output("location", "search"),
        Input(CONTROL, "value"),
        State("view", "data"),
        prevent_initial_call=True,
    )
    browser(
        "sync",
        Input("view", "data"),
        prevent_initial_call=True,
    )
    browser(
        "theme",
        Output("theme", "data"),
        Input("theme-toggle", "n_clicks"),
        State("theme", "data"),
        prevent_initial_call=True,
    )
    browser("scheme", Output("provider", "forceColorScheme"), Input("theme", "data"))
    browser(
        "burger",
        Output("frame", "navbar"),
        Input("burger", "opened"),
        State("frame", "navbar"),
        prevent_initial_call=True,
    )
    browser(
        "closeFilters",
        Output("burger", "opened"),
        Input("filters-done", "n_clicks"),
        prevent_initial_call=True,
    )
    browser("shareLink", Output("share-link", "value"), Input("request", "data"))
    browser(
        "copyLink",
        Output("share-said", "children"),
        Input("share-copy", "n_clicks"),
        prevent_initial_call=True,
    )
