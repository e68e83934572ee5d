"""The image's own command, run from its disk as user, without a network and without a right."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path

from app import create_app
from data.catalog import load_catalog
from settings import Settings
from tests.image.asked import requests
from tests.image.built import Built
from tests.image.closed_room import APART, as_nobody
from tests.image.dockerfile import UID
from tests.studies.edges import write_studies

CLOSED = ("/app", "/opt/libraries", "/studies", "/", "/var/tmp", "/home")
OPEN = ("/tmp", "/dev/shm")
DEVICES = ("null", "zero", "random", "urandom")


def started(folder: Path, image: Built) -> dict:
    """What happened to a server of the image: see ``tests/image/visit.py``."""
    studies = write_studies(folder / "studies")
    asked = requests(create_app(Settings(studies_dir=studies)), load_catalog(studies).studies)
    plan = {
        "environ": dict(one.split("=", 1) for one in image.config["Env"]),
        "folder": image.config["WorkingDir"],
        "command": image.config["Cmd"],
        "check": image.config["Healthcheck"]["Test"][1:],
        "requests": asked,
        "read_only": list(CLOSED),
        "writable": list(OPEN),
    }
    (folder / "visit").mkdir()
    shutil.copy(Path(__file__).parent / "visit.py", folder / "visit")
    (folder / "visit" / "plan.json").write_text(json.dumps(plan), "utf-8")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = subprocess.run(
        [*APART, room(image, folder)], capture_output=True, text=True, timeout=600
    )
    folder.chmod(0o755)
    if done.returncode:
        raise RuntimeError(f"The image could not be run:\n{done.stderr}")
    return json.loads(done.stdout)


def room(image: Built, folder: Path) -> str:
    """A shell script: the image's disk and nothing else, which only ``/tmp`` of can be written."""
    disk, beside = shlex.quote(str(image.disk)), shlex.quote(str(folder))
    small = "mode=1777,noexec,nosuid,nodev"
    user, group = image.config["User"].split(":")
    return "\n".join(
        [
            "set -e",
            "ip link set lo up",
            # What engines put into every container.
            f"mount --bind {disk} {disk}",
            f"mount -t proc proc {disk}/proc",
            f"mount -t tmpfs -o mode=755 t {disk}/dev",
            f"mkdir {disk}/dev/shm",
            *(
                f"touch {disk}/dev/{name} && mount --bind /dev/{name} {disk}/dev/{name}"
                for name in DEVICES
            ),
            f"mount -t tmpfs -o size=64m,{small} t {disk}/dev/shm",
            f"mount -t tmpfs -o size=128m,{small} t {disk}/tmp",
            f"mount --bind {beside}/studies {disk}/studies",
            f"mount --bind {beside}/visit {disk}/mnt",
            *(f"mount -o remount,bind,ro {disk}{place}" for place in ("/studies", "/mnt", "/dev")),
            f"mount -o remount,bind,ro {disk}",
            f"exec chroot {disk} {as_nobody(user, group)} "
            "PATH=/opt/libraries/bin:/usr/local/bin:/usr/bin:/bin "
            "python -I -B /mnt/visit.py /mnt/plan.json",
        ]
    )


def faults(said: dict) -> list[str]:
    """What was not as it should be, in sentences."""
    found = []
    log = said["log"].splitlines()
    if len(log) != 2 or said["code"] != 0 or "answers" not in said:
        found.append(f"It did not run quietly and stop: {said['code']}, {said['log']}")
    if said["uid"] != UID:
        found.append(f"It ran as user {said['uid']}.")
    if said["network"]:
        found.append("It had a network.")
    open_places = [place for place, refused in said["refused"].items() if not refused]
    found += [f"{place} could be written." for place in open_places]
    found += [f"{path} was written." for path in said.get("written", [])]
    for one in said.get("answers", []):
        # A study without what a file holds is told so, with status 400.
        allowed = {200, 400} if one["path"].startswith("/download/") else {200}
        if one["status"] not in allowed or one["failed"]:
            found.append(f"{one['path']} answered {one['status']}: {one['text'][:200]}")
    return found
