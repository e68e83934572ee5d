"""An interaction test needs levels with events, both arms and enough of both."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.cox.interaction import interaction_test
from layouts.subgroups.table import subgroup_table
from layouts.subgroups.words import sentence
from tests.analysis.golden_data import patients
from tests.cases import case_views
from tests.views import Views


def effects(query):
    context = case_views()("subgroups", query)
    names = [variable.id for variable in context.variables]
    return dict(zip(names, context.result.effects, strict=True)), context


def test_a_level_without_events_leaves_the_test():
    # R: anova(coxph(~ arm + g), coxph(~ arm * g)) without the patients of level w.
    found, _ = effects("study=interact")
    assert found["g"].statistic == pytest.approx(3.48833, abs=5e-6)
    assert (found["g"].df, round(found["g"].p_value, 6)) == (1, 0.061803)


def test_one_level_with_events_is_not_testable_and_not_counted():
    found, context = effects("study=separate")
    assert math.isnan(found["xx"].p_value)
    assert found["xx"].df == 0
    # R: anova(coxph(~ arm + y), coxph(~ arm * y)).
    assert found["y"].p_value == pytest.approx(0.40187, abs=5e-6)
    # Of y, four events in an arm of a level; of z, one level.
    said = sentence(context)
    assert "2 interaction tests, 1 of them on fewer than 5 events in an arm of a level" in said
    assert "below 0.05: none; about 0.1 would" in said


def test_a_middle_level_without_events_in_public_data():
    # R: lung, status of ECOG 1 set to censored, anova without these patients.
    lung = patients("lung")
    known = lung["ph.ecog"].isin([0, 1, 2]).to_numpy()
    lung = lung[known]
    event = np.where(lung["ph.ecog"] == 1, 0, lung["event"])
    found = interaction_test(
        lung["time"].to_numpy(),
        event,
        pd.Categorical(lung["sex"], ["Male", "Female"]),
        pd.Categorical(lung["ph.ecog"].astype(int)),
    )
    assert (found.df, round(found.statistic, 5), round(found.p_value, 5)) == (1, 0.37449, 0.54057)


def test_few_events_are_marked_and_leave_the_headline(all_studies):
    context = Views(all_studies, "subgroups")("study=soramic&bclc=c&pvi=yes&ecog=1")
    below = [i for i, one in enumerate(context.result.effects) if one.p_value < 0.05]
    assert below
    assert all(context.has_few_events(i) for i in below)
    few = sum(one.tested for one in context.result.effects)
    assert f"{few} interaction tests on fewer than 5 events" in sentence(context)
    assert "below 0.05" not in sentence(context)
    assert subgroup_table(context).count("Fewer than 5 events in an arm of a level") == few


def test_arms_are_called_by_their_names(all_studies):
    table = subgroup_table(case_views()("subgroups", "study=zeroexp"))
    assert "No patients in arm Ctl." in table
    assert "No patients in arm Exp." in table
    one = Views(all_studies, "subgroups")("study=soramic&bclc=c&pvi=yes&ecog=1")
    assert "No patients in arm RE + sorafenib." in subgroup_table(one)
    for text in (table, subgroup_table(one)):
        assert "arm 0" not in text
        assert "arm 1" not in text
