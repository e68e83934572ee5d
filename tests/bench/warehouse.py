"""Counts of millions of patients in Parquet, by DuckDB: a view of curves, all subgroups.

    python -m tests.bench.warehouse 1 10 100

Processor time and seconds of one answer that is not remembered, beside the goals.
"""

from __future__ import annotations

import os
import shutil
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
# Bytes for the files of 100 million patients, and those beside them while they are written.
ROOM = 30 * 10**9
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


def sizes() -> list[int]:
    """Millions that are measured; the largest where `BENCH_LARGEST` is set and there is room."""
    wanted = [1, 10]
    if not os.environ.get("BENCH_LARGEST"):
        _say("100 million patients are left out: BENCH_LARGEST is not set")
    elif shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
        _say(f"100 million patients are left out: less than {ROOM // 10**9} GB are free")
    else:
        wanted.append(100)
    return wanted


def measure(millions: list[int]) -> dict[int, list[tuple[str, float, float, float]]]:
    """What `rows` gives, by millions of patients."""
    found = {}
    for size in millions:
        _say(f"{size} million patients in Parquet …")
        with tempfile.TemporaryDirectory() as folder:
            found[size] = list(rows(size, Path(folder)))
    return found


def section(found: dict[int, list[tuple[str, float, float, float]]], large: dict) -> list[str]:
    """The part of the page about patients in a database.

    Parameters
    ----------
    large : dict
        What `scale.measure` gives: the same pages with the patients in memory.
    """
    lines = [
        "## Patients in a database: Parquet by DuckDB, uncached",
        "",
        "| patients | page | here | of processors | goal | another study of as many, in memory |",
        "|---|---|---|---|---|---|",
    ]
    for size, views in found.items():
        beside = large.get(size * MILLION)
        for page, took, processor, goal in views:
            memory = beside.pages.get(_BY_ID[page].page.label) if beside else None
            told = "–" if memory is None else f"{memory:.2f} s"
            lines.append(
                f"| {size * MILLION:,} | {_BY_ID[page].page.label} | {took:.2f} s "
                f"| {processor:.2f} s | ≤ {goal:g} s | {told} |"
            )
    return [
        *lines,
        "",
        "lifelines needs all patients in memory, and is measured above up to 1,000,000 of them.",
    ]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(millions: list[int]) -> None:
    """Print the section."""
    print("\n".join(section(measure(millions), {})))


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or sizes())
