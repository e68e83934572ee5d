"""A program run as an engine would run the image, with what the system itself offers."""

from __future__ import annotations

import functools
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.image.dockerfile import ROOT, UID

# Before a shell script: its own disks, network and processes, which end with it.
APART = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c"]


@functools.cache
def isolation() -> str:
    """Empty if this machine lets a test take privileges away, otherwise why it does not."""
    if os.geteuid() != 0:
        return "the tests do not run as root"
    missing = [tool for tool in ("unshare", "setpriv", "mount", "ip") if not shutil.which(tool)]
    if missing:
        return f"{', '.join(missing)} not found"
    done = subprocess.run(
        ["unshare", "-m", "-n", "--pid", "--fork", "sh", "-c", "mount -o remount,bind,ro /"],
        capture_output=True,
        text=True,
    )
    return done.stderr.strip() if done.returncode else ""


def as_nobody(user: object = UID, group: object = UID) -> str:
    """Before a program: who it is, without a capability, and that it may become nobody else."""
    return (
        f"setpriv --reuid {user} --regid {group} --clear-groups --inh-caps=-all "
        "--bounding-set=-all --no-new-privs env -i"
    )


def closed(path: Path) -> Path | None:
    """The uppermost folder on the way to a path that other users may not pass."""
    for folder in [*reversed(path.parents), path]:
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def closed_room(stage: Path) -> str:
    """A shell script: the tree alone, on a disk that cannot be written, without a network.

    Python and its libraries are kept where they are; the project's folder and any closed folder
    above Python (a home of root) are emptied for the program.
    """
    keep = sorted({Path(sys.prefix), Path(sys.base_prefix)})
    empty = sorted({ROOT, *(folder for path in keep if (folder := closed(path)))})
    empty = [one for one in empty if not any(other in one.parents for other in empty)]
    lines = [
        "set -e",
        "ip link set lo up",
        "mount -t tmpfs -o mode=755 t /mnt",
        "mkdir /mnt/app /mnt/studies /mnt/visit",
    ]
    for name in ("app", "studies", "visit"):
        lines += [f"mount --bind {shlex.quote(str(stage / name))} /mnt/{name}"]
    lines += [
        f"mkdir /mnt/{i} && mount --bind {shlex.quote(str(path))} /mnt/{i}"
        for i, path in enumerate(keep)
    ]
    lines += [f"mount -t tmpfs -o mode=755 t {shlex.quote(str(path))}" for path in empty]
    for i, path in enumerate(keep):
        if any(one in path.parents for one in empty):
            place = shlex.quote(str(path))
            lines += [f"mkdir -p {place} && mount --bind /mnt/{i} {place}"]
    lines += [
        *(f"mount -o remount,bind,ro /mnt/{name}" for name in ("app", "studies", "visit")),
        *(f"mount -o remount,bind,ro {shlex.quote(str(path))}" for path in (*empty, "/mnt", "/")),
        "mount -t tmpfs -o size=16m,mode=1777,noexec,nosuid,nodev t /tmp",
        # A project that lies in /tmp has its Python there; the program may not lose it.
        *(
            f"mkdir -p {shlex.quote(str(path))} && mount --bind /mnt/{i} {shlex.quote(str(path))}"
            for i, path in enumerate(keep)
            if Path("/tmp") in path.parents
        ),
        "mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev t /dev/shm",
        "cd /",
        f"exec {as_nobody()} {shlex.quote(sys.executable)} -I -B "
        "/mnt/visit/visit.py /mnt/visit/plan.json",
    ]
    return "\n".join(lines)
