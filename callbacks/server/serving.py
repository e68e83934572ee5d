"""What makes a dashboard fit to be served in a hospital: how answers travel and who gets them."""

from __future__ import annotations

from collections.abc import Collection

import plotly.io
from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Request, Response, request
from flask_compress import Compress

from callbacks.server import access, audit, errors, health, payload, place, security
from callbacks.server.refusals import Refusals
from callbacks.server.settled import Settled
from data.catalog import Catalog

# Larger than any view; a larger request is refused before it is read.
LARGEST_REQUEST = 256 * 1024
COMPRESSED = (
    "application/javascript",
    "application/json",
    "image/x-icon",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
)
NOT_KEPT = ";not kept"


def register(
    app: Dash, catalog: Catalog, pages: Collection[str], settled: Settled, prefix: str = ""
) -> None:
    """Register all of it; to be called after everything else, when all callbacks are known.

    Parameters
    ----------
    pages : collection of str
        The paths that are pages.
    prefix : str
        The path below which the dashboard stands; see ``callbacks.server.place``.
    """
    server = app.server
    # Answers are texts and numbers, which orjson writes three times as fast; NaN becomes null.
    plotly.io.json.config.default_engine = "orjson"
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    server.config["COMPRESS_CACHE_KEY"] = part_of_program
    server.config["COMPRESS_CACHE_BACKEND"] = Compressed
    # What is registered last looks at an answer first: it is compressed when it is complete.
    Compress(server)
    server.after_request(whole)
    access.register(server, settled.door, Refusals(settled.say_refusal()))
    place.register(server, prefix)
    payload.register(app)
    health.register(server, catalog, settled.rights, settled.audit)
    errors.register(server, {"", *pages})
    security.register(app)
    if settled.audit:
        audit.register(server, settled.audit, settled.door.proxies, settled.purpose_header)


def whole(response: Response) -> Response:
    """An asset as one piece: what is streamed from a file is compressed anew for each reader."""
    if request.path.startswith("/assets/") and response.status_code == 200:
        response.direct_passthrough = False
        response.get_data()
    return response


class Compressed:
    """Libraries in their compressed form: the largest takes a fifth of a second to compress.

    Answers about studies are never kept. There are as many entries as files of libraries, whatever
    is asked for: an address that names none gets no answer that could be kept.
    """

    def __init__(self):
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed file, if it is one and was asked for before."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed file."""
        if not key.endswith(NOT_KEPT):
            self._kept[key] = value


def part_of_program(asked: Request) -> str:
    """The file of a library that is asked for; one text for all other requests."""
    if asked.path.startswith("/assets/vendor/"):
        return asked.path
    if not asked.path.startswith("/_dash-component-suites/"):
        return NOT_KEPT
    # Any fingerprint is answered; the same file must not be kept under each.
    return check_fingerprint(asked.path)[0]


def warm(app: Dash) -> None:
    """Answer one request before any worker starts.

    The first requests of a fresh Dash server race to register its component libraries; the loser
    gets an error and the reader a blank page. After this request there is nothing left to race for.
    """
    client = app.server.test_client()
    root = app.config.requests_pathname_prefix.rstrip("/")
    for path in ("/", "/_dash-layout", "/_dash-dependencies"):
        client.get(f"{root}{path}", environ_overrides={access.ITSELF: True})
