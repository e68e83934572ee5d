"""Who looked at what: a line for each view, drawer, file, picture and import, and for refusals.

An answer that cannot be written down is not given. The log is what an administrator has against a
patient attacker who combines many answers; one that is silent for an hour would be an hour without
it.
"""

from __future__ import annotations

import re
import uuid

from flask import Flask, Request, Response, g, request

from callbacks.noted import found
from callbacks.server.access import OPEN
from callbacks.server.asker import DOUBLED, address_of, asker, is_among, text_of
from callbacks.server.audit_log import AuditLog, Unwritten, now

WITHHELD = (
    "This answer is withheld: the server cannot write down who looked at what. Its administrator "
    "finds the reason in its log."
)
NOT_WRITTEN = "The audit log cannot be written, so that nothing is shown. The log says why."
LONGEST_PURPOSE = 200
REQUEST_ID = "X-Request-ID"
_IDENTITY = re.compile(r"[A-Za-z0-9._:+/=@-]{1,128}")


def register(server: Flask, audit: AuditLog, proxies: tuple, purpose_header: str | None) -> None:
    """Write a line for each request of which something is noted; to be called after all others.

    Parameters
    ----------
    proxies : tuple of networks
        Whose request ids, purposes and addresses are believed.
    purpose_header : str or None
        The header in which such a proxy says what for somebody asks.
    """

    def withheld() -> Response:
        return Response(f"{WITHHELD}\n", status=503, mimetype="text/plain")

    @server.before_request
    def begin() -> Response | None:
        return None if request.path in OPEN or audit.resumes() else withheld()

    def identity() -> str:
        if "request_id" not in g:
            g.request_id = _request_id(request, proxies)
        return g.request_id

    @server.after_request
    def write(response: Response) -> Response:
        for about in found():
            line = {
                "time": now(),
                "user": asker().user or None,
                "address": address_of(request, proxies),
                **about.line(),
                "status": response.status_code,
                "request": identity(),
            }
            if purpose_header:
                line["purpose"] = _purpose(request, purpose_header, proxies)
            try:
                audit.write(line)
            except Unwritten:
                response = withheld()
        response.headers[REQUEST_ID] = identity()
        return response


def refusal_line(audit: AuditLog):
    """What writes refused sign-ins into the log; see ``callbacks.server.refusals``."""

    def say(reason: str, address: str, count: int, since: str) -> None:
        line = {"time": now(), "action": "refused", "reason": reason, "address": address}
        audit.write({**line, "count": count, "since": since})

    return say


def _request_id(asked: Request, proxies: tuple) -> str:
    """The proxy's id of a request, or a new one."""
    given = asked.headers.get(REQUEST_ID, "")
    believed = is_among(asked.remote_addr, proxies) and _IDENTITY.fullmatch(given)
    return given if believed else uuid.uuid4().hex


def _purpose(asked: Request, header: str, proxies: tuple) -> str | None:
    given = text_of(asked.headers.get(header, "")).strip()
    if not given or given == DOUBLED or not is_among(asked.remote_addr, proxies):
        return None
    return "".join(c if c.isprintable() else " " for c in given)[:LONGEST_PURPOSE]
