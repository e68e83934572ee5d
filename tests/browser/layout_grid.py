"""Does everything keep to its place? ``make layout`` looks at every page of every study.

A page is followed to once for each kind of screen; then only the window changes. What is found is
counted by kind, and listed in full in the file that ``LAYOUT_REPORT`` names. ``LAYOUT_EVERY=3``
looks at every third state only; words behind the command at states with one of them in their name.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from data.catalog import load_catalog
from layouts.board.frame import MOST
from tests.browser import layout_slides as slides
from tests.browser.dashboard import Dashboard
from tests.browser.layout_states import SCREENS, Screen, State, states
from tests.browser.tab import Tab
from tests.studies.wide import write_wide_studies

CASES = Path(__file__).parents[1] / "studies" / "cases"
MADE_UP = ("many25", "many40", "colon3", "simresp2", "simmono2")
CHECKS = (Path(__file__).parent / "layout_checks.js").read_text(encoding="utf-8")


def write_layout_studies(root: Path) -> Path:
    """The made-up studies that need room, as STUDIES_DIR expects them."""
    write_wide_studies(root)
    for name in MADE_UP:
        shutil.copytree(CASES / name, root / name)
    return root


# Plotly follows the size of its place a moment later.
DRAWN_TO_SIZE = """[...document.querySelectorAll(".js-plotly-plot")].every(plot => {
  const drawing = plot.querySelector(".main-svg");
  if (!drawing || !plot.checkVisibility()) { return true; }
  const place = plot.getBoundingClientRect(), drawn = drawing.getBoundingClientRect();
  return Math.abs(place.width - drawn.width) < 2 && Math.abs(place.height - drawn.height) < 2;
})"""


def faults(page: Page, screen: Screen) -> list[str]:
    """What does not keep to its place on the page as it is."""
    found = page.evaluate(CHECKS, {"desktop": screen.desktop, "paper": screen.paper})
    return [f"{one['kind']}: {one['what']}" for one in found]


def look(dashboard: Dashboard, state: State, screens=SCREENS) -> dict[str, list[str]]:
    """What is wrong with a state, by the name of the screen; only what is wrong."""
    found, asked = {}, None
    page = dashboard.page
    for screen in screens:
        page.emulate_media(media="print" if screen.paper else "screen")
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        if (screen.asks, screen.present) != asked:
            dashboard.open(urlsplit(state.address(screen.present)).query, f"/{state.view.page}")
            asked = screen.asks, screen.present
        dashboard.settled()
        dashboard.until(DRAWN_TO_SIZE)
        if faults(page, screen):
            # Plotly moves its key in steps of its own; what is wrong stays wrong.
            page.wait_for_timeout(200)
            if wrong := faults(page, screen):
                found[screen.name] = wrong
    page.emulate_media(media="screen")
    return found


def main() -> int:
    """Look at the whole grid; the exit status is 1 where something is wrong."""
    import tempfile

    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import ARGUMENTS, serving

    wanted, every = sys.argv[1:], int(os.environ.get("LAYOUT_EVERY", "1"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = write_layout_studies(Path(folder))
        catalog = load_catalog(root)
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with serving(root, Path(folder) / "server.log") as server:
            dashboard = Dashboard(Tab(browser, server, "light"))
            report, looked, wrong = {}, 0, 0
            kinds: Counter = Counter()
            start = time.monotonic()
            for study in catalog.studies:
                for place, state in enumerate(states(study)):
                    if place % every or (wanted and not any(one in state.name for one in wanted)):
                        continue
                    found = look(dashboard, state)
                    looked += len(SCREENS)
                    wrong += len(found)
                    for screen, texts in found.items():
                        report[f"{state.name} @ {screen}"] = texts
                        kinds.update({text.partition(":")[0] for text in texts})
                shown = [one for one in states(study) if not wanted]
                for first in range(0, len(shown), MOST * every):
                    part = shown[first : first + MOST * every : every]
                    small = slides.look(dashboard, [one.address(False) for one in part])
                    looked += len(part) * len(slides.ROOMS)
                    wrong += len(small)
                    report |= small
                    kinds.update({text.partition(":")[0] for one in small.values() for text in one})
                print(
                    f"{study.id}: {wrong} of {looked} so far, {time.monotonic() - start:.0f} s",
                    flush=True,
                )
                if name := os.environ.get("LAYOUT_REPORT"):
                    Path(name).write_text(json.dumps(report, indent=1, ensure_ascii=False))
        browser.close()
    print(f"{wrong} of {looked} states have faults: {dict(kinds)}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
