"""What every page does: all parts together, nothing for another page, nothing old on failure."""

from __future__ import annotations

import logging

from dash import Dash, Output, dcc, html

from callbacks.page import csv_links, register_page
from layouts.frame.shell import request_id, shown_id
from tests.callbacks.asking import ask, pattern

LINKS = csv_links("survival")
IDS = {pattern(LINKS, "id"): [(LINKS | {"file": "km.csv"}, LINKS | {"file": "km.csv"})]}


def app_with(catalog, answer):
    app = Dash("page-test")
    stores = [dcc.Store(id=request_id("survival")), dcc.Store(id=shown_id("survival"))]
    app.layout = html.Div([*stores, html.P(id="words")])
    outputs = (Output("words", "children"),)
    register_page(app, catalog, "survival", outputs, answer, lambda _: ("could not be computed",))
    return app


def asked(app, search: str, pathname: str = "/survival"):
    data = {"pathname": pathname, "search": search}
    inputs = {f"{request_id('survival')}.data": data}
    return ask(app, app.server.test_client(), "words.children", inputs, IDS)


def test_all_parts_come_with_the_query_they_are_for(all_studies):
    app = app_with(all_studies, lambda request: (request.reading.study.id,))
    answer = asked(app, "?study=soramic&bclc=c")
    assert answer["words"]["children"] == "soramic"
    assert answer[shown_id("survival")]["data"] == {"search": "?study=soramic&bclc=c"}
    assert {"href": "/download/km.csv?study=soramic&bclc=c"} in answer.values()


def test_another_pages_request_is_not_answered(all_studies):
    app = app_with(all_studies, lambda _: ("never",))
    assert asked(app, "?study=soramic", pathname="/subgroups") is None


def test_a_failure_is_said_and_its_values_are_not_logged(all_studies, caplog):
    def broken(request):
        raise ValueError("patient S001")

    with caplog.at_level(logging.ERROR):
        answer = asked(app_with(all_studies, broken), "?study=soramic")
    assert answer["words"]["children"] == "could not be computed"
    assert {"href": "#"} in answer.values()
    assert "survival view failed: ValueError" in caplog.text
    assert "S001" not in caplog.text
