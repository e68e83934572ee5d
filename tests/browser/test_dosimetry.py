"""The Dosimetry page in a browser: views, the dragged threshold, the calculators."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

NCT = "study=nct01900002"
VIEWS = ("agreement", "response", "survival", "toxicity", "activity")


def open_dosimetry(dashboard, query: str = NCT):
    dashboard.open(query, "/dosimetry")
    return dashboard.page


def chosen_dose(page):
    return page.get_by_role("combobox", name="Compartment").locator("option:checked")


def test_the_views_paint_one_after_the_other(dashboard):
    page = open_dosimetry(dashboard)
    expect(page.locator("#dosimetry-graph .scatterlayer .trace").first).to_be_attached()
    expect(page.locator("#dosimetry-side")).to_contain_text("Lower limit of agreement")
    expect(page.locator("#dosimetry-threshold")).to_be_hidden()
    dashboard.segment("Dose and survival").check()
    expect(page).to_have_url(re.compile("view=survival"))
    expect(page.locator("#dosimetry-side")).to_contain_text("Adjusted for all thresholds")
    expect(page.locator("#dosimetry-threshold")).to_be_visible()
    dashboard.segment("Dose and liver toxicity").check()
    expect(page.locator("#dosimetry-side")).to_contain_text("Spearman")
    expect(chosen_dose(page)).to_have_text("Normal liver, mean dose")
    dashboard.level("pvt", "yes").check()
    expect(page.locator("#dosimetry-sentence")).to_contain_text("of 8 patients")
    page.go_back()
    page.go_back()
    expect(page.locator("#dosimetry-side")).to_contain_text("Adjusted for all thresholds")
    expect(chosen_dose(page)).to_have_text("Tumour, mean dose")


def test_the_threshold_is_moved_by_keyboard_and_counted(dashboard):
    page = open_dosimetry(dashboard, f"{NCT}&view=response")
    slider = page.get_by_role("slider", name="Threshold of the dose, Gy")
    expect(slider).to_have_value("160")
    expect(page.locator("#dosimetry-looks")).to_contain_text("1 threshold looked at")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("threshold=180"))
    dashboard.settled()
    expect(page.locator("#dosimetry-looks")).to_contain_text("2 thresholds looked at")
    expect(page.locator("#dosimetry-threshold")).to_have_text("Threshold: ≥ 180 Gy, of 40–680")
    expect(page.locator("#dosimetry-sentence")).to_contain_text("with 180")
    page.go_back()
    expect(page.locator("#dosimetry-sentence")).to_contain_text("with 160")
    expect(slider).to_have_value("160")
    # Seen before: not counted again.
    expect(page.locator("#dosimetry-looks")).to_contain_text("2 thresholds looked at")
    page.reload()
    dashboard.settled()
    expect(page.locator("#dosimetry-looks")).to_contain_text("2 thresholds looked at")


def test_another_dose_brings_its_own_slider(dashboard):
    page = open_dosimetry(dashboard, f"{NCT}&view=survival")
    dashboard.choose("Compartment", "Normal liver, mean dose")
    expect(page).to_have_url(re.compile("compartment=normal-liver"))
    expect(page.locator("#dosimetry-threshold")).to_have_text(re.compile("of 48–122"))
    slider = page.get_by_role("slider", name="Threshold of the dose, Gy")
    expect(slider).to_have_attribute("max", "122")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.75 * box["width"], middle, steps=4)
    # The words follow the thumb.
    expect(page.locator("#dosimetry-threshold")).to_have_text(re.compile("≥ 10[2-6] Gy, of 48–122"))
    assert "threshold" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"threshold=10[2-6]"))


def test_presented_the_count_of_thresholds_stays(dashboard):
    page = open_dosimetry(dashboard, f"{NCT}&view=response&present=on")
    expect(page.locator("#dosimetry-looks")).to_contain_text("1 threshold looked at")
    expect(page.locator("#dosimetry-looks")).to_be_visible()
    expect(page.locator(".dose-controls")).to_be_hidden()
    expect(page.locator("#dosimetry-cautions p").first).to_have_css("font-size", "17px")
    open_dosimetry(dashboard, "study=soramic&present=on")
    expect(page.locator(".activity-warning")).to_have_css("font-size", "17px")


def test_another_choice_forgets_the_threshold(dashboard):
    """It would be one of another dose, in another unit, and the page would complain about it."""
    page = open_dosimetry(dashboard, f"{NCT}&view=survival&endpoint=os&threshold=400")
    dashboard.choose("Compartment", "Tumour to normal liver, uptake ratio")
    expect(page).to_have_url(re.compile("compartment=uptake-ratio"))
    dashboard.settled()
    assert "threshold" not in page.url
    expect(page.locator("#dosimetry-cautions")).not_to_contain_text("“threshold”")
    for label, written in (("Planned", "estimate=planned"), ("Dose and response", "view=response")):
        open_dosimetry(dashboard, f"{NCT}&view=survival&endpoint=os&threshold=400")
        dashboard.segment(label).check()
        expect(page).to_have_url(re.compile(written))
        assert "threshold" not in page.url
        dashboard.settled()


def test_a_dose_that_was_only_planned_offers_no_other(dashboard):
    page = open_dosimetry(dashboard, f"{NCT}&view=survival")
    dose = page.locator(".of-estimate")
    expect(dose.get_by_text("Delivered", exact=True)).to_be_visible()
    dashboard.choose("Compartment", "Lungs, hepatopulmonary shunt")
    expect(dose.get_by_text("Delivered", exact=True)).to_have_count(0)
    expect(dose.get_by_role("radio", name="Planned")).to_be_checked()
    dashboard.settled()
    assert "estimate" not in page.url
    page.go_back()
    expect(dose.get_by_role("radio", name="Delivered")).to_be_checked()
    dashboard.settled()
    assert "estimate" not in page.url


def test_a_calculator_computes_and_refuses(dashboard):
    page = open_dosimetry(dashboard, "study=soramic")
    expect(page.locator("#activity-glass")).to_contain_text("3.13 GBq")
    expect(page.locator("#dosimetry-graph")).to_be_hidden()
    mass = page.get_by_label("Treated-liver mass, kg")
    mass.fill("2")
    expect(page.locator("#activity-glass")).to_contain_text("5.22 GBq")
    expect(page).to_have_url(re.compile("activity-mass=2"))
    mass.fill("two")
    expect(page.locator("#activity-glass")).to_contain_text("“two” is not a number")
    expect(page.locator("#activity-glass")).not_to_contain_text("GBq")
    expect(page.locator("#activity-resin")).to_contain_text("2.00 GBq")
    page.get_by_label("Lung shunt, %").fill("25")
    expect(page.locator("#activity-resin")).to_contain_text("let no activity be given")
    page.reload()
    dashboard.settled()
    expect(page.get_by_label("Treated-liver mass, kg")).to_have_value("two")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fits_its_screen(open_page, view):
    dashboard = open_page(width=1440, height=900)
    page = open_dosimetry(dashboard, f"{NCT}&view={view}")
    tall = page.locator("html").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert tall[0] <= tall[1]
    page.set_viewport_size({"width": 390, "height": 844})
    dashboard.nothing_runs_off()
