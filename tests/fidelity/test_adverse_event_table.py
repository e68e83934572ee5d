"""The single-arm study's Table 2: every row, every grade, and the denominators of its filters."""

from __future__ import annotations

import csv
import io

import pytest

from callbacks.safety_rows import adverse_event_rows
from data.catalog import SHIPPED, load_catalog
from tests.page_views import PageViews

views = PageViews(load_catalog())
PUBLISHED = list(
    csv.DictReader(
        io.StringIO((SHIPPED / "nct01900002/published/adverse_events.csv").read_text("utf-8"))
    )
)
ROWS = {
    (row["category"], row["term"]): row
    for row in adverse_event_rows(views("safety", "study=nct01900002"))
}


def test_the_table_has_the_rows_of_the_paper_and_no_other():
    assert len(PUBLISHED) == 51
    assert {(row["category"], row["event"]) for row in PUBLISHED} == set(ROWS)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["event"])
def test_the_published_row(row):
    made = ROWS[row["category"], row["event"]]
    assert made["n"] == 34
    for name in ("grade_1_2", "grade_3", "grade_4"):
        assert made[name] == int(row[name])
        percent = row[f"pct_{name.removeprefix('grade_')}"]
        if percent:
            assert f"{100 * made[name] / made['n']:.1f}" == percent
    assert made["any"] == sum(int(row[name]) for name in ("grade_1_2", "grade_3", "grade_4"))


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
