"""The load test as a page of Markdown."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from datetime import date

from tests.bench.machine import describe
from tests.load.reader import SOUND, Request
from tests.load.scenes import Scene

MOST_GROWTH = 1.10
HOW = """\
## How

- gunicorn as in production (two workers with 24 threads each), over the loopback interface. The
  readers are a program on the same machine; what it used of the processor stands beside.
- Each reader opens the dashboard, then clicks once a second, which is faster than anybody reads
  and shows what the server can bear; or *at people's pace*, where the time between two clicks is
  drawn from an exponential distribution with a mean of 7 seconds, at most 70, as the benchmark
  TPC-W lets buyers of a web shop think. A click: a filter, the split, the endpoint or
  an option is changed or taken off; one click in ten goes to another page, one in thirty to another
  study. What the pages offer is read off the pages, so all of them are visited. Nothing is
  remembered at the start; who takes a filter off comes back to a view that was computed before.
- As in a browser, a click asks once, over a kept connection, and says what is on the screen
  already. Who still waits for an answer does not click.
- A request is an error if its answer is not 200 or 204, or does not come within 30 seconds. Of a
  killed worker those that it was answering are counted apart.
- *The one who asks for the costliest page* has a connection beside the readers and asks for another
  view of Subgroups as soon as one is there: about a core for one person. What the cores did for
  that one is in the sum, and in what a click costs.
- The readers come when the workers show the study and rest; what they load after the start is
  measured in docs/benchmark.md.
- *Nothing can be written*: no file of the server may have a single byte, and the folder for
  temporary files does not exist.
- *Memory* is that of the parent and both workers; what they share counts once.
"""


def page(scenes: list[Scene], readers: int) -> str:
    """The whole page."""
    plain = scenes[0]
    lines = [
        "# Load",
        "",
        f"Written by `make load` on {date.today().isoformat()}: {readers} readers.",
        "",
        *[f"- {line}" for line in describe("") if not line.startswith("R:")],
        "",
        *_scenes(scenes),
        "",
        f"## {plain.title}, by what is asked",
        "",
        *_by_name(plain),
        "",
        *[f"- {line}" for line in _goals(scenes)],
        "",
    ]
    return "\n".join([*lines, HOW])


def _scenes(scenes: list[Scene]) -> list[str]:
    header = [
        "run",
        "seconds",
        "requests/s",
        "median",
        "95 of 100",
        "slowest",
        "errors",
        "late clicks",
        "server's cores",
        "readers' cores",
        "memory: start, warm, end",
    ]
    rows = []
    for scene in scenes:
        times = _times(scene.results.requests)
        errors = f"{scene.failed}"
        errors += f" and {scene.in_flight} in flight" if scene.in_flight else ""
        clicks = len(scene.results.clicks)
        rows.append(
            [
                scene.title,
                f"{scene.seconds:.0f}",
                f"{len(times) / scene.seconds:.0f}",
                _ms(_quantile(times, 0.5)),
                _ms(_quantile(times, 0.95)),
                _ms(times[-1]),
                errors,
                f"{scene.results.late} of {clicks}",
                f"{scene.server / scene.seconds:.2f}",
                f"{scene.client / scene.seconds:.2f}",
                ", ".join(f"{one:.0f}" for one in scene.memory) + " MB",
            ]
        )
    said = [_demand(scene) for scene in scenes if scene.goal is not None]
    said += [f"{scene.title}: {text}" for scene in scenes for text in scene.said]
    return [*_markdown(header, rows), *(["", *[f"- {text}" for text in said]] if said else [])]


def _by_name(scene: Scene) -> list[str]:
    by_name: dict[str, list[Request]] = {}
    for one in scene.results.requests:
        by_name.setdefault(one.name, []).append(one)
    rows = []
    for name, requests in by_name.items():
        times = _times(requests)
        size = sum(one.size for one in requests) / len(requests)
        rows.append([name, *_spread(times), f"{size / 1000:.0f} kB"])
    clicks = sorted(ended - began for began, ended in scene.results.clicks)
    rows.append(["a whole click", *_spread(clicks), ""])
    return _markdown(["request", "how many", "median", "95 of 100", "slowest", "size"], rows)


def _spread(times: list[float]) -> list[str]:
    slow = _quantile(times, 0.95)
    return [str(len(times)), _ms(_quantile(times, 0.5)), _ms(slow), _ms(times[-1])]


def _goals(scenes: list[Scene]) -> list[str]:
    failed = sum(scene.failed for scene in scenes)
    _, warm, end = scenes[0].memory
    return [
        f"No errors: {'reached' if not failed else f'missed, {failed}'}.",
        *(_speed(scene) for scene in scenes if scene.goal is not None),
        f"Memory at the end within {MOST_GROWTH - 1:.0%} of that after the first third: "
        f"{'reached' if end <= warm * MOST_GROWTH else 'missed'}, {end / warm - 1:+.0%}.",
    ]


def _speed(scene: Scene) -> str:
    slow = _quantile(_times(scene.results.requests), 0.95)
    if scene.goal == math.inf:
        return f"{scene.title}: 95 of 100 requests within {_ms(slow)}; there is no goal."
    reached = "reached" if slow <= scene.goal else "missed"
    return f"{scene.title}: 95 of 100 requests within {_ms(scene.goal)}: {reached}, {_ms(slow)}."


def _demand(scene: Scene) -> str:
    """What readers wanted and what a click costs: whether the cores can suffice at all."""
    clicks, cores = len(scene.results.clicks), scene.server / scene.seconds
    each = 1000 * scene.server / max(clicks, 1)
    return (
        f"{scene.title}: {clicks / scene.seconds:.1f} clicks a second, each {each:.0f} ms of a "
        f"core; {cores:.2f} of {os.cpu_count()} cores in all."
    )


def _times(requests: Iterable[Request]) -> list[float]:
    return sorted(one.ended - one.began for one in requests if one.status in SOUND) or [math.nan]


def _quantile(times: list[float], share: float) -> float:
    """The shortest time within which this share of the answers came."""
    return times[max(0, math.ceil(share * len(times)) - 1)]


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def _markdown(header: list[str], rows: list[list[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|" + "---|" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
