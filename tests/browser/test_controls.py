"""Keyboard, sliders, options, theme, telephone, presenting, sharing."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SORAMIC = "study=soramic"


def focused(page):
    return page.locator("*:focus")


def tab_to(page, wanted, presses: int = 120, key: str = "Tab"):
    """Press Tab until the wanted control has the focus, as somebody without a mouse does."""
    for _ in range(presses):
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_by_keyboard_alone(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    tab_to(page, dashboard.level("bclc", "c"))
    page.keyboard.press("Space")
    dashboard.at(f"{SORAMIC}&bclc=c")
    dashboard.shows(f"{SORAMIC}&bclc=c")
    tab_to(page, page.get_by_role("radio", name="PFS", exact=True))
    page.keyboard.press("ArrowRight")
    query = f"{SORAMIC}&bclc=c&endpoint=os"
    dashboard.at(query)
    dashboard.shows(query)
    tab_to(page, page.get_by_role("combobox", name="Split by"))
    page.keyboard.type("Cirrh")
    page.keyboard.press("Enter")
    query += "&by=cirrhosis"
    dashboard.at(query)
    dashboard.shows(query)


def test_the_first_tab_leads_past_the_filters(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the content")
    expect(focused(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="PFS", exact=True)).to_be_focused()
    dashboard.at(SORAMIC)


def test_a_range_by_keyboard(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    low = page.get_by_role("slider", name="Age, lowest")
    start = int(low.input_value())
    high = int(page.get_by_role("slider", name="Age, highest").input_value())
    low.focus()
    page.keyboard.press("ArrowRight")
    expect(low).to_have_value(str(start + 1))
    expect(low).to_be_focused()
    query = f"{SORAMIC}&age-years={start + 1}..{high}"
    dashboard.at(query)
    dashboard.shows(query)
    expect(page.locator('[data-variable="age-years"]')).to_contain_text(f"{start + 1}–{high} years")
    page.go_back()
    dashboard.at(SORAMIC)
    expect(low).to_have_value(str(start))
    dashboard.shows(SORAMIC)


def test_the_options_change_numbers_and_figure(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    dashboard.open_options()
    dashboard.segment("log-log").check()
    dashboard.at(f"{SORAMIC}&ci=log-log")
    dashboard.shows(f"{SORAMIC}&ci=log-log")
    expect(page.locator("#survival-footnote")).to_contain_text("log-log transform")
    dashboard.segment("days").check()
    dashboard.at(f"{SORAMIC}&ci=log-log&unit=days")
    expect(page.locator("#survival-numbers th", has_text="Median, days")).to_be_visible()
    expect(page.locator("#survival-graph .xtitle")).to_have_text("Days since randomisation")
    dashboard.segment("Cumulative incidence").check()
    query = f"{SORAMIC}&ci=log-log&unit=days&curve=incidence"
    dashboard.at(query)
    expect(page.locator("#survival-graph .annotation-text").first).to_have_text(
        "Progression or death, cumulative %"
    )
    before = page.locator("#survival-graph .scatterlayer .trace").count()
    page.get_by_label("Weibull fit").check()
    expect(page.locator("#survival-graph .scatterlayer .trace")).to_have_count(before + 2)
    expect(page.locator("#survival-cautions")).to_contain_text("The Weibull curve is a model")
    dashboard.tick("Fixed times in months", "6")
    query += "&show=band,censored,median,risk,weibull&landmarks=6,12,24"
    expect(dashboard.cell("Sorafenib", "survival-6")).to_be_visible()
    dashboard.at(query)
    # One Escape for the list, one for the options that it stands in.
    page.keyboard.press("Escape")
    expect(dashboard.many("Fixed times in months").get_by_role("checkbox").first).to_be_hidden()
    expect(dashboard.segment("log-log")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dashboard.segment("log-log")).to_be_hidden()


def test_the_time_axis_is_where_the_reader_wants_it(dashboard):
    dashboard.open(SORAMIC)
    page = dashboard.page
    dashboard.open_options()
    page.get_by_role("slider", name="Last month").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"[?&]x=0\.\.\d+"))
    dashboard.settled()
    last = int(page.url.rpartition("..")[2])
    assert last % 3 == 0
    dashboard.shows(f"{SORAMIC}&x=0..{last}")


def colour_of_first_curve(page) -> str:
    lines = page.locator("#survival-graph .scatterlayer path.js-line")
    return lines.nth(1).evaluate("path => getComputedStyle(path).stroke")


def test_the_theme_changes_colours_and_keeps_the_view(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    light = colour_of_first_curve(page)
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_role("button", name="Change between light and dark").click()
    dashboard.has_theme("dark")
    expect(page.locator("body")).not_to_have_css("background-color", ground)
    dashboard.settled()
    expect(page.locator("#survival-graph .scatterlayer path.js-line").nth(1)).not_to_have_css(
        "stroke", light
    )
    dashboard.at(f"{SORAMIC}&bclc=c")
    dashboard.shows(f"{SORAMIC}&bclc=c")
    page.reload()
    dashboard.settled()
    dashboard.has_theme("dark")


def test_a_reader_whose_screen_is_dark_starts_dark(open_page):
    dashboard = open_page(color_scheme="dark")
    dashboard.open(SORAMIC)
    dashboard.has_theme("dark")


def test_on_a_telephone_the_filters_open_by_the_burger(open_page):
    dashboard = open_page(390, 844)
    dashboard.open(SORAMIC)
    page = dashboard.page
    box = dashboard.level("bclc", "c")
    expect(box).not_to_be_in_viewport()
    page.get_by_role("button", name="Show the filters").click()
    expect(box).to_be_in_viewport()
    box.check()
    dashboard.at(f"{SORAMIC}&bclc=c")
    page.get_by_role("button", name="Show the filters").click()
    expect(box).not_to_be_in_viewport()
    dashboard.shows(f"{SORAMIC}&bclc=c")
    width = page.locator("html").evaluate("html => html.scrollWidth")
    assert width <= 390


def test_sharing_shows_the_link_of_the_view(dashboard):
    dashboard.open(SORAMIC)
    dashboard.level("bclc", "c").check()
    dashboard.at(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    page.get_by_role("button", name="Share view").click()
    expect(page.get_by_role("textbox", name="Link")).to_have_value(page.url)


def test_presenting_leaves_only_cohort_figure_and_numbers(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c")
    page = dashboard.page
    expect(dashboard.level("bclc", "c")).to_be_visible()
    page.get_by_role("link", name="Present").click()
    dashboard.at(f"{SORAMIC}&bclc=c&present=on")
    expect(dashboard.level("bclc", "c")).to_be_hidden()
    expect(page.get_by_role("radiogroup", name="Endpoint")).to_be_hidden()
    expect(page.locator(".cohort-line")).to_be_visible()
    dashboard.shows(f"{SORAMIC}&bclc=c")
    page.get_by_role("link", name="Leave presentation").click()
    dashboard.at(f"{SORAMIC}&bclc=c")
    expect(dashboard.level("bclc", "c")).to_be_visible()


def test_any_of_several_levels_is_one_click(dashboard):
    dashboard.open("study=nct01900002")
    button = dashboard.page.get_by_role("button", name="Any hepatitis C")
    button.click()
    dashboard.at("study=nct01900002&hepatitis=hepatitis-b-and-c,hepatitis-c-only")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(dashboard.page.locator("#cohort-n")).to_have_text("11")
    button.click()
    dashboard.at("study=nct01900002")
    expect(button).to_have_attribute("aria-pressed", "false")
