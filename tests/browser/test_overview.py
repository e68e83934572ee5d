"""The Overview page in a browser: the first page, its cards, its table and flow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def open_overview(dashboard, query: str = ""):
    dashboard.open(query, "/overview")
    return dashboard.page


def test_it_is_what_an_address_without_a_page_shows(dashboard):
    dashboard.load("study=nct01900002", path="/")
    page = dashboard.page
    expect(page.locator(".page-tab.current")).to_have_text("Overview")
    expect(page.locator('[data-card="n"] .card-big')).to_have_text("34")


def test_cards_flow_and_table_follow_a_filter(dashboard):
    page = open_overview(dashboard, "study=soramic")
    dashboard.level("bclc", "c").check()
    expect(page).to_have_url(re.compile("bclc=c"))
    dashboard.settled()
    expect(page.locator('[data-card="n"] .card-big')).to_have_text("126")
    expect(page.locator('[data-step="filter"]')).to_contain_text("BCLC C")
    expect(page.locator('[data-step="screen"]')).to_contain_text("126")
    albi = page.locator('#overview-table tbody[data-variable="albi-grade"]')
    expect(albi.locator('tr[data-level="missing"]')).to_be_attached()


def test_a_card_leads_to_its_page_with_the_filters(dashboard):
    page = open_overview(dashboard, "study=soramic&bclc=c")
    page.locator('[data-card="endpoint-os"] a').click()
    expect(page).to_have_url(re.compile(r"/survival\?study=soramic&endpoint=os&bclc=c$"))
    expect(page.locator("#survival-sentence")).not_to_be_empty()


def test_controls_of_the_table(dashboard):
    page = open_overview(dashboard, "study=soramic")
    page.get_by_label("Search a variable or level").fill("albi")
    expect(page).to_have_url(re.compile("search=albi"))
    expect(page.locator("#overview-table tbody[data-variable]")).to_have_count(1)
    page.reload()
    dashboard.settled()
    expect(page.locator("#overview-table tbody[data-variable]")).to_have_count(1)


def test_nobody_left(dashboard):
    page = open_overview(dashboard, "study=soramic&age-years=1..2")
    expect(page.locator("#overview-sentence")).to_contain_text("No patient passes")
    expect(page.locator("#overview-table table")).to_have_count(0)
    expect(page.locator('[data-step="screen"]')).to_contain_text("0")


@pytest.mark.parametrize("study", ["nct01900002", "soramic"])
def test_nothing_runs_off_a_telephone(open_page, study):
    dashboard = open_page(width=390, height=844)
    page = open_overview(dashboard, f"study={study}")
    wide = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1]
