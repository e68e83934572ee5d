"""Prognostic factors: equal to R on the shipped study; the paper's Table 3; the data's choice."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from analysis.prognostic import prognostic_factors
from callbacks.arms.sections import covariate_frame
from tests.published_cells import printed_rows
from tests.shipped import load_catalog

GOLDEN = json.loads((Path(__file__).parents[1] / "golden/soramic_arms.json").read_text("utf-8"))
STUDY = load_catalog().study("soramic")
PFS = STUDY.outcomes["pfs"]
NAMES = (
    "arm",
    "sex",
    "age-65",
    "ecog",
    "cirrhosis",
    "hepatitis-b",
    "hepatitis-c",
    "alcohol",
    "previous-tace",
    "pvi",
    "child-pugh",
    "bclc",
    "outside-up-to-7",
    "afp",
)
FRAME = covariate_frame(STUDY, NAMES, np.ones(STUDY.n, bool))
TABLE_3 = list(printed_rows("soramic", "Table 3").values())


def factors(chosen=(), found=False, frame=FRAME):
    return prognostic_factors(PFS.time, PFS.event, frame, chosen, found=found)


ALL = factors()


def significant(value: float) -> float:
    """Two significant digits, as the paper prints hazard ratios."""
    return float(f"{value:.2g}")


@pytest.mark.parametrize(("name", "row"), list(zip(NAMES, TABLE_3, strict=True)))
def test_the_papers_univariable_rows(name, row):
    fit = next(one.fit for one in ALL.univariable if one.name == name)
    value, lower, upper = (float(x[0]) for x in (fit.hazard_ratio, fit.lower, fit.upper))
    if name == "arm":
        # The paper compares sorafenib with the combination: the inverse.
        value, lower, upper = 1 / value, 1 / upper, 1 / lower
    printed = [
        float(row["Univariable", part]) for part in ("hazard ratio", "lower 95 %", "upper 95 %")
    ]
    assert [significant(x) for x in (value, lower, upper)] == printed
    p, text = float(fit.p_value[0]), row["Univariable", "Wald p"]
    if text.startswith("<"):
        assert p < float(text[1:])
    else:
        digits = len(text.partition(".")[2])
        cut = int(p * 10**digits) / 10**digits
        assert float(text) in (round(p, digits), cut)


def test_the_multivariable_model_equals_r():
    found = factors(("arm", "child-pugh"))
    fit, golden = found.multivariable, GOLDEN["model"]
    assert_allclose(fit.coef, golden["coef"], rtol=1e-8)
    assert_allclose(fit.se, golden["se"], rtol=1e-7)
    assert_allclose(fit.concordance, golden["concordance"], rtol=1e-10)
    hazards = [*(test.p_value for test in found.hazards.tests), found.hazards.global_test.p_value]
    assert_allclose(hazards, [golden[f"ph{i}"] for i in (1, 2, 3)], rtol=1e-6)
    assert found.events_per_variable == 80


def test_the_data_choose():
    found = factors(found=True)
    assert found.chosen == ("arm", "child-pugh")
    both = factors(("ecog",), found=True)
    assert both.chosen == ("arm", "ecog", "child-pugh")
    assert both.multivariable.n == FRAME["ecog"].notna().sum()


def test_nothing_chosen():
    found = factors()
    assert (found.chosen, found.multivariable, found.hazards) == ((), None, None)
    assert np.isnan(found.events_per_variable)


def test_counts_of_every_level():
    one = next(one for one in ALL.univariable if one.name == "ecog")
    assert one.n.tolist() == [134, 40]
    assert one.events.sum() == one.fit.n_events


def test_several_levels_are_tested_together():
    frame = pd.DataFrame({"site": pd.Categorical.from_codes(np.arange(STUDY.n) % 3, list("abc"))})
    one = factors(frame=frame).univariable[0]
    assert len(one.fit.terms) == 2
    assert one.p_value == one.fit.lr_test.p_value


def test_separation_is_said_in_words():
    censored = pd.DataFrame({"x": pd.Categorical.from_codes(PFS.event, ["no", "yes"])})
    one = factors(("x",), frame=censored)
    assert "separate" in one.multivariable.warnings[0]
    # R: summary(coxph(Surv(pfs_days, pfs_event) ~ factor(pfs_event)))$logtest; no Wald p exists.
    assert np.isnan(one.univariable[0].fit.p_value[0])
    assert one.univariable[0].p_value == pytest.approx(2.273562e-18, rel=1e-5)
