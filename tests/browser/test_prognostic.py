"""The Prognostic factors page in a browser: table, model, order, narrow screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


def open_page_of(dashboard, query: str = "study=soramic"):
    dashboard.open(query, "/prognostic")
    return dashboard.page


def row(page, variable: str, level: str):
    return (
        page.locator(f'[data-variable="{variable}"] [data-level="{level}"]')
        .locator("visible=true")
        .filter(has=page.locator("[data-statistic]"))
    )


def test_the_papers_table(dashboard):
    page = open_page_of(dashboard)
    one = row(page, "child-pugh", "b")
    expect(one.locator('[data-statistic="univariable"]')).to_have_text("3.52 (1.93–6.41)")
    expect(one.locator('[data-statistic="multivariable"]')).to_contain_text("3.48")
    expect(page.locator("#prognostic-table tbody")).to_have_count(20)


def test_the_model_is_chosen_by_the_reader(dashboard):
    page = open_page_of(dashboard)
    dashboard.tick("Multivariable model", "ECOG")
    expect(page).to_have_url(re.compile("model=arm,child-pugh,ecog"))
    dashboard.settled()
    expect(page.locator("#prognostic-table thead")).to_contain_text("n = 174")
    page.reload()
    dashboard.settled()
    expect(page.locator("#prognostic-table thead")).to_contain_text("n = 174")
    page.go_back()
    dashboard.settled()
    expect(page.locator("#prognostic-table thead")).to_contain_text("n = 177")


def test_endpoint_and_filter_recompute(dashboard):
    page = open_page_of(dashboard)
    dashboard.endpoint("OS").check()
    expect(page).to_have_url(re.compile("endpoint=os"))
    dashboard.settled()
    expect(page.locator("#prognostic-sentence")).to_contain_text("Factors of OS alone")
    dashboard.level("bclc", "c").check()
    expect(page).to_have_url(re.compile("bclc=c"))
    dashboard.settled()
    expect(page.locator("#prognostic-table thead")).to_contain_text("n = 126")


def test_few_events_for_each_variable_are_said(dashboard):
    page = open_page_of(dashboard, "study=nct01900002&model=p")
    expect(page.locator("#prognostic-cautions")).to_contain_text("Events per variable 2.")
    expect(page.locator("#prognostic-cautions")).to_contain_text("The data themselves chose")


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_beside_the_screen(open_page, width):
    page = open_page_of(open_page(width=width))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
