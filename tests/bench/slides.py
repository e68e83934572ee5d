"""From a key to the next slide of a deck, painted, once the deck has been fetched."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from tests.bench.clicks import serving
from tests.browser.conftest import ARGUMENTS, chromium_path

DECK = (
    "1/overview:study=soramic;survival;subgroups;arms;prognostic;response;context;evidence;"
    "safety:study=nct01900002;dosimetry;survival;overview;survival:by=none;arms:study=soramic"
)
SETTLED = "window.cohort.slides.waiting() === 0 && !document.body.dataset.pending"
PAUSE = 150
# After the frame in which the key has an effect comes the first task that follows its painting.
CLOCK = """
window.painted = [];
addEventListener("keydown", () => {
  const pressed = performance.now();
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.painted.push(performance.now() - pressed);
    after.port2.postMessage(0);
  });
}, true);
"""


def measure() -> list[float]:
    """Milliseconds of each key through the deck."""
    with serving("app:server") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.add_init_script(CLOCK)
        page.goto(f"{server}/board?deck={DECK}&slide=1")
        page.locator(".slide.current .slide-content > *").first.wait_for(state="attached")
        while not page.evaluate(SETTLED):
            page.wait_for_timeout(PAUSE)
        for _ in range(DECK.count(";")):
            page.wait_for_timeout(PAUSE)
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(PAUSE)
        found = page.evaluate("window.painted")
        browser.close()
    assert len(found) == DECK.count(";")
    return found
