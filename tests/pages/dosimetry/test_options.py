"""The options of the Dosimetry page: links, defaults, and what is dropped with a note."""

from __future__ import annotations

import pytest

from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import load_catalog
from data.study import Study
from layouts.dosimetry.activity_inputs import DOSE, SHUNT, read_entry
from layouts.dosimetry.options import as_shown, doses_of, estimates_of, read_options, views_of
from layouts.dosimetry.page import control_values
from layouts.dosimetry.thresholds import patient_values, threshold_scale
from tests.studies.doses import write_doses
from tests.views import page_named

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Study:
    return load_catalog(write_doses(tmp_path_factory.mktemp("doses"))).study("doses")


def read(query: str):
    reading = read_address("/dosimetry", f"?{query}", CATALOG, OPTION_NAMES)
    assert not reading.notes, reading.notes
    options, notes = read_options(reading.study, reading.view)
    return options, notes, reading


@pytest.mark.parametrize(
    ("query", "view", "dose", "estimate"),
    [
        ("study=nct01900002", "agreement", "tumour", "delivered"),
        ("study=nct01900002&view=toxicity", "toxicity", "normal-liver", "delivered"),
        # A dose that was only planned is shown as planned.
        (
            "study=nct01900002&view=survival&compartment=lung-shunt",
            "survival",
            "lung-shunt",
            "planned",
        ),
        ("study=nct01900002&view=response&estimate=planned", "response", "tumour", "planned"),
        ("study=soramic", "activity", None, "delivered"),
    ],
)
def test_what_is_shown(query, view, dose, estimate):
    options, notes, _ = read(query)
    assert notes == []
    assert (options.view, options.dose and options.dose.id) == (view, dose)
    assert options.estimate == estimate


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("study=nct01900002&view=doses", "“view” can be agreement, response, survival"),
        ("study=soramic&view=survival", "“view” can be activity; activity is used."),
        ("study=nct01900002&compartment=spleen", "“spleen” was dropped."),
        ("study=soramic&compartment=liver", "is nothing that this study has"),
        ("study=nct01900002&view=survival&estimate=guessed", "“estimate” can be planned"),
        ("study=nct01900002&scale=log", "“scale” can be difference, ratio"),
        (
            "study=nct01900002&view=response&threshold=12",
            "“threshold” of this dose is a number from 40 to 680 Gy; 160 Gy is used.",
        ),
        ("study=nct01900002&view=response&threshold=much", "160 Gy is used."),
        ("study=nct01900002&view=response&threshold=nan", "160 Gy is used."),
        # A dose that the view cannot show gives way to the view's own, and is named.
        (
            "study=nct01900002&view=toxicity&compartment=tumour",
            "“Tumour, mean dose” belongs to a lesion and not to a patient; “Normal liver, mean "
            "dose” is shown.",
        ),
        (
            "study=nct01900002&view=response&compartment=treated-liver",
            "“Treated liver, mean dose” belongs to a patient and not to each lesion; “Tumour, mean "
            "dose” is shown.",
        ),
        (
            "study=nct01900002&compartment=lung-shunt",
            "“Lungs, hepatopulmonary shunt” was not both planned and delivered; “Tumour, mean "
            "dose” is shown.",
        ),
        (
            "study=nct01900002&view=survival&compartment=lung-shunt&estimate=delivered",
            "“Lungs, hepatopulmonary shunt” was not delivered; planned is shown.",
        ),
    ],
)
def test_what_cannot_be_used_is_dropped_with_a_note(query, said):
    _, notes, _ = read(query)
    assert len(notes) == 1
    assert said in notes[0]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("view=response&threshold=12", {"view": "response"}),
        ("view=response&threshold=180", {"view": "response", "threshold": "180"}),
        ("view=response&compartment=treated-liver", {"view": "response"}),
        ("compartment=spleen&scale=log", {}),
        (
            "view=survival&compartment=lung-shunt&estimate=delivered",
            {"view": "survival", "compartment": "lung-shunt"},
        ),
        (
            "view=survival&compartment=lung-shunt&estimate=planned",
            {"view": "survival", "compartment": "lung-shunt", "estimate": "planned"},
        ),
    ],
)
def test_what_was_dropped_is_in_no_link_of_the_page(query, left):
    options, _, reading = read(f"study=nct01900002&{query}")
    shown = as_shown(reading.view, options)
    assert dict(shown.options) == left
    again, notes = read_options(reading.study, shown)
    assert notes == []
    assert (again.view, again.dose, again.estimate, again.scale, again.threshold) == (
        options.view,
        options.dose,
        options.estimate,
        options.scale,
        options.threshold,
    )


def test_a_dose_has_the_estimates_that_were_made():
    study = CATALOG.study("nct01900002")
    assert estimates_of(study.dosimetry.dose("lung-shunt")) == {"planned": "Planned"}
    assert list(estimates_of(study.dosimetry.dose("tumour"))) == ["planned", "delivered"]
    assert list(estimates_of(None)) == ["planned", "delivered"]


def test_a_threshold_between_steps_is_kept():
    options, notes, _ = read("study=nct01900002&view=survival&threshold=123.4")
    assert (options.threshold, notes) == (123.4, [])
    # Views without a threshold leave it alone.
    assert read("study=nct01900002&threshold=0")[1] == []


def test_the_slider_covers_all_doses_in_neat_steps():
    study = CATALOG.study("nct01900002")
    for dose in study.dosimetry.doses:
        for estimate in dose.columns:
            for by_patient in (True, False):
                scale = threshold_scale(study, dose, estimate, by_patient)
                values = patient_values(study, dose, estimate)
                known = values[values == values]
                assert scale.low <= known.min()
                assert known.max() <= scale.high
                assert scale.low <= scale.start <= scale.high
                assert 10 <= (scale.high - scale.low) / scale.step <= 70
                assert scale.text(scale.step)[0] in "1250"


def test_a_patient_has_the_mean_of_their_lesions(small):
    spot = small.dosimetry.dose("spot")
    values = patient_values(small, spot, "delivered")
    # P00 has 120 and 60; P01's only lesion was not measured.
    assert values[0] == 90
    assert values[2] == 140
    assert values[1] != values[1]
    planned = patient_values(small, spot, "planned")
    assert planned[:7].tolist() == [95, 80, 70, 60, 0, 40, 50]


def test_views_of_a_study(small):
    assert list(views_of(small)) == ["agreement", "response", "survival", "toxicity", "activity"]
    assert list(views_of(CATALOG.study("soramic"))) == ["activity"]
    assert [dose.id for dose in doses_of(small, "agreement")] == ["spot"]
    assert [dose.id for dose in doses_of(small, "toxicity")] == ["liver"]


@pytest.mark.parametrize(
    ("text", "number", "fault"),
    [
        ("120", 120.0, ""),
        (" 1e2 ", 100.0, ""),
        ("", None, "Treated-liver dose is missing"),
        ("many", None, "Treated-liver dose: “many” is not a number; write one such as 120"),
        ("1,5", None, "“1,5” is not a number; write one with a point, not a comma"),
        ("0", None, "Treated-liver dose: 0 Gy is out of range (1 to 1000 Gy)"),
        ("inf", None, "is not a number"),
    ],
)
def test_an_input_is_a_number_or_a_fault(text, number, fault):
    entry = read_entry(DOSE, text)
    assert entry.number == number
    assert fault in entry.fault
    assert bool(entry.fault) == bool(fault)


def test_per_cent_become_a_fraction():
    assert read_entry(SHUNT, "8").number == pytest.approx(0.08)


def test_a_control_is_written_unless_it_shows_what_the_rest_of_the_link_would():
    """The default of an option depends on the others: here of the view and of the dose."""
    page = page_named("dosimetry")
    *_, reading = read("study=nct01900002&view=survival&compartment=normal-liver&threshold=84")
    study, view = reading.study, reading.view
    values, defaults = control_values(study, view), page.control_defaults(study, view)
    assert values["threshold"]["value"] == 84
    assert values["compartment"]["value"] == "normal-liver"
    assert defaults["compartment"]["value"] == "tumour"
    left_out = read("study=nct01900002&view=survival&compartment=normal-liver")[0].threshold
    assert defaults["threshold"]["value"] == left_out
    assert defaults["view"]["value"] == "agreement"
