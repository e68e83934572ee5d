"""Whether a callback's request has the shape that the dashboard's own pages send.

Dash takes a request apart before it looks what it is, so that anything else ends as an error
somewhere within. Such a request is no fault of the server: it is refused, as any that cannot be
understood, before a callback sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson
from dash import Dash
from flask import abort, request

ENDPOINT = "/_dash-update-component"


class Place(NamedTuple):
    """A property of what Dash keeps."""

    identity: str
    property: str


class Shape(NamedTuple):
    """What a callback is asked with."""

    outputs: tuple[Place, ...]
    inputs: tuple[Place, ...]
    state: tuple[Place, ...]


def register(app: Dash) -> None:
    """Refuse what cannot be understood; to be called when all callbacks are registered."""
    # What the browser computes by itself has no function here.
    shapes = {
        name: _shape(name, one) for name, one in app.callback_map.items() if "callback" in one
    }

    @app.server.before_request
    def refuse() -> None:
        if request.endpoint != ENDPOINT or request.method != "POST":
            return
        try:
            body = request.get_json()
            # Python reads halves of characters too, which no answer could repeat.
            orjson.loads(request.get_data())
        except (RecursionError, orjson.JSONDecodeError):
            abort(400)
        if not understood(body, shapes):
            abort(400)


def understood(body: object, shapes: Mapping[str, Shape]) -> bool:
    """Whether a request names a callback and brings what that callback takes.

    Parameters
    ----------
    body : object
        The request as read from JSON.
    shapes : mapping of str to Shape
        By the name of a callback's outputs.
    """
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    shape = shapes.get(body["output"])
    if shape is None:
        return False
    outputs = body.get("outputs")
    outputs = outputs if body["output"].startswith("..") else [outputs]
    inputs, state = body.get("inputs"), body.get("state", [])
    parts = ((outputs, shape.outputs), (inputs, shape.inputs), (state, shape.state))
    return all(_matches(*part) for part in parts) and _changed(body, inputs)


def _shape(name: str, callback: dict) -> Shape:
    names = name.strip(".").split("...") if name.startswith("..") else [name]
    outputs = tuple(Place(*one.rpartition(".")[::2]) for one in names)
    inputs, state = (
        tuple(Place(one["id"], one["property"]) for one in callback[kind])
        for kind in ("inputs", "state")
    )
    return Shape(outputs, inputs, state)


def _matches(given: object, places: Sequence[Place]) -> bool:
    """Whether there is one part for each place."""
    if not isinstance(given, list) or len(given) != len(places):
        return False
    return all(
        _is_part(part) and _named(part) == place for part, place in zip(given, places, strict=True)
    )


def _is_part(part: object) -> bool:
    return isinstance(part, dict) and "id" in part and "property" in part


def _named(part: dict) -> tuple:
    return part["id"], part["property"]


def _changed(body: dict, inputs: list) -> bool:
    """Whether what is said to have changed is among the inputs."""
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list):
        return False
    names = {".".join(_named(part)) for part in inputs}
    return all(isinstance(one, str) and one in names for one in changed)
