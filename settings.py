"""What an administrator can set, read once from the environment.

What is set wrongly stops the start with a sentence: a server that guessed could stand open.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

# What ``make password`` prints.
PASSWORD_HASH = re.compile(r"scrypt-32768-8-1:[A-Za-z0-9_-]{22}:[A-Za-z0-9_-]{43}")
# What need not be written in another way in an address.
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
# Every browser sends these by itself, so that they say nothing about who asks.
NO_USER = re.compile(
    "accept(-.*)?|authorization|cache-control|connection|content-.*|cookie|date|dnt|expect|"
    "forwarded|from|host|if-.*|keep-alive|max-forwards|origin|pragma|priority|proxy-.*|range|"
    "referer|sec-.*|te|trailer|transfer-encoding|upgrade(-.*)?|user-agent|via|"
    # Some proxies name the user in a header of this family.
    "x-forwarded-(?!user$|email$|preferred-username$).*|x-real-ip|x-requested-with"
)
# A hospital's network is narrower than this; the shorter the prefix, the more addresses.
WIDEST = {4: 8, 6: 16}


@dataclass(frozen=True)
class Settings:
    """Configuration of one server.

    Attributes
    ----------
    host, port : str, int
        Where the server listens.
    studies_dir : Path or None
        Folder with further studies; None for the shipped ones only.
    auth_header : str or None
        Header in which a proxy names the user it has let in; None if no proxy does.
    trusted_proxies : tuple of networks
        Addresses from which that header is believed.
    password_hash : str or None
        Hash of the password that all users share; None if there is none.
    url_prefix : str
        Path below which the dashboard stands (``/hcc``); empty where it has a name of its own.
    uploads : bool
        Whether readers may bring data of their own.
    """

    host: str = "127.0.0.1"
    port: int = 8050
    studies_dir: Path | None = None
    auth_header: str | None = None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    password_hash: str | None = None
    url_prefix: str = ""
    uploads: bool = True

    @property
    def bind(self) -> str:
        """Address and port as gunicorn wants them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the variables of the table in docs/operations.md.

    Raises
    ------
    ValueError
        If a variable cannot be used; the sentence names it and the fix, and never its value where
        that is a secret.
    """

    def given(name: str) -> str:
        return environ.get(name, "").strip()

    port = given("PORT") or str(Settings.port)
    if not (port.isascii() and port.isdigit()) or not 0 < int(port) < 65536:
        raise ValueError(f"PORT is “{port}”. Set it to a number from 1 to 65535.")
    header, proxies = given("AUTH_HEADER"), _networks(given("TRUSTED_PROXIES"))
    password = given("PASSWORD_HASH")
    _check_access(header, proxies, password)
    folder = given("STUDIES_DIR")
    return Settings(
        host=given("HOST").strip("[]") or Settings.host,
        port=int(port),
        studies_dir=Path(folder) if folder else None,
        auth_header=header or None,
        trusted_proxies=proxies,
        password_hash=password or None,
        url_prefix=_prefix(given("URL_PREFIX")),
        uploads=_switch("UPLOADS", given("UPLOADS")),
    )


def _switch(name: str, text: str) -> bool:
    """Whether something is on, as it is where nothing is set."""
    if text.lower() not in ("", "on", "off"):
        raise ValueError(f"{name} is “{text}”. Set it to on or to off.")
    return text.lower() != "off"


def _prefix(text: str) -> str:
    """A path without the stroke at its end; empty for the root of a name."""
    if text in ("", "/"):
        return ""
    path = text.removesuffix("/")
    if not PREFIX.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise ValueError(
            f"URL_PREFIX is “{text}”. Set it to the path under which the proxy serves the "
            "dashboard, such as /hcc/: it begins with a stroke and holds letters, digits and - . _ "
            "~ only, in parts that are not . or .., and no query."
        )
    return path


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks of a list that is separated by commas or blanks."""
    networks = []
    for part in text.replace(",", " ").split():
        try:
            network = ip_network(part)
        except ValueError:
            raise ValueError(
                f"TRUSTED_PROXIES names “{part}”, which is no address. Write addresses such as "
                "10.0.0.5 or networks such as 172.18.0.0/16, separated by commas."
            ) from None
        if not network.prefixlen:
            raise ValueError(
                f"TRUSTED_PROXIES names “{part}”, which is everybody. Write the proxy's address."
            )
        if network.prefixlen < (widest := WIDEST[network.version]):
            raise ValueError(
                f"TRUSTED_PROXIES names “{part}”, which is too wide: a network of more addresses "
                f"than /{widest}. Write the proxy's address."
            )
        networks.append(network)
    return tuple(networks)


def _check_access(header: str, proxies: tuple, password: str) -> None:
    if header and (not HEADER_NAME.fullmatch(header) or NO_USER.fullmatch(header.lower())):
        raise ValueError(
            f"AUTH_HEADER is “{header}”. Set it to the header in which the proxy names the user, "
            "such as X-Remote-User: letters, digits and hyphens, and none that browsers send."
        )
    if header and not proxies:
        raise ValueError(
            "AUTH_HEADER is set and TRUSTED_PROXIES is not, so that anybody could name any user. "
            "Set TRUSTED_PROXIES to the address of the proxy."
        )
    if proxies and not header:
        raise ValueError(
            "TRUSTED_PROXIES is set and AUTH_HEADER is not, so that nobody would be asked who "
            "they are. Set AUTH_HEADER to the header in which the proxy names the user."
        )
    if header and password:
        raise ValueError(
            "AUTH_HEADER and PASSWORD_HASH are both set. Set one: the proxy asks who somebody is, "
            "or this server asks for the password."
        )
    if password and not PASSWORD_HASH.fullmatch(password):
        raise ValueError(
            "PASSWORD_HASH is not what “make password” prints (scrypt-32768-8-1:…:…). "
            "Run it and copy the whole line."
        )
