"""What the long checks of the twenty reconstructions found, and from what they found it.

The search of one data set and the comparison of all twenty with the print take a minute and give
the same on every run, as long as nothing that they read or call changes. So ``remembered.json``
keeps what they found together with a fingerprint of all of that. Where the fingerprint is another,
the checks run in full. ``make reconstruct`` searches anew and renews the file; so does
``python -m tests.data.reconstruction.remembered``, without the search of the other nineteen.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from data.reconstruction.soramic.evaluate import evaluate
from data.reconstruction.soramic.files import PATIENTS, RECONSTRUCTIONS, read_reconstructions
from data.reconstruction.soramic.rows import as_csv
from data.reconstruction.soramic.search import SEEDS, reconstruct
from data.reconstruction.soramic.targets import CELLS, STUDY

ROOT = Path(__file__).parents[3]
FILE = Path(__file__).with_name("remembered.json")
LIBRARIES = ("numpy", "numba", "scipy")
# Published cells that no data set of these patients meets, and why.
UNREACHABLE = {
    ("Table 1", "Diffuse disease", "≥10 lesion", "Overall", "n"): "the arms are 39 + 54 = 93",
    ("Table 1", "Diffuse disease", "≥10 lesion", "Overall", "%"): "the arms are 39 + 54 = 93",
    ("Table 1", "ALBI-grade", "2", "Overall", "%"): "82 of 104, not of 177",
    ("Table 1", "ALBI-grade", "Missing", "Overall", "%"): "4 of 104, not of 177",
    ("Table 1", "AFP", ">400", "Between arms", "p"): "23 of 73 and 32 of 104 give 0.917",
    ("Table 2", "Disease control", "yes", "RE + sorafenib", "%"): "61 of 77, not of 73",
    ("Table 3", "Treatment arm", "sorafenib", "Multivariable", "lower 95 %"): "excludes its p",
    ("Table 3", "Child-Pugh", "B", "Multivariable", "hazard ratio"): "excludes its univariable",
    ("Table 3", "Child-Pugh", "B", "Multivariable", "lower 95 %"): "belongs to that ratio",
    ("Table 3", "Child-Pugh", "B", "Multivariable", "upper 95 %"): "belongs to that ratio",
    ("Text", "Disease control rate", "", "RE + sorafenib", "%"): "61 of 77, not of 73",
    ("Text", "Objective response rate", "", "RE + sorafenib", "upper 95 %"): "45 of 73 give 72.8",
}


def inputs() -> list[Path]:
    """Every file that decides what the long checks find: program, print, results, this file."""
    program = (ROOT / "data" / "reconstruction").rglob("*.py")
    made = (STUDY / PATIENTS, STUDY / RECONSTRUCTIONS)
    return sorted([*program, CELLS, *made, Path(__file__)])


def versions() -> dict[str, str]:
    """Versions of what computes: Python, the machine's kind and the libraries."""
    python = ".".join(platform.python_version_tuple()[:2])
    found = {"python": python, "machine": platform.machine()}
    return found | {name: version(name) for name in LIBRARIES}


def fingerprint(files: Mapping[str, bytes], libraries: Mapping[str, str]) -> str:
    """One text that is another as soon as a name, a byte of a file or a version is another."""
    kept = hashlib.sha256(json.dumps(libraries, sort_keys=True).encode())
    for name, content in sorted(files.items()):
        kept.update(f"\n{name} {len(content)} ".encode())
        kept.update(hashlib.sha256(content).digest())
    return kept.hexdigest()


def contents() -> dict[str, bytes]:
    """The inputs' bytes by their path in the project."""
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in inputs()}


def remembered() -> dict | None:
    """What was found from exactly these inputs, or None."""
    kept = json.loads(FILE.read_text("utf-8"))
    return kept if kept["inputs"] == fingerprint(contents(), versions()) else None


def exact_cells(rows: list[dict[str, str]]) -> int:
    """How many published cells come out as printed; AssertionError if others than can be do not."""
    cells = evaluate(rows)
    assert {cell.name for cell in cells if not cell.exact} <= set(UNREACHABLE)
    return sum(cell.exact for cell in cells)


def assert_made_again() -> None:
    """Search with the shipped data set's seed: the file comes out byte by byte."""
    made = as_csv(reconstruct(SEEDS[0], lambda text: None))
    assert made == (STUDY / PATIENTS).read_text("utf-8")


def renew() -> None:
    """Run the long checks and keep what they found; an AssertionError keeps the old."""
    assert_made_again()
    exact = [exact_cells(rows) for rows in read_reconstructions(STUDY)]
    kept = {"inputs": fingerprint(contents(), versions()), "exact": exact}
    FILE.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    print(f"{FILE.relative_to(ROOT)}: {len(exact)} data sets, {min(exact)} cells exact or more")


if __name__ == "__main__":
    renew()
