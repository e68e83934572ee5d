"""The section Adjusted of Compare arms: numbers, words, states, file and rules."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from callbacks.arms.counted import counted
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import default_view
from data.minima import Disclosure
from data.warehouse.no_rows import NeedsRows
from layouts.arms.slide import arm_drawn
from layouts.arms.weighted_side import love_table, weighted_side
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.cases import case_views
from tests.shipped import load_catalog
from tests.trees import text
from tests.views import BY_ID, PageViews

R = json.loads((Path(__file__).parents[2] / "golden" / "weighting.json").read_text("utf-8"))
ARMS = BY_ID["arms"]
QUERY = "study=soramic&show=adjusted&adjust=child-pugh,age-years,bclc"


def rows(context) -> dict:
    return {row["estimate"]: row for row in ARMS.files["weighted.csv"].rows(context)}


def test_the_shipped_study_is_weighted_as_r_does_with_ranges_over_its_data_sets():
    context = PageViews(load_catalog())("arms", QUERY)
    found, expected = context.result.found, R["soramic"]
    assert_allclose(found.score.chance, expected["chance"], rtol=1e-9)
    assert_allclose(found.weights.value, expected["weight"], rtol=1e-9)
    assert_allclose([found.cox.coef, found.cox.se], [expected["coef"], expected["se"]], rtol=1e-8)
    for curve, of_r in zip(found.curves, expected["curves"], strict=True):
        assert_allclose([curve.at(day)[0] for day in (90, 180, 365)], of_r["svykm"], rtol=1e-9)
    ratio = rows(context)["hazard_ratio weighted"]
    assert_allclose(ratio["value"], np.exp(expected["coef"]), rtol=1e-8)
    assert ratio["value_across_low"] <= ratio["value"] <= ratio["value_across_high"]
    assert ratio["value_across_n"] == 20
    words = ARMS.words(context)
    assert words.sentence.index("95 % CI") < words.sentence.index("log-rank p")
    assert "effective sample size" in words.sentence
    assert "assigned by chance" in " ".join(words.cautions)
    assert "1st and 99th percentiles" in words.footnote
    assert "robust" in words.footnote
    side = text(weighted_side(context, LIGHT))
    for said in ("Crude", "Adjusted for", "Weighted by the propensity", "Effective n", "Largest"):
        assert said in side
    assert "BCLC" in text(love_table(context))
    drawn = arm_drawn(context)
    assert len(drawn.figure.series) == 4
    assert "Weighted" in ARMS.finding(context) or "weighting" in ARMS.finding(context)


def test_separation_says_so_and_gives_no_numbers():
    study = load_catalog().study("soramic")
    codes = dict(study.codes)
    codes["bclc"] = codes["arm"].copy()
    broken = replace(study, codes=codes, reconstructions=())
    view = default_view(broken, "arms").with_options(show="adjusted", adjust="bclc")
    options, _ = ARMS.page.read_options(broken, view)
    context = ARMS.ask(Memory((broken,)), broken, view, options)
    assert context.result is None
    assert "tell the arms apart completely" in ARMS.words(context).sentence
    (row,) = ARMS.files["weighted.csv"].rows(context)
    assert set(row.values()) == {None}
    assert arm_drawn(context) is None


def test_without_a_covariate_it_says_what_to_tick():
    context = PageViews(load_catalog())("arms", "study=soramic&show=adjusted&adjust=none")
    assert "Tick under" in ARMS.words(context).sentence


def test_of_three_arms_each_is_weighted_against_the_reference():
    context = case_views()("arms", "study=four&show=adjusted&adjust=age")
    shown = [part for part in context.parts if part.result is not None]
    assert len(shown) > 1
    assert "Holm" in ARMS.words(context).sentence
    assert ARMS.show(context, Look(LIGHT, "standard", False))["figure"]["data"] == []
    pairs = {
        (row["compared"], row["reference"]) for row in ARMS.files["weighted.csv"].rows(context)
    }
    assert len(pairs) == len(shown)


def test_one_arm_is_no_comparison():
    context = PageViews(load_catalog())("arms", "study=soramic&show=adjusted&arm=sorafenib")
    assert "one arm" in ARMS.words(context).sentence


def test_a_protected_study_shows_no_single_weight_and_no_exact_day():
    guarded = replace(
        load_catalog().study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    view = default_view(guarded, "arms").with_options(show="adjusted", adjust="child-pugh")
    options, _ = ARMS.page.read_options(guarded, view)
    found = stated(Memory((guarded,)), ARMS, guarded, view, options).context
    inner = found.result.found
    assert np.isnan(inner.weights.value).all()
    assert np.isnan(inner.score.chance).all()
    for one in inner.weights.arms:
        assert np.isnan([one.quartiles[0], one.quartiles[4]]).all()
    for curve in (*inner.curves, *inner.crude_curves):
        assert (curve.events >= 5).all()
        assert_allclose(curve.time / 3.04375, np.round(curve.time / 3.04375))


@pytest.mark.parametrize("show", ["adjusted", "time", "power"])
def test_a_study_whose_patients_stay_in_a_database_says_that_rows_are_needed(show):
    study = load_catalog().study("soramic")
    view = default_view(study, "arms").with_options(show=show)
    options, _ = ARMS.page.read_options(study, view)
    with pytest.raises(NeedsRows):
        counted(Memory((study,)), study, view, options)
