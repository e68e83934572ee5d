"""A first visit: from the bare address to an answer, by mouse, by keyboard, on a telephone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_controls import tab_to


def begin(dashboard):
    """The bare address, as somebody meets it who was never here."""
    dashboard.tab.load("/start")
    dashboard.page.evaluate("localStorage.clear()")
    dashboard.tab.load("/")
    expect(dashboard.page.locator(".door")).to_have_count(3)
    return dashboard.page


def test_each_question_leads_to_an_answer_in_three_clicks(dashboard):
    page = begin(dashboard)
    page.get_by_role("link", name="Did it help patients like these?").click()
    dashboard.level("bclc", "c").check()
    dashboard.at("study=soramic&bclc=c")
    expect(page.locator("#arms-sentence")).to_contain_text("hazard ratio")
    page.get_by_role("link", name="HCC Cohort Explorer").click()
    page.get_by_role("link", name="What happened to them?").click()
    expect(page.locator("#safety-sentence")).to_contain_text("grade 3")
    # Who comes back goes on with the study that was open last.
    dashboard.tab.load("/")
    dashboard.at("study=nct01900002")
    assert page.url.partition("?")[0].endswith("/overview")


def test_a_patient_by_keyboard_alone_and_the_tour(dashboard):
    page = begin(dashboard)
    tab_to(page, page.get_by_role("link", name="Three steps"))
    page.keyboard.press("Enter")
    tour = page.locator("#tour")
    expect(tour).to_contain_text("1 of 3")
    page.keyboard.press("Enter")
    expect(tour).to_contain_text("2 of 3")
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)
    # It is offered once.
    dashboard.tab.load("/start")
    expect(page.locator(".door")).to_have_count(3)
    expect(page.locator(".tour-offer")).to_be_hidden()
    tab_to(page, page.get_by_role("link", name="Where does my patient stand?"))
    page.keyboard.press("Enter")
    expect(page.locator("#patient-sentence")).to_contain_text("nothing is entered")
    tab_to(page, page.get_by_role("combobox", name="BCLC"))
    page.keyboard.type("C")
    tab_to(page, page.get_by_role("combobox", name="Child–Pugh"))
    page.keyboard.type("B")
    sentence = page.locator("#patient-sentence")
    expect(sentence).to_contain_text("in 1 of 2 respects")
    up = page.get_by_role("button", name="Child–Pugh B: keep longer")
    tab_to(page, up)
    page.keyboard.press("Enter")
    expect(page.locator("[data-criterion]").first).to_contain_text("Child–Pugh B")
    expect(up).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-criterion]").first).to_contain_text("BCLC C")
    # The focus stays on the same button, the patient in no address but the shared one.
    assert page.url.endswith("/patient?study=soramic")
    page.locator("#share").click()
    expect(page.locator("#share-link")).to_have_value(re.compile(r"mine=bclc\.c%2Cchild-pugh\.b"))
    with page.expect_download() as saved:
        page.locator('a[data-file="similar.csv"]').first.click(force=True)
    assert saved.value.suggested_filename == "soramic-os-similar.csv"


def test_on_a_telephone(dashboard):
    dashboard.page.set_viewport_size({"width": 390, "height": 844})
    page = begin(dashboard)
    dashboard.nothing_runs_off()
    page.get_by_role("link", name="Did it help patients like these?").click()
    dashboard.level("bclc", "c").check()
    page.get_by_role("button", name=re.compile("^Show 126 patients")).click()
    expect(page.locator("#arms-sentence")).to_be_visible()
    dashboard.open("study=soramic", "/patient")
    page.get_by_role("combobox", name="BCLC").select_option("c")
    expect(page.locator("#patient-sentence")).to_contain_text("126 patients are like yours")
    dashboard.nothing_runs_off()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#patient-sentence")).to_contain_text("nothing is entered")
