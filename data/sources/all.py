"""Every kind of source; the first that knows a place as its own opens it."""

from __future__ import annotations

from pathlib import Path

from data.checking.problems import Problem, StudyError, printable
from data.sources.folder import FOLDER
from data.sources.formats import BY_FORMAT
from data.sources.source import Kind, Source

# FOLDER takes any folder, so that it comes last.
SOURCES: tuple[Kind, ...] = (BY_FORMAT, FOLDER)


def is_study(path: Path) -> bool:
    """Whether a place in a folder of studies is one. OSError if it cannot be looked at."""
    return any(kind.guess(path) for kind in SOURCES)


def open_study(path: Path) -> Source:
    """The source at a place. StudyError if no kind of source knows it as its own."""
    for kind in SOURCES:
        if kind.guess(path):
            return kind.open(path)
    fix = "Put study.toml and its tables into a folder"
    raise StudyError([Problem(printable(path.name), "there is no study", fix)])
