"""The evaluator: its printing, its reading of conditions and its statistics on hand cases."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test

from data.reconstruction.soramic import statistics
from data.reconstruction.soramic.evaluate import Patients, prints_as, recompute
from data.reconstruction.soramic.files import read_patients
from data.reconstruction.soramic.targets import STUDY

GOLDEN = Path(__file__).parents[2] / "golden"
ROWS = read_patients(STUDY)
PATIENTS = Patients(ROWS)
EITHER = "rounded or truncated"


@pytest.mark.parametrize(
    ("printed", "value", "printing", "agrees"),
    [
        # The paper: 155 of 177 is printed 87.5, 29 of 104 both 27.8 and 27.9.
        ("87.5", 100 * 155 / 177, EITHER, True),
        ("87.6", 100 * 155 / 177, EITHER, True),
        ("87.5", 100 * 155 / 177, "rounded", False),
        ("27.8", 100 * 29 / 104, EITHER, True),
        ("27.9", 100 * 29 / 104, EITHER, True),
        ("28.0", 100 * 29 / 104, EITHER, False),
        ("0.483", 0.48363, EITHER, True),
        ("0.022", 0.02287, EITHER, True),
        ("0.022", 0.02311, EITHER, False),
        ("0.022", 0.02149, EITHER, False),
        ("0.02*", 0.02065, EITHER, True),
        ("<0.001", 0.00099, EITHER, True),
        ("<0.001", 0.001, EITHER, False),
        (">=0.05", 0.0501, "rounded", True),
        (">=0.05", 0.0499, "rounded", False),
        ("72.9", 72.791, EITHER, False),
        ("6.2", 6.25, "rounded", False),
        ("6.3", 6.25, "rounded", True),
        # R: signif(1.0492, 2) is 1, signif(1.0501, 2) is 1.1, signif(0.9949, 2) is 0.99.
        ("1", 1.0492, "two significant digits", True),
        ("1", 1.0501, "two significant digits", False),
        ("1", 0.9949, "two significant digits", False),
        ("2", 1.96538, "two significant digits", True),
        ("2", 1.94, "two significant digits", False),
        ("0.74", 0.74144, "two significant digits", True),
        ("0.8", 0.80495, "two significant digits", True),
        ("0.8", 0.806, "two significant digits", False),
        ("1.02", 1.0249, "two significant digits", True),
        ("1.02", 1.046, "two significant digits", False),
    ],
)
def test_printing(printed, value, printing, agrees):
    assert prints_as(printed, value, printing) is agrees


def test_conditions():
    assert PATIENTS.has("").sum() == 177
    assert PATIENTS.has("arm=re-sorafenib").sum() == 73
    assert PATIENTS.has("arm=sorafenib&progression=yes").sum() == 78
    assert PATIENTS.has("ecog=missing").sum() == 3
    assert PATIENTS.has("bclc=a-b").sum() == 51
    assert PATIENTS.known("ecog").sum() == 174
    with pytest.raises(KeyError):
        PATIENTS.has("ecog=7")


def cell(quantity, of, by="", where="", adjusted="", statistic=""):
    names = ("quantity", "of", "by", "where", "adjusted", "statistic")
    row = dict(zip(names, (quantity, of, by, where, adjusted, statistic), strict=True))
    return recompute(PATIENTS, row)


def test_cells_that_follow_from_printed_counts():
    """Fisher and chi-square p and Clopper–Pearson limits by R, all functions of counts alone."""
    assert cell("Fisher p", "best-response=cr", "arm") == pytest.approx(0.0229, abs=5e-5)
    assert cell("chi-square p", "extrahepatic-spread=yes", "arm") == pytest.approx(0.0387, abs=5e-5)
    assert cell("percent lower", "objective-response=yes", where="arm=re-sorafenib") == (
        pytest.approx(49.52, abs=5e-3)
    )
    assert cell("percent upper", "objective-response=yes", where="arm=re-sorafenib") == (
        pytest.approx(72.79, abs=5e-3)
    )


def test_median_of_a_hand_case():
    """Six patients: 1 0.833, 2 censored, 3 0.625, 4 0.417: the curve passes one half at 4."""
    time, event = np.array([1, 2, 3, 4, 5, 6]), np.array([1, 0, 1, 1, 0, 0])
    times, survival, error = statistics.survival_curve(time, event)
    assert times.tolist() == [1, 3, 4]
    assert survival == pytest.approx([5 / 6, 5 / 8, 5 / 12])
    greenwood = np.cumsum([1 / (6 * 5), 1 / (4 * 3), 1 / (3 * 2)])
    assert error == pytest.approx(np.sqrt(greenwood))
    median, lower, upper = statistics.median_with_limits(time, event)
    # exp(ln 0.625 - 1.96 × 0.3416) = 0.32 is below one half; the upper limit never is.
    assert (median, lower) == (4, 3)
    assert math.isnan(upper)


def test_median_on_the_half_is_in_the_middle():
    """Four patients, all with events: after the second the curve is at one half."""
    assert statistics.median_with_limits(np.array([1, 3, 5, 9]), np.ones(4))[0] == 4


def survival(endpoint):
    time, event, who = PATIENTS.survival(endpoint, PATIENTS.has(""))
    return time, event, (PATIENTS.text("arm")[who] == "Sorafenib").astype(int)


@pytest.mark.parametrize("endpoint", ["os", "pfs", "ttp", "hepatic-pfs", "pps"])
def test_curves_and_log_rank_agree_with_lifelines(endpoint):
    time, event, arm = survival(endpoint)
    fitted = KaplanMeierFitter().fit(time, event)
    assert statistics.median_with_limits(time, event)[0] == fitted.median_survival_time_
    one, other = arm == 1, arm == 0
    theirs = logrank_test(time[one], time[other], event[one], event[other]).p_value
    assert statistics.log_rank_p(time, event, arm) == pytest.approx(theirs, rel=1e-9)


def test_cox_agrees_with_r():
    """tests/golden/soramic_arms.R: coxph of the arm and Child–Pugh on these patients."""
    model = json.loads((GOLDEN / "soramic_arms.json").read_text("utf-8"))["model"]
    time, event, arm = survival("pfs")
    poor = PATIENTS.has("child-pugh=b").astype(int)
    beta, error = statistics.cox(time, event, np.stack([1 - arm, poor], axis=1).astype(float))
    assert beta == pytest.approx(model["coef"], abs=1e-9)
    assert error == pytest.approx(model["se"], abs=1e-9)
