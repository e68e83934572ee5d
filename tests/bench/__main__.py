"""Measure everything, print the page and save it as ``docs/benchmark.md``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import callback, clicks, pages, scale, slides, start, warehouse, works
from tests.bench.cohorts import Cohort, cohort
from tests.bench.machine import describe
from tests.bench.memory import peaks
from tests.bench.r import R, save
from tests.bench.report import OURS, SIZES, TITLES, page
from tests.bench.timing import take_turns, timed

PAGE = Path(__file__).parents[2] / "docs" / "benchmark.md"
SECONDS = {34: 4, 177: 8, 10_000: 8, 1_000_000: 8}
MINUTES = "left out: more than a minute for one run"
NO_TEST = "left out: has no such test"
LEFT_OUT = {
    ("screen", 1_000_000, "lifelines"): MINUTES,
    ("screen", 1_000_000, "R"): MINUTES,
    **{("permutations", n, name): NO_TEST for n in SIZES for name in ("lifelines", "R")},
}
MEMORY = {
    "Kaplan–Meier and log-rank test": "curves_from_raw_times",
    "Kaplan–Meier and log-rank test in lifelines": "curves_in_lifelines",
    "Screen, 3 endpoints": "screen",
    "Cox regression": "regression",
    "Cox regression in lifelines": "regression_in_lifelines",
}


def contenders(work: str, data: Cohort, n: int, r: R, file: Path) -> dict:
    """Who does this work at this size."""
    wanted = {OURS: lambda: timed(getattr(works, work)(data))}
    if work == "curves":
        wanted["raw times"] = lambda: timed(works.curves_from_raw_times(data))
    wanted["lifelines"] = lambda: timed(getattr(works, f"{work}_in_lifelines")(data))
    if r.version:
        wanted["R"] = lambda: r.contender(work, file, n)
    return {name: make() for name, make in wanted.items() if (work, n, name) not in LEFT_OUT}


def measure_all(r: R) -> dict:
    """Times by work and size."""
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        for n in SIZES:
            data, file = cohort(n), Path(folder) / f"{n}.bin"
            if n == 177:
                works.check(data)
            if r.version:
                save(data, file)
            for work in TITLES:
                chosen = contenders(work, data, n, r, file)
                if chosen:
                    print(f"{TITLES[work]}, {n:,} patients …", file=sys.stderr, flush=True)
                    times[work, n] = take_turns(chosen, SECONDS[n])
            file.unlink(missing_ok=True)
    return times


def main():
    r = R()
    try:
        times = measure_all(r)
    finally:
        r.close()
    print("Memory and callbacks …", file=sys.stderr, flush=True)
    memory = peaks(MEMORY, SIZES[-1])
    callbacks = callback.measure(seconds=5)
    by_page = pages.measure(seconds=2)
    by_click = clicks.measure()
    by_key = slides.measure()
    print("Start, memory and transfer …", file=sys.stderr, flush=True)
    machine, started = describe(r.version), start.measure()
    print("Large studies …", file=sys.stderr, flush=True)
    sizes = scale.measure()
    large = scale.section(sizes)
    large += ["", *warehouse.section(warehouse.measure(warehouse.sizes()), sizes)]
    by_hand = by_click, by_key
    text = page(machine, times, LEFT_OUT, memory, callbacks, by_page, *by_hand, started, large)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
