"""What the settings make of a server: its door, who may see what, and the log of who did."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Protocol

from callbacks.current import Snapshot
from callbacks.server.access import Door
from callbacks.server.allowed import Allowed
from callbacks.server.audit import refusal_line
from callbacks.server.audit_log import AuditLog

log = logging.getLogger(__name__)

# Whoever opens the page without the portal, and a monitor that does, is no attack.
USUAL = "no user"


class Settings(Protocol):
    """What is read of the settings of a server (settings.py)."""

    auth_header: str | None
    groups_header: str | None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    password_hash: str | None
    access_file: Path | None
    audit_log: str | None
    purpose_header: str | None


@dataclass(frozen=True)
class Settled:
    """The parts of a server that depend on the settings.

    Attributes
    ----------
    rights : Allowed or None
        None where all see all.
    audit : AuditLog or None
        None where nothing is written down.
    """

    door: Door
    rights: Allowed | None = None
    audit: AuditLog | None = None
    purpose_header: str | None = None

    def seen(self, base: Snapshot) -> Snapshot:
        """What the asker of a request may see of all studies."""
        return self.rights.of(base) if self.rights else base

    def say_refusal(self) -> Callable[[str, str, int, str], None]:
        """What says that sign-ins were refused: the audit log, or the server's own."""
        return refusal_line(self.audit) if self.audit else _logged


def settle(settings: Settings) -> Settled:
    """Open and read what the settings name.

    Raises
    ------
    ValueError
        If it cannot be used, with the sentence that is said in place of a start.
    """
    door = Door(
        settings.auth_header,
        settings.groups_header,
        settings.trusted_proxies,
        settings.password_hash,
    )
    path = settings.access_file
    rights = Allowed(path, settings.groups_header is not None) if path else None
    audit = AuditLog(settings.audit_log) if settings.audit_log else None
    return Settled(door, rights, audit, settings.purpose_header)


def _logged(reason: str, address: str, count: int, since: str) -> None:
    if reason != USUAL:
        where = address or "no address"
        log.warning("Refused since %s from %s: %d × %s.", since, where, count, reason)
