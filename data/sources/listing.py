"""What lies in the folder of further studies, looked at without trusting what lies there.

A folder of a hospital may hold anything: names in an old encoding, links to the whole disk, folders
within folders without end. Nothing here follows more than what a study may name: files of its own
folder, or of a folder in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from data.checking.problems import Problem, printable
from data.sources.all import is_study

# More folders than a switcher can show; the others are counted in a note.
MOST_STUDIES = 200
# What is watched for changes: of one study, and in all.
MOST_WATCHED_IN_A_STUDY = 500
MOST_WATCHED = 5000
# A study's files lie in its folder or in a folder in it.
DEEPEST = 2


def studies_in(root: Path | None) -> tuple[list[Path], list[tuple[str, Problem]], list[str]]:
    """The studies of a folder, in order of their names: whatever a kind of source knows as its own.

    Returns
    -------
    studies : list of Path
    unreadable : list of (name, Problem)
        What lies there and cannot be looked at, such as a link into a closed folder.
    notes : list of str
        A sentence where the folder itself cannot be listed, or holds too many.
    """
    if root is None:
        return [], [], []
    try:
        inside = sorted(path for path in root.iterdir() if not path.name.startswith((".", "_")))
    except FileNotFoundError:
        return (
            [],
            [],
            [
                f"The folder of further studies, {printable(str(root))}, does not exist. "
                "Create it or correct STUDIES_DIR."
            ],
        )
    except OSError as error:
        return (
            [],
            [],
            [
                f"The folder of further studies, {printable(str(root))}, cannot be read "
                f"({error.strerror}). Give the server the right to read it or correct "
                "STUDIES_DIR."
            ],
        )
    folders, unreadable = [], []
    for path in inside:
        try:
            if is_study(path):
                folders.append(path)
        except OSError as error:
            name = printable(path.name)
            fault = f"it cannot be looked at ({error.strerror})"
            fix = "Give the server the right to read it, or take it away"
            unreadable.append((name, Problem(name, fault, fix)))
    more = len(folders) - MOST_STUDIES
    notes = (
        [
            f"The folder of further studies holds {len(folders)} folders. Only the first "
            f"{MOST_STUDIES} are read; take the others away."
        ]
        if more > 0
        else []
    )
    return folders[:MOST_STUDIES], unreadable[:MOST_STUDIES], notes


def marks(root: Path) -> frozenset[tuple]:
    """Name, inode, size and times of a folder and of what is watched in it.

    The last entry of a mark is when it changed. Change times cannot be set, as the others can: a
    copy that keeps the old date is seen. Of a folder with very many entries only some are watched
    one by one; that one was added, renamed or taken away is seen by the mark of the folder.
    """
    found = {_mark(root)}
    for study in _inside(root, MOST_WATCHED):
        if not study.name.startswith((".", "_")):
            found |= marks_of_study(study)
        if len(found) >= MOST_WATCHED:
            break
    return frozenset(found)


def marks_of_study(study: Path) -> frozenset[tuple]:
    """The same of one study in such a folder."""
    watched = islice(_watched(study, study.parent), MOST_WATCHED_IN_A_STUDY)
    return frozenset({_mark(study), *map(_mark, watched)})


def _watched(study: Path, root: Path) -> Iterator[Path]:
    """What a study may name: its entries, and those of the folders in it."""
    waiting = [(study, 1)]
    while waiting:
        folder, depth = waiting.pop(0)
        if _holds(folder, root):
            continue
        for path in _inside(folder, MOST_WATCHED_IN_A_STUDY):
            yield path
            if depth < DEEPEST and _is_folder(path):
                waiting.append((path, depth + 1))


def _inside(folder: Path, at_most: int) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in islice(entries, at_most)]
    except OSError:
        return []


def _holds(folder: Path, root: Path) -> bool:
    """Whether a folder is, by way of a link, one in which the folder of studies itself lies."""
    try:
        return folder.is_symlink() and root.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        # A link that leads to itself.
        return True


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _mark(path: Path) -> tuple:
    try:
        found = path.stat()
    except OSError as error:
        return str(path), error.errno, 0
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
