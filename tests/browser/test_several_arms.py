"""A study of four arms in a browser: the choice of two arms, by keyboard, and its link."""

from __future__ import annotations

import shutil
import time

import pytest
from playwright.sync_api import expect

from data.live import QUIET
from tests.cases import FOLDER


@pytest.fixture
def four(server, studies_dir):
    """The study of four arms, there while a test looks at it."""
    folder = studies_dir / "four"
    shutil.copytree(FOLDER / "four", folder)
    time.sleep(QUIET + 0.1)
    yield "study=four"
    shutil.rmtree(folder)
    time.sleep(QUIET + 0.1)


def test_two_arms_are_chosen_by_keyboard_and_the_choice_goes_along(dashboard, four):
    page = dashboard.page
    dashboard.open(four, "/arms")
    expect(page.locator("#arms-side [data-pair]")).to_have_count(3)
    choice = page.get_by_role("combobox", name="Compare")
    chosen = choice.locator("option:checked")
    expect(chosen).to_have_text("Each against Placebo")
    choice.focus()
    page.keyboard.press("ArrowDown")
    expect(chosen).to_have_text("Drug A against Placebo")
    dashboard.at("study=four&compare=a,p")
    expect(page.locator('#arms-side [data-statistic="hazard-ratio"]')).to_contain_text("0.33")
    expect(page.locator('#arms-side [data-statistic="log-rank-overall"]')).to_be_visible()
    expect(page.locator("#arms-sentence")).to_contain_text("Drug A against Placebo")
    # The same pair on the page of the subgroups; back is each arm again.
    page.get_by_role("link", name="Subgroups", exact=True).click()
    dashboard.at("study=four&compare=a,p")
    expect(page.locator("#subgroups-table thead")).to_contain_text("favours Drug A")
    page.go_back()
    page.go_back()
    dashboard.at(four)
    expect(chosen).to_have_text("Each against Placebo")
