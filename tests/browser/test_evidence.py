"""The Evidence page in a browser: cells, filters of the page, its parts, narrow screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

STUDY = "study=nct01900002"


def open_evidence(dashboard, query: str = STUDY):
    dashboard.open(query, "/evidence")
    return dashboard.page


def cells(page):
    return page.locator(".evidence-cells tbody tr")


def test_a_table_a_verdict_and_words_narrow_the_cells(dashboard):
    page = open_evidence(dashboard)
    expect(cells(page)).to_have_count(100)
    page.get_by_role("link", name=re.compile("^Table 5")).click()
    expect(page).to_have_url(re.compile("table=table-5"))
    dashboard.settled()
    expect(cells(page).first).to_contain_text("Table 5")
    dashboard.choose("Verdict", "Differs")
    expect(page).to_have_url(re.compile("verdict=differs"))
    page.get_by_label("Search a variable, level or column").fill("bclc")
    expect(page.locator("#evidence-table")).to_contain_text("No printed cell of this selection.")
    page.go_back()
    expect(cells(page).first).to_be_visible()
    # The numbers of the page are those of its file.
    rows = dashboard.csv("evidence", f"{STUDY}&table=table-5&verdict=differs")
    expect(cells(page)).to_have_count(len(rows))


def test_every_cell_is_painted_quickly(dashboard):
    # A field that was told a word tells it on after a moment: emptied within it, nothing changed.
    dashboard.load(f"{STUDY}&search=sex", "/evidence")
    page = dashboard.page
    total = len(dashboard.csv("evidence", STUDY))
    field = page.get_by_label("Search a variable, level or column")
    expect(field).to_have_value("sex")
    field.fill("")
    page.get_by_role("link", name=f"Show all {total:,}", exact=True).click()
    expect(cells(page)).to_have_count(total)
    # Text of the answer to pixels: layout is forced by reading a height.
    took = page.evaluate(
        """() => {
          const place = document.getElementById("evidence-table");
          const text = place.innerHTML;
          place.innerHTML = "";
          place.offsetHeight;
          const start = performance.now();
          place.innerHTML = text;
          place.offsetHeight;
          return performance.now() - start;
        }"""
    )
    assert took < 1000


def test_the_parts_of_the_page(dashboard):
    page = open_evidence(dashboard)
    dashboard.segment("Where the paper disagrees with itself").check()
    expect(page).to_have_url(re.compile("view=disagreements"))
    expect(page.locator(".evidence-said tbody tr").first).to_contain_text("AFP")
    expect(page.get_by_role("combobox", name="Verdict")).to_be_hidden()
    dashboard.segment("What is published, what is not").check()
    expect(page.locator(".evidence-said.made")).to_have_count(2)
    page.get_by_text("The method in full").click()
    expect(page.locator(".method-text h3").first).to_be_visible()
    dashboard.segment("Published and recomputed").check()
    expect(cells(page).first).to_be_visible()


def test_the_badge_leads_here_by_keyboard_and_the_filters_wait(dashboard):
    dashboard.open("study=soramic&bclc=c")
    dashboard.page.locator(".header .badge").focus()
    dashboard.page.keyboard.press("Enter")
    page = dashboard.page
    expect(page).to_have_url(re.compile(r"/evidence\?study=soramic&bclc=c"))
    dashboard.settled()
    expect(page.locator("#evidence-cautions")).to_contain_text("BCLC C) do not apply")
    expect(page.locator('[data-variable="bclc"]')).to_be_hidden()
    page.get_by_role("link", name="Survival", exact=True).click()
    expect(page.locator("#cohort-n")).to_have_text("126")
    expect(page.locator('[data-variable="bclc"]').first).to_be_visible()


def test_a_study_without_printed_cells(dashboard):
    page = open_evidence(dashboard, "study=edges")
    expect(page.locator("#evidence-sentence")).to_contain_text("names no published cells")
    expect(page.get_by_role("combobox", name="Verdict")).to_have_count(0)


@pytest.mark.parametrize("view", ["cells", "made"])
def test_nothing_runs_off_a_telephone(open_page, view):
    page = open_evidence(open_page(width=390, height=844), f"{STUDY}&view={view}")
    wide = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide[0] <= wide[1]
