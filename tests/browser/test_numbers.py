"""Along a number, where it is cut, and how far a subgroup may be believed: by mouse and by key."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SORAMIC = "study=soramic&endpoint=pfs"


def test_a_row_of_a_number_opens_the_effect_along_it_and_its_windows(dashboard):
    dashboard.open(SORAMIC, "/subgroups")
    page = dashboard.page
    page.get_by_role("link", name="Age: along its values").click()
    dashboard.at("study=soramic&along=age-years")
    expect(page.locator("#along-sentence")).to_contain_text("by age: hazard ratio")
    expect(page.locator("#along-graph .scatterlayer .trace").first).to_be_attached()
    dashboard.choose("Windows of at least", "40 events")
    dashboard.at("study=soramic&along=age-years&window=40")
    page.get_by_role("button", name="Every window").click()
    expect(page.locator(".drawer-body")).to_contain_text("Windows of at least 40 events")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All subgroups").click()
    expect(page).to_have_url(re.compile("/subgroups"))


def test_a_threshold_is_moved_counted_and_carried_into_the_split(dashboard):
    dashboard.open("study=soramic&endpoint=os&by=age-years", "/survival")
    page = dashboard.page
    page.get_by_role("link", name="Thresholds").click()
    expect(page.locator("#thresholds-here")).to_contain_text("Threshold: ≥ 65 years, of 46–83")
    expect(page.locator("#thresholds-looks")).to_contain_text("1 threshold looked at")
    page.get_by_role("slider", name="Threshold of Age, years").focus()
    page.keyboard.press("ArrowRight")
    dashboard.at("study=soramic&endpoint=os&by=age-years&cut=66")
    expect(page.locator("#thresholds-sentence")).to_contain_text("age of 66 years or more")
    expect(page.locator("#thresholds-looks")).to_contain_text("2 thresholds looked at")
    page.get_by_role("link", name="Survival by this cut").click()
    expect(page.locator("#survival-sentence")).to_contain_text("Age ≥ 66 years")
    page.get_by_role("link", name="Study's own cuts").click()
    expect(page.locator("#survival-sentence")).to_contain_text("Age 60 to < 70 years")


def test_answers_stand_in_the_link_and_make_the_level(dashboard):
    dashboard.open(SORAMIC, "/credibility")
    page = dashboard.page
    table = page.locator("#credibility-table")
    expect(table.locator(".overall")).to_contain_text("very low")
    dashboard.choose("Direction predicted", "In a protocol, with the right direction")
    dashboard.at(f"{SORAMIC}&iceman-direction=yes")
    expect(table.locator(".overall")).to_contain_text("low at most")
    expect(table).to_contain_text("your answer")
    page.go_back()
    expect(table.locator(".overall")).to_contain_text("very low")
