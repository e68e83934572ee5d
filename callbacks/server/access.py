"""Who may ask: everybody, users whom a proxy has let in, or those who know the password.

What is asked for is the same for every path but the two on which a machine asks whether the
server runs; they say nothing about a study.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, after_this_request, g, request

from callbacks.server.asker import NotOne, address_of, asker_of, is_among
from callbacks.server.guesses import Busy
from callbacks.server.password import Password
from callbacks.server.refusals import Refusals
from layouts.shared.place import below

OPEN = ("/healthz", "/readyz")
# Set by this program when it asks itself, before anybody else can; no header becomes such a key.
ITSELF = "hcc.itself"

NO_USER = (
    "This page is for users who are signed in. Open it through the address of the hospital's "
    "portal, which signs you in."
)
NOT_ONE = (
    "The hospital's portal names nobody, or more than one. Sign out and in again; if this stays, "
    "tell whoever runs it."
)
NO_PROXY = (
    "This server answers only requests that come through the hospital's proxy. Open the page "
    "through its address."
)
NO_PASSWORD = "This page needs the password. Reload it and enter the password; any name will do."
BUSY = "Too many passwords are being tried at the moment. Try again in a few seconds."
WAIT = "Too many wrong passwords came from your address. Try again in {} seconds."
# More than the turns of others take.
LONG = 6
# Says of a browser that it was let in, so that it is not held up by others who guess.
SESSION = "cohort-in"


@dataclass(frozen=True)
class Door:
    """Who may enter.

    Attributes
    ----------
    header : str or None
        The header in which a proxy names the user.
    groups_header : str or None
        The one in which it names the user's groups.
    proxies : tuple of networks
        Where that proxy is; from elsewhere no header is believed.
    password_hash : str or None
        Hash of the shared password.
    """

    header: str | None = None
    groups_header: str | None = None
    proxies: tuple = ()
    password_hash: str | None = None


def register(server: Flask, door: Door, refusals: Refusals) -> None:
    """Let only those in who may; everybody if neither header nor password is set."""
    server.extensions["refusals"] = refusals
    check = None
    if door.header:
        check = _by_proxy(door, refusals)
    elif door.password_hash:
        check = _by_password(Password(door.password_hash), door.proxies, refusals)
    if check is None:
        return

    @server.before_request
    def refuse() -> Response | None:
        refusals.flush()
        if request.path in OPEN or ITSELF in request.environ:
            return None
        return check()


def _by_proxy(door: Door, refusals: Refusals) -> Callable[[], Response | None]:
    def refused(status: int, sentence: str, reason: str) -> Response:
        refusals.note(reason, address_of(request, door.proxies))
        return _refused(status, sentence)

    def check() -> Response | None:
        if not request.headers.get(door.header, "").strip():
            return refused(401, NO_USER, "no user")
        if not is_among(request.remote_addr, door.proxies):
            return refused(403, NO_PROXY, "not the proxy")
        try:
            g.asker = asker_of(request, door.header, door.groups_header)
        except NotOne:
            return refused(401, NOT_ONE, "nobody or several users")
        return None

    return check


def _by_password(
    password: Password, proxies: tuple, refusals: Refusals
) -> Callable[[], Response | None]:
    def let_in(response: Response) -> Response:
        response.set_cookie(
            SESSION, password.session, httponly=True, samesite="Lax", path=below("/")
        )
        return response

    def check() -> Response | None:
        given, session = request.authorization, request.cookies.get(SESSION, "")
        basic = given is not None and given.type == "basic" and given.password
        if not basic:
            return _ask()
        address = address_of(request, proxies)
        try:
            right = password.matches(given.password, address, session)
        except Busy as busy:
            refusals.note("too many guesses", address)
            sentence = BUSY if busy.seconds < LONG else WAIT.format(busy.seconds)
            answer = _refused(429, sentence)
            answer.headers["Retry-After"] = str(busy.seconds)
            return answer
        if not right:
            refusals.note("wrong password", address)
            return _ask()
        if session != password.session:
            after_this_request(let_in)
        return None

    return check


def _ask() -> Response:
    """Make a browser ask for the password."""
    answer = _refused(401, NO_PASSWORD)
    answer.headers["WWW-Authenticate"] = 'Basic realm="HCC Cohort Explorer", charset="UTF-8"'
    return answer


def _refused(status: int, sentence: str) -> Response:
    return Response(f"{sentence}\n", status=status, mimetype="text/plain")
