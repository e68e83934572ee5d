"""A hazard ratio of a number is per its step: equal to R, said on screen and in the file."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.cox.fit import fit_cox
from callbacks.groups import covariate_frame
from callbacks.prognostic.rows import prognostic_rows
from layouts.prognostic.levels import levels_of
from layouts.prognostic.table import prognostic_table
from layouts.prognostic.words import method
from tests.cases import case_views, cases
from tests.views import Views

GOLDEN = json.loads((Path(__file__).parents[2] / "golden/steps.json").read_text("utf-8"))
SAYS_NOTHING = re.compile(r"<b>1\.00</b> <span[^>]*>\(1\.00–1\.00\)")


def row_of(context, name: str) -> dict:
    place = [variable.id for variable in context.variables].index(name)
    (row,) = levels_of(context, place)
    return row


def assert_equal(estimate, golden: dict):
    expected = [golden[name] for name in ("hr", "lower", "upper", "p")]
    assert_allclose(estimate, expected, rtol=1e-7)


@pytest.fixture(scope="module")
def steps():
    return case_views()("prognostic", "study=steps&model=age,afp")


@pytest.mark.parametrize(
    ("name", "label"),
    [("age", "per 10 years"), ("afp", "per doubling"), ("plt", "per 1 platelet/µl")],
)
def test_equal_to_r(steps, name, label):
    row = row_of(steps, name)
    assert row["label"] == label
    assert_equal(row["univariable"], GOLDEN[name])


def test_together_equal_to_r(steps):
    found = [row_of(steps, name)["multivariable"][0] for name in ("age", "afp")]
    assert_allclose(found, GOLDEN["both"], rtol=1e-7)


def test_a_shipped_age_equals_r(all_studies):
    row = row_of(Views(all_studies, "prognostic")("study=soramic"), "age-years")
    assert row["label"] == "per 10 years"
    assert_equal(row["univariable"], GOLDEN["soramic_age"])


def test_per_ten_is_the_tenth_power_of_per_one(all_studies):
    study = all_studies.study("soramic")
    changed = tuple(
        replace(one, per=1.0) if one.id == "age-years" else one for one in study.variables
    )
    everybody = np.ones(study.n, bool)
    ratios = []
    for one in (study, replace(study, variables=changed)):
        frame = covariate_frame(one, ("age-years",), everybody)
        pfs = study.outcomes["pfs"]
        ratios.append(float(fit_cox(pfs.time, pfs.event, frame).hazard_ratio[0]))
    assert ratios[0] == pytest.approx(ratios[1] ** 10, rel=1e-9)


def test_a_number_without_spread_has_a_step_and_no_ratio(steps):
    row = row_of(steps, "flat")
    assert row["label"] == "per 1"
    assert np.isnan(row["univariable"][0])
    assert row["reason"]


def test_a_step_that_is_too_small_gets_the_decimals_it_needs(steps):
    assert GOLDEN["plt"]["p"] < 0.05
    assert f"{GOLDEN['plt']['lower']:.2f}–{GOLDEN['plt']['upper']:.2f}" == "1.00–1.00"
    table = prognostic_table(steps)
    assert not SAYS_NOTHING.search(table)
    assert ">0.99999" in table


def test_no_shipped_ratio_says_nothing(all_studies):
    views = Views(all_studies, "prognostic")
    for study in all_studies.studies:
        for endpoint in study.endpoints:
            table = prognostic_table(views(f"study={study.id}&endpoint={endpoint.id}"))
            assert not SAYS_NOTHING.search(table)


def test_a_filter_leaves_the_step_as_it_is():
    narrow = case_views()("prognostic", "study=steps&age=64..66")
    assert narrow.with_endpoint < 40
    assert row_of(narrow, "age")["label"] == "per 10 years"


def test_a_data_set_counts_in_the_steps_of_its_study():
    study = cases().study("steps")
    spread = replace(study, numbers={**study.numbers, "age": study.numbers["age"] * 10})
    everybody = np.ones(study.n, bool)
    own = covariate_frame(spread, ("age",), everybody)["age"]
    common = covariate_frame(spread, ("age",), everybody, stands_for=study)["age"]
    assert_allclose(own, study.numbers["age"] / 10)
    assert_allclose(common, study.numbers["age"])


def test_file_and_method_say_the_step(steps):
    levels = {row["variable"]: row["level"] for row in prognostic_rows(steps)}
    assert levels["Age"] == "per 10 years"
    assert levels["AFP"] == "per doubling"
    assert "numbers enter linearly, AFP by its logarithm" in method(steps)
