"""The runs: plain load, a worker that is killed, studies that change, a disk that is full."""

from __future__ import annotations

import asyncio
import json
import math
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import app as application
from data.catalog import Catalog, load_catalog
from settings import Settings
from tests.bench.large import write_study
from tests.fuzz.test_pages import page_body
from tests.load.journeys import journeys
from tests.load.reader import (
    SOUND,
    Connection,
    Request,
    Results,
    everybody,
    hurried,
    posted,
    thinking,
)
from tests.load.server import Server
from tests.studies.edges import PATIENTS, write_studies

FEWER = PATIENTS[: PATIENTS.rindex("P19")]
# The other runs are to show faults, not times.
SHARE_OF_OTHERS = 0.25
SHARE_OF_LARGE = 0.5
# Seconds within which 95 of 100 requests are to be answered.
SLOW, SLOW_IF_LARGE = 0.3, 1.0
# Patients, pace and goal.
LARGE = (
    (100_000, thinking, SLOW_IF_LARGE),
    (1_000_000, thinking, math.inf),
    (100_000, hurried, math.inf),
)
MOST_EVENTS = 500_000
COSTLIEST = "subgroups"
WARM = 1 / 3


@dataclass
class Scene:
    """One run and what came of it.

    Attributes
    ----------
    in_flight : int
        Requests that a killed worker was answering.
    memory : list of float
        MB at the start, after the first third, and at the end.
    server, client : float
        Processor time in seconds of all workers, and of the readers.
    said : list of str
        What else happened.
    goal : float or None
        Seconds within which 95 of 100 requests are to be answered; infinite where the run says
        how long they take, and None where it is there for its faults.
    """

    title: str
    seconds: float
    results: Results
    in_flight: int
    memory: list[float]
    server: float
    client: float
    said: list[str] = field(default_factory=list)
    goal: float | None = None

    @property
    def errors(self) -> list[Request]:
        """Requests without a sound answer."""
        return [one for one in self.results.requests if one.status not in SOUND]

    @property
    def failed(self) -> int:
        """Errors beyond those in flight at a worker that was killed."""
        return max(0, len(self.errors) - self.in_flight)


Event = Callable[["Server", float, list[str]], Awaitable[list[float]]]


def run_all(readers: int, seconds: float) -> list[Scene]:
    """All scenes, one after the other, each with a server of its own."""
    shipped = load_catalog()
    app = application.create_app(Settings())
    short = max(8.0, seconds * SHARE_OF_OTHERS)
    scenes = [
        _scene("Plain load", app, shipped, readers, seconds, _nothing, goal=SLOW),
        _scene("A worker is killed", app, shipped, readers, short, _kill),
        _scene("Nothing can be written", app, shipped, readers, short, _nothing, no_disk=True),
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = write_studies(Path(folder) / "studies")
        app = application.create_app(Settings(studies_dir=root))
        changes = _changes(root)
        scenes.append(
            _scene(
                "Studies change and vanish",
                app,
                load_catalog(root),
                readers,
                short,
                changes,
                studies_dir=root,
            )
        )
    for n, pause, goal in LARGE:
        scenes.append(_large(n, pause, goal, readers, seconds * SHARE_OF_LARGE))
    return scenes


def _large(n: int, pause, goal: float, readers: int, seconds: float) -> Scene:
    """All readers on a large study, and one who asks for its costliest page again and again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_study(root, n, "parquet", events=min(5 * n, MOST_EVENTS))
        catalog = load_catalog(root)
        large = replace(catalog, studies=catalog.studies[-1:])
        app = application.create_app(Settings(studies_dir=root))
        pace = "a click a second" if pause is hurried else "at people's pace"
        title = f"{n:,} patients, {pace}, and one who asks for the costliest page"
        greedy = _greedy(app, large.studies[0].id)
        return _scene(title, app, large, readers, seconds, greedy, pause, goal, studies_dir=root)


def _greedy(app, study: str) -> Event:
    """A reader who asks for another view of the costliest page as soon as one is there."""

    async def ask(server: Server, seconds: float, said: list[str]) -> list[float]:
        own, end = Results(), time.monotonic() + seconds
        connection = Connection(server.port, own)
        turn = 0
        while time.monotonic() < end:
            turn += 1
            data = {
                "search": f"?study={study}&age={20 + turn % 30}..{90 - turn % 29}&v{turn % 24}=l0",
                "theme": "light",
                "screen": "standard",
            }
            sent = json.dumps(page_body(app, COSTLIEST, data)).encode()
            await connection.ask(COSTLIEST, posted(sent))
        connection.close()
        took = sorted(one.ended - one.began for one in own.requests)
        wrong = sum(one.status not in SOUND for one in own.requests)
        said.append(
            f"The one who asked for {COSTLIEST} had {len(took)} answers, the median after "
            f"{1000 * took[len(took) // 2]:.0f} ms and {wrong} in error."
        )
        return []

    return ask


def _scene(
    title: str,
    app,
    catalog: Catalog,
    readers: int,
    seconds: float,
    event: Event,
    pause=hurried,
    goal: float | None = None,
    **server,
) -> Scene:
    print(f"{title} …", file=sys.stderr, flush=True)
    made = journeys(app, catalog, readers, round(seconds) + 2, seed=1)
    with Server(**server) as served:
        if goal is not None:
            served.until_shown(catalog.studies[0].id)
        memory, said = [served.memory()], []
        worked, used = served.seconds_worked(), _own_seconds()

        async def run() -> tuple[Results, list[float]]:
            async def look() -> None:
                await asyncio.sleep(seconds * WARM)
                memory.append(served.memory())

            results, kills, _ = await asyncio.gather(
                everybody(served.port, made, seconds, pause), event(served, seconds, said), look()
            )
            return results, kills

        results, kills = asyncio.run(run())
        memory.append(served.memory())
        worked, used = served.seconds_worked() - worked, _own_seconds() - used
    hit = [
        one
        for one in results.requests
        if one.status not in SOUND and any(one.began <= kill <= one.ended for kill in kills)
    ]
    return Scene(title, seconds, results, len(hit), memory, worked, used, said, goal)


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _nothing(*_) -> list[float]:
    return []


async def _kill(server: Server, seconds: float, said: list[str]) -> list[float]:
    """Kill a worker when half of the time is over."""
    await asyncio.sleep(seconds / 2)
    killed = time.monotonic()
    gone = server.kill_worker()
    while gone in server.workers() or len(server.workers()) < 2:
        await asyncio.sleep(0.02)
        if time.monotonic() > killed + 30:
            said.append("No other worker came within 30 seconds.")
            return [killed]
    said.append(f"Another worker ran {time.monotonic() - killed:.2f} s later.")
    return [killed]


def _changes(root: Path) -> Event:
    """Change a study, hide it and bring it back, again and again."""

    async def change(server: Server, seconds: float, said: list[str]) -> list[float]:
        end, turn = time.monotonic() + seconds - 3, 0
        while time.monotonic() < end:
            turn += 1
            if turn % 3:
                new = root / "edges" / "patients.new"
                new.write_text((PATIENTS, FEWER)[turn % 2], "utf-8")
                new.rename(root / "edges" / "patients.csv")
            else:
                shutil.move(root / "edges", root / "_away")
                await asyncio.sleep(1.5)
                shutil.move(root / "_away", root / "edges")
            await asyncio.sleep(1.5)
        said.append(f"The folder changed {turn + turn // 3} times.")
        return []

    return change
