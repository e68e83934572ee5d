"""Run the load test, print the page and save it as ``docs/load.md``.

``LOAD_SECONDS`` (120) is how long the main run takes, ``LOAD_READERS`` (50) how many there are.
``python -m tests.load trial`` prints and does not save.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.load.report import page
from tests.load.scenes import run_all

PAGE = Path(__file__).parents[2] / "docs" / "load.md"


def main() -> int:
    seconds = float(os.environ.get("LOAD_SECONDS", "120"))
    readers = int(os.environ.get("LOAD_READERS", "50"))
    scenes = run_all(readers, seconds)
    text = page(scenes, readers)
    if "trial" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return int(any(scene.failed for scene in scenes))


if __name__ == "__main__":
    sys.exit(main())
