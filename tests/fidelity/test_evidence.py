"""Every printed cell of both papers, as the Evidence page judges it."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from pathlib import Path

import pytest

from analysis.verdict import DIFFERS, EXACT, WITHIN
from callbacks.evidence.cells import evidence_rows
from layouts.evidence.context import NOTHING
from tests.published_cells import printed_cells
from tests.shipped import load_catalog

CATALOG = load_catalog()
ROWS = {study.id: evidence_rows(study) for study in CATALOG.studies}
ORDER = (EXACT, WITHIN, DIFFERS)


def reference(file: str) -> list[dict]:
    """Rows of a file of expected numbers and verdicts, each made without the product."""
    return list(csv.DictReader(io.StringIO((Path(__file__).parent / file).read_text("utf-8"))))


REFERENCE = reference("nct01900002_subgroups.csv")
# Tables 1 to 3 and the text, under the names that these cells have on the page.
OTHER_TABLES = reference("nct01900002_tables.csv")
# What the reference calls a statistic of Tables 4–6.
STATISTICS = {
    "n": "n",
    "events": "events",
    "median": "median",
    "median_ci_low": "median, lower 95 %",
    "median_ci_high": "median, upper 95 %",
    "1-year": "1 year",
    "1-year_ci_low": "1 year, lower 95 %",
    "1-year_ci_high": "1 year, upper 95 %",
    "2-year": "2 years",
    "2-year_ci_low": "2 years, lower 95 %",
    "2-year_ci_high": "2 years, upper 95 %",
    "logrank_p": "log-rank p",
}
# The two-arm paper's cells that contradict another number of it, and what each contradicts.
CONTRADICTIONS = {
    ("Diffuse disease", "≥10 lesion", "Overall", "n"): "the arms are 39 + 54",
    ("Diffuse disease", "≥10 lesion", "Overall", "%"): "the arms are 39 + 54",
    ("ALBI-grade", "2", "Overall", "%"): "82 of 177 are 46.3",
    ("ALBI-grade", "Missing", "Overall", "%"): "4 of 177 are 2.3",
    ("AFP", ">400", "Between arms", "p"): "The printed counts give 0.917",
    ("Disease control", "yes", "RE + sorafenib", "%"): "61 of 73 are 83.6",
    ("Treatment arm", "sorafenib", "Multivariable", "lower 95 %"): "not the printed 0.025",
    ("Child-Pugh", "B", "Multivariable", "hazard ratio"): "fall from 3.5 to 2.6",
    ("Child-Pugh", "B", "Multivariable", "lower 95 %"): "a hazard ratio of 2.6",
    ("Child-Pugh", "B", "Multivariable", "upper 95 %"): "a hazard ratio of 2.6",
    # The text repeats the table's percentage.
    ("Disease control rate", "", "RE + sorafenib", "%"): "61 of 73 are 83.6",
    ("Objective response rate", "", "RE + sorafenib", "upper 95 %"): "45 of 73 is 72.79",
}


def key(row) -> tuple[str, str, str, str]:
    return row.cell.variable, row.cell.level, row.cell.group, row.cell.statistic


def with_verdict(study: str, *verdicts: str) -> list:
    return [row for row in ROWS[study] if row.verdict in verdicts]


def test_every_cell_has_a_verdict():
    assert {name: len(rows) for name, rows in ROWS.items()} == {"nct01900002": 2898, "soramic": 466}
    for rows in ROWS.values():
        assert {row.verdict for row in rows} <= {EXACT, WITHIN, DIFFERS, NOTHING}


def test_the_two_arm_study_differs_exactly_where_its_paper_contradicts_itself():
    differing = {key(row): row.why for row in with_verdict("soramic", DIFFERS)}
    assert set(differing) == set(CONTRADICTIONS)
    for cell, why in CONTRADICTIONS.items():
        assert why in differing[cell], cell


def test_all_other_cells_of_the_two_arm_study_are_exact():
    assert Counter(row.verdict for row in ROWS["soramic"]) == {EXACT: 449, DIFFERS: 12, NOTHING: 5}


def test_the_counts_behind_the_contradictions_are_sound():
    """The parts of the two-arm paper that the contradictions quote are cells of their own."""
    exact = {key(row): row.value for row in with_verdict("soramic", EXACT)}
    arms = [
        exact["Diffuse disease", "≥10 lesion", arm, "n"] for arm in ("RE + sorafenib", "Sorafenib")
    ]
    assert arms == [39, 54]
    assert exact["Disease control", "yes", "RE + sorafenib", "n"] == 61
    assert exact["ALBI-grade", "2", "Overall", "n"] == 82
    assert exact["Treatment arm", "sorafenib", "Multivariable", "Wald p"] < 0.026


def test_counts_of_the_single_arm_study_are_exact_but_one():
    counts = [
        row for row in ROWS["nct01900002"] if row.cell.statistic == "n" and row.verdict != NOTHING
    ]
    assert len(counts) > 500
    (wrong,) = (row for row in counts if row.verdict != EXACT)
    assert (wrong.cell.variable, wrong.cell.printed, wrong.value) == (
        "AFP ≥ 400 ng/mL (as printed)",
        "27",
        7,
    )
    assert "reversed" in wrong.why


def test_tables_1_to_3_of_the_single_arm_study():
    for row in ROWS["nct01900002"]:
        if row.cell.table in ("Table 1", "Table 2") and row.verdict != NOTHING:
            assert row.verdict == EXACT, key(row)
    (near,) = (row for row in with_verdict("nct01900002", WITHIN) if row.cell.table == "Table 3")
    # 2 of 34 are 5.88; Table 3 cuts off where the text prints 5.9.
    assert (near.cell.printed, near.cell.statistic) == ("5.8", "%")
    assert near.value == pytest.approx(200 / 34)


def test_the_text_of_the_single_arm_study():
    differing = {
        (row.cell.variable, row.cell.statistic)
        for row in with_verdict("nct01900002", DIFFERS)
        if row.cell.table == "Text"
    }
    assert differing == {
        ("AFP ≥ 400 ng/mL (as printed)", "n"),
        ("AFP ≥ 400 ng/mL (as printed)", "%"),
        ("TTRP by BCLC", "log-rank p"),
        *((variable, "log-rank p") for table, variable in FAR if table == "Text"),
    }


# The reference calls p-values near that are up to 0.02 from print, whatever their size: 0.011 is
# more than five times the printed 0.002. Near is at most half of print.
FAR = {
    ("Table 4", "Hepatitis"),
    ("Table 4", "Family history of HCC"),
    ("Table 4", "Metastasis"),
    ("Table 5", "Evidence of cirrhosis"),
    ("Table 6", "TNM"),
    ("Table 6", "Metastasis"),
    ("Text", "PFS by hepatitis status"),
    ("Text", "PFS by metastatic status"),
    ("Text", "OS by cirrhosis"),
    ("Text", "TTRP by TNM"),
    ("Text", "TTRP by metastasis"),
}


def is_far(row) -> bool:
    """Whether a p-value is farther than half of its print."""
    far = row.cell.quantity == "log-rank p" and (row.cell.table, row.cell.variable) in FAR
    if far:
        printed = float(row.cell.printed)
        assert abs(row.value - printed) > printed / 2
        assert row.verdict == DIFFERS
    return far


def test_events_that_differ_from_print():
    events = [row for row in ROWS["nct01900002"] if row.cell.quantity == "events"]
    assert (len(events), sum(row.verdict == DIFFERS for row in events)) == (206, 16)


def matched() -> list[tuple[dict, object]]:
    """Rows of the reference with the page's row for the same cell."""
    found = {
        (row.cell.table, row.cell.variable, row.cell.level, row.cell.statistic): row
        for row in ROWS["nct01900002"]
    }
    levels = {"(all levels)": "all levels", "All patients": ""}
    return [
        (
            one,
            found[
                one["table"],
                one["variable"],
                levels.get(one["level"], one["level"]),
                STATISTICS[one["statistic"]],
            ],
        )
        for one in REFERENCE
    ]


@pytest.mark.parametrize("table", ["Table 4", "Table 5", "Table 6"])
def test_no_verdict_is_worse_than_that_of_the_reference(table):
    compared = [(one, row) for one, row in matched() if one["table"] == table]
    assert len(compared) == sum(row.cell.table == table for row in ROWS["nct01900002"])
    worse = [
        (key(row), row.cell.printed, row.value)
        for one, row in compared
        if ORDER.index(row.verdict) > ORDER.index(one["verdict"]) and not is_far(row)
    ]
    assert worse == []


@pytest.mark.parametrize("table", ["Table 1", "Table 2", "Table 3", "Text"])
def test_no_verdict_of_the_other_tables_is_worse_than_that_of_the_reference(table):
    names = ("table", "variable", "level", "group", "statistic")
    found = {tuple(getattr(row.cell, name) for name in names): row for row in ROWS["nct01900002"]}
    expected = [one for one in OTHER_TABLES if one["table"] == table]
    assert len(expected) == {"Table 1": 208, "Table 2": 217, "Table 3": 8, "Text": 82}[table]
    if table != "Text":
        # The page leaves none of these tables' cells out, and adds none.
        assert len(expected) == sum(key[0] == table for key in found)
    for one in expected:
        row = found[tuple(one[name] for name in names)]
        near = ORDER.index(row.verdict) <= ORDER.index(one["verdict"])
        assert near or is_far(row), key(row)


def test_the_numbers_are_those_of_the_reference():
    for one, row in matched():
        if not math.isfinite(row.value):
            assert one["recomputed"] in ("NA", "(blank)"), key(row)
        elif one["recomputed"] not in ("NA", "(blank)"):
            digits = len(one["recomputed"].partition(".")[2])
            assert f"{row.value:.{digits}f}" == one["recomputed"], key(row)


def test_every_cell_that_cannot_be_recomputed_says_why():
    for rows in ROWS.values():
        for row in rows:
            if row.verdict in (NOTHING, DIFFERS):
                assert row.why, key(row)


@pytest.mark.parametrize("study", ["nct01900002", "soramic"])
def test_every_cell_of_the_file_is_on_the_page(study):
    tables = {row.cell.table for row in ROWS[study]}
    for table in tables:
        listed = printed_cells(study, table)
        shown = [row.cell.printed for row in ROWS[study] if row.cell.table == table]
        if listed:
            assert [row["printed"] for row in listed] == shown
