"""The Other trials page and the glossary in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def open_page_of(dashboard, query: str):
    dashboard.open(query, "/context")
    return dashboard.page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_the_page_fits_and_has_a_glossary(open_page, scheme, width):
    page = open_page_of(open_page(width=width, color_scheme=scheme), "study=soramic&endpoint=os")
    expect(page.locator("#context-table .own")).to_have_count(2)
    expect(page.locator(".naive")).to_contain_text("Naive comparison")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Glossary").click()
    expect(page.get_by_role("dialog", name="Glossary")).to_be_visible()
    expect(page.locator("#glossary-find")).to_be_focused()


def test_controls_filters_and_history(dashboard):
    page = open_page_of(dashboard, "study=soramic")
    dashboard.endpoint("OS").check()
    expect(page).to_have_url(re.compile("endpoint=os"))
    dashboard.settled()
    page.locator("#context-sentence").hover()
    expect(page.locator("#context-sentence")).to_have_attribute("title", "OS: Overall survival")
    dashboard.level("bclc", "c").check()
    expect(page.locator("#context-cautions")).to_contain_text("This cohort is filtered")
    dashboard.choose("Treatment", "Placebo")
    expect(page).to_have_url(re.compile("group=placebo"))
    dashboard.settled()
    expect(page.locator("#context-table tbody tr")).to_have_count(3)
    page.go_back()
    dashboard.settled()
    expect(page.locator("#context-table tbody tr:nth-child(6)")).to_be_attached()


def test_the_glossary_by_keyboard(dashboard):
    page = open_page_of(dashboard, "study=soramic")
    button = page.get_by_role("button", name="Glossary")
    button.press("Enter")
    dialog = page.get_by_role("dialog", name="Glossary")
    expect(dialog).to_contain_text("Endpoints of SORAMIC substudy")
    page.locator("#glossary-find").fill("hazard")
    expect(dialog.get_by_text("Hazard ratio (HR)")).to_be_visible()
    expect(dialog.get_by_text("Log-rank test", exact=True)).to_be_hidden()
    page.locator("#glossary-find").fill("zzz")
    expect(dialog.locator("#glossary-none")).to_have_text("No term holds these letters.")
    # In a field with letters Escape takes them out first, as in every search field.
    page.keyboard.press("Escape")
    expect(dialog.get_by_text("Log-rank test", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_a_glossary_that_cannot_be_fetched_says_so(dashboard, watch):
    watch.allow("Failed to load resource")
    page = open_page_of(dashboard, "study=soramic")
    page.route("**/glossary*", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_role("button", name="Glossary").click()
    expect(page.locator("#glossary-text")).to_contain_text("could not be fetched")
    page.locator("#glossary-close").click()
    expect(page.get_by_role("dialog", name="Glossary")).to_be_hidden()
