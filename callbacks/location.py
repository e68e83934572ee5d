"""The address is the state: from it comes everything on the screen, in one answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType

from dash import ClientsideFunction, Dash, Input, Output
from dash.exceptions import PreventUpdate
from flask import Response, abort

from callbacks.disclosure.about import NotNow, NotShown
from callbacks.gate import Busy
from callbacks.memory import Memory
from callbacks.noted import also, noted
from callbacks.page import HOW, METHOD, Served, answer, ask
from callbacks.reading import Grammar, Request, read_request, request_texts, study_key
from callbacks.statements import statements_of
from data.address import address
from data.catalog import Catalog
from data.cohort import Cohort
from data.study import Study
from data.warehouse.asked import noting
from data.warehouse.counts import NotAnswered
from layouts.frame.filters import filter_rail, presets
from layouts.frame.first_visit import PATH, first_visit, is_first_visit
from layouts.frame.page import Page
from layouts.frame.rail_state import RailVariable, rail_state, rail_update, unknown_rail
from layouts.frame.shell import (
    badge,
    broken_page,
    failed,
    failed_words,
    no_study_page,
    study_choices,
    top,
)
from layouts.shared.html import joined, tag
from layouts.shared.place import below

# Milliseconds after which the browser asks again for a study that is being read.
AGAIN = 1500
log = logging.getLogger(__name__)

# A picture for the clipboard; clipboards take no other kind.
COPY = "copy"
KINDS = {COPY: "png"}


def register(
    app: Dash,
    catalog: Catalog,
    memory: Memory,
    served: Sequence[Served],
    grammar: Grammar,
    apart: Mapping[str, Callable[[], str]] = MappingProxyType({}),
) -> None:
    """Register what the browser may ask for: a view, what a drawer holds, a picture.

    Parameters
    ----------
    served : sequence of Served
        The pages in the order of their tabs.
    apart : mapping of path to function without arguments
        Pages that are about no study of the server, as HTML.
    """
    named = {one.page.id: one for one in served}
    _register_browser_side(app)

    @app.callback(
        Output("view-answer", "data"), Input("view-request", "data"), prevent_initial_call=True
    )
    def show(data: dict) -> dict:
        noted("view")
        request = read_request(data, catalog, grammar)
        path = request_texts(data).get("pathname", "").strip("/")
        if is_first_visit(path, request.search) and catalog.studies:
            also(page=PATH)
            page = first_visit(catalog, [one.page for one in served], "your-data" in apart)
            return _without_study(request, catalog, page, None)
        other = apart.get(path)
        if other is not None:
            also(page=path, asked=None)
            return _without_study(request, catalog, other(), None)
        if request.reading.study is None:
            broken = request.reading.broken
            also(study=broken.id if broken else None)
            page = broken_page(broken) if broken else no_study_page(catalog)
            answer = _without_study(request, catalog, page, broken.id if broken else None)
            return answer | ({"again": AGAIN} if broken and broken.being_read else {})
        return _view(request, request_texts(data), catalog, memory, named)

    def page_asked(data: dict) -> tuple[Request, Served]:
        """The request of the page on the screen and that page; it must be one, of a study."""
        request = read_request(data, catalog, grammar)
        if request.reading.study is None:
            raise PreventUpdate
        also(page=request.reading.view.page, study=request.reading.study)
        return request, named[request.reading.view.page]

    @app.callback(
        Output("drawer-answer", "data"), Input("drawer-request", "data"), prevent_initial_call=True
    )
    def fill(data: dict) -> dict:
        noted("drawer")
        request, page = page_asked(data)
        study = request.reading.study
        of_counts = page.counted is not None and study.counted is not None
        drawers = dict(page.drawers)
        if of_counts:
            drawers.setdefault(METHOD, (HOW, lambda context: ""))
        name = _wanted(data, drawers)
        also(part=name)
        title, content = drawers[name]
        try:
            asked = ask(memory, page, request)
            body = joined(content(asked.context))
            if of_counts and name == METHOD:
                view = request.view_of(page.page)
                body = joined(body, statements_of(page, study, view, asked.options))
        except (NotShown, Busy) as said:
            body = tag("p", str(said))
        except Exception as error:
            body = failed(_logged(page.page, name, error))
        return {"search": request.search, "name": name, "title": title, "body": body}

    @app.callback(
        Output("picture-answer", "data"),
        Input("picture-request", "data"),
        prevent_initial_call=True,
    )
    def save(data: dict) -> dict:
        noted("picture")
        request, page = page_asked(data)
        if page.picture is None:
            raise PreventUpdate
        kind = _wanted(data, ("svg", "png", COPY))
        also(part=kind)
        try:
            drawn = page.picture(ask(memory, page, request).context, KINDS.get(kind, kind))
            return drawn | {"kind": kind}
        except NotNow as error:
            return {"failed": str(error), "kind": kind}
        except NotShown as held:
            abort(Response(f"{held}\n", status=403, mimetype="text/plain"))
        except Busy as busy:
            return {"failed": str(busy)}
        except Exception as error:
            return {"failed": failed_words(_logged(page.page, kind, error)), "kind": kind}


def _logged(page: Page, what: str, error: Exception) -> str:
    """What failed, in words for the reader; values stay out of the log."""
    log.error("%s %s failed: %s", page.id, what, type(error).__name__)
    return page.subject


def _wanted(data: object, names: Container[str]) -> str:
    """Which of some things a request names; a request for another is not answered."""
    name = request_texts(data).get("wanted")
    if name not in names:
        raise PreventUpdate
    return name


def _without_study(request: Request, catalog: Catalog, page: str, named: str | None) -> dict:
    """What stands on the screen where no study is shown; ``named`` is one that cannot be."""
    return {
        "search": request.search,
        "page": None,
        "key": "",
        "frame": {"top": "", "presets": "", "badge": "", "filters": "", "page": page},
        "studies": joined(study_choices(catalog, named)),
        "values": {"study": {"value": named}},
        "defaults": {},
        "forgets": {},
    }


def _view(
    request: Request,
    texts: Mapping[str, str],
    catalog: Catalog,
    memory: Memory,
    named: Mapping[str, Served],
) -> dict:
    """The answer for a view: what changes on the screen, and what every control shows."""
    study, view = request.reading.study, request.reading.view
    also(page=view.page)
    served = named[view.page]
    page = served.page
    pages = [one.page for one in named.values()]
    rail, lacking = _rail_now(memory, study, view.cohort)
    # A rail without what did not answer is drawn anew when it does.
    of_filters = f"{study_key(study)}/{view.cohort.analysis_set}{lacking}/"
    key = f"{of_filters}{view.page}"
    absent = frozenset(name for name, one in named.items() if one.needs_rows(study))
    frame = {
        "top": top(study, view, pages, request.reading, request.look.theme, absent),
        "presets": joined(presets(study, view)),
        "badge": badge(study, view),
    }
    # What is on the screen, perhaps under the reader's hand, is not made anew.
    shown = texts.get("key", "")
    if not shown.startswith(of_filters):
        frame["filters"] = filter_rail(study, view, rail)
    needs_rows = served.needs_rows(study)
    if shown != key:
        frame["page"] = joined(served.built(study, view))
    values = {one.variable.id: one.value for one in rail}
    defaults = {one.variable.id: one.default for one in rail}
    presenting = view.option("present") == "on"
    other = view.with_options(present=None if presenting else "on")
    return {
        "search": request.search,
        "beside": request.beside,
        "page": page.id,
        "key": key,
        "frame": frame,
        "studies": joined(study_choices(catalog, study.id)),
        "values": values
        | ({} if needs_rows else page.control_values(study, view))
        | {"set": {"value": view.cohort.analysis_set}, "study": {"value": study.id}},
        "defaults": defaults
        | ({} if needs_rows else page.control_defaults(study, view))
        | {"set": {"value": study.default_set.id}},
        "forgets": dict(page.forgets),
        "rail": rail_update(rail),
        "pin": address(view.with_options(present=None), study),
        "present": {
            "on": presenting,
            "href": below(address(other, study)),
            "words": "Leave presentation" if presenting else "Present",
        },
        # The address of what is shown, where it is not that of what was asked.
        **({"instead": below(address(view, study))} if request.reading.widened else {}),
        **answer(memory, served, request),
    }


def _rail_now(memory: Memory, study: Study, cohort: Cohort) -> tuple[tuple[RailVariable, ...], str]:
    """The rail, and what it lacks because a database did not answer; empty for nothing."""
    with noting() as noted:
        try:
            rail = memory.recall(_rail, study, cohort)
        except NotAnswered:
            return unknown_rail(study, cohort), " without counts"
    return rail, "".join(f" without {site}" for site in noted.absent)


def _rail(memory: Memory, study: Study, cohort: Cohort) -> tuple[RailVariable, ...]:
    return rail_state(study, cohort)


def _register_browser_side(app: Dash) -> None:
    """What needs no server: see assets/*.js for each function."""
    app.clientside_callback(
        ClientsideFunction("cohort", "start"), Output("view-request", "data"), Input("start", "id")
    )
    for what, function in (("view", "answered"), ("drawer", "fillDrawer"), ("picture", "save")):
        app.clientside_callback(
            ClientsideFunction("cohort", function),
            Input(f"{what}-answer", "data"),
            prevent_initial_call=True,
        )
