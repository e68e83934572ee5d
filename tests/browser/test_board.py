"""The board in a browser: views are kept, put in order, presented, printed and sent as a link."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.layout_slides import COMPLETE, ROOMS, faults

FIVE = ("overview", "survival", "arms", "response", "safety")
STUDY = "study=soramic"
DECK = (
    "1/survival:study=soramic:by=arm;subgroups;response;"
    "safety:study=nct01900002;survival:study=gone"
)
SENT = "1/survival:study=soramic!My_title!A_note;nothing"
KEPT = '[{"view": "/evidence", "title": "", "note": ""}]'


def at_board(dashboard, address: str) -> Page:
    """The board of an address, complete."""
    dashboard.tab.follow(address)
    expect(dashboard.page.locator("body:not([data-pending])")).to_be_attached()
    dashboard.until(COMPLETE)
    return dashboard.page


def titles(page: Page) -> list[str]:
    return page.locator(".board-item .slide-head").all_text_contents()


def current(page: Page):
    return page.locator(".slide.current .slide-n")


def test_views_are_kept_and_put_in_order(dashboard):
    page = dashboard.page
    for name in FIVE:
        dashboard.open(STUDY, f"/{name}")
        page.keyboard.press("a")
        expect(page.locator("#pin")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#board-link")).to_have_text("Board (5)")
    expect(page.locator("#pin-said")).to_have_text("Added to the board as slide 5.")
    # Once more takes it off again.
    page.locator("#pin").click()
    expect(page.locator("#board-link")).to_have_text("Board (4)")
    page.locator("#pin").click()
    page.keyboard.press("b")
    expect(page.locator(".board-item")).to_have_count(5)
    dashboard.until(COMPLETE)
    before = titles(page)
    assert before[1].startswith("PFS was longer with RE + sorafenib")
    # By keys, with a title and a note of one's own, and one removed and brought back.
    later = page.get_by_role("button", name="Move slide 2 later")
    later.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#board-said")).to_have_text("Moved to place 1 of 5.")
    assert page.evaluate("document.activeElement.ariaLabel") == "Move slide 1 later"
    page.get_by_label("Title of slide 1").fill("What we saw")
    page.get_by_label("Note for slide 1").fill("Say it slowly")
    page.get_by_role("button", name="Remove slide 5").click()
    expect(page.locator("#board-link")).to_have_text("Board (4)")
    page.get_by_role("button", name="Undo").click()
    wanted = ["What we saw", before[0], *before[2:]]
    assert titles(page) == wanted
    page.reload()
    dashboard.until(COMPLETE)
    assert titles(page) == wanted
    expect(page.get_by_label("Note for slide 1")).to_have_value("Say it slowly")
    dashboard.nothing_runs_off()


def test_a_deck_is_presented_with_keys(dashboard):
    page = at_board(dashboard, f"/board?deck={DECK}")
    page.get_by_role("button", name="Present", exact=True).click()
    for key, n in (
        ("ArrowRight", 2),
        (" ", 3),
        ("PageDown", 4),
        ("PageUp", 3),
        ("ArrowLeft", 2),
        ("End", 5),
        ("ArrowRight", 5),
        ("Home", 1),
        ("ArrowDown", 2),
    ):
        page.keyboard.press(key)
        expect(current(page)).to_have_text(f"{n} of 5")
    # A long table goes on below.
    expect(page.locator(".slide.current .slide-more")).to_have_text(re.compile("^Rows 1–"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".slide.current .slide-more")).to_have_text(re.compile(r"^Rows (?!1–)\d+–"))
    page.keyboard.press("4")
    page.keyboard.press("Enter")
    expect(current(page)).to_have_text("4 of 5")
    expect(page.locator("#player-said")).to_have_text(re.compile("^Slide 4 of 5: "))
    page.keyboard.press("b")
    expect(page.locator(".slide.current")).not_to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".slide.current")).to_be_visible()
    page.go_back()
    expect(current(page)).to_have_text("2 of 5")
    page.reload()
    expect(current(page)).to_have_text("2 of 5")
    expect(page.locator(".slide.current .slide-head")).to_contain_text("Exploratory")
    page.keyboard.press("Escape")
    expect(page.locator("#player")).not_to_be_visible()
    assert page.url.endswith(f"/board?deck={DECK}")


def test_slides_fit_the_screen_in_large_type(dashboard):
    page = at_board(dashboard, f"/board?deck={DECK}&slide=1")
    for width, height in ROOMS:
        page.set_viewport_size({"width": width, "height": height})
        for n in range(1, 6):
            page.keyboard.press(str(n))
            page.keyboard.press("Enter")
            expect(current(page)).to_have_text(f"{n} of 5")
            assert faults(page) == [], (width, n)


def test_a_deck_in_a_link_leaves_the_readers_board_alone(dashboard, watch):
    page = at_board(dashboard, "/board")
    expect(page.get_by_text("Nothing on the board yet")).to_be_visible()
    context = page.context.browser.new_context()
    other = context.new_page()
    watch.over(other)
    try:
        other.goto(f"{dashboard.server}/board")
        other.evaluate(f"localStorage.board = '{KEPT}'")
        other.goto(f"{dashboard.server}/board?deck={SENT}")
        expect(other.locator(".board-item")).to_have_count(2)
        expect(other.locator("#board-link")).to_have_text("Board (1)")
        expect(other.get_by_label("Title of slide 1")).to_have_value("My title")
        expect(other.locator(".slide-said")).to_have_text("There is no page “nothing” here.")
        other.get_by_role("button", name="Add to mine").click()
        expect(other.locator(".board-item")).to_have_count(3)
        expect(other.locator("#board-link")).to_have_text("Board (3)")
        assert other.url.endswith("/board")
    finally:
        context.close()


def test_a_study_that_has_gone_is_said_on_its_slide(dashboard):
    page = at_board(dashboard, f"/board?deck={DECK}")
    last = page.locator(".board-item").last
    expect(last.locator(".slide-head")).to_have_text("This view cannot be shown")
    expect(last.locator(".slide-said")).to_have_text("There is no study “gone” here.")
    # On paper each view has a page.
    page.emulate_media(media="print")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 5


def test_a_file_that_cannot_be_made_is_said(dashboard, watch):
    page = at_board(dashboard, f"/board?deck={DECK}")
    sent = []
    page.route(
        "**/board/pptx",
        lambda route: (
            sent.append(route.request.post_data_json),
            route.fulfill(status=503, content_type="text/plain", body="Others are made."),
        ),
    )
    watch.allow("503")
    page.get_by_role("button", name="PowerPoint").click()
    expect(page.locator("#board-said")).to_have_text(
        "The file for PowerPoint could not be made. Others are made."
    )
    assert [one["views"][0] for one in sent] == ["/survival?study=soramic&by=arm"]
