"""Requests that only a page of this server makes a browser send."""

from __future__ import annotations

from flask import abort, request

# A page of another origin can send neither this header nor a request of another type unasked.
OURS = "X-Cohort-Explorer"


def only_ours() -> None:
    """Refuse what another site made a browser send."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if OURS not in request.headers or site != "same-origin":
        abort(403)
