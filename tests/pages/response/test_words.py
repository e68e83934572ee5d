"""Sentences, cautions and footnotes of the Response page, worked out by hand on a small study."""

import pytest

from data.catalog import load_catalog
from layouts.response.cautions import cautions, looks
from layouts.response.words import sentence
from tests.studies.responses import write_responses
from tests.views import Views, footnote

VIEWS = ("best", "depth", "course", "by", "landmark")


@pytest.fixture(scope="module")
def views(tmp_path_factory, studies_dir) -> Views:
    root = tmp_path_factory.mktemp("own")
    write_responses(root)
    (root / "edges").symlink_to(studies_dir / "edges")
    return Views(load_catalog(root), "response")


def said(views, query: str) -> str:
    return " ".join(cautions(views(query)))


def test_best_response_by_arm(views):
    assert sentence(views("study=lanes")) == (
        "Objective response in 2 of 4 (50.0 %) with arm A and 1 of 4 (25.0 %) with arm B "
        "(Fisher p\u00a0=\u00a01.000); disease control in 3 of 4 (75.0 %) with arm A and 2 of 4 "
        "(50.0 %) with arm B (Fisher p\u00a0=\u00a01.000)."
    )


def test_best_response_of_one_arm(views):
    words = sentence(views("study=lanes&arm=a"))
    # Clopper–Pearson of 2 of 4, as R's binom.test.
    assert words.startswith("Objective response in 2 of 4 (50.0 %, 95 % CI 6.8–93.2);")


def test_those_not_evaluable_are_counted_and_named(views):
    assert (
        "2 patients were not evaluable (1 off study and 1 missing): counted among all patients, "
        "and as without response." in said(views, "study=lanes")
    )
    assert "Denominator: all 8 in view" in footnote(views("study=lanes"))


def test_the_waterfall_says_who_has_no_bar(views):
    context = views("study=lanes&view=depth")
    assert sentence(context) == (
        "5 of 8 patients have a measurement: median change −30\u00a0% (quartiles −45 to 5); "
        "of these 3 shrank by 30\u00a0% or more and 1 grew by 20\u00a0% or more; 3 patients "
        "without a measurement may have grown."
    )
    assert (
        "3 patients have no measurement (1 SD, 1 Off study and 1 without a best response) and no "
        "bar. The chart shows the other 5 of 8" in said(views, "study=lanes&view=depth")
    )


def test_the_course_is_not_for_comparing_arms(views):
    context = views("study=lanes&view=course")
    assert sentence(context) == (
        "Of the 3 patients who responded, half had done so by 3.5 months (quartiles 2.8 to 4.2; "
        "3.5 with arm A)."
    )
    words = said(views, "study=lanes&view=course")
    assert "Not for comparing arms" in words
    assert "conditional on response" in words
    assert "1 patient responded without a known time." in words


def test_the_landmark_says_who_is_left_out(views):
    """Day 112: P4 died on day 90, P7 was last seen on day 50; P5's day is not known."""
    query = "study=lanes&view=landmark"
    words = said(views, query)
    assert (
        "Landmark analysis from day 112: 2 patients had the event (1) or left follow-up (1) by "
        "then and are not in it. 1 patient responded later and counts as without response by it."
        in words
    )
    assert "1 patient responded on an unknown day and is left out." in words
    assert "A curve of responders from the start is not drawn" in footnote(views(query))


def test_a_filter_moves_the_landmark(views):
    context = views("study=lanes&view=landmark&late=yes,no")
    assert context.result.survival.landmark_days == 150
    assert "A filter is known only by day 150, so the landmark was moved to it." in said(
        views, "study=lanes&view=landmark&late=yes,no"
    )


def test_what_cannot_be_shown_is_one_sentence(views):
    cases = {
        "study=edges": "This study has no response to treatment.",
        "study=lanes&age=90..99": "No patient passes these filters. Without the filter Age",
        "study=lanes&view=by&by=best": "This variable is the response itself. Choose another one.",
        "study=lanes&view=landmark&endpoint=pps": "Post-progression survival is counted from",
        "study=guarded&view=landmark": "Guarded study says neither when patients responded nor",
        "study=nct01900002&view=depth": "NCT01900002 does not record the depth of response, and",
    }
    for query, words in cases.items():
        context = views(query)
        assert context.result is None, query
        assert sentence(context).startswith(words), query
        assert cautions(context) == []
        assert footnote(context).startswith("Nothing is computed in this view. ")


def test_by_a_variable(views):
    context = views("study=lanes&view=by&by=stage")
    assert sentence(context) == (
        "Objective response by Stage: 3 of 3 (100 %) in I & II and 0 of 4 (0 %) in III; "
        "Fisher p\u00a0=\u00a00.029."
    )
    assert "1 patient without a value of Stage is in no row." in cautions(context)
    # Arm, stage, age, depth, time and the late finding; the response itself is none.
    assert looks(context).startswith("Exploratory: one test, not adjusted; this study offers 6 ")


def test_all_baseline_variables(views):
    context = views("study=lanes&view=by&by=none")
    assert sentence(context) == (
        "Objective response differs by Stage (p\u00a0=\u00a00.029); p-values are not adjusted."
    )
    assert looks(context).startswith("Exploratory: 3 variables looked at, 3 tested;")
    late = views("study=lanes&view=by&by=late")
    assert "Late finding is known only after treatment began" in " ".join(cautions(late))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "query",
    [
        "study=lanes",
        "study=lanes&age=47..47",
        "study=lanes&arm=b",
        "study=soramic",
        "study=nct01900002&set=enrolled",
    ],
)
def test_every_view_says_something(views, view, query):
    context = views(f"{query}&view={view}")
    parts = [sentence(context), looks(context), footnote(context), *cautions(context)]
    text = " ".join(part for part in parts if part)
    assert sentence(context).endswith(".")
    assert "nan" not in text
    assert "None" not in text.replace("None of", "")
    assert "  " not in text


def test_an_unpublished_selection_is_illustrative(views):
    assert "Illustrative" not in said(views, "study=soramic")
    assert "Illustrative" in said(views, "study=soramic&bclc=c")
    assert "about them the paper prints next to nothing" in said(
        views, "study=nct01900002&set=enrolled"
    )
    assert "Illustrative: the paper does not publish survival by response." in said(
        views, "study=soramic&view=landmark"
    )
    assert "Illustrative" not in said(views, "study=soramic&view=by&by=arm")


def test_a_filter_past_randomisation_is_said(views):
    assert "breaks the randomisation" in said(views, "study=soramic&ets=yes")
