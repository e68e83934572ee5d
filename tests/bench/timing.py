"""Contenders take turns, so that a slow minute of the machine is slow for all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# A contender returns the seconds that one run took by its own clock.
Contender = Callable[[], float]
LONG = 5.0
MOST_TURNS = 40


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs: median, extremes and how many there were."""

    median: float
    low: float
    high: float
    runs: int


def timed(work: Callable[[], object]) -> Contender:
    """A contender in this process."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def take_turns(contenders: Mapping[str, Contender], seconds: float) -> dict[str, Timing]:
    """Run the contenders in turns for about this long.

    The first run of each warms up and counts only if it took longer than 5 seconds; one that took
    twice as long is not repeated. What takes less than 20 milliseconds runs several times in a
    turn, at most 20 times.
    """
    times: dict[str, list[float]] = {name: [] for name in contenders}
    first = {name: run() for name, run in contenders.items()}
    for name, took in first.items():
        if took > LONG:
            times[name].append(took)
    again = {name: run() if first[name] < 0.1 else first[name] for name, run in contenders.items()}
    repeats = {name: max(1, min(20, int(0.02 / took))) for name, took in again.items()}
    start = time.perf_counter()
    for turn in range(MOST_TURNS):
        if turn >= 2 and time.perf_counter() - start > seconds:
            break
        gc.collect()
        for name, run in contenders.items():
            if first[name] <= LONG or (turn == 0 and first[name] <= 2 * LONG):
                times[name] += [run() for _ in range(repeats[name])]
    return {
        name: Timing(statistics.median(runs), min(runs), max(runs), len(runs))
        for name, runs in times.items()
    }
