"""The Dockerfile and .dockerignore, read: what the image holds, and how it is run."""

from __future__ import annotations

import json
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
UID = 10001


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), continued lines joined, without comments."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def last_stage() -> list[tuple[str, str]]:
    """The instructions that make the image itself."""
    every = instructions()
    start = max(i for i, (name, _) in enumerate(every) if name == "FROM")
    return every[start:]


def only(name: str) -> str:
    (rest,) = (rest for found, rest in last_stage() if found == name)
    return rest


def environment() -> dict[str, str]:
    return dict(part.split("=", 1) for part in shlex.split(only("ENV")))


def health_check() -> list[str]:
    return json.loads(only("HEALTHCHECK").partition("CMD")[2])


def is_ignored(path: Path) -> bool:
    """Whether .dockerignore keeps a file from the builder: the last line that fits decides."""
    names = [str(part) for part in (path, *path.parents)][:-1]
    ignored = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        keeps, pattern = pattern.startswith("!"), pattern.lstrip("!")
        if any(_fits(name, pattern) for name in names):
            ignored = not keeps
    return ignored


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return any(_fits(tail, pattern[3:]) for tail in _tails(name))
    parts, wanted = name.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch, parts, wanted))


def _tails(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[i:]) for i in range(len(parts))]


def copied() -> list[Path]:
    """The files of the project that are in the image, relative to its folder."""
    sources = [
        word
        for name, rest in last_stage()
        if name == "COPY" and not rest.startswith("--from")
        for word in rest.split()[:-1]
    ]
    found = []
    for source in sources:
        path = ROOT / source
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        assert files, f"The Dockerfile copies {source}, which is not there."
        found += [file.relative_to(ROOT) for file in files]
    return [path for path in found if not is_ignored(path)]


def taken_away() -> tuple[list[str], list[str]]:
    """What the image lacks of the locked libraries.

    Returns
    -------
    tuple of (names of libraries, patterns)
        Libraries that are uninstalled; parts of others that are deleted, as ``plotly/express``.
    """
    runs = " ".join(rest for name, rest in instructions() if name == "RUN")
    (names,) = re.findall(r"pip uninstall ([^&]+)", runs)
    (parts,) = re.findall(r"&& rm -r ([^&]+)", runs)
    libraries = [name for name in names.split() if not name.startswith("-")]
    return libraries, parts.split()


def stand_ins() -> list[str]:
    """Empty files of the image in place of a library that is asked for and not needed."""
    runs = " ".join(rest for name, rest in instructions() if name == "RUN")
    (files,) = re.findall(r"&& touch ([^&]+)", runs)
    return files.split()
