"""Who asks: the user and the groups whom a proxy names, and the address from which they come.

A header is read here and nowhere else. Proxies and the programs before them write "nobody" in many
ways, and what stands in a header twice was partly written by somebody else than the proxy.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Request, g, has_request_context

# In place of a header that came twice: see callbacks.server.wire.
DOUBLED = "(doubled)"
# What stands where nobody was signed in, without brackets and quotation marks around it.
NOBODY = frozenset(
    (
        "",
        "-",
        "--",
        "anonymous",
        "anonymoususer",
        "doubled",
        "false",
        "n/a",
        "nan",
        "nil",
        "no user",
        "nobody",
        "none",
        "null",
        "undefined",
        "unknown",
    )
)
_AROUND = "()[]<>{}\"'` "
# A name that the proxy should have put in and did not: $remote_user, %{REMOTE_USER}e, {user}.
_NOT_FILLED_IN = re.compile(r"\$|%[{(]|\{")
LONGEST_NAME = 256


@dataclass(frozen=True)
class Asker:
    """Who asks, as a proxy says.

    Attributes
    ----------
    user : str
        Empty where no proxy names one.
    groups : frozenset of str
    """

    user: str = ""
    groups: frozenset[str] = frozenset()


class NotOne(Exception):
    """The headers name nobody, or more than one."""


def asker() -> Asker:
    """Who asks the request that is being answered; nobody outside of one."""
    return g.get("asker", Asker()) if has_request_context() else Asker()


def asker_of(request: Request, header: str, groups_header: str | None) -> Asker:
    """Who asks, by the headers of a proxy that is believed.

    Raises
    ------
    NotOne
        If the user's header is missing, empty, stands for nobody or came twice, or if the groups'
        came twice.
    """
    user = name_in(request.headers.get(header, ""))
    if not user or "," in user:
        raise NotOne
    if not groups_header:
        return Asker(user)
    given = request.headers.get(groups_header, "").split(",")
    if DOUBLED in given:
        raise NotOne
    return Asker(user, frozenset(filter(None, map(name_in, given))))


def name_in(header: str) -> str:
    """The name in a header, or nothing where it names nobody."""
    name = text_of(header).strip()
    if len(name) > LONGEST_NAME or not name.isprintable() or _NOT_FILLED_IN.match(name):
        return ""
    return "" if stands_for_nobody(name) else name


def text_of(header: str) -> str:
    """The text of a header: its bytes, which WSGI reads as Latin-1, are UTF-8 of most proxies."""
    with contextlib.suppress(UnicodeError):
        return header.encode("latin-1").decode("utf-8")
    return header


def stands_for_nobody(name: str) -> bool:
    """Whether a name is one of those that stand where there is none."""
    return unicodedata.normalize("NFKC", name).strip(_AROUND).casefold() in NOBODY


def address_of(request: Request, proxies: tuple) -> str:
    """The address from which a request comes.

    It is that of the connection. Where the connection is a proxy's that is believed, it is the last
    one in ``X-Forwarded-For`` that is no such proxy: what stands before it anybody could have
    written.
    """
    found = request.remote_addr or ""
    if not is_among(found, proxies):
        return _plain(found)
    for said in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        said = said.strip()
        if _address(said) is None:
            break
        found = said
        if not is_among(said, proxies):
            break
    return _plain(found)


def is_among(address: str | None, networks: tuple) -> bool:
    """Whether an address is in one of some networks."""
    found = _address(address or "")
    return found is not None and any(found in network for network in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    # A server that listens for both kinds of addresses sees ::ffff:10.0.0.5 for 10.0.0.5.
    return getattr(found, "ipv4_mapped", None) or found


def _plain(text: str) -> str:
    found = _address(text)
    return str(found) if found is not None else ""


def only_once(headers: list[tuple[str, str]], names: frozenset[str]) -> list[tuple[str, str]]:
    """The headers of a request, of which some must come once: one that does not says so.

    Parameters
    ----------
    headers : list of (name, value)
        With names in capitals.
    names : frozenset of str
        In capitals.
    """
    times = Counter(name for name, _ in headers if name in names)
    twice = {name for name, n in times.items() if n > 1}
    if not twice:
        return headers
    kept = [(name, value) for name, value in headers if name not in twice]
    return [*kept, *((name, DOUBLED) for name in sorted(twice))]
