"""The section Over time of Compare arms: numbers, words, file, states and rules."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.testing import assert_allclose

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import default_view
from data.minima import Disclosure
from layouts.arms.slide import arm_drawn
from layouts.arms.time_side import time_side
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.cases import case_views
from tests.shipped import load_catalog
from tests.trees import text
from tests.views import BY_ID, PageViews

R = json.loads((Path(__file__).parents[2] / "golden" / "over_time.json").read_text("utf-8"))
ARMS = BY_ID["arms"]
QUERY = "study=soramic&show=time"


def test_the_shipped_study_over_time_is_that_of_r_with_ranges():
    context = PageViews(load_catalog())("arms", QUERY)
    found, expected = context.result.found, R["soramic"]
    assert_allclose(found.smooth.log_ratio, expected["smooth"], atol=1e-8)
    assert_allclose(found.pieces.chi_square, expected["constant"], rtol=1e-5)
    for one, of_r in list(zip(found.pieces.pieces, expected["pieces"], strict=True))[:3]:
        assert_allclose(np.log(one.value), of_r["coef"], rtol=1e-7)
    rows = list(ARMS.files["effect-over-time.csv"].rows(context))
    pieces = [row for row in rows if row["quantity"] == "hazard_ratio"]
    assert [row["to_months"] for row in pieces] == [6, 12, 24, np.inf]
    assert pieces[0]["value_across_low"] <= pieces[0]["value"] <= pieces[0]["value_across_high"]
    days = [row for row in rows if row["quantity"] == "survival_difference_curve"]
    assert_allclose(
        [row["value"] for row in days if row["from_months"] * 30.4375 + 1e-6 > expected["days"][0]][
            :20
        ],
        expected["value"][:20],
        atol=1e-9,
    )
    words = ARMS.words(context)
    assert "95 % band" in words.sentence
    assert words.sentence.index("95 % CI") < words.sentence.index("stretches p")
    assert "Parzen, Wei & Ying" in words.footnote
    assert "selected" in " ".join(words.cautions)
    side = text(time_side(context, LIGHT))
    for said in ("Months 0 to 6", "After month 24", "Mean time gained", "Any difference"):
        assert said in side
    assert len(arm_drawn(context).figure.series) == 3


def test_of_three_arms_each_has_its_stretches():
    context = case_views()("arms", "study=four&show=time")
    assert "hazard ratio against" in ARMS.words(context).sentence
    assert ARMS.show(context, Look(LIGHT, "standard", False))["figure"]["data"] == []
    rows = list(ARMS.files["effect-over-time.csv"].rows(context))
    assert len({row["compared"] for row in rows}) > 1


def test_a_protected_study_shows_steps_of_its_released_curves():
    guarded = replace(
        load_catalog().study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    view = default_view(guarded, "arms").with_options(show="time")
    options, _ = ARMS.page.read_options(guarded, view)
    found = stated(Memory((guarded,)), ARMS, guarded, view, options).context.result.found
    for day in (found.difference.time, found.smooth.time, [found.horizon, found.band.first]):
        tenths = np.asarray(day) / 3.04375
        assert_allclose(tenths, np.round(tenths), atol=1e-6)
    assert found.difference.time.size < 40
    last = found.pieces.pieces[-1]
    assert np.isnan(last.value)
    assert not isinstance(last.events[0], int)
