"""The Response page in a browser: its parts, controls, files, narrow screens, accessibility."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SORAMIC, TREATED = "study=soramic", "study=nct01900002"
PARTS = {
    "Best response": "best",
    "Depth": "depth",
    "Course": "course",
    "By variable": "by",
    "Landmark survival": "landmark",
}


def open_response(dashboard, query: str = SORAMIC):
    dashboard.open(query, "/response")
    return dashboard.page


def part(page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()
    # The class comes with the answer, so that what follows reads the part that was asked for.
    shown = re.compile(rf"^response {PARTS[name]}")
    expect(page.locator("#response-body")).to_have_class(shown)


def test_parts_stand_in_the_address_and_draw(dashboard):
    page = open_response(dashboard)
    expect(page.locator('#response-side [data-response="cr"]')).to_contain_text("13.7 %")
    for name, found in (
        ("Depth", "#response-graph .barlayer .point"),
        ("Course", "#response-side .incidence path"),
        ("By variable", "#response-below [data-variable='arm'] .dot"),
        ("Landmark survival", "#response-numbers [data-statistic='p']"),
    ):
        part(page, name)
        expect(page).to_have_url(re.compile(f"view={PARTS[name]}"))
        dashboard.settled()
        expect(page.locator(found).first).to_be_visible()
    page.reload()
    dashboard.settled()
    expect(page.locator("#response-cautions")).to_contain_text("Landmark analysis from day 112")
    page.go_back()
    dashboard.settled()
    expect(page.locator("#response-below table")).to_be_visible()
    expect(page.locator("#response-numbers")).to_be_hidden()


def test_figure_and_numbers_fit_a_desk(dashboard):
    page = open_response(dashboard)
    for query in (SORAMIC, f"{SORAMIC}&view=depth", f"{SORAMIC}&view=landmark&endpoint=os"):
        page = open_response(dashboard, query)
        for place in ("#response-graph", "#response-sentence"):
            assert (
                page.locator(place).bounding_box()["y"]
                + page.locator(place).bounding_box()["height"]
                <= 900
            ), (query, place)


def test_controls_write_the_address(dashboard):
    page = open_response(dashboard, f"{SORAMIC}&view=course")
    dashboard.segment("Responders").check()
    expect(page).to_have_url(re.compile("show=responders"))
    dashboard.settled()
    part(page, "By variable")
    dashboard.settled()
    dashboard.choose("By", "Child–Pugh")
    expect(page).to_have_url(re.compile("by=child-pugh"))
    dashboard.settled()
    expect(page.locator("#response-below [data-variable]")).to_have_count(1)
    part(page, "Landmark survival")
    dashboard.endpoint("OS").check()
    expect(page).to_have_url(re.compile("endpoint=os"))
    dashboard.choose("Landmark", "From month 4")
    expect(page).to_have_url(re.compile("month=4"))
    dashboard.settled()
    expect(page.locator("#response-sentence")).to_contain_text("From day 122 on, median OS")


def test_a_filter_recomputes_and_the_file_has_the_same(dashboard):
    page = open_response(dashboard)
    dashboard.level("bclc", "c").check()
    expect(page).to_have_url(re.compile("bclc=c"))
    dashboard.settled()
    rows = dashboard.csv("response-categories", f"{SORAMIC}&bclc=c")
    (objective,) = [
        row
        for row in rows
        if row["category"] == "Objective response" and row["group"] == "All patients"
    ]
    expect(page.locator('[data-response="objective"] td').last.locator("b")).to_have_text(
        objective["n"]
    )
    with page.expect_download() as download:
        page.locator("#response-body .csv-links a:visible").click()
    assert download.value.suggested_filename == "soramic-response-categories.csv"


def test_no_single_patient_of_a_guarded_study(dashboard):
    page = open_response(dashboard, TREATED)
    for words in ("12", "35.3 %"):
        expect(page.locator('#response-side [data-response="pr"]')).to_contain_text(words)
    expect(page.locator('#response-side [data-response="off-study"] b')).to_have_text("2")
    for name in ("Depth", "Course"):
        part(page, name)
        dashboard.settled()
        expect(page.locator("#response-body")).to_contain_text("disclosure-controlled")
        expect(page.locator("#response-graph .trace")).to_have_count(0)
        expect(page.get_by_role("link", name="Waterfall")).to_have_count(0)


def test_a_study_without_response_has_a_sentence_and_no_dead_control(dashboard):
    page = open_response(dashboard, "study=edges")
    expect(page.locator("#response-sentence")).to_have_text(
        "This study has no response to treatment."
    )
    expect(page.get_by_role("radiogroup", name="Part of the page")).to_have_count(0)
    expect(page.locator("#response-body .csv-links")).to_be_hidden()


def test_a_telephone_cuts_nothing_off(open_page):
    dashboard = open_page(width=390, height=844)
    page = open_response(dashboard)
    for name in PARTS:
        part(page, name)
        dashboard.settled()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.locator(".response .side").evaluate("e => e.scrollWidth <= e.clientWidth")
