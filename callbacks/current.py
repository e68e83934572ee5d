"""The studies as they are now: each request has one state of them from beginning to end.

Callbacks are registered once and with a catalog; the studies in a hospital's folder may change
afterwards. What is handed to them stands for the catalog of the request that is being answered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import g, has_request_context
from werkzeug.local import LocalProxy

from data.catalog import Catalog, load_catalog
from data.checking.problems import printable
from data.live import Live

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """One state of the studies, and the memory of what was computed from it."""

    catalog: Catalog
    answers: Any


def current_studies(
    folder: Path | None, answers_of: Callable, reserved: frozenset[str] = frozenset()
) -> tuple[Catalog, Any]:
    """The catalog and the answers of whichever request asks.

    Parameters
    ----------
    folder : Path or None
        Folder with further studies. Those that are shipped do not change.
    answers_of : function of a tuple of Study
        Makes the memory of one state; it goes with its state, so that no number is remembered
        for files that are no longer there.
    reserved : frozenset of str
        Names of the options that a link may carry, which no variable of a study may be called.

    Returns
    -------
    catalog, answers
        To be used as a Catalog and what ``answers_of`` makes. Within a request they stay the same
        even if the folder changes meanwhile.
    """

    def read() -> Snapshot:
        catalog = load_catalog(folder, reserved=reserved)
        _report(catalog)
        return Snapshot(catalog, answers_of(catalog.studies))

    live = Live(folder, read)

    def snapshot() -> Snapshot:
        if not has_request_context():
            return live.current()
        if "studies" not in g:
            g.studies = live.current()
        return g.studies

    return LocalProxy(lambda: snapshot().catalog), LocalProxy(lambda: snapshot().answers)


def _report(catalog: Catalog) -> None:
    for note in catalog.notes:
        log.warning("%s", printable(note))
    for broken in catalog.broken:
        # Without the sentences: they may quote a patient's cells.
        log.warning("The study %s could not be loaded; the dashboard lists why.", broken.id)
