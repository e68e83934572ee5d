"""The section Power of Compare arms, and its line on Subgroups."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import default_view
from data.minima import Disclosure
from data.sections.plan import Plan
from layouts.arms.power_side import power_side
from layouts.arms.slide import arm_drawn
from layouts.shared.theme import LIGHT
from layouts.subgroups.interaction_power import interaction_power
from tests.cases import case_views
from tests.shipped import load_catalog
from tests.trees import text
from tests.views import BY_ID, PageViews

ARMS = BY_ID["arms"]


def view_of(study, **options):
    view = default_view(study, "arms").with_options(show="power", **options)
    read, _ = ARMS.page.read_options(study, view)
    return view, read


def test_the_shipped_study_says_what_its_events_find():
    context = PageViews(load_catalog())("arms", "study=soramic&show=power")
    rows = {
        (row["quantity"], row["variable"]): row for row in ARMS.files["power.csv"].rows(context)
    }
    events = rows["events_in_view", ""]
    assert events["value"] == 160
    assert events["value_across_n"] == 20
    # Schoenfeld's formula by hand.
    by_hand = math.exp(-(1.959964 + 0.841621) / math.sqrt(160 * 73 * 104 / 177**2))
    assert rows["detectable_ratio", ""]["value"] == pytest.approx(by_hand, rel=1e-6)
    words = ARMS.words(context)
    assert f"{by_hand:.2f} or {1 / by_hand:.2f}" in words.sentence
    said = " ".join(words.cautions)
    assert "observed is not shown" in said
    assert "declares no planned hazard ratio" in said
    assert "Schoenfeld" in words.footnote
    assert "Peterson" in words.footnote
    assert "Alcohol" in text(power_side(context, LIGHT))
    assert len(arm_drawn(context).figure.series) == 1


def test_a_planned_ratio_has_its_power():
    study = load_catalog().study("soramic")
    planned = replace(study, plan=Plan(0.64, "pfs", "protocol"), reconstructions=())
    view, options = view_of(planned)
    context = ARMS.ask(Memory((planned,)), planned, view, options)
    words = ARMS.words(context)
    assert "the planned 0.64 with 79 %" in words.sentence
    assert "Planned ratio: protocol." in words.footnote
    assert "Events that it needs" in text(power_side(context, LIGHT))


def test_of_three_arms_each_comparison_has_its_own():
    context = case_views()("arms", "study=four&show=power")
    compared = {row["compared"] for row in ARMS.files["power.csv"].rows(context)}
    assert len(compared) > 1
    assert ARMS.words(context).sentence.count("events in view") == len(compared)


def test_a_protected_study_leaves_out_interactions_of_few_events():
    guarded = replace(
        load_catalog().study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    found = stated(Memory((guarded,)), ARMS, guarded, *view_of(guarded)).context.result
    assert found.interactions
    assert all(n == 0 or n >= 5 for one in found.interactions for n in one.cells)


def test_subgroups_say_what_interaction_could_be_found():
    context = PageViews(load_catalog())("subgroups", "study=soramic")
    said = interaction_power(context)
    assert "80 % power" in said
    assert said in BY_ID["subgroups"].words(context).cautions
    factors = [
        math.exp(2.801585 * math.sqrt(sum(1 / n for level in one.levels for n in level.events)))
        for one in context.result.effects
        if one.tested
        and len(one.levels) == 2
        and all(n for level in one.levels for n in level.events)
    ]
    assert f"a factor of {min(factors):.1f} at best" in said
