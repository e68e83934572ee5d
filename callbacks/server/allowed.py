"""The studies that somebody may see: for each request those alone, as if there were no others."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from flask import has_request_context, request

from callbacks.current import Snapshot
from callbacks.server.access import OPEN
from callbacks.server.asker import Asker, asker
from callbacks.server.rights import Rights, read_rights
from data.catalog import Catalog
from data.checking.problems import StudyError, printable
from data.live import Live

log = logging.getLogger(__name__)

BROKEN = (
    "The file that says who may see which study cannot be used, so that nobody sees any. The log "
    "says what is wrong with it."
)
NOBODY = Rights()
# Sets of studies that different people see.
MOST_KEPT = 64


class Allowed:
    """Who may see what, by a file that may change while the server runs.

    A file that cannot be used lets nobody see anything until it is mended.

    Parameters
    ----------
    path : Path
    with_groups : bool
        Whether a proxy names groups.

    Raises
    ------
    ValueError
        If the file cannot be used: a server is not started with it.
    """

    def __init__(self, path: Path, with_groups: bool):
        self._path, self._with_groups = path, with_groups
        try:
            read_rights(path, with_groups)
        except StudyError as error:
            raise ValueError(f"ACCESS_FILE cannot be used. {error}") from None
        self._live = Live(path, self._read)
        self._lock = threading.Lock()
        # With the studies and rights of which they were made, which the keys name.
        self._kept: OrderedDict[tuple, tuple] = OrderedDict()
        self._compared: tuple[Catalog, Rights] | None = None

    @property
    def broken(self) -> bool:
        """Whether the file cannot be used now."""
        return self._live.current() is None

    def of(self, base: Snapshot) -> Snapshot:
        """What the asker of this request may see of all studies."""
        if not has_request_context() or request.path in OPEN:
            # Whether the server can be used is said of all studies, and names none.
            return base
        self.compare(base.catalog)
        return self._seen(base, self._live.current() or NOBODY, asker())

    def _read(self) -> Rights | None:
        try:
            return read_rights(self._path, self._with_groups)
        except StudyError as error:
            for problem in error.problems:
                log.error("Nobody may see any study. %s", printable(problem.sentence))
            return None

    def compare(self, catalog: Catalog) -> None:
        """Say once which names of the file are those of no study."""
        rights, compared = self._live.current() or NOBODY, self._compared
        if compared is not None and compared[0] is catalog and compared[1] is rights:
            return
        self._compared = catalog, rights
        there = {one.id for one in (*catalog.studies, *catalog.broken)}
        for name in sorted(set(rights.studies) - there):
            log.warning(
                "%s names the study %s, which is not there.",
                printable(self._path.name),
                printable(name),
            )

    def _seen(self, base: Snapshot, rights: Rights, one: Asker) -> Snapshot:
        catalog = base.catalog
        studies = tuple(study for study in catalog.studies if rights.may_see(one, study.id))
        broken = tuple(study for study in catalog.broken if rights.may_see(one, study.id))
        key = (id(base), *(study.id for study in studies), "", *(study.id for study in broken))
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                # A note counts the folders that there are.
                of_one = replace(catalog, studies=studies, broken=broken, notes=(), restricted=True)
                kept = base, Snapshot(of_one, base.memory.of(studies))
                # What was made of studies that are no longer there goes with them.
                for old in [old for old, (of, _) in self._kept.items() if of is not base]:
                    del self._kept[old]
                self._kept[key] = kept
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
        return kept[1]
