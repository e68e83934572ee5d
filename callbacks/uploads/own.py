"""The study that a browser has brought, beside those of the server, for its requests alone."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

from flask import has_request_context, request

from callbacks.current import Snapshot
from callbacks.memory import Memory
from callbacks.server.asker import asker
from data.apart.readers import load_study_apart
from data.checking.problems import StudyError
from data.minima import Disclosure
from data.sources.held import Held, Place

log = logging.getLogger(__name__)

COOKIE = "cohort-own"
# Studies of browsers that a process keeps in memory; the others are read again when asked for.
MOST_KEPT = 8
TIDY_SECONDS = 60.0


class Own:
    """The studies that browsers have brought.

    Parameters
    ----------
    held : Held
    reserved : frozenset of str
        Words that no variable may be called.
    """

    def __init__(self, held: Held, reserved: frozenset[str]):
        self.held, self.reserved = held, reserved
        # With the state of the server's studies that it stands beside, which its key names.
        self._kept: OrderedDict[tuple, tuple[Snapshot, Snapshot]] = OrderedDict()
        self._lock = threading.Lock()
        self._tidied_by = 0

    def place(self, token: str | None = None) -> Place | None:
        """What the browser has brought that asks; None if it has never brought anything."""
        token = token or request.cookies.get(COOKIE, "")
        if not token:
            return None
        # What a browser brought belongs to the user too whom a proxy names.
        return self.held.place(token, asker().user)

    def beside(self, base: Snapshot) -> Snapshot:
        """The studies of the server, and after them that of the browser that asks."""
        if not has_request_context():
            return base
        self._start_tidying()
        place = self.place()
        folder = place.study if place else None
        if folder is None:
            return base
        try:
            return self._snapshot(base, folder)
        except (StudyError, OSError):
            # It was sound when it was checked; by now it is gone.
            return base

    def _snapshot(self, base: Snapshot, folder: Path) -> Snapshot:
        stamp = (folder / "study.toml").stat()
        key = (str(folder), stamp.st_mtime_ns, stamp.st_ino, id(base))
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[1]
        study = load_study_apart(folder, self.reserved)
        # Who sees it is who brought the file: there is nobody to protect the patients from. As a
        # study of the server it has the minima of patient data.
        study = replace(study, disclosure=Disclosure(), single_patients=True)
        studies = (*base.catalog.studies, study)
        made = Snapshot(replace(base.catalog, studies=studies), Memory(studies))
        with self._lock:
            self._kept[key] = base, made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def tidy(self) -> None:
        """Forget what is over, on the disk and in memory."""
        self.held.tidy()
        with self._lock:
            for key in [key for key in self._kept if not Path(key[0]).is_dir()]:
                del self._kept[key]

    def _start_tidying(self) -> None:
        """Tidy every minute in this process, which may be a copy of one that does so too."""
        if self._tidied_by == os.getpid():
            return
        with self._lock:
            if self._tidied_by == os.getpid():
                return
            self._tidied_by = os.getpid()
        threading.Thread(target=self._tidy_for_ever, daemon=True).start()

    def _tidy_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(TIDY_SECONDS):
            try:
                self.tidy()
            except Exception as error:
                log.error("What is held could not be tidied: %s", type(error).__name__)
