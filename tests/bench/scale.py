"""Every page, the loading and the memory of a worker, from a thousand patients to a million.

``python -m tests.bench.scale`` prints the section; sizes may be named: ``… scale 1000 10000``.
"""

from __future__ import annotations

import http.client
import json
import math
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import app as application
from callbacks.pages import PAGES
from settings import Settings
from tests.bench import start, works
from tests.bench.cohorts import cohort
from tests.bench.large import write_study
from tests.bench.timing import timed
from tests.fuzz.test_pages import page_body

SIZES = (1_000, 10_000, 100_000, 1_000_000)
KINDS = ("csv", "parquet")
GOALS = {10_000: 0.1, 100_000: 0.4, 1_000_000: 2.5}
MOST_EVENTS = 500_000
# Views that nobody has asked for; the first of a page also sorts its times.
FILTERS = ("v0=l0", "v1=l0", "v2=l0", "v3=l0")
WITNESS = {
    "Two curves and log-rank test in lifelines": works.curves_in_lifelines,
    "One Cox regression in lifelines": works.regression_in_lifelines,
}
LONGEST = 60.0


@dataclass
class Size:
    """What was measured of one size; seconds and MB.

    Attributes
    ----------
    pages : dict from label to seconds
    ready : dict from kind of file to seconds
    memory : float
        Of a worker after all pages.
    witness : dict from label to seconds
    """

    pages: dict[str, float] = field(default_factory=dict)
    ready: dict[str, float] = field(default_factory=dict)
    memory: float = math.nan
    witness: dict[str, float] = field(default_factory=dict)


def measure(sizes=SIZES) -> dict[int, Size]:
    """All sizes, one after the other."""
    app = application.create_app(Settings())
    found = {}
    for n in sizes:
        print(f"{n:,} patients …", file=sys.stderr, flush=True)
        found[n] = size = Size()
        for kind in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                write_study(Path(folder), n, kind, events=min(5 * n, MOST_EVENTS))
                begin = time.perf_counter()
                study = f"large-{n}-{kind}"
                with start.server(Path(folder)) as (port, process):
                    _wait_for(port, study)
                    size.ready[kind] = time.perf_counter() - begin
                    if kind == KINDS[-1]:
                        start.until_rested(process.pid)
                        size.pages = {one.label: _page(app, port, one.id, study) for one in PAGES}
                        size.memory = max(start.memory_of_workers(process.pid))
        for label, work in WITNESS.items():
            # Tenfold patients take tenfold time at least.
            before = found.get(n // 10, Size()).witness.get(label, 0.0)
            if 10 * before < LONGEST:
                size.witness[label] = timed(work(cohort(n)))()
    return found


def _wait_for(port: int, study: str) -> None:
    """Wait until a study is shown: a server that is ready may still be reading it."""
    last = time.monotonic() + start.LONGEST_START
    status = 0
    while status != 200:
        assert time.monotonic() < last, f"{study} is not shown: {status}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", f"/words/survival?study={study}")
        status = connection.getresponse().status
        connection.close()
        time.sleep(0.05)


def _page(app, port: int, page: str, study: str) -> float:
    """Median seconds of views of a page that were not asked for before."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    times = []
    for one in FILTERS:
        data = {"search": f"?study={study}&{one}", "theme": "light", "screen": "standard"}
        asked = json.dumps(page_body(app, page, data))
        begin = time.perf_counter()
        connection.request(
            "POST", "/_dash-update-component", asked, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        text = answer.read()
        times.append(time.perf_counter() - begin)
        assert answer.status == 200, f"{page}: {answer.status} {text[:200]}"
    connection.close()
    return statistics.median(times[1:])


def section(found: dict[int, Size]) -> list[str]:
    """The part of the page about large studies."""
    sizes = list(found)
    rows = [
        _row(label, {n: one.pages[label] for n, one in found.items()}, _goals(sizes))
        for label in found[sizes[0]].pages
    ]
    for kind in KINDS:
        goal = "10 s" if kind == "parquet" else ""
        ready = {n: one.ready[kind] for n, one in found.items()}
        rows.append(_row(f"Shown after the start, {kind.upper()}", ready, goal))
    rows += [
        _row(label, {n: one.witness.get(label, math.nan) for n, one in found.items()}, "")
        for label in WITNESS
    ]
    memory = [f"{one.memory:,.0f} MB" for one in found.values()]
    rows.append(["Memory of a worker", *memory, "", "1.5 GB"])
    header = ["", *(f"{n:,}" for n in sizes), "growth", "goal"]
    lines = ["| " + " | ".join(row) + " |" for row in (header, *rows)]
    lines.insert(1, "|" + "---|" * len(header))
    return ["## Large studies: every page, uncached", "", *lines]


def _goals(sizes) -> str:
    return ", ".join(_time(GOALS[n]) for n in sizes if n in GOALS)


def _row(label: str, times: dict[int, float], goal: str) -> list[str]:
    known = [(n, took) for n, took in times.items() if took == took]
    growth = ""
    if len(known) > 1 and len(known) == len(times):
        (n, one), (more, other) = known[-2:]
        growth = f"{math.log(other / one) / math.log(more / n):.2f}"
    cells = [_time(took) if took == took else "more than a minute" for took in times.values()]
    return [label, *cells, growth, goal]


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


if __name__ == "__main__":
    print("\n".join(section(measure(tuple(map(int, sys.argv[1:])) or SIZES))))
