"""Files that somebody brought with a browser: held for that browser alone, and not for long.

They lie in one temporary folder, in a folder for each browser whose name is a hash of what only the
browser knows. Several processes see them. Whatever is written is written under another name first
and then renamed, so that nobody sees half of it, and what a process left half written when it was
stopped goes with the next clearing up.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from data.checking.problems import Problem, StudyError, printable

PREFIX = "hcc-uploads-"
HOURS = 8
# Of what a browser brings: one file, all its files, how many.
LARGEST = 24 * 2**20
LARGEST_OF_ALL = 48 * 2**20
MOST_FILES = 8
# Of all browsers together.
LARGEST_TOGETHER = 512 * 2**20
MOST_BROWSERS = 200
# What is still being written, and for how many seconds it may be.
INCOMING = ".incoming-"
HALF_WRITTEN = 15 * 60
# Begins the id of a study that is held.
OWN = "own-"
_NAME = re.compile(r"[^\w .()+,=@-]+")
_CHUNK = 2**18


@dataclass(frozen=True)
class Place:
    """What one browser has brought.

    Attributes
    ----------
    path : Path
        Its folder, which may not be there yet.
    """

    path: Path

    @property
    def files(self) -> list[Path]:
        """What was brought, in the order of names."""
        return [one for one in _inside(self.path / "files") if not one.name.startswith(".")]

    @property
    def answers(self) -> dict[str, str]:
        """What was said of it."""
        try:
            return json.loads((self.path / "answers.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    @property
    def study(self) -> Path | None:
        """The folder of the study that was made of it; None if there is none."""
        made = (one for one in _inside(self.path / "studies") if one.name.startswith(OWN))
        return next(made, None)

    @property
    def until(self) -> float | None:
        """When it is forgotten, in seconds since 1970; None if there is nothing."""
        try:
            return (self.path / "born").stat().st_mtime + HOURS * 3600
        except OSError:
            return None


class Held:
    """What browsers have brought.

    Parameters
    ----------
    root : Path
        The folder in which it lies; it is made when the first file is brought.
    clock : function without arguments
        Seconds since 1970.
    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.time):
        self.root, self._clock = root, clock

    def place(self, token: str, user: str = "") -> Place:
        """What a browser has brought.

        Parameters
        ----------
        token : str
            What only that browser knows.
        user : str
            Who asks, where a proxy says so: another user with the same token finds nothing.
        """
        name = hashlib.sha256(f"{token}\0{user}".encode()).hexdigest()
        return Place(self.root / name)

    def add(self, place: Place, name: str, chunks: Iterator[bytes]) -> Path:
        """Write one more file, piece by piece.

        Raises
        ------
        StudyError
            If it is too large, or one too many, or there is no room.
        """
        shown = printable(name)
        kept = file_name(name)
        self.tidy()
        files = place.files
        if len(files) >= MOST_FILES and kept not in [one.name for one in files]:
            fix = "Begin anew with those that belong together"
            raise _refused(shown, f"more than {MOST_FILES} files are brought", fix)
        if not place.path.exists() and len(_inside(self.root)) >= MOST_BROWSERS:
            raise _refused(shown, "too many are trying their data at the moment", "Try again later")
        room = LARGEST_OF_ALL - sum(_size(one) for one in files if one.name != kept)
        together = LARGEST_TOGETHER - _size_of_all(self.root)
        folder = place.path / "files"
        try:
            self.root.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (place.path / "born").touch()
            return self._written(folder, kept, chunks, min(LARGEST, room, together), shown)
        except OSError as error:
            fault = f"the server has no room for it ({error.strerror})"
            raise _refused(shown, fault, "Bring a smaller file, or ask its administrator") from None

    def _written(self, folder: Path, name: str, chunks, most: int, shown: str) -> Path:
        half = folder / f"{INCOMING}{secrets.token_hex(8)}"
        size = 0
        try:
            with half.open("xb") as content:
                for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        limit = f"{max(most, 0) / 2**20:.0f} MB"
                        fault = f"the file is larger than the {limit} that there is room for"
                        raise _refused(shown, fault, "Leave out what is not needed")
                    content.write(chunk)
            if not size:
                raise _refused(shown, "the file is empty", "Bring one with a table")
            return half.replace(folder / name)
        finally:
            half.unlink(missing_ok=True)

    def say(self, place: Place, answers: Mapping[str, str]) -> None:
        """Keep what was said of the files."""
        half = place.path / f"{INCOMING}{secrets.token_hex(8)}"
        half.write_text(json.dumps(dict(answers)), "utf-8")
        half.replace(place.path / "answers.json")

    def keep_study(self, place: Place, write: Callable[[Path], None]) -> Path:
        """Make the folder of the study anew.

        Parameters
        ----------
        write : function of Path
            Fills a folder, whose name is the study's id.
        """
        study = place.study
        name = study.name if study else f"{OWN}{secrets.token_hex(16)}"
        half = place.path / f"{INCOMING}{secrets.token_hex(8)}"
        try:
            write(half / name)
            (place.path / "studies").mkdir(exist_ok=True)
            if study:
                study.replace(half / "old")
            return (half / name).replace(place.path / "studies" / name)
        finally:
            shutil.rmtree(half, ignore_errors=True)

    def drop_study(self, place: Place) -> None:
        """Take the study away, and leave what was brought."""
        shutil.rmtree(place.path / "studies", ignore_errors=True)

    def forget(self, place: Place) -> None:
        """Take everything away that one browser has brought."""
        shutil.rmtree(place.path, ignore_errors=True)

    def tidy(self) -> None:
        """Take away what has lain for too long, and what was left half written."""
        now = self._clock()
        for one in _inside(self.root):
            until = Place(one).until
            if until is None or until < now:
                if until is not None or now - _age(one) > HALF_WRITTEN:
                    shutil.rmtree(one, ignore_errors=True)
                continue
            for half in (*_inside(one), *_inside(one / "files")):
                if half.name.startswith(INCOMING) and now - _age(half) > HALF_WRITTEN:
                    _remove(half)


def file_name(name: str) -> str:
    """The name under which a file is kept: its last part, without what no name needs.

    >>> file_name("../../etc/passwd.csv"), file_name("C:/Data/export (1).xlsx"), file_name("..")
    ('passwd.csv', 'export (1).xlsx', 'table.txt')
    """
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    last = _NAME.sub("_", last).strip(" .")
    stem, dot, suffix = last.rpartition(".")
    if not dot or not stem.strip(" ._"):
        stem, suffix = (last if not dot else suffix).strip(" ._") or "table", "txt"
    kept = f"{stem[:80]}.{suffix[:12]}"
    return f"table-{kept}" if kept.lower() == "study.toml" else kept


def new_held(folder: Path | None = None) -> Held:
    """A place of its own for what browsers bring, which goes when this process ends.

    Nothing is written before something is brought. The name cannot be guessed, so that nobody else
    can make a folder of that name first.

    What was left by processes that are gone, because they could not end, is taken away.

    Parameters
    ----------
    folder : Path or None
        Where temporary files lie; the system's folder for them by default.
    """
    base = folder or _temporary()
    for one in base.glob(f"{PREFIX}*"):
        pid = one.name.removeprefix(PREFIX).partition("-")[0]
        # One of this very number is of an earlier process: this one has made nothing yet.
        gone = pid.isdigit() and (int(pid) == os.getpid() or not _runs(int(pid)))
        if gone and _mine(one):
            shutil.rmtree(one, ignore_errors=True)
    root = base / f"{PREFIX}{os.getpid()}-{secrets.token_hex(8)}"
    owner = os.getpid()

    def empty() -> None:
        # The processes of a server inherit this; only the one that made the folder takes it away.
        if os.getpid() == owner:
            shutil.rmtree(root, ignore_errors=True)

    atexit.register(empty)
    return Held(root)


def _temporary() -> Path:
    """The system's folder for temporary files; who brings something is told if there is none."""
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return Path("/tmp")


def _refused(name: str, fault: str, fix: str) -> StudyError:
    return StudyError([Problem(name, fault, fix)])


def _inside(folder: Path) -> list[Path]:
    """What lies in a folder, in the order of names; another process may take it away meanwhile."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _size_of_all(folder: Path) -> int:
    """The bytes of all files below a folder, whatever comes and goes while they are counted."""
    # `rglob` raises for a folder that another browser's request has just taken away.
    return sum(_size(Path(within) / name) for within, _, names in os.walk(folder) for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _mine(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.getuid()
    except OSError:
        return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
