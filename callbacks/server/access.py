"""Who may ask: everybody, users whom a proxy has let in, or those who know the password.

What is asked for is the same for every path but the two on which a machine asks whether the
server runs; they say nothing about a study.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from flask import Flask, Response, request

from callbacks.server.password import Busy, Password

OPEN = ("/healthz", "/readyz")
# Set by this program when it asks itself, before anybody else can; no header becomes such a key.
ITSELF = "hcc.itself"

NO_USER = (
    "This page is for users who are signed in. Open it through the address of the hospital's "
    "portal, which signs you in."
)
NO_PROXY = (
    "This server answers only requests that come through the hospital's proxy. Open the page "
    "through its address."
)
NO_PASSWORD = "This page needs the password. Reload it and enter the password; any name will do."
BUSY = "Too many passwords are being tried at the moment. Try again in a few seconds."


def register(server: Flask, header: str | None, proxies: tuple, password_hash: str | None) -> None:
    """Let only those in who may; everybody if neither header nor password is set.

    Parameters
    ----------
    header : str or None
        The header in which a proxy names the user.
    proxies : tuple of networks
        Where that proxy is; from elsewhere the header is not believed.
    password_hash : str or None
        Hash of the shared password.
    """
    check = None
    if header:
        check = _by_proxy(header, proxies)
    elif password_hash:
        check = _by_password(Password(password_hash))
    if check is None:
        return

    @server.before_request
    def refuse() -> Response | None:
        if request.path in OPEN or ITSELF in request.environ:
            return None
        return check()


def _by_proxy(header: str, proxies: tuple) -> Callable[[], Response | None]:
    def check() -> Response | None:
        if not request.headers.get(header, "").strip():
            return _refused(401, NO_USER)
        if not _is_among(request.remote_addr, proxies):
            return _refused(403, NO_PROXY)
        return None

    return check


def _is_among(address: str | None, networks: tuple) -> bool:
    """Whether the other end of the connection is one of these; headers cannot change it."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    # A server that listens for both kinds of addresses sees ::ffff:10.0.0.5 for 10.0.0.5.
    found = getattr(found, "ipv4_mapped", None) or found
    return any(found in network for network in networks)


def _by_password(password: Password) -> Callable[[], Response | None]:
    def check() -> Response | None:
        given = request.authorization
        try:
            basic = given is not None and given.type == "basic" and given.password
            if basic and password.matches(given.password):
                return None
        except Busy:
            answer = _refused(429, BUSY)
            answer.headers["Retry-After"] = "5"
            return answer
        answer = _refused(401, NO_PASSWORD)
        answer.headers["WWW-Authenticate"] = 'Basic realm="HCC Cohort Explorer", charset="UTF-8"'
        return answer

    return check


def _refused(status: int, sentence: str) -> Response:
    return Response(f"{sentence}\n", status=status, mimetype="text/plain")
