"""Under which path of its server's name the dashboard stands, for the addresses on the screen.

Everywhere else an address begins at the dashboard's own root (``/survival?study=…``); a proxy that
gives it a part of a name only (``https://hospital.example/hcc/``) is known here alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_PREFIX: ContextVar[str] = ContextVar("prefix", default="")


@contextmanager
def standing_below(prefix: str) -> Iterator[None]:
    """Addresses written meanwhile are those of a dashboard below this path.

    Parameters
    ----------
    prefix : str
        ``/hcc``, without a stroke at its end; empty where the dashboard has a name of its own.
    """
    before = _PREFIX.set(prefix)
    try:
        yield
    finally:
        _PREFIX.reset(before)


def below(address: str) -> str:
    """An address of the dashboard as a browser needs it; anything else (``#page``) as it is."""
    return f"{_PREFIX.get()}{address}" if address.startswith("/") else address
