"""Build the image as the Dockerfile says, run it as an engine would, and say what happened.

    python -m tests.image

No engine's daemon is needed: buildah builds, and the image's own command runs apart, without a
network, on a disk that cannot be written. The base image is the one that PYTHON_IMAGE names, or the
Dockerfile's own; where no registry gives it, Debian's Python in its place.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.image.built import Built, built
from tests.image.dockerfile import UID
from tests.image.started import faults, started

# Above the base image.
LARGEST = 400_000_000


def main() -> int:
    if os.geteuid() != 0:
        print("make image-test needs root: it builds and mounts a disk.")
        return 2
    with (
        tempfile.TemporaryDirectory(prefix="hcc-image-", dir="/var/tmp") as folder,
        built(Path(folder), os.environ.get("PYTHON_IMAGE", "")) as image,
    ):
        said = started(Path(folder) / "visit", image)
    print(f"Base image: {image.base}")
    print(report(image, said))
    wrong = faults(said)
    if image.size > LARGEST:
        wrong.append(f"The image has {image.size / 1e6:.0f} MB above its base.")
    for one in wrong:
        print(f"WRONG: {one}")
    return int(bool(wrong))


def report(image: Built, said: dict) -> str:
    """What was found, in a few lines."""
    answers = said.get("answers", [])
    return "\n".join(
        [
            f"Above the base: {image.size / 1e6:.0f} MB (at most {LARGEST / 1e6:.0f}), of which "
            f"libraries {image.libraries / 1e6:.0f} MB",
            f"Ready after {said['ready']:.1f} s; its health check says so",
            f"User {said['uid']} (wanted {UID}); a way out of the machine: {said['network']}",
            f"{len(answers)} requests answered; written: {said.get('written', [])}",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
