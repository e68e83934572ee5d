"""The range of every number of a file over the data sets, in columns beside it."""

from __future__ import annotations

import csv
import io

import pytest

from callbacks.pages import SERVED
from layouts.shared.words import DAYS_PER

# Several queries of each page; the first is for those that know no more.
WHOLE = "study=soramic"
QUERIES = {
    "overview": (WHOLE, f"{WHOLE}&bclc=c&hepatitis-c=yes"),
    "survival": (
        WHOLE,
        f"{WHOLE}&endpoint=os&by=albi-grade",
        f"{WHOLE}&bclc=c&hepatitis-c=yes&by=none",
        f"{WHOLE}&bclc=a-b&extrahepatic-spread=yes",
    ),
    "subgroups": (WHOLE, f"{WHOLE}&endpoint=os&bclc=c&hepatitis-c=yes"),
    "arms": (
        WHOLE,
        f"{WHOLE}&endpoint=os",
        f"{WHOLE}&bclc=c&hepatitis-c=yes",
        f"{WHOLE}&show=balance&adjust=child-pugh&stratify=ecog",
    ),
    "prognostic": (WHOLE, f"{WHOLE}&endpoint=os&bclc=c"),
    "response": (WHOLE, f"{WHOLE}&view=by&bclc=c", f"{WHOLE}&view=landmark&endpoint=os"),
    "trials": (WHOLE, f"{WHOLE}&bclc=c&hepatitis-c=yes"),
}


def rows_of(client, panel: str, query: str) -> list[dict]:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def ranged(row: dict) -> list[str]:
    return [name.removesuffix("_across_n") for name in row if name.endswith("_across_n")]


def without_range(row: dict) -> bool:
    """Rows of other studies' patients, of a test that is not repeated in every data set, and of the
    points of a curve, whose days are those of the data set shown."""
    of_others = row.get("source", "").startswith("quoted by")
    of_curve = row.get("quantity", "").endswith("_curve")
    return of_others or of_curve or row.get("estimate") == "permutation_statistic"


def across(row: dict, name: str) -> tuple[float, float, int]:
    low, high, n = (row[f"{name}_across_{end}"] for end in ("low", "high", "n"))
    return float(low), float(high), int(n)


@pytest.mark.parametrize(
    ("panel", "query"),
    [
        (name.removesuffix(".csv"), query)
        for one in SERVED
        for name in one.files
        for query in QUERIES.get(one.page.id, ())
    ],
)
def test_a_number_that_exists_has_both_limits(client, panel, query):
    """The shipped data set is one of the twenty: what it has, at least one has."""
    for row in rows_of(client, panel, query):
        for name in ranged(row):
            low, high, n = (row[f"{name}_across_{end}"] for end in ("low", "high", "n"))
            assert (low == "NA") == (high == "NA") == (n in ("0", "NA")), (name, row)
            assert n == "NA" or 0 <= int(n) <= 20
            if row[name] != "NA" and not without_range(row):
                assert low != "NA", (name, row)
                slack = 1e-6 * max(1.0, abs(float(row[name])))
                assert float(low) - slack <= float(row[name]) <= float(high) + slack, (name, row)


def test_a_printed_median_has_the_range_that_the_data_sets_leave_it(client):
    # The paper prints medians of 14.0 and 12.1 months, rounded to a tenth.
    first, second = rows_of(client, "survival-summary", "study=soramic&endpoint=os")[:2]
    for row in (first, second):
        low, high, n = across(row, "median")
        assert n == 20
        assert round(low, 1) == round(high, 1) == round(float(row["median"]), 1)
    # Patients of an arm are the same everywhere: equal limits, not none.
    assert across(first, "n") == (int(first["n"]), int(first["n"]), 20)


def test_a_median_that_is_not_reached_in_every_data_set_says_in_how_many(client):
    found = [
        (row, across(row, "median"))
        for row in rows_of(client, "subgroups", QUERIES["subgroups"][1])
        if row["median_across_n"] not in ("0", "20")
    ]
    assert found
    for _, (low, high, n) in found:
        assert low <= high
        assert 0 < n < 20


def test_a_file_of_one_data_set_has_no_such_columns(client):
    (row, *_) = rows_of(client, "survival-summary", "study=nct01900002")
    assert not ranged(row)
    assert float(row["restricted_mean_horizon"]) * DAYS_PER["months"] > 0
