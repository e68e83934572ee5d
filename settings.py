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
    # Some proxies name the user and the groups in headers of this family.
    "x-forwarded-(?!user$|email$|preferred-username$|groups$).*|x-real-ip|x-requested-with"
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
        Addresses from which that header is believed, and what they say of who asked them.
    password_hash : str or None
        Hash of the password that all users share; None if there is none.
    access_file : Path or None
        Says who may see which study; None where all see all.
    groups_header : str or None
        Header in which that proxy names the groups of the user.
    audit_log : str or None
        File that gets a line for each view and file, ``-`` for standard output; None for no such
        lines.
    purpose_header : str or None
        Header in which that proxy says what a user looks for; it is written into those lines.
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
    access_file: Path | None = None
    groups_header: str | None = None
    audit_log: str | None = None
    purpose_header: str | None = None
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
    groups, access = given("GROUPS_HEADER"), given("ACCESS_FILE")
    _check_rights(header, groups, access)
    audit, purpose = given("AUDIT_LOG"), given("AUDIT_PURPOSE_HEADER")
    _check_audit(header, audit, purpose)
    folder = given("STUDIES_DIR")
    return Settings(
        host=given("HOST").strip("[]") or Settings.host,
        port=int(port),
        studies_dir=Path(folder) if folder else None,
        auth_header=header or None,
        trusted_proxies=proxies,
        password_hash=password or None,
        access_file=Path(access) if access else None,
        groups_header=groups or None,
        audit_log=audit or None,
        purpose_header=purpose or None,
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
    _check_header("AUTH_HEADER", header, "names the user, such as X-Remote-User")
    if header and not proxies:
        raise ValueError(
            "AUTH_HEADER is set and TRUSTED_PROXIES is not, so that anybody could name any user. "
            "Set TRUSTED_PROXIES to the address of the proxy."
        )
    # With a password the proxy says from which address a guess comes.
    if proxies and not header and not password:
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


def _check_rights(header: str, groups: str, access: str) -> None:
    _check_header("GROUPS_HEADER", groups, "names the user's groups, such as X-Remote-Groups")
    if access and not header:
        raise ValueError(
            "ACCESS_FILE is set and AUTH_HEADER is not, so that nobody would be one of those whom "
            "it names. Set AUTH_HEADER to the header in which the proxy names the user."
        )
    if access and not access.endswith(".toml"):
        raise ValueError(
            f"ACCESS_FILE is “{access}”. Set it to the path of a file whose name ends with .toml."
        )
    if groups and not access:
        raise ValueError(
            "GROUPS_HEADER is set and ACCESS_FILE is not, so that all would see all studies. Set "
            "ACCESS_FILE to the file that says which group may see which study."
        )
    if groups and groups.lower() == header.lower():
        raise ValueError(
            f"GROUPS_HEADER and AUTH_HEADER are both “{groups}”. Name one header for the user and "
            "another for the groups."
        )


def _check_audit(header: str, audit: str, purpose: str) -> None:
    _check_header("AUDIT_PURPOSE_HEADER", purpose, "says the purpose, such as X-Purpose")
    if purpose and not audit:
        raise ValueError(
            "AUDIT_PURPOSE_HEADER is set and AUDIT_LOG is not, so that the purpose would be "
            "written nowhere. Set AUDIT_LOG to a file, or to - for standard output."
        )
    if purpose and not header:
        raise ValueError(
            "AUDIT_PURPOSE_HEADER is set and AUTH_HEADER is not, so that anybody could say "
            "anything. Set AUTH_HEADER to the header in which the proxy names the user."
        )
    if audit not in ("", "-") and not Path(audit).is_absolute():
        raise ValueError(
            f"AUDIT_LOG is “{audit}”. Set it to the whole path of a file, such as "
            "/var/log/hcc/audit.jsonl, or to - for standard output."
        )


def _check_header(name: str, header: str, what: str) -> None:
    """Refuse a header that browsers send, in which a proxy cannot say anything."""
    if header and (not HEADER_NAME.fullmatch(header) or NO_USER.fullmatch(header.lower())):
        raise ValueError(
            f"{name} is “{header}”. Set it to the header in which the proxy {what}: letters, "
            "digits and hyphens, and none that browsers send."
        )
