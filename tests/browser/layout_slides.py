"""What of a slide does not keep to its place, or is too small for a room."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser.dashboard import TWO_FRAMES, Dashboard

# By the width of the screen; 24 pixels on 1,920.
LEAST = 24 / 1920
# Of groups with names of a hundred letters: what is too large is reduced rather than cut.
REDUCED = 18 / 1920
ROOMS = ((1280, 720), (1920, 1080), (1024, 768))
COMPLETE = "!!document.querySelector('#board-list') && window.cohort.slides.waiting() === 0"
KEEP = "slides => window.cohort.deck.keep(slides)"
# Everything of the slide on the screen that is read, by its size; and what stands outside of it.
MEASURED = """() => {
  const slide = document.querySelector(".slide.current");
  const place = slide.getBoundingClientRect(), k = place.width / slide.offsetWidth;
  const own = node => [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const read = [...slide.querySelectorAll("*")].filter(
    one => own(one) && one.checkVisibility() && !one.closest(".heard"));
  const out = read.filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && (box.left < place.left - 1 || box.right > place.right + 1 ||
      box.top < place.top - 1 || box.bottom > place.bottom + 1);
  });
  const zoom = one => one.closest(".slide-content")?.style.zoom || 1;
  const size = one => parseFloat(getComputedStyle(one).fontSize) * zoom(one) * k;
  const body = slide.querySelector(".slide-body"), room = body.getBoundingClientRect();
  return {
    smallest: Math.min(...read.map(size)),
    out: out.map(one => one.textContent),
    cut: body.firstChild.getBoundingClientRect().bottom > room.bottom + 1.5
      || body.scrollWidth > body.clientWidth + 1,
    on: place.left >= -1 && place.top >= -1 && place.right <= innerWidth + 1
      && place.bottom <= innerHeight + 1,
  };
}"""


def faults(page: Page, least: float = LEAST) -> list[str]:
    """What is wrong with the slide on the screen."""
    page.evaluate(TWO_FRAMES)
    found = page.evaluate(MEASURED)
    said = [f"outside: {text}" for text in found["out"]]
    if found["cut"] or not found["on"]:
        said.append("cut: not all of it is seen")
    if found["smallest"] < least * page.viewport_size["width"] - 0.01:
        said.append(f"small: {found['smallest']:.1f} pixels")
    return said


def look(dashboard: Dashboard, views: Sequence[str], rooms=ROOMS) -> dict[str, list[str]]:
    """What is wrong with the slides of at most 30 views, by view and size of the screen."""
    page, wrong = dashboard.page, {}
    dashboard.open()
    page.evaluate(KEEP, [{"view": one, "title": "", "note": ""} for one in views])
    dashboard.tab.follow("/board?slide=1")
    dashboard.until(COMPLETE)
    for width, height in rooms:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        for n, view in enumerate(views, 1):
            expect(page.locator(".slide.current .slide-n")).to_have_text(f"{n} of {len(views)}")
            if said := faults(page, REDUCED):
                wrong[f"{view} @ slide {width}"] = said
            page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.evaluate(KEEP, [])
    return wrong
