"""Every page for readers without a mouse, a large screen, sharp eyes, or any sight at all."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from callbacks.pages import PAGES
from layouts.frame.shell import PRODUCT

SORAMIC, NCT = "study=soramic", "study=nct01900002"
# Every kind of view once; where a table is long, some of its rows, which are all alike.
VIEWS = {
    "overview": (f"{SORAMIC}&search=hepatitis",),
    "survival": (SORAMIC,),
    "subgroups": (f"{SORAMIC}&search=hepatitis", f"{NCT}&search=hepatitis"),
    "arms": (SORAMIC, f"{SORAMIC}&show=balance", f"{SORAMIC}&show=response"),
    "prognostic": (SORAMIC,),
    "response": (
        *(f"{SORAMIC}&view={view}" for view in ("by", "landmark")),
        *(f"{NCT}&view={view}" for view in ("best", "course")),
    ),
    "safety": (f"{NCT}&terms=fatigue&search=fatigue",),
    "dosimetry": (
        *(f"{NCT}&view={view}" for view in ("agreement", "survival")),
        f"{NCT}&view=activity&activity-mass=x",
    ),
    "context": (SORAMIC,),
    "evidence": (
        f"{NCT}&search=okuda",
        *(f"{NCT}&view={view}" for view in ("disagreements", "made")),
    ),
}
# The filters, the same on every page of a study, are looked at on one.
FILTERS = {"exclude": [["#rail"]]}
VIOLATIONS = {"resultTypes": ["violations"]}
# Colours are all that another colour scheme changes.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Followed as the dashboard's own links are, which costs a fraction of loading it anew.
FOLLOW = """address => {
  if (window.location.pathname + window.location.search === address) { return; }
  document.body.dataset.pending = "yes";
  window.history.pushState({}, "", address);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
}"""
OUTLINE = """() => {
  const one = document.activeElement;
  const label = one.type === "radio" ? one.nextElementSibling : null;
  const again = one.hasAttribute("data-met");
  one.setAttribute("data-met", "");
  return [one.outerHTML.slice(0, 200), again, ...[one, label, one.closest(".mantine-Input-input")]
    .filter(Boolean).map(each => getComputedStyle(each))
    .filter(style => style.outlineStyle !== "none").map(style => parseFloat(style.outlineWidth))];
}"""


def settled(page: Page, page_id: str) -> None:
    expect(page.locator(f"#{page_id}-sentence")).not_to_be_empty()
    expect(page.locator("body:not([data-pending])")).to_be_attached()


def violations(page: Page, context: dict | None = FILTERS, **options) -> list:
    found = Axe().run(page, context=context, options=VIOLATIONS | options).response["violations"]
    return [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found]


@pytest.fixture(scope="module")
def one_page(chromium, server):
    """One window for all pages and both colour schemes, with the address of the server."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def follow(one_page, server, watch):
    """Go to an address as a link of the dashboard does."""
    watch.over(one_page)

    def followed(page_id: str, query: str) -> Page:
        if one_page.url.startswith(server):
            one_page.evaluate(FOLLOW, f"/{page_id}?{query}")
        else:
            one_page.goto(f"{server}/{page_id}?{query}")
        settled(one_page, page_id)
        return one_page

    return followed


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(one_page, follow, page_id, scheme):
    one_page.emulate_media(color_scheme=scheme)
    # The parts of a page share their colours.
    for query in VIEWS[page_id] if scheme == "light" else VIEWS[page_id][-1:]:
        page = follow(page_id, query)
        wanted = f'html[data-mantine-color-scheme="{scheme}"]'
        if not page.locator(wanted).count():
            page.reload()
            settled(page, page_id)
            expect(page.locator(wanted)).to_be_attached()
        context = None if page_id == "survival" else FILTERS
        options = {"runOnly": COLOURS} if scheme == "dark" else {}
        assert violations(page, context, **options) == [], query


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_no_page_has_a_violation_on_a_telephone(one_page, follow, page_id):
    """Tables scroll there that a wide screen shows whole; dark, with every rule."""
    one_page.set_viewport_size({"width": 390, "height": 844})
    one_page.emulate_media(color_scheme="dark")
    page = follow(page_id, VIEWS[page_id][0])
    assert violations(page, None) == []
    one_page.set_viewport_size({"width": 1440, "height": 900})


def test_enlarged_four_times_no_page_runs_off_the_screen(one_page, follow):
    """As wide as a window of 1280 pixels is at 400 %."""
    width = 320
    one_page.set_viewport_size({"width": width, "height": 450})
    for page in PAGES:
        follow(page.id, VIEWS[page.id][-1])
        one_page.wait_for_timeout(100)
        assert one_page.evaluate("document.documentElement.scrollWidth") <= width, page.id
    one_page.set_viewport_size({"width": 1440, "height": 900})


def test_what_opens_over_the_page_is_named_closes_and_gives_the_focus_back(follow):
    page = follow("survival", SORAMIC)
    for button, name in {
        "glossary-button": "Glossary",
        "share": "Share view",
        "options-button": "Options",
        "table-button": "Data table",
        "method-button": "How was this computed?",
    }.items():
        page.locator(f"#{button}").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=name)
        expect(dialog).to_be_visible()
        expect(dialog.locator("*:focus")).to_be_attached()
        assert page.evaluate("document.getAnimations().length") == 0, name
        assert violations(page) == [], name
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator(f"#{button}")).to_be_focused()


def test_an_open_list_of_choices(follow):
    page = follow("survival", SORAMIC)
    field = page.get_by_role("textbox", name="Split by")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    page.wait_for_timeout(300)
    # The list is the field's, which keeps the focus: it needs neither a landmark nor a tab stop.
    off = {rule: {"enabled": False} for rule in ("region", "scrollable-region-focusable")}
    assert violations(page, rules=off) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(field).to_be_focused()


def test_whatever_has_the_focus_shows_it(follow):
    page = follow("survival", f"{SORAMIC}&bclc=c")
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    met = 0
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        html, again, *widths = page.evaluate(OUTLINE)
        assert max(widths, default=0) >= 2, html
        assert not again, "Tab does not come to an end"
        met += 1
    assert met > 60


def test_the_focus_outlives_the_link_that_was_followed(follow):
    page = follow("survival", f"{SORAMIC}&bclc=c")
    page.get_by_role("link", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cohort-n")).to_have_text("177")
    expect(page.locator(".cohort-line")).to_be_focused()
    page.get_by_role("link", name="Safety", exact=True).focus()
    page.keyboard.press("Enter")
    settled(page, "safety")
    expect(page).to_have_title(f"Safety: SORAMIC substudy · {PRODUCT}")
    tab = page.get_by_role("navigation", name="Pages").locator("[aria-current=page]")
    expect(tab).to_have_text("Safety")
    expect(tab).to_be_focused()


def test_the_filters_of_a_telephone_are_not_there_until_they_are_opened(open_page):
    dashboard = open_page(390, 844)
    dashboard.open(SORAMIC)
    page = dashboard.page
    burger, rail = page.get_by_role("button", name="Show the filters"), page.locator("#rail")
    expect(rail).to_be_hidden()
    expect(burger).to_have_attribute("aria-expanded", "false")
    burger.focus()
    page.keyboard.press("Enter")
    expect(rail).to_be_focused()
    expect(burger).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(rail).to_be_hidden()
    expect(burger).to_be_focused()


def test_what_is_dark_on_the_screen_is_legible_on_paper(one_page, follow):
    one_page.emulate_media(color_scheme="dark", media="print")
    page = follow("survival", SORAMIC)
    page.reload()
    settled(page, "survival")
    expect(page.locator('html[data-mantine-color-scheme="dark"]')).to_be_attached()
    expect(page.locator("#survival-sentence")).to_have_css("color", "rgb(21, 32, 43)")
    graph = page.locator(".graph")
    expect(graph).to_have_css("filter", "invert(1) hue-rotate(180deg)")
    assert page.get_by_role("heading", level=1).bounding_box()["width"] > 100
    expect(page.locator(".badge-line")).to_be_visible()
    expect(page.locator(".header")).to_be_hidden()
    for name in ("html", "body"):
        expect(page.locator(name)).to_have_css("background-color", "rgb(255, 255, 255)")
    fields = page.locator(".mantine-Input-input, .mantine-SegmentedControl-root")
    assert fields.count()
    seen = fields.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert {*seen} == {"rgba(0, 0, 0, 0)"}
    one_page.emulate_media(color_scheme="light", media="screen")
