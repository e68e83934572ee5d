"""What is said of proportional hazards holds in as many data sets as it says."""

from __future__ import annotations

import re

import numpy as np
import pytest

from analysis.cox.fit import fit_cox
from analysis.proportional_hazards import proportional_hazards
from callbacks.groups import covariate_frame
from data.study import Study

HEAD = "Hazards are not proportional for "


@pytest.fixture(scope="module")
def soramic(all_studies) -> Study:
    return all_studies.study("soramic")


def alone(study: Study, name: str, rows=None) -> float:
    """p of a variable alone for overall survival, from a fit of its own."""
    rows = np.ones(study.n, bool) if rows is None else rows
    outcome = study.outcomes["os"]
    column = covariate_frame(study, (name,), rows)[name]
    known = column.notna().to_numpy()
    fit = fit_cox(outcome.time[rows][known], outcome.event[rows][known], column[known])
    return proportional_hazards(fit).global_test.p_value


def caution(lines: list[str]) -> str:
    return next((line for line in lines if line.startswith(HEAD)), "")


@pytest.mark.parametrize(
    ("name", "label"), [("hepatitis-c", "Hepatitis C"), ("afp", "AFP > 400 ng/mL")]
)
def test_a_factor_says_in_how_many_data_sets(words, soramic, name, label):
    said = caution(words("prognostic?study=soramic&endpoint=os"))
    small = sum(alone(one, name) < 0.05 for one in soramic.reconstructions)
    assert 0 < small < 20
    assert re.search(rf"{re.escape(label)} \(in {small} of 20( data sets)?\)", said)


def test_how_many_factors_there_are_is_a_range(words, soramic):
    said = caution(words("prognostic?study=soramic&endpoint=os&model=none"))
    names = [one.id for one in soramic.variables if not one.after_baseline]
    counts = [sum(alone(one, name) < 0.05 for name in names) for one in soramic.reconstructions]
    ends = f"{min(counts)} to {max(counts)}"
    assert said.endswith(f"Across the data sets there are {ends} such factors.")


@pytest.mark.parametrize("study", ["colon3", "nct01900002&endpoint=os"])
def test_where_there_is_one_data_set_nothing_is_said_of_others(words, study):
    said = " ".join(words(f"prognostic?study={study}"))
    assert "data sets" not in said


def test_the_file_has_the_test_with_its_range(rows, soramic):
    found = rows("prognostic.csv?study=soramic&endpoint=os", variable="AFP > 400 ng/mL")
    p = [alone(one, "afp") for one in soramic.reconstructions]
    for row in found:
        assert float(row["hazards_p"]) == pytest.approx(p[0], abs=1e-8)
        assert float(row["hazards_p_across_low"]) == pytest.approx(min(p), abs=1e-8)
        assert float(row["hazards_p_across_high"]) == pytest.approx(max(p), abs=1e-8)
        assert row["hazards_p_across_n"] == "20"
        # It is not in the model.
        assert row["multivariable_hazards_p"] == "NA"


def test_a_file_of_one_data_set_has_the_test_alone(rows):
    """R: cox.zph(coxph(Surv(time, status) ~ factor(differ), colon)): see the caution above."""
    for row in rows("prognostic.csv?study=colon3", variable="differ"):
        assert float(row["hazards_p"]) < 0.05
        assert "hazards_p_across_low" not in row


def test_without_events_there_is_no_test(rows, words):
    assert {row["hazards_p"] for row in rows("prognostic.csv?study=edges&endpoint=quiet")} == {"NA"}
    assert not caution(words("prognostic?study=edges&endpoint=quiet"))


def test_compare_arms_says_the_same_of_the_arm(words, soramic):
    address = "arms?study=soramic&endpoint=hepatic-pfs&previous-tace=yes"
    (said,) = [line for line in words(address) if line.startswith("The hazard ratio changes")]
    p = []
    for one in soramic.reconstructions:
        rows = one.codes["previous-tace"] == 1
        outcome, arm = one.outcomes["hepatic-pfs"], one.codes["arm"][rows].astype(float)
        fit = fit_cox(outcome.time[rows], outcome.event[rows], arm)
        p.append(proportional_hazards(fit).global_test.p_value)
    small = sum(one < 0.05 for one in p)
    assert f"changes over time in {small} of 20 data sets (proportional hazards p = 0.022" in said
