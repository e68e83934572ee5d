"""Counts of millions of patients in Parquet, by DuckDB: a view of curves, all subgroups.

    python -m tests.bench.warehouse 1 10 100

Processor time and seconds of one answer that is not remembered, beside the goals.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from callbacks.memory import Memory
from callbacks.pages import SERVED
from data.address import read_address
from data.catalog import Catalog
from data.importing.toml import written
from data.load import load_study
from data.study import Study
from data.warehouse.link import close_links
from data.warehouse.sandbox import registry_declaration, write_patients

MILLION = 1_000_000
# Seconds on two cores.
GOALS = {1: (0.1, 1.0), 10: (0.3, 5.0), 100: (3.0, 50.0)}
_BY_ID = {one.page.id: one for one in SERVED}
VIEWS = (("survival", "by=arm"), ("subgroups", ""))


def rows(millions: int, folder: Path) -> Iterator[tuple[str, float, float, float]]:
    """Page, seconds, seconds of both processors, and the goal, of each view."""
    study = made(millions, folder)
    for (page, query), goal in zip(VIEWS, GOALS[millions], strict=True):
        took, processor = timed(study, page, query)
        yield page, took, processor, goal
    close_links()


def made(millions: int, folder: Path) -> Study:
    """The simulated registry of so many patients."""
    write_patients(folder / "tables", millions * MILLION)
    place = folder / "registry"
    place.mkdir(parents=True)
    raw = registry_declaration(millions * MILLION)
    raw["source"] = raw["source"] | {"timeout": 600}
    (place / "study.toml").write_text(written(raw), "utf-8")
    os.environ["REGISTRY_URL"] = f"duckdb://{folder / 'tables'}"
    return load_study(place)


def timed(study: Study, page: str, query: str) -> tuple[float, float]:
    """Seconds, and seconds of both processors, of one view that nobody asked for before."""
    served = _BY_ID[page]
    names = {one.page.id: frozenset(one.page.option_names) for one in SERVED}
    reading = read_address(f"/{page}", f"?study={study.id}&{query}", Catalog((study,)), names)
    options, _ = served.page.read_options(study, reading.view)
    start, processor = time.perf_counter(), time.process_time()
    served.asked_of(study)(Memory((study,)), study, reading.view, options)
    return time.perf_counter() - start, time.process_time() - processor


def main(millions: list[int]) -> None:
    """Print a line for each size and page."""
    for size in millions:
        with tempfile.TemporaryDirectory() as folder:
            for page, took, processor, goal in rows(size, Path(folder)):
                print(
                    f"{size} million, {page}: {took:.2f} s ({processor:.2f} s of processors), "
                    f"goal {goal:g} s",
                    flush=True,
                )


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or list(GOALS))
