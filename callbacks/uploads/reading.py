"""What the files of a browser are understood to be, and the study that is made of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from data.apart.readers import given_files_apart, load_study_apart
from data.checking.problems import Problem, StudyError
from data.checking.slug import slug
from data.importing.by_format import are_adam, text_by_format, write_by_format
from data.importing.files import study_text, write_folder
from data.importing.understanding import Given, Understanding, understand
from data.reading.raw import Limits
from data.sources.held import LARGEST, Held, Place

# A file that somebody tries is smaller than a study's may be: others wait for their numbers.
LIMITS = Limits(megabytes=LARGEST // 2**20, memory=128, by_columns=False)
# Of how many browsers the tables stay in memory, so that a changed answer need not read them again.
MOST_KEPT = 4


class Sheets:
    """Understandings of what browsers hold.

    Parameters
    ----------
    reserved : frozenset of str
        Words that no variable may be called.
    """

    def __init__(self, reserved: frozenset[str]):
        self._reserved = reserved
        self._kept: OrderedDict[tuple, list[Given]] = OrderedDict()
        self._lock = threading.Lock()

    def understood(self, place: Place) -> Understanding:
        """What the files are, with what was said of them. StudyError if one cannot be read."""
        return understand(self._given(place), place.answers)

    def made(self, held: Held, place: Place) -> Path:
        """The folder of the study, made anew and checked as any other.

        Raises
        ------
        StudyError
            With the questions that are open, or with what is wrong with the cells.
        """
        files = place.files
        if are_adam(files):
            title = place.answers.get("title", "")
            folder = held.keep_study(place, lambda path: write_by_format(files, path, title))
            load_study_apart(folder, self._reserved)
            return folder
        understood = self.understood(place)
        if understood.questions:
            raise StudyError([_open(one.text, understood) for one in understood.questions])
        folder = held.keep_study(place, lambda path: write_folder(understood, files, path))
        load_study_apart(folder, self._reserved)
        return folder

    def named(self, place: Place) -> tuple[str, str]:
        """The name of the study's folder as an administrator gets it, and its ``study.toml``."""
        title = place.answers.get("title", "")
        if are_adam(place.files):
            name = slug(title) or "adam-study"
            return name, text_by_format(name, title)
        understood = self.understood(place)
        stem = understood.patients.name.rpartition(".")[0]
        name = slug(title) or slug(stem) or "my-study"
        return name, study_text(understood, name)

    def _given(self, place: Place) -> list[Given]:
        files = place.files
        key = tuple((str(one), (at := one.stat()).st_mtime_ns, at.st_ino) for one in files)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = given_files_apart(files, LIMITS)
        with self._lock:
            for old in [old for old in self._kept if not Path(old[0][0]).exists()]:
                del self._kept[old]
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def _open(text: str, understood: Understanding) -> Problem:
    return Problem(understood.patients.name, text.rstrip(".?"), "Answer it on the sheet")
