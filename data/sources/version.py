"""The version of a study: a hash of the files that are read, and of no other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from data.sources.inside import inside

_CHUNK = 2**20


def version(folder: Path, files: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change with the name or the content of any of these files.

    Parameters
    ----------
    folder : Path
        The study's folder.
    files : iterable of str
        Names within the folder, in any order.
    """
    digest = hashlib.sha256()
    for name in sorted(set(files)):
        digest.update(os.fsencode(name) + b"\0")
        with inside(folder, name).open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()[:12]
