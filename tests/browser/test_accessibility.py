"""Every page for readers without a mouse, a large screen, sharp eyes, or any sight at all."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from callbacks.pages import PAGES
from layouts.frame.shell import PRODUCT
from tests.browser.tab import UNFOCUS

SORAMIC, NCT = "study=soramic", "study=nct01900002"
# Every kind of view once; where a table is long, some of its rows, which are all alike.
VIEWS = {
    "overview": (f"{SORAMIC}&search=hepatitis",),
    "survival": (SORAMIC,),
    "subgroups": (f"{SORAMIC}&search=hepatitis", f"{NCT}&search=hepatitis"),
    "arms": tuple(
        f"{SORAMIC}{section}"
        for section in (
            "",
            "&show=balance",
            "&show=adjusted",
            "&show=time",
            "&show=response",
            "&show=power",
        )
    ),
    "endpoints": (SORAMIC,),
    "thresholds": (f"{SORAMIC}&by=age-years&cut=70",),
    "along": (f"{SORAMIC}&along=age-years",),
    "credibility": (SORAMIC,),
    "prognostic": (SORAMIC,),
    "response": (
        *(f"{SORAMIC}&view={view}" for view in ("by", "landmark")),
        *(f"{NCT}&view={view}" for view in ("best", "course")),
    ),
    "safety": (f"{NCT}&terms=fatigue&search=fatigue",),
    "monitoring": (NCT,),
    "states": (SORAMIC,),
    "lasting": (SORAMIC,),
    "dosimetry": (
        *(f"{NCT}&view={view}" for view in ("agreement", "survival")),
        f"{NCT}&view=activity&activity-mass=x",
    ),
    "context": (SORAMIC,),
    "patient": (SORAMIC, f"{SORAMIC}&mine=bclc.c,ecog.1,age-years.67&alive=6"),
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
OUTLINE = """() => {
  const one = document.activeElement;
  // A radio shows it on its words; no script can read what a thumb of a slider shows.
  const words = one.type === "radio" ? getComputedStyle(one.nextElementSibling) : null;
  const again = one.hasAttribute("data-met");
  one.setAttribute("data-met", "");
  document.body.dataset.touched = "";
  if (one.closest(".two-ended")) { return ["thumb", again]; }
  return [one.outerHTML.slice(0, 200), again, ...[getComputedStyle(one), words]
    .filter(Boolean)
    .filter(style => style.outlineStyle !== "none").map(style => parseFloat(style.outlineWidth))];
}"""


def thumb_shows_it(page: Page) -> bool:
    """Whether a thumb of a slider looks otherwise than without the focus."""
    thumb = page.locator("*:focus").element_handle()
    slider = page.locator(".two-ended:has(:focus)").element_handle()
    focused = slider.screenshot()
    thumb.evaluate("one => one.blur()")
    plain = slider.screenshot()
    thumb.focus()
    return focused != plain


# A tab keeps the library from view to view: it is half a megabyte, sent where it is not there yet.
AXE, AXE_THERE = Axe(), Axe()
AXE_THERE.axe_script = "() => null"


def violations(page: Page, context: dict | None = FILTERS, **options) -> list:
    axe = AXE_THERE if page.evaluate("() => 'axe' in window") else AXE
    found = axe.run(page, context=context, options=VIOLATIONS | options).response["violations"]
    return [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(open_page, page_id, scheme):
    dashboard = open_page(color_scheme=scheme)
    # The parts of a page share their colours.
    for query in VIEWS[page_id] if scheme == "light" else VIEWS[page_id][-1:]:
        dashboard.open(query, f"/{page_id}")
        dashboard.has_theme(scheme)
        context = None if page_id == "survival" else FILTERS
        options = {"runOnly": COLOURS} if scheme == "dark" else {}
        assert violations(dashboard.page, context, **options) == [], query


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_no_page_has_a_violation_on_a_telephone(open_page, page_id):
    """Tables scroll there that a wide screen shows whole; dark, with every rule."""
    dashboard = open_page(390, 844, "dark")
    dashboard.open(VIEWS[page_id][0], f"/{page_id}")
    assert violations(dashboard.page, None) == []


def test_enlarged_four_times_no_page_runs_off_the_screen(open_page):
    """As wide as a window of 1280 pixels is at 400 %."""
    dashboard = open_page(320, 450)
    for page in PAGES:
        dashboard.open(VIEWS[page.id][-1], f"/{page.id}")
        dashboard.nothing_runs_off()


def test_what_opens_over_the_page_is_named_closes_and_gives_the_focus_back(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
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
        dashboard.nothing_moves()
        # The page under it was looked at already.
        assert violations(page, {"include": [["[role=dialog], dialog"]]}) == [], name
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.locator(f"#{button}")).to_be_focused()


def test_an_open_list_of_choices(dashboard):
    """In the options, Escape closes the list before what it stands in."""
    dashboard.open(NCT)
    page = dashboard.page
    for place, name in (("#filters", "Pathology, detailed"), ("#options", "Fixed times in months")):
        if place == "#options":
            dashboard.open_options()
        else:
            page.locator(".rail-more", has=dashboard.many(name)).locator("> summary").click()
        many = dashboard.many(name)
        many.locator("summary").focus()
        page.keyboard.press("Enter")
        first = many.get_by_role("checkbox").first
        expect(first).to_be_visible()
        assert violations(page, {"include": [[place]]}) == [], name
        page.keyboard.press("Tab")
        expect(many.locator(".many-list *:focus")).to_be_attached()
        page.keyboard.press("Escape")
        expect(first).to_be_hidden()
        expect(many.locator("summary")).to_be_focused()


def test_whatever_has_the_focus_shows_it(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    page.evaluate(UNFOCUS)
    met = 0
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        html, again, *widths = page.evaluate(OUTLINE)
        if html == "thumb":
            assert thumb_shows_it(page)
        else:
            assert max(widths, default=0) >= 2, html
        assert not again, "Tab does not come to an end"
        met += 1
    assert met > 60


def test_the_focus_outlives_the_link_that_was_followed(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    page.get_by_role("link", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cohort-n")).to_have_text("177")
    expect(page.locator(".cohort-line")).to_be_focused()
    page.get_by_role("link", name="Safety", exact=True).focus()
    page.keyboard.press("Enter")
    dashboard.settled()
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


def test_what_is_dark_on_the_screen_is_legible_on_paper(open_page):
    dashboard = open_page(color_scheme="dark")
    page = dashboard.page
    page.emulate_media(color_scheme="dark", media="print")
    dashboard.load(SORAMIC)
    dashboard.has_theme("dark")
    expect(page.locator("#survival-sentence")).to_have_css("color", "rgb(21, 32, 43)")
    graph = page.locator(".graph")
    expect(graph).to_have_css("filter", "invert(1) hue-rotate(180deg)")
    assert page.get_by_role("heading", level=1).bounding_box()["width"] > 100
    expect(page.locator(".badge-line")).to_be_visible()
    expect(page.locator(".header")).to_be_hidden()
    for name in ("html", "body"):
        expect(page.locator(name)).to_have_css("background-color", "rgb(255, 255, 255)")
    fields = page.locator(".select, .text-field, .many > summary, .segments")
    assert fields.count()
    seen = fields.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert {*seen} == {"rgba(0, 0, 0, 0)"}
