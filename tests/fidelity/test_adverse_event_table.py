"""The single-arm study's Table 2: every row, every grade, and the denominators of its filters."""

from __future__ import annotations

import pytest

from callbacks.safety.rows import adverse_event_rows
from tests.published_cells import printed_rows
from tests.shipped import load_catalog
from tests.views import PageViews

views = PageViews(load_catalog())
PUBLISHED = printed_rows("nct01900002", "Table 2")
ROWS = {
    (row["category"], row["term"]): row
    for row in adverse_event_rows(views("safety", "study=nct01900002"))
}


def test_the_table_has_the_rows_of_the_paper_and_no_other():
    assert len(PUBLISHED) == 51
    assert set(PUBLISHED) == set(ROWS)


@pytest.mark.parametrize("term", PUBLISHED, ids=lambda term: term[1])
def test_the_published_row(term):
    made, printed = ROWS[term], PUBLISHED[term]
    assert made["n"] == 34
    for grade in ("1–2", "3", "4"):
        patients = made[f"grade_{grade.replace('–', '_')}"]
        assert patients == int(printed[f"Grade {grade}", "n"])
        if percent := printed.get((f"Grade {grade}", "%")):
            assert f"{100 * patients / made['n']:.1f}" == percent
    assert made["any"] == sum(int(printed[f"Grade {grade}", "n"]) for grade in ("1–2", "3", "4"))


def test_the_denominator_follows_the_filter_everywhere():
    context = views("safety", "study=nct01900002&pvt=yes")
    rows = list(adverse_event_rows(context))
    assert len(rows) == 51
    assert {row["n"] for row in rows} == {8}
    assert all(row["any"] <= 8 for row in rows)


def test_patients_who_were_not_treated_with_both_are_no_denominator():
    context = views("safety", "study=nct01900002&set=enrolled")
    assert (context.in_cohort, context.recorded) == (38, 34)
    assert {row["n"] for row in adverse_event_rows(context)} == {34}


def test_the_treatment_received_is_the_papers():
    """Text: 20 (3–90) weeks, 622 (466–800) mg; 23 dose reductions; 15 stopped for progression."""
    context = views("safety", "study=nct01900002")
    weeks, dose, reduced, stopped, extent, _ = context.exposure
    assert (weeks.median, weeks.smallest, weeks.largest) == (20, 3, 90)
    assert (dose.median, dose.smallest, dose.largest) == (622, 466, 800)
    assert dict(reduced.levels)["Yes"] == 23
    assert dict(stopped.levels)["Yes"] == 15
    assert [n for _, n in extent.levels] == [5, 11, 8, 10]
