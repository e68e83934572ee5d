"""The image built from the Dockerfile by buildah, and its disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.image.dockerfile import ROOT, instructions

OURS = "localhost/hcc-cohort-explorer"
STAND_IN = "localhost/python-of-debian"
SUITE = "bookworm"
PACKAGES = "python3,python3-venv,ca-certificates"
# How this machine reaches its package index, where it says so.
OF_THE_MACHINE = ("/etc/ssl/certs", "/etc/pip.conf")


@dataclass(frozen=True)
class Built:
    """An image.

    Attributes
    ----------
    base : str
        What it was built on, in words.
    disk : Path
        Its files.
    config : dict
        What it says of how it is run: ``User``, ``Env``, ``Cmd``, ``WorkingDir``, ``Healthcheck``.
    size, libraries : int
        Bytes above the base, and of these the libraries'.
    """

    base: str
    disk: Path
    config: dict
    size: int
    libraries: int


class Buildah:
    """buildah with a store of its own."""

    def __init__(self, store: Path):
        places = ["--root", str(store / "root"), "--runroot", str(store / "run")]
        self._command = ["buildah", "--storage-driver", "vfs", *places]
        self._environ = {**os.environ, "BUILDAH_ISOLATION": "chroot"}

    def __call__(self, *words: str, quiet: bool = True) -> str:
        done = subprocess.run(
            [*self._command, *words], env=self._environ, text=True, capture_output=quiet
        )
        if done.returncode:
            raise RuntimeError(f"buildah {words[0]} failed:\n{done.stderr or ''}")
        return (done.stdout or "").strip()

    def fails(self, *words: str) -> str:
        """Empty if it succeeds, otherwise the last line of what it says."""
        try:
            self(*words)
        except RuntimeError as error:
            return str(error).strip().splitlines()[-1]
        return ""


@contextmanager
def built(folder: Path, python: str) -> Iterator[Built]:
    """The image, built in a folder.

    Parameters
    ----------
    python : str
        The base image; empty for the Dockerfile's own.

    Raises
    ------
    RuntimeError
        If something cannot be built; the text says what buildah said.
    """
    buildah = Buildah(folder)
    wanted = python or dict(
        rest.split("=", 1) for name, rest in instructions() if name == "ARG"
    ).get("PYTHON", "")
    missing = buildah.fails("pull", "--quiet", wanted)
    base, words = wanted, wanted
    if missing:
        base = _stand_in(buildah, folder / "debian")
        words = f"Debian {SUITE}'s own Python in place of {wanted}, which could not be had"
        print(f"{wanted} could not be had ({missing}).", flush=True)
    try:
        volumes = [f"--volume={path}:{path}:ro" for path in OF_THE_MACHINE if Path(path).exists()]
        print("Building …", flush=True)
        buildah(
            *("build", "--quiet", "--format", "docker", "--build-arg", f"PYTHON={base}"),
            *(*volumes, "--tag", OURS, str(ROOT)),
        )
        made = json.loads(buildah("inspect", "--type", "image", OURS))["Docker"]
        disk = Path(buildah("mount", buildah("from", OURS)))
        below = Path(buildah("mount", buildah("from", base)))
        size = _bytes(disk) - _bytes(below)
        yield Built(words, disk, made["config"], size, _bytes(disk / "opt" / "libraries"))
    finally:
        buildah.fails("umount", "--all")
        buildah.fails("rm", "--all")


def _stand_in(buildah: Buildah, folder: Path) -> str:
    """An image with the Python of Debian, called ``python`` as in the base image."""
    print(f"Debian {SUITE} with its Python is put together …", flush=True)
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (folder / "usr" / "bin" / "python").symlink_to("python3")
    container = buildah("from", "scratch")
    disk = buildah("mount", container)
    subprocess.run(["cp", "-a", f"{folder}/.", disk], check=True)
    shutil.rmtree(folder)
    buildah("umount", container)
    buildah("config", "--env", "PATH=/usr/local/bin:/usr/bin:/bin", container)
    buildah("commit", "--quiet", "--rm", container, STAND_IN)
    return STAND_IN


def _bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(
        os.lstat(os.path.join(place, name)).st_size
        for place, _, names in os.walk(folder)
        for name in names
    )
