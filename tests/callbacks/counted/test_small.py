"""Small and awkward cohorts from counts: as of the same patients, or a sentence."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from data.address import default_view
from tests.callbacks.counted.same import Both, rows_apart
from tests.views import BY_ID

# Nobody's Relapse is an event; who is 45 is one patient.
EDGES = (
    ("survival", "by=none&age=45..45"),
    ("survival", "by=site&endpoint=quiet"),
    ("survival", "by=many&stage=b"),
    ("survival", "by=response&endpoint=pps"),
    ("survival", "by=only&marker=missing"),
    ("arms", "age=45..45"),
    ("arms", "endpoint=quiet"),
    ("arms", "show=balance&endpoint=quiet&adjust=stage&stratify=site"),
    ("arms", "show=balance&stage=b,missing&adjust=marker"),
    ("arms", "arm=a"),
    ("arms", "show=competing"),
    ("arms", "show=response"),
    ("subgroups", "age=45..45"),
    ("subgroups", "endpoint=quiet"),
    ("subgroups", "stage=c&site=one,two"),
    ("prognostic", "site=one&marker=low&many=m1&model=stage"),
    ("prognostic", "endpoint=quiet&model=p"),
    ("prognostic", "stage=c&model=marker,site"),
)
SORAMIC = (
    ("survival", ""),
    ("survival", "endpoint=pps&by=best-response&ci=plain"),
    ("arms", ""),
    ("arms", "endpoint=ttp"),
    ("arms", "show=balance"),
    ("arms", "show=competing"),
    ("arms", "show=response"),
    ("subgroups", ""),
    ("prognostic", "model=p"),
)


@pytest.mark.parametrize(("page", "query"), EDGES)
def test_at_the_edges(edge_both, page, query, always_the_limit):
    both = edge_both[page]
    assert both.differences(page, query) == []


@pytest.mark.parametrize(("page", "query"), SORAMIC)
def test_a_study_as_it_is(soramic, page, query, always_the_limit):
    assert soramic[page].differences(page, query) == []


@pytest.mark.parametrize(
    ("page", "panel", "own"),
    [
        ("arms", "arms.csv", "row 9 p_value"),
        ("subgroups", "subgroups.csv", "p_permutation|p_westfall_young"),
    ],
)
def test_of_counts_there_is_the_limit_of_permutations_only(soramic, page, panel, own):
    both = Both(soramic[page].studies[0])
    found = rows_apart(*both.rows(page, "", panel))
    assert found
    assert all(re.search(own, one) for one in found), found
    assert "by the limit of the permutation distribution" in (
        BY_ID[page].words(both.contexts(page, "")[1]).method
    )


@pytest.mark.parametrize("page", ["survival", "arms", "subgroups", "prognostic"])
def test_the_page_with_its_controls_is_built_from_counts(two_arms, page):
    rows, without_rows = (
        BY_ID[page].page.build(study, default_view(study, page)) for study in two_arms.studies
    )
    assert str(without_rows) == str(rows)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("survival", ""),
        ("arms", ""),
        ("arms", "show=balance&adjust=stage&stratify=sex"),
        ("arms", "show=competing&endpoint=ttp"),
        ("arms", "show=response&stage=b"),
        ("subgroups", ""),
        ("prognostic", "model=arm,stage"),
    ],
)
def test_who_has_no_arm(without_some_arms, page, query, always_the_limit):
    assert without_some_arms[page].differences(page, query) == []


def test_another_cut_needs_rows(two_arms):
    study = two_arms.studies[1]
    page = BY_ID["survival"].page
    view = replace(default_view(study, page.id), by="age").with_options(cut="61")
    options, notes = page.read_options(study, view)
    assert options.cut is None
    assert notes == ["“cut” needs patients one by one; they are counted by the study's own cuts."]


@pytest.mark.parametrize("page", BY_ID)
def test_every_page_reads_its_options_and_is_built_without_rows(two_arms, page):
    study, page = two_arms.studies[1], BY_ID[page].page
    view = default_view(study, page.id)
    page.read_options(study, view)
    assert str(page.build(study, view))
    page.control_values(study, view)
