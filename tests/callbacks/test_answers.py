"""The one place that asks the analysis: what it remembers, and for whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.event_table import time_axis
from analysis.survival_groups import survival_by_group
from callbacks.groups import landmark_days, split_codes
from callbacks.memory import Memory
from callbacks.survival.ask import ask
from layouts.survival.options import SurvivalOptions


def test_the_same_view_is_answered_with_the_same_object(views):
    assert views("study=soramic&bclc=c").result is views("study=soramic&bclc=c").result


@pytest.mark.parametrize(
    "query", ["unit=years", "curve=incidence", "show=none", "landmarks=6", "x=0..12", "present=on"]
)
def test_drawing_otherwise_computes_nothing_again(views, query):
    assert views(f"study=soramic&{query}").result is views("study=soramic").result


@pytest.mark.parametrize(
    "query", ["ci=plain", "bclc=c", "endpoint=os", "by=none", "by=bclc", "age-years=0..200"]
)
def test_another_question_has_another_answer(views, query):
    assert views(f"study=soramic&{query}").result is not views("study=soramic").result


def test_two_servers_share_no_memory(views, all_studies):
    context = views("study=soramic")
    other = Memory(all_studies.studies)
    again = ask(other, context.study, context.view, context.options)
    assert again.result is not context.result
    assert again.result.test.p_value == context.result.test.p_value


def test_a_study_read_anew_is_computed_anew(views, all_studies):
    """It is another study, so that a changed file never meets an old result."""
    study = all_studies.study("edges")
    changed = replace(study, version="another")
    memory = Memory((changed,))
    context = views("study=edges")
    first = ask(memory, changed, context.view, context.options).result
    assert ask(memory, study, context.view, context.options).result is not first


def test_what_is_remembered_cannot_be_changed(views):
    result = views("study=soramic").result
    with pytest.raises(ValueError, match="read-only"):
        result.table.n_risk[0, 0] = 1
    with pytest.raises(AttributeError):
        result.horizon = 1.0


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("study=soramic", None),
        ("study=soramic&by=objective-response", 183),
        ("study=soramic&objective-response=yes", 183),
        ("study=soramic&endpoint=pps&by=objective-response", None),
        ("study=soramic&progression=yes", None),
        ("study=nct01900002&by=response-week16", 112),
        ("study=edges&by=response&response=yes", 90),
    ],
)
def test_the_day_from_which_a_view_counts(views, query, day):
    context = views(query)
    assert context.landmark_days == day == landmark_days(context.study, context.view)


def test_a_landmark_leaves_out_whoever_is_not_followed_past_it(views, edges):
    context = views("study=edges&by=response")
    outcome = edges.outcomes["os"]
    still = outcome.time > 90
    assert context.result.n == int(still.sum())
    assert context.before_landmark == int((~still).sum())
    assert context.result.largest_time == outcome.time.max() - 90
    expected = survival_by_group(
        time_axis(outcome.time[still] - 90),
        outcome.event[still],
        edges.codes["response"][still],
        ("No", "Yes"),
        np.ones(int(still.sum()), bool),
    )
    for ours, theirs in zip(context.result.groups, expected.groups, strict=True):
        assert ours.curve.time.tolist() == theirs.curve.time.tolist()
        assert ours.curve.survival.tolist() == theirs.curve.survival.tolist()


def test_missing_is_a_group_only_where_the_study_says_so(views, edges):
    codes, labels = split_codes(edges, edges.variable("stage"))
    assert labels == ("B", "C", "Missing")
    assert (codes == 2).sum() == 5
    codes, labels = split_codes(edges, edges.variable("marker"))
    assert labels == ("Low", "Middle", "High")
    assert (codes == -1).sum() == 4
    assert views("study=edges&by=marker").result.left_out == 4
    assert views("study=edges&by=stage").result.left_out == 0


def test_missing_is_no_group_where_nobody_misses_it(edges):
    _, labels = split_codes(edges, replace(edges.variable("only"), missing="level"))
    assert labels == ("Same",)


@pytest.mark.parametrize(
    "query",
    [
        "study=edges&by=marker&endpoint=pps",
        "study=edges&by=response&marker=low,high",
        "study=soramic&by=dpr-percent",
        "study=soramic&endpoint=pps&by=best-response",
    ],
)
def test_everybody_in_the_cohort_is_accounted_for(views, query):
    context = views(query)
    assert context.in_cohort == (
        context.result.n
        + context.result.left_out
        + context.without_endpoint
        + context.before_landmark
    )


def test_options_of_drawing_travel_with_the_answer(views, all_studies):
    study = all_studies.study("soramic")
    view = views.read("study=soramic").view
    options = SurvivalOptions(unit="days", show=())
    assert ask(views.memory, study, view, options).options is options
