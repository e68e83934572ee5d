"""Files to an understanding, and an understanding to a study's folder."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.checking.keys import FILE
from data.checking.problems import Problem, StudyError, printable
from data.importing.declare import declaration_of
from data.importing.samples import JOINED_FILE, joined, write_joined
from data.importing.toml import written
from data.importing.understanding import Given, Understanding, understand
from data.reading.raw import LIMITS, Limits
from data.reading.table import read_table

HEAD = (
    "# Written by the importer. What it was not told it has guessed; each guess stands above its\n"
    "# table. data/README.md describes every key.\n\n"
)


def given_files(paths: Sequence[Path], limits: Limits = LIMITS) -> list[Given]:
    """The tables of some files.

    Raises
    ------
    StudyError
        With what is wrong with every one of them.
    """
    made, problems = [], []
    for path in paths:
        try:
            made.append(Given(path.name, read_table(path, limits=limits)))
        except StudyError as error:
            problems += error.problems
        except OSError as error:
            fault = f"the file cannot be read ({error.strerror})"
            problems.append(Problem(printable(path.name), fault, "Correct its name or its rights"))
    if problems:
        raise StudyError(problems)
    return joined(made)


def understood_files(
    paths: Sequence[Path], answers: Mapping[str, str] | None = None, limits: Limits = LIMITS
) -> Understanding:
    """What some files are understood to be. StudyError for one that cannot be read."""
    return understand(given_files(paths, limits), answers)


def study_text(understood: Understanding, study_id: str) -> str:
    """The text of ``study.toml``."""
    declaration, comments = declaration_of(understood, study_id)
    return HEAD + written(declaration, comments)


def write_folder(
    understood: Understanding,
    paths: Sequence[Path],
    folder: Path,
    study_id: str = "",
) -> None:
    """Write a study's folder: ``study.toml``, and the files that it names as they were.

    Parameters
    ----------
    folder : Path
        It is made; what lies in it under the same names is replaced.
    study_id : str
        The folder's name by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    used = {understood.patients.name, *([understood.events.file] if understood.events else [])}
    for path in paths:
        if path.name in used and path.parent.resolve() != folder.resolve():
            shutil.copyfile(path, folder / path.name)
    if understood.patients.name == JOINED_FILE:
        write_joined(understood.patients.table, folder)
    text = study_text(understood, study_id or folder.name)
    (folder / FILE).write_text(text, "utf-8", newline="\n")
