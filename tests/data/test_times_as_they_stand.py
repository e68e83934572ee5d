"""Months with decimals and dates, as a hospital's export has them, against R's numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.cox.fit import fit_cox
from analysis.survival import kaplan_meier
from callbacks.pages import SERVED
from data.address import default_view
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.cases import case_views, cases
from tests.views import BY_ID

GOLDEN = Path(__file__).parents[1] / "golden"
MONTHS = json.loads((GOLDEN / "months.json").read_text("utf-8"))
DATES = json.loads((GOLDEN / "dates.json").read_text("utf-8"))
MONTH = 30.4375
EXACT = {"rtol": 1e-9, "atol": 0}


@pytest.fixture(scope="module")
def months():
    return cases().study("months")


@pytest.fixture(scope="module")
def dates():
    return cases().study("dates")


def nan(values) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], float)


@pytest.mark.parametrize("arm", ["A", "B"])
def test_a_curve_in_months_is_that_of_r(months, arm):
    outcome, expected = months.outcomes["os"], MONTHS[arm]
    rows = months.codes["arm"] == "AB".index(arm)
    curve = kaplan_meier(outcome.time[rows], outcome.event[rows])
    np.testing.assert_allclose(curve.time, np.array(expected["time"]) * MONTH, **EXACT)
    np.testing.assert_array_equal(curve.n_risk, expected["n_risk"])
    np.testing.assert_array_equal(curve.n_event, expected["n_event"])
    np.testing.assert_allclose(curve.survival, expected["surv"], rtol=0, atol=1e-12)
    limits = nan(expected["median"]) * MONTH
    median = curve.median
    np.testing.assert_allclose([median.value, median.lower, median.upper], limits, **EXACT)
    for month, survival, at_risk in zip(
        (12, 24, 30), expected["at"], expected["at_risk"], strict=True
    ):
        assert curve.at(month * MONTH).survival == pytest.approx(survival, abs=1e-12)
        assert (outcome.time[rows] >= month * MONTH).sum() == at_risk


def test_24_months_meet_the_landmark_at_24_months(months):
    """Two events and a censoring at 24 months: rounded to 731 days they would all be later."""
    outcome = months.outcomes["os"]
    assert (outcome.time == 730.5).sum() == 3
    curve = kaplan_meier(outcome.time, outcome.event)
    assert curve.at(730.5).survival < curve.at(730.4).survival


def test_what_differs_by_the_rounding_of_a_machine_is_a_tie(months):
    """Month 0.3 of one arm and 0.30000000000000004 of the other, and 3.3 in the same way."""
    time = months.outcomes["os"].time / MONTH
    assert len(np.unique(time[np.isclose(time, 0.3)])) == 1
    assert len(np.unique(time[np.isclose(time, 3.3)])) == 1


def test_tests_and_hazard_ratio_in_months_are_those_of_r(months):
    view = case_views()("survival", "study=months&endpoint=os&by=arm")
    assert view.result.test.statistic == pytest.approx(MONTHS["chisq"], rel=1e-9)
    assert view.result.test.p_value == pytest.approx(MONTHS["p"], rel=1e-9)
    outcome = months.outcomes["os"]
    arm_a = (months.codes["arm"] == 0).astype(float)
    fit = fit_cox(outcome.time, outcome.event, pd.DataFrame({"A": arm_a}))
    found = [fit.hazard_ratio[0], fit.lower[0], fit.upper[0]]
    np.testing.assert_allclose(found, [MONTHS[key] for key in ("hr", "lower", "upper")], rtol=1e-8)


@pytest.mark.parametrize("endpoint", ["os", "ttp", "pfs"])
def test_days_between_dates_are_those_of_r(dates, endpoint):
    outcome, expected = dates.outcomes[endpoint], DATES[endpoint]
    assert outcome.time.dtype.kind == "i"
    assert outcome.time.tolist() == expected["time"]
    assert outcome.event.tolist() == expected["event"]
    median = kaplan_meier(outcome.time, outcome.event).median
    np.testing.assert_array_equal(
        [median.value, median.lower, median.upper], nan(expected["median"])
    )


def test_the_first_of_two_endpoints_is_the_earlier_of_their_dates(dates):
    first, expected = dates.outcomes["pfs-2"], dates.outcomes["pfs"]
    assert first.time.tolist() == expected.time.tolist()
    assert first.event.tolist() == expected.event.tolist()


@pytest.mark.parametrize(
    ("variable", "levels", "column"),
    [
        ("sex", {"Female": "w", "Male": "m"}, "sex"),
        ("stage", dict.fromkeys(("Stage II", "Stage IIIA", "Stage IIIB", "Stage IV")), "stage"),
        ("albi-grade", dict.fromkeys(("Grade 1", "Grade 2", "Grade 3")), "albi"),
    ],
)
def test_levels_are_found_in_their_order(dates, variable, levels, column):
    found = dates.variable(variable).levels
    assert [level.label for level in found] == list(levels)
    counted = [int((dates.codes[variable] == i).sum()) for i in range(len(found))]
    assert counted == [DATES[column][cell or label] for label, cell in levels.items()]


def test_the_study_says_how_its_files_were_read(months, dates):
    (of_months,), (of_dates,) = months.files, dates.files
    assert (of_months.name, of_months.what) == ("patients.csv", "a CSV file")
    assert of_months.found == (
        "its cells are separated by semicolons",
        "the names of the columns stand in row 3, below a title",
        "decimal commas are read in “Monate”",
        "the levels of “Arm” are found: A, B",
        "“Monate” is in months, of 30.4375 days each",
        "“lebt” in “Status” stands for a censored patient",
    )
    assert of_dates.found == (
        "the levels of “Sex” are found: Female, Male",
        "the levels of “Stage” are found: Stage II, Stage IIIA, Stage IIIB, Stage IV",
        "the levels of “ALBI grade” are found: Grade 1, Grade 2, Grade 3",
        "dates are read day first, as in “13/01/2017”",
    )


@pytest.mark.parametrize("page", [served.page for served in SERVED], ids=lambda page: page.id)
@pytest.mark.parametrize("study", ["months", "dates"])
def test_every_page_is_made_of_them(study, page):
    """With its words and whatever it shows, in days too where it knows the unit."""
    served = BY_ID[page.id]
    found = cases().study(study)
    options = ("", "&unit=days") if "unit" in page.option_names else ("",)
    for option in options:
        context = case_views()(page.id, f"study={study}{option}")
        assert served.show(context, Look(LIGHT)) is not None
        assert served.words(context).sentence
    assert page.build(found, default_view(found, page.id))
