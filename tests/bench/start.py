"""Start-up, memory and transfer of the server as ``make run`` starts it."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium_path

ROOT = Path(__file__).parents[2]
STARTS = 5
LONGEST_START = 300
# Over plain HTTP a browser accepts gzip only, unless the server is the machine itself.
NAMES = {"gzip, plain HTTP": "hospital.test", "brotli, as over https": "127.0.0.1"}
VIEW = "/survival"
# Notes when the page is no longer pending, and when its figure is drawn.
MOMENTS = """new MutationObserver(() => {
  if (document.body && !window.answeredAt && !document.body.dataset.pending
      && document.querySelector("#survival-sentence")) { window.answeredAt = performance.now(); }
  const drawn = !window.drawnAt && document.querySelector(".main-svg");
  if (drawn) { window.drawnAt = performance.now(); }
}).observe(document, { subtree: true, childList: true, attributes: true });"""


def measure() -> dict[str, str]:
    """What was measured, in words, and its value."""
    found = {}
    starts = []
    for _ in range(STARTS):
        begin = time.perf_counter()
        with server() as (_, _):
            starts.append(time.perf_counter() - begin)
    found["Ready after (goal: at most 2 s)"] = (
        f"{statistics.median(starts):.2f} s ({min(starts):.2f}–{max(starts):.2f})"
    )
    with server() as (port, process):
        for kind, name in NAMES.items():
            first, again, answered, drawn = _transfer(port, name)
            found[f"First load of a page, {kind} (goal: at most 1.0 MB)"] = f"{first / 1e6:.2f} MB"
            found[f"The same reloaded, {kind} (goal: under 50 KB)"] = f"{again / 1e3:.0f} KB"
            seconds = f"{answered / 1e3:.2f} s; figure {drawn / 1e3:.2f} s"
            found[f"First answer on the screen, {kind} (goal: at most 1.0 s)"] = seconds
        found |= _memory(process.pid)
    return found


@contextmanager
def server(studies_dir: Path | None = None) -> Iterator[tuple[int, subprocess.Popen]]:
    """A server that answers ``/readyz``; its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("GUNICORN")}
    # Compiled files may be written: a start after the first finds them, as in the image.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "app:server"],
        cwd=ROOT,
        env=environ
        | {"PORT": str(port)}
        | ({"STUDIES_DIR": str(studies_dir)} if studies_dir else {}),
        stdout=subprocess.DEVNULL,
    )
    try:
        last = time.monotonic() + LONGEST_START
        while not _ready(port):
            assert process.poll() is None, "the server does not start"
            assert time.monotonic() < last, "the server has nothing to show"
            time.sleep(0.01)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return answer.read() == b"OK"
    except (urllib.error.URLError, ConnectionError):
        return False


def _transfer(port: int, name: str) -> tuple[int, int, float, float]:
    """What a browser receives, and when the answer and its figure are there.

    Returns
    -------
    first, again : int
        Bytes when it opens a page first, and when it opens it again.
    answered, drawn : float
        Milliseconds of the first load; medians of several, each with an empty cache.
    """
    received = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=[*ARGUMENTS, f"--host-resolver-rules=MAP {name} 127.0.0.1"],
        )
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
        sums = []
        for _ in range(2):
            received.clear()
            page.goto(f"http://{name}:{port}{VIEW}")
            page.locator("body:not([data-pending]) #survival-graph .main-svg").first.wait_for()
            page.wait_for_timeout(1000)
            sums.append(int(sum(received)))
        moments = [_moments(browser, f"http://{name}:{port}{VIEW}") for _ in range(STARTS)]
        browser.close()
    answered, drawn = (statistics.median(times) for times in zip(*moments, strict=True))
    return sums[0], sums[1], answered, drawn


def _moments(browser, address: str) -> tuple[float, float]:
    """Milliseconds until the answer of a first load is there, and until its figure is."""
    context = browser.new_context()
    context.add_init_script(MOMENTS)
    page = context.new_page()
    page.goto(address)
    page.locator(".main-svg").first.wait_for(state="attached")
    page.wait_for_timeout(300)
    found = page.evaluate("[window.answeredAt, window.drawnAt]")
    context.close()
    return found[0], found[1]


def _memory(parent: int) -> dict[str, str]:
    """Proportional memory of the processes after the page was opened, where the system tells."""
    if not Path(f"/proc/{parent}/smaps_rollup").exists():
        return {}
    workers = memory_of_workers(parent)
    everything = _proportional(parent) + sum(workers)
    return {
        "Memory of a worker (proportional set size)": f"{statistics.mean(workers):.0f} MB",
        "Memory of the whole server": f"{everything:.0f} MB",
    }


def memory_of_workers(parent: int) -> list[float]:
    """Proportional memory of each worker of a server in MB."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [_proportional(int(child)) for child in children]


def until_rested(parent: int) -> None:
    """Wait until the workers have loaded what they load while they already serve."""
    last, before = time.monotonic() + LONGEST_START, -1.0
    while (now := _seconds_of_workers(parent)) - before > 0.05 and time.monotonic() < last:
        before = now
        time.sleep(0.5)


def _seconds_of_workers(parent: int) -> float:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ticks = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _proportional(process: int) -> float:
    """Memory in MB; what several processes share is divided among them."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError("the system does not tell the memory of a process")


if __name__ == "__main__":
    for what, value in measure().items():
        print(f"{what}: {value}")
