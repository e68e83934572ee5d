"""A file of a study's folder, and of no other."""

from __future__ import annotations

from pathlib import Path

from data.checking.problems import Problem, StudyError, printable


def inside(folder: Path, name: str) -> Path:
    """The path of a file that lies in a study's folder. StudyError for a link that leads out of it.

    The folder itself may be a link. A file that is not there is left to whoever reads it.
    """
    path = folder / name
    try:
        within = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        # A link that leads to itself.
        within = False
    if not within:
        fault = "it is a link that leads out of the study's folder"
        fix = "Put the file itself into the folder"
        raise StudyError([Problem(printable(name), fault, fix)])
    return path
