"""From a click to the last change on the screen: the dashboard beside a bare Dash app.

Both run under gunicorn on this machine and take turns in one browser, so that a slow moment hits
both. Goal: at most twice as long.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium_path

ROOT = Path(__file__).parents[2]
RUNS, WARM = 15, 3
QUIET = 350
# Notes the moment of the last click and of the last change of anything on the page.
CLOCK = """
window.clicked = 0; window.changed = 0;
addEventListener("pointerdown", () => {
  window.clicked = window.changed = performance.now();
}, true);
new MutationObserver(() => { window.changed = performance.now(); }).observe(document, {
  subtree: true, childList: true, attributes: true, characterData: true });
"""


@dataclass(frozen=True)
class Click:
    """A click that is measured.

    Attributes
    ----------
    address : str
        Where it begins.
    targets : tuple of str
        Selectors, clicked in turn, so that every click changes something.
    """

    address: str
    targets: tuple[str, ...]


SORAMIC, NCT = "study=soramic&by=arm", "study=nct01900002"
LEVEL = '[data-variable="{}"] input[value="{}"]'


def _radio(value: str) -> str:
    return f'.controls input[type=radio][value="{value}"]'


CLICKS: Mapping[str, Click] = {
    "Survival, filter": Click(f"/survival?{SORAMIC}", (LEVEL.format("bclc", "c"),)),
    "Survival, endpoint": Click(f"/survival?{SORAMIC}", (_radio("ttp"), _radio("pfs"))),
    "Subgroups, endpoint": Click(f"/subgroups?{SORAMIC}", (_radio("ttp"), _radio("pfs"))),
    "Compare arms, endpoint": Click("/arms?study=soramic", (_radio("ttp"), _radio("pfs"))),
    "Safety, grade": Click(f"/safety?{NCT}", (_radio("severe"), _radio("any"))),
    "Page change": Click(
        f"/survival?{SORAMIC}", ('.page-tab[href^="/arms"]', '.page-tab[href^="/survival"]')
    ),
}
BARE = Click("/", ("#choice label >> nth=1", "#choice label >> nth=0"))


def measure() -> dict[str, tuple[list[float], list[float]]]:
    """Milliseconds of each click here and, in the same turns, in the bare app."""
    with (
        serving("app:server") as ours,
        serving("tests.bench.bare:server") as bare,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        beside = _opened(browser, bare, BARE.address)
        found: dict[str, tuple[list[float], list[float]]] = {}
        for name, click in CLICKS.items():
            print(f"{name} …", file=sys.stderr, flush=True)
            page = _opened(browser, ours, click.address)
            here, there = [], []
            for turn in range(WARM + RUNS):
                here.append(_timed(page, click.targets[turn % len(click.targets)]))
                there.append(_timed(beside, BARE.targets[turn % 2]))
            # An even number of turns leaves the bare app as it was found.
            found[name] = (here[WARM:], there[WARM:])
            page.context.close()
        browser.close()
    return found


def _opened(browser, server: str, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(CLOCK)
    page = context.new_page()
    page.goto(server + address)
    page.locator("body:not([data-pending]) :is(.main-svg, .page-tab)").first.wait_for(
        state="attached"
    )
    page.wait_for_timeout(1500)
    return page


def _timed(page: Page, target: str) -> float:
    """Milliseconds from the click to the last change before the page was quiet."""
    page.bring_to_front()
    page.locator(target).first.click(force=True)
    while page.evaluate("performance.now() - window.changed") < QUIET:
        page.wait_for_timeout(QUIET / 2)
    took = page.evaluate("window.changed - window.clicked")
    assert took > 0, f"nothing changed after a click on {target}"
    return took


@contextmanager
def serving(application: str) -> Iterator[str]:
    """The address of a server that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("GUNICORN")}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application],
        cwd=ROOT,
        env=environ | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address):
            assert process.poll() is None, f"{application} does not start"
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False
