"""Calling a server's callbacks as the browser does, over its own address."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from dash import Dash

import app as application
from callbacks.pages import SERVED
from settings import Settings


def ask(app, client, output: str, inputs: dict, state: dict | None = None) -> dict | None:
    """Post one callback and return its outputs; None when it has nothing to say."""
    answer = client.post("/_dash-update-component", json=body(app, output, inputs, state))
    if answer.status_code == 204:
        return None
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text, parse_constant=_refused)["response"] or None


def _refused(constant: str) -> None:
    """NaN and Infinity are no JSON: a browser would refuse the whole answer."""
    raise AssertionError(constant)


def view_of(app, client, address: str, **texts: str) -> dict:
    """What the browser writes to the screen for an address, ``/survival?study=soramic``.

    ``texts`` are what else the browser sends: ``theme``, ``screen``, and ``key``, what is on the
    screen already.
    """
    return _answered(app, client, "view", _request(address, texts))


def drawer_of(app, client, address: str, name: str) -> dict | None:
    """What a drawer of the page holds; None where there is none of this name."""
    return _answered(app, client, "drawer", _request(address, {"wanted": name}))


def picture_of(app, client, address: str, kind: str) -> dict | None:
    """The figure of the page as it leaves the product, ``svg`` or ``png``."""
    return _answered(app, client, "picture", _request(address, {"wanted": kind}))


def _request(address: str, texts: dict) -> dict:
    pathname, mark, query = address.partition("?")
    usual = {"theme": "light", "screen": "standard", "key": ""}
    return {"pathname": pathname, "search": f"{mark}{query}"} | usual | texts


def _answered(app, client, what: str, data: dict) -> dict | None:
    answer = ask(app, client, f"{what}-answer.data", {f"{what}-request.data": data})
    return answer and answer[f"{what}-answer"]["data"]


def body(app, output: str, inputs: dict, state: dict | None = None) -> dict:
    """What the browser posts for one callback.

    Parameters
    ----------
    output : str
        Part of the name of the callback's outputs, which must name one callback.
    inputs, state : dict
        Values by property, for instance ``{"view-request.data": …}``; the first input triggers.
    """
    (key,) = (name for name in app.callback_map if output in name)
    spec = next(one for one in app._callback_list if one["output"] == key)
    outputs = [_part(one) for one in key.strip(".").split("...")]
    return {
        "output": key,
        "outputs": outputs if key.startswith("..") else outputs[0],
        "inputs": [_given(one, inputs) for one in spec["inputs"]],
        "state": [_given(one, state or {}) for one in spec["state"]],
        "changedPropIds": [next(iter(inputs))],
    }


def _part(name: str) -> dict:
    identity, _, prop = name.rpartition(".")
    return {"id": identity, "property": prop}


def _given(spec: dict, given: dict) -> dict:
    value = given.get(f"{spec['id']}.{spec['property']}")
    return {"id": spec["id"], "property": spec["property"], "value": value}


def failing_app(page: str, studies_dir: Path | None, message: str) -> Dash:
    """An application whose page fails while it is put into words, with a message of its own."""

    def fails(_):
        raise RuntimeError(message)

    served = tuple(replace(one, words=fails) if one.page.id == page else one for one in SERVED)
    return application.create_app(Settings(studies_dir=studies_dir), served)
