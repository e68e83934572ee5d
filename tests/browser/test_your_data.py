"""The page Your data: from a file to a curve, with the keyboard only, and on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.data.importing.made_up import days, flags, ids

HEADER = "patient,arm,age,os_days,os_event,comment"
COLUMNS = (ids(24), flags(24, "Drug", "Placebo"), days(24), days(24), flags(24), ids(24))
ROWS = zip(*COLUMNS, strict=True)
SURE = "\n".join([HEADER, *(",".join(map(str, row)) for row in ROWS)])
# Neither the heading nor the size tells the unit.
ASKED = re.sub(r",(\d+)\d\d,([01]),", r",\1,\2,", SURE).replace("os_days", "os_time")


@pytest.fixture
def page(open_page) -> Page:
    """The page, which holds nothing before and after."""
    dashboard = open_page()
    dashboard.tab.follow("/your-data")
    expect(dashboard.page.locator("#bring")).to_be_visible()
    expect(dashboard.page.locator("body:not([data-pending])")).to_be_attached()
    expect(dashboard.page.locator("#your-data-said")).to_be_empty()
    yield dashboard.page
    if "your-data" not in dashboard.page.url:
        dashboard.tab.follow("/your-data")
    again = dashboard.page.get_by_role("button", name="Begin anew")
    if again.count():
        again.click()
        expect(again).to_have_count(0)


def bring(page: Page, text: str) -> None:
    file = {"name": "export.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#bring").set_input_files(file)
    expect(page.locator(".columns-found")).to_be_visible()


def test_from_a_file_to_a_curve_with_the_keyboard(page):
    # Asked for before the key is pressed: by then the browser has heard that no window is wanted.
    page.on("filechooser", lambda chooser: None)
    page.locator("#bring").focus()
    expect(page.locator("#bring")).to_be_focused()
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    file = {"name": "export.csv", "mimeType": "text/csv", "buffer": SURE.encode()}
    chosen.value.set_files(file)
    check = page.get_by_role("button", name="Check")
    expect(check).to_be_visible()
    page.keyboard.press("Tab")
    expect(check).to_be_focused()
    page.keyboard.press("Enter")
    way = page.get_by_role("link", name="Open the study")
    expect(way).to_be_visible()
    # The focus stays on the button; what came stands before it.
    expect(page.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(way).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#survival-sentence")).to_contain_text("with Placebo and")
    chosen_study = page.locator(".study option:checked")
    expect(chosen_study).to_have_text(re.compile("^export"))
    held = page.locator('.study optgroup[label="Held for this browser alone"]')
    expect(held.locator("option:checked")).to_have_count(1)


def test_a_question_is_answered_and_the_focus_stays(page):
    bring(page, ASKED)
    asked = page.get_by_role("region", name="To be answered first")
    unit = asked.get_by_role("combobox")
    unit.focus()
    unit.select_option("months")
    expect(asked).to_have_count(0)
    expect(page.get_by_role("combobox", name="Unit of OS")).to_have_value("months")
    expect(page.locator("[data-key='os.unit']")).to_be_focused()
    role = page.get_by_role("combobox", name="age is read as")
    role.select_option("left out")
    expect(page.get_by_role("combobox", name="Kind of age")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_violation_and_fits_a_telephone(open_page, scheme):
    dashboard = open_page(color_scheme=scheme)
    page = dashboard.page
    dashboard.tab.follow("/your-data")
    bring(page, ASKED)
    found = violations(page)
    assert not found, found
    page.set_viewport_size({"width": 390, "height": 844})
    dashboard.nothing_runs_off()
    # A card for each column: nothing of the table needs to be scrolled to.
    wider = "box => box.scrollWidth - box.clientWidth"
    assert page.locator(".your-data .scroll-x").evaluate(wider) <= 0
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(7)
    page.get_by_role("button", name="Begin anew").click()
    expect(page.locator(".columns-found")).to_have_count(0)
