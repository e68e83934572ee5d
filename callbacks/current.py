"""The studies as they are now: each request has one state of them from beginning to end.

Callbacks are registered once and with a catalog; the studies in a hospital's folder may change
afterwards. What is handed to them stands for the catalog of the request that is being answered.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import g, has_request_context
from werkzeug.local import LocalProxy

from callbacks.memory import Memory
from data.apart.folders import Folders
from data.apart.readers import load_study_apart
from data.catalog import Catalog, load_catalog
from data.checking.problems import printable
from data.live import Live

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """One state of the studies, and the memory of what was computed from it.

    ``finished`` counts the studies that had been read by then.
    """

    catalog: Catalog
    memory: Memory
    finished: int = 0


def current_studies(
    folder: Path | None,
    reserved: frozenset[str] = frozenset(),
    beside: Callable[[Snapshot], Snapshot] = lambda base: base,
) -> tuple[Catalog, Memory]:
    """The catalog and the memory of whichever request asks.

    Parameters
    ----------
    folder : Path or None
        Folder with further studies. Those that are shipped do not change.
    reserved : frozenset of str
        Names of the options that a link may carry, which no variable of a study may be called.
    beside : function of a Snapshot
        The studies of the request that is being answered: those of the server, and perhaps one
        that its reader has brought.

    Returns
    -------
    catalog, memory
        To be used as a Catalog and a Memory. Within a request they stay the same even if the
        folder changes meanwhile. The memory goes with its state of the studies, so that no number
        is remembered for files that are no longer there.
    """

    # The addresses of databases: studies name their variables and never hold them.
    addresses = {name: text for name, text in os.environ.items() if name.endswith("_URL")}
    folders = Folders(lambda path: load_study_apart(path, reserved, addresses))
    catalogs: list[Catalog] = []

    def read() -> Snapshot:
        finished = folders.finished
        before = catalogs[-1] if catalogs else None
        catalog = load_catalog(folder, reserved=reserved, begin=folders.begin, before=before)
        catalogs[:] = [catalog]
        if before is None or before.broken != catalog.broken:
            _report(catalog)
        return Snapshot(catalog, Memory(catalog.studies), finished)

    def more(held: Snapshot) -> bool:
        left = any(broken.being_read for broken in held.catalog.broken)
        return folders.finished != held.finished or (left and folders.at_rest) or folders.due

    live = Live(folder, read, more=more)

    def snapshot() -> Snapshot:
        if not has_request_context():
            return live.current()
        if "studies" not in g:
            g.studies = beside(live.current())
        return g.studies

    return LocalProxy(lambda: snapshot().catalog), LocalProxy(lambda: snapshot().memory)


def _report(catalog: Catalog) -> None:
    for note in catalog.notes:
        log.warning("%s", printable(note))
    for broken in catalog.broken:
        if broken.being_read:
            log.warning("The study %s is being read.", broken.id)
            continue
        # Without the sentences: they may quote a patient's cells.
        log.warning("The study %s could not be loaded; the dashboard lists why.", broken.id)
