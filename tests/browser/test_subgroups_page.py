"""The Subgroups page: sort, switch, search, filter, follow a row; by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.dashboard import WITHOUT_RANGE, Dashboard

NCT = "study=nct01900002"


class SubgroupsPage:
    """The Subgroups page in a browser."""

    def __init__(self, dashboard: Dashboard):
        self.page = dashboard.page
        self.dashboard = dashboard

    def open(self, query: str) -> None:
        self.dashboard.open(query, "/subgroups")

    def settled(self) -> None:
        self.dashboard.settled()

    def at(self, part: str) -> None:
        expect(self.page).to_have_url(re.compile(rf"[?&]{re.escape(part)}(&|$)"))
        self.settled()

    def cell(self, variable: str, statistic: str, level: str | None = None):
        row = f'[data-level="{level}"]' if level else ".variable-row"
        return self.page.locator(
            f'#subgroups-table [data-variable="{variable}"] {row} [data-statistic="{statistic}"]'
        )

    def choose(self, label: str, option: str) -> None:
        self.dashboard.choose(label, option)

    def variables(self) -> list[str]:
        return self.page.locator(".variable-row a:not(.way)").all_inner_texts()


@pytest.fixture
def subgroups(open_page):
    return lambda **screen: SubgroupsPage(open_page(**screen))


def test_switch_sort_search_and_group(subgroups):
    it = subgroups()
    it.open(NCT)
    assert it.variables()[:2] == ["Sex", "Pathology"]
    expect(it.cell("hepatitis", "p")).to_have_text("0.011")
    it.choose("p-value", "Westfall–Young")
    it.at("p=westfall-young")
    expect(it.cell("hepatitis", "p")).not_to_have_text("0.011")
    it.choose("Order", "By name")
    it.at("order=name")
    names = it.variables()
    assert names == sorted(names, key=str.casefold)
    it.page.get_by_role("textbox", name="Search a variable or level").fill("stage i")
    it.at("search=stage%20i")
    assert set(it.variables()) == {"Okuda", "TNM"}


def test_a_filter_changes_the_counts_and_greys_what_it_empties(subgroups):
    it = subgroups()
    it.open(NCT)
    expect(it.cell("bclc", "n", "stage-b")).to_have_text("9")
    it.page.locator('.variable[data-variable="pvt"] input[value="yes"]').check()
    it.at("pvt=yes")
    expect(it.cell("bclc", "n", "stage-b")).to_have_text("0")
    expect(it.cell("bclc", "n", "stage-c")).to_have_text("8")
    expect(it.page.locator("#subgroups-cautions")).to_contain_text("Illustrative")


def test_a_row_opens_the_survival_page_with_filters_kept(subgroups):
    it = subgroups()
    it.open(f"{NCT}&endpoint=os&cirrhosis=yes")
    it.page.get_by_role("link", name="Hepatitis", exact=True).click()
    expect(it.page).to_have_url(
        re.compile(r"/survival\?study=nct01900002&endpoint=os&by=hepatitis&cirrhosis=yes$")
    )
    expect(it.page.locator("#survival-numbers")).to_contain_text("Hepatitis C only")
    it.page.go_back()
    it.settled()
    expect(it.cell("hepatitis", "p")).to_be_visible()


def test_by_keyboard_only(subgroups):
    it = subgroups()
    it.open(NCT)
    link = it.page.get_by_role("link", name="Sex", exact=True)
    link.focus()
    it.page.keyboard.press("Tab")
    expect(it.page.get_by_role("link", name="Pathology", exact=True)).to_be_focused()
    it.page.keyboard.press("Enter")
    expect(it.page).to_have_url(re.compile(r"/survival\?study=nct01900002&by=pathology$"))


def test_the_papers_cells_beside_ours(subgroups):
    it = subgroups()
    it.open(NCT)
    it.dashboard.open_options()
    it.dashboard.segment("Shown").check()
    it.at("published=on")
    expect(it.cell("sex", "median", "female").locator(".paper")).to_have_text("12.25 (5.72–NR)")
    it.page.keyboard.press("Escape")
    it.page.locator('.variable[data-variable="pvt"] input[value="no"]').check()
    it.at("pvt=no")
    expect(it.page.locator("#subgroups-table .paper")).to_have_count(0)


def test_the_forest_of_a_comparison_of_arms(subgroups):
    it = subgroups()
    it.open("study=soramic&endpoint=os")
    expect(it.cell("pvi", "interaction")).to_contain_text("0.789")
    # The number itself, without the range over other data sets that may stand below it.
    assert it.cell("pvi", "interaction").evaluate(WITHOUT_RANGE) == "0.789"
    counts = it.cell("child-pugh", "arms", "b")
    expect(counts).to_contain_text("2/3 · 9/9")
    assert counts.evaluate(WITHOUT_RANGE) == "2/3 · 9/9"
    expect(it.page.locator("#subgroups-table .box").first).to_be_visible()
    assert it.page.locator("#subgroups-table .rate").first.is_visible() is False


@pytest.mark.parametrize(
    ("screen", "query"),
    [
        ({"width": 1440, "height": 900}, "study=soramic"),
        ({"width": 1440, "height": 900}, NCT),
        ({"width": 1920, "height": 1080}, "study=soramic"),
    ],
)
def test_the_table_fits_its_page(subgroups, screen, query):
    it = subgroups(**screen)
    it.open(query)
    table = it.page.locator("table.subgroups").bounding_box()
    assert table["x"] + table["width"] <= screen["width"] - 20


def test_the_dots_stand_under_their_axis(subgroups):
    it = subgroups()
    it.open(NCT)
    plots = it.page.locator("#subgroups-table .plot").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().left, e.getBoundingClientRect().width])"
    )
    axis = it.page.locator("#subgroups-table thead .axis").bounding_box()
    # All patients and every level, one of them without a patient.
    assert len(plots) == 70
    for left, width in plots:
        assert abs(left - axis["x"]) < 0.6
        assert abs(width - axis["width"]) < 0.6


def test_on_a_telephone_the_table_scrolls_in_itself(subgroups):
    it = subgroups(width=390, height=844)
    it.open(NCT)
    wide = it.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_the_whole_table_is_in_print(subgroups):
    it = subgroups()
    it.open(NCT)
    it.page.emulate_media(media="print")
    expect(it.page.locator(".rail-frame")).to_be_hidden()
    expect(it.page.locator(".header")).to_be_hidden()
    expect(it.cell("vascular-invasion", "p")).to_be_visible()
    expect(it.page.locator("#subgroups-footnote")).to_contain_text("Reconstructed")
