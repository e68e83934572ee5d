"""What every answer tells the browser about itself: what it may do with it, and how long it lasts.

Strict-Transport-Security is missing on purpose: this server speaks plain HTTP, and whether the
hospital's name is reached by https only is the proxy's to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Request, Response, request

# Nothing but what is listed, and all of it from this server. There is neither 'unsafe-eval' nor a
# script within a page, but for those whose hashes are added.
CONTENT_SECURITY_POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
    "frame-ancestors": ("'none'",),
    # Callbacks.
    "connect-src": ("'self'",),
    "font-src": ("'self'",),
    # data: the masks and marks in the style sheets; blob: figures that are drawn for a PNG file.
    "img-src": ("'self'", "data:", "blob:"),
    "script-src": ("'self'",),
    # Plotly writes style sheets into the page while it draws, and what is made here has style
    # attributes: widths of bars, colours of groups. A style cannot run code, and with the rules
    # above it cannot fetch from elsewhere either.
    "style-src": ("'self'", "'unsafe-inline'"),
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Links hold the filters: they say whom somebody looked at.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
}

# Of the program itself, never of a study. The name changes with the content, so that a browser
# need not ask again; shared caches are left out, because they would not ask who is asking.
FOR_A_YEAR = "private, max-age=31536000, immutable"
# Fonts and the mark on the browser's tab: their names do not follow their content.
FOR_A_WEEK = "private, max-age=604800"
# A browser asks again and learns in a few bytes that nothing has changed.
ASK_AGAIN = "private, no-cache"
# Not even on the disk of a computer that several people use.
NEVER = "no-store"


def content_security_policy(script_hashes: Iterable[str]) -> str:
    """The policy as a header.

    Parameters
    ----------
    script_hashes : iterable of str
        Of the scripts that Dash writes into the page, each in single quotation marks.
    """
    sources = CONTENT_SECURITY_POLICY | {
        "script-src": (*CONTENT_SECURITY_POLICY["script-src"], *script_hashes)
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in sources.items())


def register(app: Dash) -> None:
    """Put the headers on every answer; to be called when all callbacks are registered."""
    policy = content_security_policy(app.csp_hashes())

    @app.server.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = lifetime(request, response.status_code)
        return response


def lifetime(asked: Request, status: int) -> str:
    """How long an answer may be kept, as the header ``Cache-Control`` says it."""
    if status not in (200, 304):
        return NEVER
    if asked.path.startswith("/_dash-component-suites/"):
        return FOR_A_YEAR if check_fingerprint(asked.path)[1] else ASK_AGAIN
    if asked.path.startswith("/assets/fonts/") or asked.path == "/_favicon.ico":
        return FOR_A_WEEK
    if asked.path.startswith("/assets/"):
        return FOR_A_YEAR if asked.args.get("m") else ASK_AGAIN
    return NEVER
