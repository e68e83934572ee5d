"""What the product stands on: the locked libraries, and the files of others in ``assets/``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from tests.image.dockerfile import ROOT, taken_away

OWN = "hcc-cohort-explorer (pyproject.toml)"


@dataclass(frozen=True)
class Library:
    """One library of the lock.

    Attributes
    ----------
    hashes : tuple of str
        SHA-256 of each file in which this version is published; pip accepts no other.
    needed_by : tuple of str
        Names of the libraries that need it; empty for what the project itself names.
    named : bool
        Whether the project itself names it.
    in_image : bool
        Whether the image keeps it.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    named: bool
    in_image: bool


@dataclass(frozen=True)
class File:
    """One file of somebody else's that the project holds.

    Attributes
    ----------
    licence, text : str
        SPDX name of its licence; where the text of it stands.
    """

    name: str
    version: str
    place: str
    licence: str
    text: str

    @property
    def sha256(self) -> str:
        """Of what is there now."""
        return hashlib.sha256((ROOT / self.place).read_bytes()).hexdigest()


def locked(text: str | None = None) -> list[Library]:
    """The libraries of ``requirements.lock`` in its order.

    Raises
    ------
    ValueError
        If a line is none that ``make lock`` writes.
    """
    text = (ROOT / "requirements.lock").read_text("utf-8") if text is None else text
    left_out = set(taken_away()[0])
    found = []
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    for block in blocks:
        head = re.match(r"([A-Za-z0-9._-]+)==(\S+) \\\n", block)
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        if not head or not hashes:
            raise ValueError(f"requirements.lock: “{block.splitlines()[0]}” cannot be read.")
        why = re.findall(r"^    # (?:via |  )(\S.*)$", block, re.M)
        whom = tuple(one for one in why if one != OWN)
        name, version = head.groups()
        found.append(Library(name, version, hashes, whom, OWN in why, name not in left_out))
    return found


def vendored() -> list[File]:
    """The files of others in ``assets/``: the drawing library and the typeface."""
    (plotly,) = (ROOT / "assets" / "vendor").glob("plotly-basic-*.min.js")
    version = plotly.name.removeprefix("plotly-basic-").removesuffix(".min.js")
    text = "assets/vendor/LICENSE-plotly.txt"
    found = [File("plotly.js-basic-dist-min", version, _place(plotly), "MIT", text)]
    for font in sorted((ROOT / "assets" / "fonts").glob("*.woff2")):
        text = "assets/fonts/LICENSE-Inter.txt"
        # The name of a font's file has no version.
        found.append(File(f"Inter ({font.stem})", "", _place(font), "OFL-1.1", text))
    return found


def brought_by_dash() -> list[tuple[str, str, Path]]:
    """Name, version and file of the scripts of others that Dash serves as they are."""
    dash = distribution("dash")
    files = [file for file in dash.files or () if file.parts[:2] == ("dash", "deps")]
    named = [(re.fullmatch(r"([\w-]+)@([\d.]+)\.min\.js", file.name), file) for file in files]
    found = [(match[1], match[2], Path(file.locate())) for match, file in named if match]
    return sorted(found)


def licence(name: str) -> str:
    """A library's licence as its authors state it, in one line.

    Raises
    ------
    ValueError
        If the installed library says nothing of it.
    """
    about = distribution(name).metadata
    short = (about.get("License") or "").strip()
    kinds = [one for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    classified = " AND ".join(one.rpartition(" :: ")[2] for one in kinds)
    stated = about.get("License-Expression") or (short if "\n" not in short else "") or classified
    if not stated:
        raise ValueError(f"{name} does not say under which licence it is published.")
    return stated


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
