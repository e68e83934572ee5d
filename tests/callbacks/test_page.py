"""What every page does: all parts together, nothing for another page, nothing old on failure."""

from __future__ import annotations

import logging

import pytest
from dash import Dash, dcc, html

from callbacks.files import File
from callbacks.memory import Memory
from callbacks.page import Served, csv_links, register
from layouts.frame.page import Page, Part, Words
from layouts.frame.shell import page_frame, request_id, shown_id
from tests.callbacks.asking import ask, pattern

LINKS = csv_links("survival")
IDS = {pattern(LINKS, "id"): [(LINKS | {"file": "km.csv"}, LINKS | {"file": "km.csv"})]}
PAGE = Page(
    id="survival",
    label="Survival",
    question="What does every page do?",
    subject="The words",
    option_names=frozenset({"unit"}),
    read_options=lambda study, view: ({}, ["“unit” is unknown."] if view.options else []),
    build=lambda study, view: [],
    control_values=lambda study, view: {},
    parts={"study": Part("study-name", empty="nobody")},
    files={"km.csv": "Curves"},
)


def served(**changes) -> Served:
    made = {
        "ask": lambda memory, study, view, options: study,
        "show": lambda context, look: {"study": context.id},
        "words": lambda context: Words("A sentence.", ("A caution.",), "A method."),
        "files": {"km.csv": File(lambda context: [])},
    }
    return Served(PAGE, **(made | changes))


def app_with(catalog, one: Served) -> Dash:
    app = Dash("page-test")
    places = [html.P(id=f"survival-{name}") for name in ("sentence", "cautions", "footnote")]
    app.layout = html.Div([*page_frame(PAGE, {}, []), html.P(id="study-name"), *places])
    grammar = {PAGE.id: PAGE.option_names, "subgroups": frozenset()}
    register(app, catalog, Memory(catalog.studies), one, grammar)
    return app


def asked(app, search: str, pathname: str = "/survival"):
    data = {"pathname": pathname, "search": search}
    inputs = {f"{request_id('survival')}.data": data}
    return ask(app, app.server.test_client(), "study-name.children", inputs, IDS)


def test_all_parts_come_with_the_query_they_are_for(all_studies):
    answer = asked(app_with(all_studies, served()), "?study=soramic&bclc=c")
    assert answer["study-name"]["children"] == "soramic"
    assert answer["survival-sentence"]["children"] == "A sentence."
    assert answer["survival-footnote"]["children"] == "A method."
    assert answer[shown_id("survival")]["data"] == {"search": "?study=soramic&bclc=c"}
    assert {"href": "/download/km.csv?study=soramic&bclc=c"} in answer.values()


def test_notes_stand_before_the_cautions(all_studies):
    answer = asked(app_with(all_studies, served()), "?study=soramic&unit=weeks")
    said = [one["props"]["children"] for one in answer["survival-cautions"]["children"]]
    assert said == ["“unit” is unknown.", "A caution."]


def test_another_pages_request_is_not_answered(all_studies):
    app = app_with(all_studies, served())
    assert asked(app, "?study=soramic", pathname="/subgroups") is None


def breaks(*_):
    raise ValueError("patient S001")


@pytest.mark.parametrize("part", ["ask", "show", "words", "linked"])
def test_a_failure_is_said_and_its_values_are_not_logged(all_studies, caplog, part):
    with caplog.at_level(logging.ERROR):
        answer = asked(app_with(all_studies, served(**{part: breaks})), "?study=soramic")
    assert answer["survival-sentence"]["children"] == (
        "The words could not be computed for this view."
    )
    assert answer["study-name"]["children"] == "nobody"
    assert answer["survival-cautions"]["children"] == []
    assert {"href": "#"} in answer.values()
    assert "survival view failed: ValueError" in caplog.text
    assert "S001" not in caplog.text


def test_a_part_that_show_forgets_is_a_failure(all_studies, caplog):
    with caplog.at_level(logging.ERROR):
        answer = asked(app_with(all_studies, served(show=lambda *_: {})), "?study=soramic")
    assert "could not be computed" in answer["survival-sentence"]["children"]
    assert "KeyError" in caplog.text


def test_a_page_brings_the_stores_of_its_texts():
    from layouts.frame.page import text_part

    page = Page(**(vars(PAGE) | {"parts": {"table": text_part("one-table")}}))
    stores = [one.id for one in page_frame(page, {}, []) if isinstance(one, dcc.Store)]
    assert stores == ["survival-request", "survival-shown", "one-table-html"]
