"""Whether the server can be used, for machines: no study is named, because anybody may ask.

``/healthz``, which Dash brings, says that the process answers; ``/readyz`` that there is something
to show. A monitor compares the body: a page that was never made has one too.
"""

from __future__ import annotations

from flask import Flask, Response

from data.catalog import Catalog

READY = "OK"
NOT_READY = (
    "No study could be loaded. The dashboard lists why; docs/operations.md says where studies are."
)
OWN_NOT_READY = (
    "The hospital's own studies cannot be shown: their folder cannot be read, or none of them can. "
    "The dashboard lists why; docs/operations.md says where studies are."
)


def register(server: Flask, catalog: Catalog) -> None:
    """Register ``GET /readyz``."""

    @server.get("/readyz")
    def readyz() -> Response:
        if not catalog.studies:
            return Response(f"{NOT_READY}\n", status=503, mimetype="text/plain")
        if catalog.own_unusable:
            return Response(f"{OWN_NOT_READY}\n", status=503, mimetype="text/plain")
        return Response(READY, mimetype="text/plain")
