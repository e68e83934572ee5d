"""Which callback requests are taken and which refused before a callback sees them."""

from __future__ import annotations

import copy
import json

import pytest

from callbacks.server.payload import Place, Shape, understood
from tests.callbacks.asking import body

NAME = "..words.children...link.href.."
SHAPES = {
    NAME: Shape(
        outputs=(Place("words", "children"), Place("link", "href")),
        inputs=(Place("request", "data"),),
        state=(Place("link", "id"),),
    ),
    "words.children": Shape((Place("words", "children"),), (Place("request", "data"),), ()),
}
SOUND = {
    "output": NAME,
    "outputs": [{"id": "words", "property": "children"}, {"id": "link", "property": "href"}],
    "inputs": [{"id": "request", "property": "data", "value": {"search": ""}}],
    "state": [{"id": "link", "property": "id", "value": "link"}],
    "changedPropIds": ["request.data"],
}
SINGLE = {
    "output": "words.children",
    "outputs": {"id": "words", "property": "children"},
    "inputs": [{"id": "request", "property": "data"}],
    "changedPropIds": [],
}


def changed(*way, value=None, sound=SOUND):
    """A sound request with another value at one place; without it if there is no value."""
    asked = copy.deepcopy(sound)
    holder = asked
    for step in way[:-1]:
        holder = holder[step]
    if value is None:
        del holder[way[-1]]
    else:
        holder[way[-1]] = value
    return asked


@pytest.mark.parametrize(
    "asked",
    [
        SOUND,
        SINGLE,
        changed("inputs", 0, "value"),
        changed("more", value="from a later version of Dash"),
        changed("changedPropIds"),
    ],
)
def test_what_pages_send_is_taken(asked):
    assert understood(asked, SHAPES)


@pytest.mark.parametrize(
    "asked",
    [
        None,
        [],
        "..",
        {},
        changed("output", value="none.data"),
        changed("output", value=["words.children"]),
        changed("outputs"),
        changed("outputs", 0),
        changed("outputs", 0, "id", value="request"),
        changed("outputs", 0, "property", value="style"),
        changed("outputs", 0, value=[{"id": "words", "property": "children"}]),
        changed("outputs", 1, value=[]),
        changed("outputs", 1, value=[{"id": "link", "property": "href"}]),
        changed("outputs", 1, "id", value="words"),
        changed("outputs", 1, "id", value=["link"]),
        changed("outputs", 1, "id"),
        changed("inputs"),
        changed("inputs", 0),
        changed("inputs", 0, value="request.data"),
        changed("inputs", 0, "id", value={"id": "request"}),
        changed("inputs", value=SOUND["inputs"] * 2),
        changed("state"),
        changed("state", 0, "property", value="href"),
        changed("state", 0, value=[{"id": "link", "property": "id"}]),
        changed("changedPropIds", value="request.data"),
        changed("changedPropIds", value=[{}]),
        changed("changedPropIds", value=["other.data"]),
        changed("outputs", value=[SINGLE["outputs"]], sound=SINGLE),
    ],
)
def test_what_no_page_sends_is_not(asked):
    assert not understood(asked, SHAPES)


POST = "/_dash-update-component"


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"output": "a", "b": NaN}', "application/json", 400),
        (b'"\\ud800"', "application/json", 400),
        (b"null", "application/json", 400),
        (b"{}", "text/plain", 415),
    ],
)
def test_what_is_no_request_is_refused_in_a_sentence(client, caplog, sent, kind, status):
    answer = client.post(POST, data=sent, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    assert answer.text == "This request could not be understood.\n"
    assert not caplog.records


def test_what_the_browser_computes_itself_is_not_asked_of_the_server(dash_app, client):
    (name,) = (
        one["output"] for one in dash_app._callback_list if one["inputs"][0]["id"] == "start"
    )
    asked = body(dash_app, name, {"start.id": "start"})
    assert client.post(POST, json=asked).status_code == 400


@pytest.mark.parametrize("data", [None, [], ["?"], 7, "x", {"search": 1, "pathname": []}, {"a": 1}])
def test_a_view_that_is_none_is_the_first_visit_or_nothing(dash_app, client, data):
    def answered(what: str):
        asked = body(dash_app, f"{what}-answer.data", {f"{what}-request.data": data})
        return client.post(POST, json=asked)

    shown = json.loads(answered("view").text)["response"]["view-answer"]["data"]
    assert shown["page"] is None
    assert "What would you like to know?" in shown["frame"]["page"]
    for what in ("drawer", "picture"):
        assert answered(what).status_code == 204
