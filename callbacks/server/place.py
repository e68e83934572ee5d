"""The dashboard below a path of its server's name (``URL_PREFIX``), behind a proxy.

The path is taken off before anything looks at a request: routes, rights and lifetimes know none. It
comes back in what is written: by `below` in HTML and answers, by Dash in its own addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Flask, Response, redirect, request

from callbacks.server.access import OPEN
from layouts.shared.place import standing_below

OUTSIDE = (
    "The dashboard stands under {prefix}/. A proxy must pass the path on as the browser sent it, "
    "with this beginning."
)
# Set by this program; no header becomes such a key.
_OUTSIDE, _BARE = "hcc.outside", "hcc.bare"


class Below:
    """A WSGI application whose addresses stand below a path.

    Parameters
    ----------
    answer : WSGI application
        Knows nothing of the path.
    prefix : str
        ``/hcc``.
    """

    def __init__(self, answer: Callable, prefix: str):
        self._answer, self._prefix = answer, prefix

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        path, prefix = environ.get("PATH_INFO", ""), self._prefix
        if path.startswith(f"{prefix}/"):
            environ |= {"SCRIPT_NAME": prefix, "PATH_INFO": path.removeprefix(prefix)}
        # Machines ask without the proxy too.
        elif path not in OPEN:
            environ[_BARE if path == prefix else _OUTSIDE] = True
        with standing_below(prefix):
            return self._answer(environ, start_response)


def register(server: Flask, prefix: str) -> None:
    """Answer below a path only; to be called when it is decided who may ask."""
    if not prefix:
        return
    server.wsgi_app = Below(server.wsgi_app, prefix)

    @server.before_request
    def outside() -> Response | None:
        if _BARE in request.environ:
            query = request.query_string.decode("latin-1")
            return redirect(f"{prefix}/{'?' if query else ''}{query}", 308)
        if _OUTSIDE in request.environ:
            sentence = OUTSIDE.format(prefix=prefix)
            return Response(f"{sentence}\n", status=404, mimetype="text/plain")
        return None
