"""Whether the server can be used, for machines: no study is named, because anybody may ask.

``/healthz``, which Dash brings, says that the process answers; ``/readyz`` that there is something
to show. A monitor compares the body: a page that was never made has one too.
"""

from __future__ import annotations

from flask import Flask, Response

from callbacks.server import allowed, audit
from callbacks.server.allowed import Allowed
from callbacks.server.audit_log import AuditLog
from data.catalog import Catalog

READY = "OK"
NOT_READY = (
    "No study could be loaded. The dashboard lists why; docs/operations.md says where studies are."
)
# The others are shown, so that requests are still to be sent here.
NO_DATABASE = (
    "A database of studies does not answer. The dashboard lists which; the others are shown."
)
OWN_NOT_READY = (
    "The hospital's own studies cannot be shown: their folder cannot be read, or none of them can. "
    "The dashboard lists why; docs/operations.md says where studies are."
)


def register(
    server: Flask, catalog: Catalog, rights: Allowed | None, written: AuditLog | None
) -> None:
    """Register ``GET /readyz``.

    Parameters
    ----------
    rights : Allowed or None
        Who may see which study, where a file says so.
    written : AuditLog or None
        Where it is written down who looked at what.
    """

    def fault() -> str:
        """Why nobody can use the server; empty if it can be used."""
        # The log is tried: while the server is not ready nobody comes for whom it would be.
        if written is not None and not written.resumes():
            return audit.NOT_WRITTEN
        if rights is not None and rights.broken:
            return allowed.BROKEN
        if not catalog.studies:
            return NOT_READY
        return OWN_NOT_READY if catalog.own_unusable else ""

    @server.get("/readyz")
    def readyz() -> Response:
        if said := fault():
            return Response(f"{said}\n", status=503, mimetype="text/plain")
        if not _databases_answer(catalog):
            return Response(f"{NO_DATABASE}\n", mimetype="text/plain")
        return Response(READY, mimetype="text/plain")


def _databases_answer(catalog: Catalog) -> bool:
    """Whether every database of a study answers."""
    if any(one.passing for broken in catalog.broken for one in broken.problems):
        return False
    return all(one.counted is None or one.counted.answers() for one in catalog.studies)
