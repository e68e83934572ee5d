"""What the Subgroups page says in words."""

from __future__ import annotations

import pytest

from layouts.subgroups.options import read_options
from layouts.subgroups.table import subgroup_table
from layouts.subgroups.words import cautions, looks, sentence
from tests.views import Views, footnote


@pytest.fixture(scope="module")
def subgroup_views(all_studies):
    return Views(all_studies, "subgroups")


def test_the_looks_are_counted(subgroup_views):
    view = subgroup_views("study=nct01900002")
    found = int((view.result.screen.p_value < 0.05).sum())
    assert looks(view) == (
        "Exploratory: 27 variables tested; at p < 0.05 about 1.4 would be expected by chance; "
        f"{found} found; {view.result.remaining} remain after adjusting for all 27 "
        "(Westfall–Young)."
    )


def test_nothing_to_test(subgroup_views):
    assert looks(subgroup_views("study=edges&endpoint=quiet")) == (
        "No variable can be tested in this cohort."
    )


def test_the_sentence_names_the_smallest_p_values(subgroup_views):
    said = sentence(subgroup_views("study=nct01900002"))
    # As Table 4 prints it; the rows give 0.011.
    assert said.startswith("PFS differs by Hepatitis (p\u00a0=\u00a00.002, printed)")
    assert said.endswith("after adjustment none.")


def test_two_arms_are_about_interaction(subgroup_views):
    said = sentence(subgroup_views("study=soramic"))
    assert "19 interaction tests" in said
    assert "with RE + sorafenib against sorafenib" in said


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("study=edges&age=200..300", "No patient passes these filters"),
        ("study=edges&endpoint=quiet&show=medians", ""),
    ],
)
def test_empty_cohorts_have_a_sentence(subgroup_views, query, said):
    assert said in sentence(subgroup_views(query))


def test_a_filter_makes_a_reconstruction_illustrative(subgroup_views):
    plain = " ".join(cautions(subgroup_views("study=nct01900002")))
    filtered = " ".join(cautions(subgroup_views("study=nct01900002&pvt=yes")))
    assert "Illustrative" not in plain
    assert "Illustrative" in filtered


def test_variables_the_paper_did_not_cross_are_marked(subgroup_views):
    said = cautions(subgroup_views("study=nct01900002&of=baseline"))
    assert any("did not cross" in one for one in said)


def test_why_the_papers_cells_are_not_there(subgroup_views):
    filtered = cautions(subgroup_views("study=nct01900002&published=on&pvt=yes"))
    assert "The paper's cells are not shown: patients are filtered." in filtered
    other = cautions(subgroup_views("study=soramic&published=on"))
    assert "The paper's cells are not shown: there is no such table for it." in other


def test_the_footnote_holds_method_cohort_and_provenance(subgroup_views):
    said = footnote(subgroup_views("study=soramic&bclc=c"))
    for part in (
        "Greenwood, log transform",
        "random permutations, seed",
        "Likelihood-ratio test",
        "BCLC C",
        "n\u00a0=\u00a0126",
        "Reconstructed from published tables",
    ):
        assert part in said, part


def test_options_that_cannot_be_used_are_noted(subgroup_views, all_studies):
    from callbacks.pages import OPTION_NAMES
    from data.address import read_address

    query = "?study=nct01900002&p=best&order=random&of=all&group=x&published=yes&ci=exact&show=y"
    reading = read_address("/subgroups", query, all_studies, OPTION_NAMES)
    options, notes = read_options(reading.study, reading.view)
    assert len(notes) == 7
    assert (options.p, options.order, options.of) == ("log-rank", "published", "published")


def test_a_filter_known_later_makes_a_landmark_and_says_so(subgroup_views):
    view = subgroup_views("study=soramic&best-response=pr")
    outcome = view.study.outcomes["pfs"]
    picked = view.study.codes["best-response"] == 1
    still = int((picked & (outcome.time > 183)).sum())
    assert (view.with_endpoint, view.n) == (int(picked.sum()), still)
    assert 0 < still < view.with_endpoint
    said = " ".join(cautions(view))
    assert f"time starts at day 183 and only the {still} patients" in said
    assert f"({view.with_endpoint - still} were not)" in said
    assert "breaks the randomisation" in said
    assert f"n\u00a0=\u00a0{still}, " in footnote(view)


def test_a_single_arm_study_has_no_randomisation_to_break(subgroup_views):
    said = " ".join(cautions(subgroup_views("study=nct01900002&response-week16=pr")))
    assert "Landmark analysis" in said
    assert "randomisation" not in said


def test_nobody_left_at_the_landmark(subgroup_views):
    view = subgroup_views("study=nct01900002&response-week16=pd")
    assert view.with_endpoint == 4
    assert view.n == 0
    assert sentence(view) == "Nobody in this cohort was still followed at day 112."
    assert cautions(view) == []
    assert subgroup_table(view) == ""
