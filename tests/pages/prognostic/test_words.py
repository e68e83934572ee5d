"""Prognostic factors in words and as a table: the paper's model, choices and cautions."""

import math

import pytest

from layouts.prognostic.levels import levels_of
from layouts.prognostic.table import prognostic_table
from layouts.prognostic.words import cautions, looks, sentence
from tests.views import Views, footnote

SORAMIC = "study=soramic"


@pytest.fixture(scope="module")
def prognostic(all_studies) -> Views:
    return Views(all_studies, "prognostic")


def test_the_papers_model_is_the_first(prognostic):
    context = prognostic(SORAMIC)
    assert context.result.chosen == ("arm", "child-pugh")
    assert not context.data_driven
    said = sentence(context).replace("\u00a0", " ")
    assert said == (
        "Alone, PFS goes with Child–Pugh (p < 0.001) and Treatment arm (p = 0.022); in the model "
        "with Treatment arm and Child–Pugh, below 0.05: Treatment arm and Child–Pugh, concordance "
        "0.59."
    )
    assert "20 factors tested" in looks(context)
    assert "HR 1.45 (1.05–1.99)" in footnote(context)
    assert "events per variable 80.0 (160 events, 2 coefficients)" in footnote(context)


def test_a_model_chosen_by_the_data_says_so(prognostic):
    context = prognostic("study=nct01900002&model=p")
    said = " ".join(cautions(context))
    assert context.data_driven
    assert ", apparent concordance 0." in sentence(context)
    assert ", apparent concordance 0." in footnote(context)
    assert "The data themselves chose the multivariable model" in said
    assert "Events per variable 2." in said
    assert "under 10" in said


@pytest.mark.parametrize("endpoint", ["pfs", "os", "ttp"])
def test_the_declared_model_is_that_of_every_endpoint(prognostic, endpoint):
    assert prognostic(f"{SORAMIC}&endpoint={endpoint}").result.chosen == ("arm", "child-pugh")


@pytest.mark.parametrize("query", ["study=nct01900002", "study=nct01900002&endpoint=os"])
def test_a_study_that_declares_no_model_has_none_at_first(prognostic, query):
    context = prognostic(query)
    assert context.result.multivariable is None
    assert not context.data_driven
    assert sentence(context).endswith("no multivariable model is chosen.")
    assert "chose" not in " ".join(cautions(context))


def test_no_model(prognostic):
    context = prognostic(f"{SORAMIC}&model=none")
    assert sentence(context).endswith("no multivariable model is chosen.")
    assert "none chosen" in prognostic_table(context)


def test_the_reference_arm_stands_first(prognostic):
    context = prognostic(SORAMIC)
    reference, compared = levels_of(context, 0)
    assert (reference["label"], reference["reference"]) == ("Sorafenib", True)
    assert math.isnan(reference["univariable"][0])
    assert f"{compared['univariable'][0]:.2f}" == "0.69"
    assert (compared["n"], compared["events"]) == (73, 66)


def test_a_number_is_per_its_step(prognostic):
    context = prognostic(SORAMIC)
    place = [variable.id for variable in context.variables].index("age-years")
    (row,) = levels_of(context, place)
    assert row["label"] == "per 10 years"


def test_separation_is_said_in_words(prognostic):
    context = prognostic("study=edges")
    assert "separate completely" in prognostic_table(context) + " ".join(cautions(context))
    assert "nan" not in prognostic_table(context)


def test_labels_are_escaped(prognostic):
    assert "=Cell type" in prognostic_table(prognostic("study=edges"))
    assert "<=" not in prognostic_table(prognostic("study=edges"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{SORAMIC}&age-years=200..300", "No patient passes these filters"),
        (f"{SORAMIC}&endpoint=pps&progression=no", "Nobody in this cohort has"),
    ],
)
def test_nobody(prognostic, query, said):
    context = prognostic(query)
    assert sentence(context).startswith(said)
    assert prognostic_table(context) == ""
    assert cautions(context) == []


def test_orders(prognostic):
    by_p = prognostic(f"{SORAMIC}&order=p")
    p = [by_p.result.univariable[i].p_value for i in by_p.order()]
    assert p == sorted(p)
    assert prognostic(SORAMIC).order() == list(range(20))


def test_one_arm_is_no_factor(prognostic):
    names = [v.id for v in prognostic("study=nct01900002").variables]
    assert "arm" not in names
    assert "arm" in [v.id for v in prognostic("study=nct01900002&set=enrolled").variables]


def test_who_was_not_followed_to_the_landmark_is_not_counted(prognostic):
    view = prognostic("study=soramic&best-response=pr")
    outcome = view.study.outcomes["pfs"]
    picked = view.study.codes["best-response"] == 1
    still = int((picked & (outcome.time > 183)).sum())
    assert 0 < still < int(picked.sum())
    assert view.with_endpoint == still
    assert f"n\u00a0=\u00a0{still}" in footnote(view)
    assert any("starts at day 183" in said for said in cautions(view))


def test_a_ratio_that_changes_over_time_is_a_caution(prognostic):
    context = prognostic(f"{SORAMIC}&endpoint=hepatic-pfs&previous-tace=yes")
    # R, cox.zph of the arm alone: p = 0.022.
    arm = context.result.univariable[0]
    assert round(arm.hazards.tests[0].p_value, 3) == 0.022
    said = [one for one in cautions(context) if "not proportional" in one]
    assert len(said) == 1
    assert "Treatment arm" in said[0]


def test_no_caution_where_no_ratio_changes(prognostic):
    context = prognostic(f"{SORAMIC}&model=arm")
    changing = [
        one.name
        for one in context.result.univariable
        if one.hazards.tests and one.hazards.tests[0].p_value < 0.05
    ]
    said = " ".join(cautions(context))
    assert ("not proportional" in said) == bool(changing)
    assert all(context.label(name) in said for name in changing)
