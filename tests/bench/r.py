"""R's `survival` as a contender: one process that answers with its own times."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np

from tests.bench.cohorts import Cohort
from tests.bench.timing import Contender


class R:
    """A running R; `version` is empty where R or its package `survival` is missing."""

    def __init__(self):
        self.version, self._process = "", None
        program = shutil.which("Rscript")
        if program is None:
            return
        script = Path(__file__).with_name("worker.R")
        self._process = subprocess.Popen(
            [program, "--vanilla", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.version = self._process.stdout.readline().strip()

    def contender(self, work: str, file: Path, n: int) -> Contender:
        """One of the works of worker.R on a file written by `save`."""

        def run() -> float:
            self._process.stdin.write(f"{work} {file} {n}\n")
            self._process.stdin.flush()
            return float(self._process.stdout.readline())

        return run

    def close(self):
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(timeout=60)


def save(data: Cohort, file: Path) -> None:
    """Write a cohort column by column for `read_cohort` of worker.R."""
    parts = (data.time, data.event, data.group[None, :], data.codes, data.covariates.T)
    with file.open("wb") as out:
        for part in parts:
            np.ascontiguousarray(part, dtype="<f8").tofile(out)
