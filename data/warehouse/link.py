"""One connection of this process to each database, opened when it is first needed.

A connection that broke off is opened again; a copy of the process opens its own.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from data.warehouse.counts import NotAnswered
from data.warehouse.engines.all import engine_of
from data.warehouse.engines.engine import Connection, Engine, EngineError, Wrong
from data.warehouse.sources import DatabaseSource

log = logging.getLogger(__name__)
# Who waits for a database that does not answer waits once: the next ones are told at once.
REST = 5.0
_Of = TypeVar("_Of")


class SiteDown(NotAnswered):
    """A database did not answer at all."""


class Link:
    """The connection to one database."""

    def __init__(self, source: DatabaseSource):
        self._source = source
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._failed: tuple[float, EngineError] | None = None

    @property
    def engine(self) -> Engine:
        """Which kind of database it is. EngineError if the address is for none."""
        return engine_of(_address(self._source))

    def state(self) -> object | None:
        """What changes with the data, where the engine knows; else None."""
        try:
            return self.engine.state(_address(self._source))
        except EngineError:
            return None

    def ask(self, work: Callable[[Connection], _Of]) -> _Of:
        """What some work with the connection gives. EngineError if it fails."""
        if not self._lock.acquire(timeout=2 * self._source.timeout):
            raise EngineError(Wrong.SLOW)
        try:
            return self._asked(work)
        finally:
            self._lock.release()

    def _asked(self, work: Callable[[Connection], _Of]) -> _Of:
        if self._failed and time.monotonic() - self._failed[0] < REST:
            raise self._failed[1]
        if self._connection is not None and self._connection.changed():
            self.close()
        # One that was open may have been cut off meanwhile; a new one has no such excuse.
        for tried_before in (self._connection is None, True):
            try:
                if self._connection is None:
                    address = _address(self._source)
                    if not address:
                        raise EngineError(Wrong.BAD_ADDRESS)
                    self._connection = self.engine.connect(address, self._source.timeout)
                found = work(self._connection)
            except EngineError as error:
                if error.wrong in (Wrong.DOWN, Wrong.SLOW, Wrong.REFUSED):
                    self.close()
                if error.wrong is Wrong.DOWN and not tried_before:
                    continue
                self._note(error)
                raise
            if self._failed:
                log.warning("The database “%s” answers again.", self._source.label)
            self._failed = None
            return found
        raise AssertionError

    def _note(self, error: EngineError) -> None:
        if self._failed is None:
            log.error("The database “%s” %s.", self._source.label, error.wrong.value)
        if error.wrong in (Wrong.DOWN, Wrong.BAD_ADDRESS, Wrong.NO_LIBRARY):
            self._failed = (time.monotonic(), error)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _address(source: DatabaseSource) -> str:
    """Where a database is and who asks; empty where nobody said so."""
    return os.environ.get(source.url_env, "").strip()


_LINKS: dict[tuple, Link] = {}
_LOCK = threading.Lock()


def link(source: DatabaseSource) -> Link:
    """This process's connection to a database."""
    key = (os.getpid(), _address(source), source.label, source.timeout)
    with _LOCK:
        return _LINKS.setdefault(key, Link(source))


def close_links() -> None:
    """Close every connection."""
    with _LOCK:
        for one in _LINKS.values():
            one.close()
        _LINKS.clear()


def _new_lock() -> None:
    global _LOCK
    _LOCK = threading.Lock()
    # Connections of the process that this is a copy of are left alone.
    _INHERITED.update(_LINKS)
    _LINKS.clear()


# Held, because a connection that is forgotten says goodbye in the other process's name.
_INHERITED: dict[tuple, Link] = {}
os.register_at_fork(after_in_child=_new_lock)


def sentence(source: DatabaseSource, error: EngineError, several: bool) -> str:
    """What a reader is told."""
    who = source.label if several else "The database of these patients"
    table = error.about or source.patients.name
    said = {
        Wrong.DOWN: f"{who} does not answer. It is tried again with the next click.",
        Wrong.SLOW: f"{who} took longer than {source.timeout} seconds. Ask for fewer groups, or "
        "its administrator to look at the indexes.",
        Wrong.NO_TABLE: f"{who} has no table “{table}”. Its administrator or study.toml has to "
        "name another.",
        Wrong.NO_COLUMN: f"{who} has no column “{error.about}” in “{source.patients.name}” any "
        "more. Its administrator or study.toml has to name another.",
        Wrong.REFUSED: f"{who} refused the statement: a column may have changed its type, or the "
        "right to read was taken back.",
        Wrong.BAD_ADDRESS: f"{who} cannot be asked: {source.url_env} holds no address of a "
        "database. The server's administrator sets it.",
        Wrong.NO_LIBRARY: f"{who} cannot be asked: the server lacks the library {error.about}. Its "
        "administrator installs it (docs/warehouse.md).",
    }
    return said[error.wrong]
