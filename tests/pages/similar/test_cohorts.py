"""Nested cohorts of patients like one: the numbers are those of the same filters on Survival."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.pages import SERVED
from callbacks.similar.page import show, words
from data.address import default_view, search
from data.minima import Disclosure
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.similar.context import ASSOCIATION, DECLARED, OWN
from tests.cases import cases
from tests.views import BY_ID, PageViews, Views

# 67, cirrhosis after hepatitis C, Child–Pugh A, BCLC C, portal vein, AFP 900, ECOG 1.
CASE = "mine=age-years.67,hepatitis-c.yes,cirrhosis.yes,child-pugh.a,bclc.c,pvi.yes,afp.yes,ecog.1"
LOOK = Look(LIGHT, "standard", False)
SIMILAR = BY_ID["patient"]


@pytest.fixture(scope="module")
def similar(all_studies) -> Views:
    return Views(all_studies, "patient")


@pytest.fixture(scope="module")
def case(similar):
    return similar(f"study=soramic&{CASE}")


def test_the_case_of_the_tumour_board(case):
    assert [step.n for step in case.steps] == [0, 1, 6, 16, 69, 80, 85, 126, 177]
    assert [step.dropped[0].variable.id for step in case.steps[1:]] == [
        *("age-years", "ecog", "afp", "hepatitis-c", "cirrhosis", "child-pugh", "pvi", "bclc"),
    ]
    assert (case.focus, case.ordered_by) == (4, DECLARED)
    said = words(case)
    assert said.sentence.startswith("69 patients are like yours in 4 of 8 respects: median OS was")
    assert "16.6 months (95 % CI 14.3–25.2)" in said.sentence
    assert "13.2 months (9.7–19.3)" in said.sentence
    assert "0.83 (0.49–1.42)" in said.sentence
    assert "no prediction for one patient" in said.cautions[0]
    assert said.cautions[1].startswith("Dropped: Hepatitis C Yes, AFP")
    assert "Illustrative" in said.cautions[2]
    assert "the study declares" in said.method


@pytest.mark.parametrize("place", [1, 4])
def test_the_numbers_are_those_of_the_same_filters_elsewhere(all_studies, case, place):
    pages, step = PageViews(all_studies), case.steps[place]
    query = search(step.survival.view, case.study).removeprefix("?")
    survival = pages("survival", f"{query}&landmarks=12")
    for ours, theirs in zip(step.survival.result.groups, survival.result.groups, strict=True):
        assert (ours.n, ours.events) == (theirs.n, theirs.events)
        np.testing.assert_array_equal(ours.curve.survival, theirs.curve.survival)
    assert step.survival.across.ranges == survival.across.ranges
    overview = pages("overview", query)
    (response,) = (one for one in overview.shares if one.page == "arms")
    assert str(step.response) == str(response)


def test_adverse_events_are_those_of_safety(all_studies, similar):
    context = similar("study=nct01900002&mine=age-years.67,child-pugh.a,bclc.stage-c,ecog.1")
    assert (context.in_focus.n, context.arms) == (24, ())
    query = search(context.in_focus.survival.view, context.study).removeprefix("?")
    safety = PageViews(all_studies)("safety", query)
    np.testing.assert_array_equal(context.safety.counts.counts, safety.counts.counts)
    (severe,) = (o for o in PageViews(all_studies)("overview", query).shares if o.page == "safety")
    assert str(context.in_focus.severe) == str(severe)
    assert "grade ≥ 3" in show(context, LOOK)["events"]


def test_the_order_can_be_the_readers(similar):
    context = similar(f"study=soramic&{CASE}&order=ecog,age-years,bclc")
    names = [one.variable.id for one in context.criteria]
    assert names[:4] == ["ecog", "age-years", "bclc", "pvi"]
    assert context.ordered_by == OWN


def test_a_study_that_declares_no_order_drops_the_weakest_first(similar, all_studies):
    context = similar("study=edges&mine=stage.b,marker.low,site.one")
    assert context.ordered_by == ASSOCIATION
    prognostic = PageViews(all_studies)("prognostic", "study=edges")
    p = {one.name: one.p_value for one in prognostic.result.univariable}
    found = [p[one.variable.id] for one in context.criteria]
    assert found == sorted(found)
    assert "univariable Cox regression" in words(context).method


def test_a_window_is_shown_and_can_be_moved(similar):
    narrow = similar("study=soramic&mine=age-years.67")
    wide = similar("study=soramic&mine=age-years.67~10")
    times = similar("study=soramic&mine=target-lesion-mm.60~x2")
    (one,), (other,), (third,) = (x.criteria for x in (narrow, wide, times))
    assert (one.filter.low, one.filter.high) == (62, 72)
    assert (other.filter.low, other.filter.high) == (57, 77)
    assert (third.filter.low, third.filter.high) == (30, 120)
    assert wide.steps[0].n > narrow.steps[0].n
    assert "data-window" in show(narrow, LOOK)["criteria"]


def test_a_cohort_can_be_chosen_where_it_is_large_enough(similar):
    assert similar(f"study=soramic&{CASE}&dropped=6").focus == 6
    # Of six patients nothing is drawn.
    assert similar(f"study=soramic&{CASE}&dropped=2").focus == 4


def test_given_that_the_patient_has_come_so_far(similar, all_studies):
    context = similar(f"study=soramic&{CASE}&alive=6")
    query = search(context.in_focus.survival.view, context.study).removeprefix("?")
    survival = PageViews(all_studies)("survival", f"{query}&alive=6")
    assert [g.n for g in context.given.result.groups] == [g.n for g in survival.result.groups]
    medians = [g.median for g in survival.result.groups]
    assert [g.median for g in context.given.result.groups] == medians
    assert "Given alive at 6 months: 24 with RE + sorafenib: median" in words(context).sentence
    assert show(context, LOOK)["figure"]["data"]


def test_who_has_no_value_is_not_like_the_patient(similar):
    context = similar("study=soramic&mine=albi-grade.1")
    codes = context.study.codes["albi-grade"]
    assert (codes < 0).any()
    assert context.steps[0].n == int((codes == 0).sum())
    reading = similar.read("study=soramic&mine=albi-grade.missing")
    assert SIMILAR.page.read_options(reading.study, reading.view)[1]


def test_filters_above_hold_for_every_cohort(similar):
    context = similar("study=soramic&bclc=c&mine=pvi.yes")
    assert [step.n for step in context.steps] == [85, 126]
    assert "passes the filters above: BCLC C" in words(context).cautions[-1]
    shown = show(context, LOOK)["criteria"]
    assert 'data-patient="pvi.yes,bclc.c"' in shown


@pytest.mark.parametrize(
    "query",
    [
        "study=soramic",
        "study=nct01900002&set=enrolled",
        "study=edges&mine=age.45",
        "study=edges&age=200..300",
        "study=soramic&of=pps&mine=ecog.0",
    ],
)
def test_every_state_says_something(similar, query):
    context = similar(query)
    shown = show(context, LOOK)
    assert words(context).sentence
    assert not any("nan" in str(part).lower().split() for part in shown.values())


@pytest.mark.parametrize(
    ("study", "arms"), [("four", 4), ("resp", 2), ("plateau", 0), ("beyond", 0)]
)
def test_any_number_of_arms(study, arms):
    context = Views(cases(), "patient")(f"study={study}")
    assert len(context.arms) == arms
    assert words(context).sentence
    assert show(context, LOOK)["table"].count("<tr>") == 1 + max(arms, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mine=arm.sorafenib", "nothing that is known of a patient before treatment"),
        ("mine=best-response.cr", "nothing that is known of a patient before treatment"),
        ("mine=bclc.z", "BCLC has no level"),
        ("mine=age-years.old", "Age has no number"),
        ("mine=age-years.67~0", "Age has no number"),
        ("mine=bclc.c,bclc.a-b", "BCLC stands twice"),
        ("mine=bclc.c&bclc=c", "is filtered above"),
        ("order=luck", "“order” names"),
        ("dropped=some", "“dropped” is how many"),
        ("alive=soon", "“alive” is a month"),
        ("of=luck", "“of” can be"),
    ],
)
def test_what_cannot_be_used_is_said(similar, client, text, said):
    reading = similar.read(f"study=soramic&{text}")
    _, notes = SIMILAR.page.read_options(reading.study, reading.view)
    assert any(said in note for note in notes)
    assert client.get(f"/download/similar.csv?study=soramic&{text}").status_code == 400


def test_the_file_has_a_row_for_each_cohort_and_arm(client, case):
    answer = client.get(f"/download/similar.csv?study=soramic&{CASE}")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 18
    (row,) = (r for r in rows if r["in_focus"] == "1" and r["arm"] == "Sorafenib")
    assert (row["criteria_kept"], row["n"], row["events"]) == ("4", "43", "37")
    group = case.in_focus.survival.result.groups[1]
    assert float(row["median"]) == group.median.value / 30.4375
    assert float(row["survival_12"]) == group.curve.at([365.25]).survival[0]
    assert float(row["response"]) == 13 / 43
    assert row["dropped"].startswith("Hepatitis C Yes; AFP")


# ---- where small numbers are held back


@pytest.fixture(scope="module")
def guarded(all_studies):
    study = all_studies.study("soramic")
    return replace(study, disclosure=Disclosure(10, 5), single_patients=False, reconstructions=())


def told(study, text: str):
    view = default_view(study, "patient")
    given = dict(part.split("=") for part in text.split("&"))
    view = view.with_options(**given)
    options, notes = SIMILAR.page.read_options(study, view)
    return stated(Memory((study,)), SIMILAR, study, view, options).context, notes


def test_below_the_minimum_nothing_is_shown(guarded):
    context, _ = told(guarded, CASE)
    small = [step for step in context.steps if step.withheld]
    assert small
    assert all(step.survival is None for step in small)
    assert not small[0].response
    table = show(context, LOOK)["table"]
    assert "Fewer than 10 patients: not shown." in table
    assert "6 patients ·" not in table
    assert "nan" not in table
    assert context.in_focus.n >= 20


def test_two_steps_that_are_told_never_differ_by_few(guarded):
    known = "hepatitis-c.yes,pvi.yes,hepatitis-b.no,diffuse.no,extrahepatic-spread.no"
    context, _ = told(guarded, f"mine={known}")
    told_sizes = [
        [group.n for group in one.survival.result.groups]
        for one in context.steps
        if one.survival is not None
    ]
    assert len(told_sizes) >= 2
    for one, other in combinations(told_sizes, 2):
        known = [(a, b) for a, b in zip(one, other, strict=True) if {type(a), type(b)} == {int}]
        assert all(a == b or abs(a - b) >= 5 for a, b in known)


def test_no_month_can_be_chosen_there(guarded):
    context, notes = told(guarded, f"{CASE}&alive=6")
    assert "cannot be chosen" in notes[0]
    assert context.given is None


def test_moved_bounds_are_said(guarded):
    context, _ = told(guarded, "mine=age-years.67~7")
    assert context.in_focus.kept
    assert any(one.startswith("Widened: Age") for one in words(context).cautions)


def test_it_is_a_page_like_the_others():
    assert [one.page.id for one in SERVED].count("patient") == 1
