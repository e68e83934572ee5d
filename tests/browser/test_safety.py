"""The Safety page in a browser: filters, controls, an opened term, narrow screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def open_safety(dashboard, query: str = "study=nct01900002"):
    dashboard.open(query, "/safety")
    return dashboard.page


def row(page, term: str):
    return page.locator(f'#safety-table tbody[data-term="{term}"]')


def test_the_table_is_recomputed_for_a_filter(dashboard):
    page = open_safety(dashboard)
    expect(page.locator("#safety-table tbody[data-term]")).to_have_count(52)
    expect(row(page, "fatigue")).to_contain_text("13 (38.2)")
    dashboard.level("pvt", "yes").check()
    expect(page).to_have_url(re.compile("pvt=yes"))
    dashboard.settled()
    expect(row(page, "fatigue")).to_contain_text("2 (25.0)")
    expect(page.locator("#safety-sentence")).to_contain_text("of 8 patients")


def test_controls_write_the_address_and_an_address_sets_them(dashboard):
    page = open_safety(dashboard)
    dashboard.segment("By frequency").check()
    expect(page).to_have_url(re.compile("order=frequency"))
    dashboard.segment("Grade ≥ 3").check()
    expect(page).to_have_url(re.compile("level=severe"))
    expect(page.locator("#safety-table tbody[data-term]").nth(1)).to_contain_text("Hypertension")
    page.reload()
    dashboard.settled()
    expect(page.locator("#safety-table tbody[data-term]").nth(1)).to_contain_text("Hypertension")
    page.go_back()
    expect(page).not_to_have_url(re.compile("level=severe"))


def test_search_and_preset(dashboard):
    page = open_safety(dashboard, "study=nct01900002&group=liver-related")
    expect(page.locator("#safety-table tbody[data-term]")).to_have_count(8)
    page.get_by_label("Search a term or category").fill("biliru")
    expect(page).to_have_url(re.compile("search=biliru"))
    expect(page.locator("#safety-table tbody[data-term]")).to_have_count(2)


def test_a_term_opens_by_keyboard_and_closes_again(dashboard):
    page = open_safety(dashboard)
    link = row(page, "diarrhea").get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("terms=diarrhea"))
    expect(row(page, "diarrhea")).to_contain_text("14 of 34 patients")
    expect(row(page, "diarrhea").get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("terms="))
    expect(page.locator(".term-detail")).to_have_count(0)


def test_a_study_without_adverse_events(dashboard):
    page = open_safety(dashboard, "study=soramic")
    expect(page.locator("#safety-sentence")).to_have_text(
        "SORAMIC substudy has no data on adverse events."
    )
    expect(page.locator("#safety-table table")).to_have_count(0)


@pytest.mark.parametrize("query", ["study=nct01900002", "study=nct01900002&terms=fatigue"])
def test_nothing_runs_off_a_telephone(open_page, query):
    dashboard = open_page(width=390, height=844)
    page = open_safety(dashboard, query)
    wide = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1]
