"""The Compare arms page in a browser: sections, controls, the address, narrow screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

SORAMIC, ENROLLED = "study=soramic", "study=nct01900002&set=enrolled"


def open_arms(dashboard, query: str = SORAMIC):
    dashboard.open(query, "/arms")
    return dashboard.page


def section(page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()


def cell(page, statistic: str):
    return page.locator(f'#arms-side [data-statistic="{statistic}"]')


def test_the_papers_comparison(dashboard):
    page = open_arms(dashboard)
    expect(cell(page, "hazard-ratio")).to_contain_text("0.69 (0.50–0.95)")
    expect(cell(page, "hazard-ratio")).to_contain_text("0.022")
    for statistic in (
        "rmst-difference",
        "difference-12",
        "difference-24",
        "log-rank",
        "permutation",
        "proportional-hazards",
    ):
        expect(cell(page, statistic)).to_be_visible()
    expect(page.locator("#arms-footnote")).to_contain_text("1.45 (1.05–1.99)")


def test_where_hazards_are_not_proportional_it_is_said_and_the_order_stays(dashboard):
    page = open_arms(dashboard, f"{SORAMIC}&albi-grade=2")
    expect(page.locator(".estimates tbody tr").first).to_contain_text("Hazard ratio")
    expect(cell(page, "hazard-ratio")).to_contain_text("not constant over time")


def test_a_filter_recomputes_everything(dashboard):
    page = open_arms(dashboard)
    before = cell(page, "hazard-ratio").inner_text()
    dashboard.level("bclc", "c").check()
    expect(page).to_have_url(re.compile("bclc=c"))
    dashboard.settled()
    expect(page.locator('#arms-side [data-arm="sorafenib"] [data-statistic="n"]')).to_have_text(
        "75"
    )
    assert cell(page, "hazard-ratio").inner_text() != before
    expect(page.locator("#arms-cautions")).to_contain_text("Illustrative")


def test_sections_stand_in_the_address(dashboard):
    page = open_arms(dashboard)
    for name, shown, found in (
        ("Balance", "balance", "#arms-below .balance-table"),
        ("Competing risks", "competing", "#arms-side .competing"),
        ("Response", "response", "#arms-below .response-forest"),
    ):
        section(page, name)
        expect(page).to_have_url(re.compile(f"show={shown}"))
        dashboard.settled()
        expect(page.locator(found)).to_be_visible()
    page.reload()
    dashboard.settled()
    expect(page.locator("#arms-sentence")).to_contain_text("45 of 73 (61.6 %)")
    page.go_back()
    dashboard.settled()
    expect(page.locator("#arms-sentence")).to_contain_text("1 − Kaplan–Meier would say")
    section(page, "Effect")
    dashboard.settled()
    expect(page).not_to_have_url(re.compile("show="))


def test_covariates_are_ticked(dashboard):
    page = open_arms(dashboard, f"{SORAMIC}&show=balance")
    expect(page.locator('#arms-side [data-model="adjusted"]')).to_contain_text(
        "Adjusted for Child–Pugh"
    )
    dashboard.tick("Adjust for", "ALBI grade")
    expect(page).to_have_url(re.compile("adjust=child-pugh,albi-grade"))
    page.keyboard.press("Escape")
    dashboard.settled()
    expect(page.locator('#arms-side [data-model="adjusted"]')).to_contain_text("173 patients")
    dashboard.tick("Stratify by", "BCLC")
    expect(page).to_have_url(re.compile("stratify=bclc"))
    dashboard.settled()
    expect(page.locator("#arms-side .tests")).to_contain_text("Log-rank in 2 strata")


def test_tau_is_chosen(dashboard):
    page = open_arms(dashboard)
    dashboard.open_options()
    dashboard.choose("Mean time up to", "24 months")
    expect(page).to_have_url(re.compile("tau=24"))
    dashboard.settled()
    expect(cell(page, "rmst-difference")).to_contain_text("τ = 24.0")


def test_one_arm_leads_to_the_wider_set(dashboard):
    page = open_arms(dashboard, "study=nct01900002")
    expect(page.locator("#arms-sentence")).to_contain_text("nothing to compare")
    page.get_by_role("link", name="Compare the arms among all enrolled").click()
    expect(page).to_have_url(re.compile("set=enrolled"))
    dashboard.settled()
    expect(page.locator("#arms-cautions")).to_contain_text("4 against 34")


def test_the_files_are_those_of_the_section(dashboard):
    page = open_arms(dashboard, f"{SORAMIC}&show=response")
    links = page.locator("#arms-body .csv-links a:visible")
    expect(links).to_have_count(2)
    with page.expect_download() as download:
        links.first.click()
    assert download.value.suggested_filename.endswith("-response.csv")
    rows = dashboard.csv("response", SORAMIC)
    assert [row["responders"] for row in rows] == ["45", "31"]


@pytest.mark.parametrize("show", ["effect", "balance", "competing", "response"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_cuts_nothing_off(open_page, show, scheme):
    dashboard = open_page(width=390, height=844, color_scheme=scheme)
    page = open_arms(dashboard, f"{SORAMIC}&show={show}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    side = page.locator("#arms-side")
    assert side.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("query", [SORAMIC, f"{SORAMIC}&bclc=c&ecog=1"])
def test_the_estimates_keep_within_their_column(dashboard, query):
    page = open_arms(dashboard, query)
    side, table = (page.locator(one).bounding_box() for one in (".arms .side", "table.estimates"))
    assert table["x"] + table["width"] <= side["x"] + side["width"] + 1
