"""Peak memory of works, each in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.bench import works
from tests.bench.cohorts import Cohort, cohort


def peaks(named_works: Mapping[str, str], n: int) -> dict[str, tuple[float, float]]:
    """Peak of each process in MB, before the work with the data in memory, and after it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cohort.npz"
        # Read from a file, because drawing patients needs more memory than having them.
        np.savez(file, **vars(cohort(n)))
        return {title: _peak(work, file) for title, work in named_works.items()}


def _peak(work: str, file: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.bench.memory", work, str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = map(float, answer.stdout.split())
    return before, after


def _so_far() -> float:
    """Largest resident size of this program in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count the program that started this one
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024 / (1024 if sys.platform == "darwin" else 1)


def main():
    work, file = sys.argv[1:]
    getattr(works, work)(cohort(100))()  # imports what the work imports
    with np.load(file) as parts:
        data = Cohort(**parts)
    run = getattr(works, work)(data)
    before = _so_far()
    run()
    print(before, _so_far())


if __name__ == "__main__":
    main()
