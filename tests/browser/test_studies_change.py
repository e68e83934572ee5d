"""A study's files change while a reader has it open."""

from __future__ import annotations

import re
import shutil
import time

import pytest
from playwright.sync_api import expect

from data.live import QUIET
from tests.studies.edges import PATIENTS, TOML

FEWER = PATIENTS[: PATIENTS.rindex("P19")]


@pytest.fixture
def later(server, studies_dir):
    """The folder of a study that the server has not seen at its start."""
    folder = studies_dir / "later"
    folder.mkdir()
    (folder / "study.toml").write_text(
        TOML.replace('id = "edges"', 'id = "later"').replace("Edge study", "Later study"), "utf-8"
    )
    write(folder, PATIENTS)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    time.sleep(QUIET + 0.1)


def write(folder, patients: str) -> None:
    (folder / "new").write_text(patients, "utf-8")
    (folder / "new").rename(folder / "patients.csv")
    time.sleep(QUIET + 0.1)


def test_an_open_page_follows_its_studys_files(dashboard, later):
    """Numbers and filters of one state, then of the next; at last the study is gone."""
    page = dashboard.page
    line = page.locator(".cohort-n")
    dashboard.open("study=later")
    dashboard.shows("study=later")
    expect(line).to_have_text("20 of 20 patients")

    write(later, FEWER)
    dashboard.level("arm", "b").locator("..").click()
    dashboard.at("study=later&arm=b")
    expect(line).to_have_text("9 of 19 patients")
    dashboard.shows("study=later&arm=b")
    expect(page.locator('[data-level="arm/b"]')).to_have_attribute("data-now", "9")

    shutil.rmtree(later)
    time.sleep(QUIET + 0.1)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("#notes")).to_contain_text(re.compile("There is no study .later."))
    dashboard.settled()
