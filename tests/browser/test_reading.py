"""Picking study, endpoint, split and filters; the numbers on the page are those of the files."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SORAMIC = "study=soramic"


def test_by_mouse_from_the_start_page(dashboard):
    dashboard.tab.load("/start")
    dashboard.page.locator(".study-card", has_text="NCT01900002").click()
    dashboard.page.get_by_role("link", name="Survival", exact=True).click()
    dashboard.settled()
    dashboard.choose_study("SORAMIC")
    dashboard.at(SORAMIC)
    dashboard.shows(SORAMIC)
    dashboard.endpoint("OS").check()
    dashboard.at(f"{SORAMIC}&endpoint=os")
    dashboard.shows(f"{SORAMIC}&endpoint=os")
    dashboard.choose_split("Child–Pugh")
    dashboard.at(f"{SORAMIC}&endpoint=os&by=child-pugh")
    dashboard.shows(f"{SORAMIC}&endpoint=os&by=child-pugh")
    dashboard.level("bclc", "c").check()
    query = f"{SORAMIC}&endpoint=os&by=child-pugh&bclc=c"
    dashboard.at(query)
    dashboard.shows(query)
    expect(dashboard.page.locator("#cohort-n")).to_have_text("126")


def test_the_published_numbers_are_on_the_page(dashboard):
    dashboard.open(SORAMIC)
    expect(dashboard.cell("RE + sorafenib", "median")).to_have_text("8.9 (6.3–9.9)")
    expect(dashboard.cell("Sorafenib", "median")).to_have_text("5.4 (4.1–7.4)")
    p = dashboard.page.locator('[data-statistic="p"]')
    expect(p).to_have_text("p = 0.022", use_inner_text=True)
    expect(dashboard.page.locator("#survival-sentence")).to_contain_text(
        "Median PFS was 8.9 months (95 % CI 6.3–9.9) with RE + sorafenib and "
        "5.4 months (4.1–7.4) with sorafenib"
    )


def test_a_deep_link_is_restored_and_survives_a_reload(dashboard):
    query = "study=nct01900002&endpoint=os&by=tnm&metastasis=none&age-years=50..75&unit=months"
    dashboard.load(query)
    for again in (False, True):
        if again:
            dashboard.page.reload()
        dashboard.shows(query, decimals=2)
        expect(dashboard.level("metastasis", "none")).to_be_checked()
        expect(dashboard.page.locator(".split option:checked")).to_have_text("TNM")
        expect(dashboard.page.locator('[data-variable="age-years"]')).to_contain_text("50–75 years")


def test_back_and_forward_restore_controls_and_numbers(dashboard):
    dashboard.open(SORAMIC)
    dashboard.level("bclc", "c").check()
    dashboard.at(f"{SORAMIC}&bclc=c")
    dashboard.level("pvi", "yes").check()
    dashboard.at(f"{SORAMIC}&bclc=c&pvi=yes")
    dashboard.endpoint("OS").check()
    last = f"{SORAMIC}&bclc=c&pvi=yes&endpoint=os"
    dashboard.at(last)
    dashboard.shows(last)
    page = dashboard.page
    page.go_back()
    dashboard.at(f"{SORAMIC}&bclc=c&pvi=yes")
    dashboard.shows(f"{SORAMIC}&bclc=c&pvi=yes")
    expect(page.get_by_role("radio", name="PFS", exact=True)).to_be_checked()
    page.go_back()
    dashboard.at(f"{SORAMIC}&bclc=c")
    expect(dashboard.level("pvi", "yes")).not_to_be_checked()
    expect(dashboard.level("bclc", "c")).to_be_checked()
    dashboard.shows(f"{SORAMIC}&bclc=c")
    page.go_forward()
    dashboard.at(f"{SORAMIC}&bclc=c&pvi=yes")
    expect(dashboard.level("pvi", "yes")).to_be_checked()
    dashboard.shows(f"{SORAMIC}&bclc=c&pvi=yes")


def test_a_chip_removes_its_filter_and_clear_all_the_rest(dashboard):
    dashboard.open(f"{SORAMIC}&bclc=c&pvi=yes&sex=male")
    page = dashboard.page
    page.get_by_role("link", name="Portal vein invasion Yes").click()
    dashboard.at(f"{SORAMIC}&bclc=c&sex=male")
    expect(dashboard.level("pvi", "yes")).not_to_be_checked()
    dashboard.shows(f"{SORAMIC}&bclc=c&sex=male")
    page.get_by_role("link", name="Clear all").click()
    dashboard.at(SORAMIC)
    expect(dashboard.level("bclc", "c")).not_to_be_checked()
    dashboard.shows(SORAMIC)


def test_several_levels_of_a_long_variable(dashboard):
    dashboard.open("study=nct01900002&by=pathology-detail")
    page = dashboard.page
    variable = page.locator('[data-variable="pathology-detail"]')
    page.locator(".rail-more", has=variable).locator("> summary").click()
    variable.locator(".many > summary").click()
    variable.get_by_role("checkbox", name=re.compile(": Poorly differentiated,")).check()
    dashboard.at("study=nct01900002&by=pathology-detail&pathology-detail=poorly-differentiated")
    variable.get_by_role("checkbox", name=re.compile(": No biopsy,")).check()
    query = "study=nct01900002&by=pathology-detail&pathology-detail=poorly-differentiated,no-biopsy"
    dashboard.at(query)
    dashboard.shows(query, decimals=2)


def test_counts_follow_the_other_filters_and_a_zero_stays(dashboard):
    dashboard.open("study=edges")
    row = dashboard.page.locator('[data-level="arm/b"]')
    expect(row).to_have_attribute("data-now", "10")
    dashboard.open("study=edges&age=45..45")
    expect(row).to_have_attribute("data-now", "0")
    expect(row).to_be_visible()
    expect(dashboard.level("arm", "b")).to_be_enabled()
    dashboard.level("stage", "b").check()
    dashboard.at("study=edges&age=45..45&stage=b")
    dashboard.shows("study=edges&age=45..45&stage=b")


def test_an_empty_cohort_says_so_and_leads_back(dashboard):
    dashboard.open("study=edges&age=45..45")
    dashboard.level("arm", "b").check()
    query = "study=edges&age=45..45&arm=b"
    dashboard.at(query)
    page = dashboard.page
    sentence = (
        "No patient passes these filters. Without the filter Age 45 to 45 years 10 patients would."
    )
    expect(page.locator("#survival-sentence")).to_have_text(sentence)
    expect(page.locator("#survival-graph .annotation-text")).to_contain_text("No patient passes")
    expect(page.locator("#cohort-n")).to_have_text("0")
    page.get_by_role("link", name="Clear all").click()
    dashboard.at("study=edges")
    dashboard.shows("study=edges")


def test_awkward_views_are_pictures_with_sentences(dashboard):
    for query, words in (
        ("study=edges&endpoint=quiet", "was not reached"),
        ("study=edges&by=none&age=45..45", "1 of 1 patient had the event"),
        ("study=edges&by=site", "over 6 groups"),
        ("study=edges&endpoint=pps", "Median PPS"),
        ("study=edges&by=response", "Response: Yes"),
    ):
        dashboard.open(query)
        expect(dashboard.page.locator("#survival-sentence")).to_contain_text(words)
        dashboard.shows(query)


def test_unknown_parts_of_a_link_are_noted_and_the_rest_counts(dashboard):
    dashboard.open("study=soramic&bclc=c,z&colour=red&endpoint=xyz&ci=exact")
    notes = dashboard.page.locator("#notes")
    expect(notes).to_be_visible()
    for words in ("BCLC has no level “z”", "“colour” is nothing", "no endpoint “xyz”"):
        expect(notes).to_contain_text(words)
    expect(dashboard.page.locator("#survival-cautions")).to_contain_text("“ci” can be log")
    dashboard.shows("study=soramic&bclc=c")


def test_a_broken_study_is_listed_with_its_sentence(dashboard):
    dashboard.open("study=soramic")
    dashboard.choose_study("broken")
    page = dashboard.page
    expect(page.locator("#page h1")).to_contain_text("“broken” could not be loaded")
    expect(page.locator("#page li")).to_have_text(
        "patients.csv, column “os_days”, row 2: the time -3 is negative. "
        "Write whole days since the start."
    )
    expect(page.locator("#survival-graph")).to_have_count(0)
    dashboard.choose_study("SORAMIC")
    dashboard.at("study=soramic")
    dashboard.shows("study=soramic")


def test_another_study_brings_its_own_filters_and_endpoints(dashboard):
    dashboard.open("study=soramic&bclc=c")
    dashboard.choose_study("NCT01900002")
    dashboard.at("study=nct01900002")
    dashboard.shows("study=nct01900002", decimals=2)
    expect(dashboard.endpoint("TTRP")).to_be_visible()
    expect(dashboard.level("bclc", "stage-c")).not_to_be_checked()
    dashboard.page.go_back()
    dashboard.at("study=soramic&bclc=c")
    dashboard.shows("study=soramic&bclc=c")
    expect(dashboard.level("bclc", "c")).to_be_checked()
