"""Tables 4, 5 and 6 of the single-arm study's paper, cell by cell, as the product computes them.

``nct01900002_subgroups.csv`` holds for every printed cell what the paper says and what the shipped
patients give. These were disturbed on purpose so that no row is a trial patient, so the second
differs from the first in places; the product has to give the second at the digits printed there.
"""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest

from tests.shipped import load_catalog
from tests.views import Views

STUDY = "nct01900002"
ENDPOINTS = {"Table 4": "pfs", "Table 5": "os", "Table 6": "ttrp"}
# One year is 365.25 days there, which is twelve months of 30.4375 days.
YEARS = {"1-year": 12, "2-year": 24}
BLANK, NOT_AVAILABLE = "(blank)", "NA"
CSV = (Path(__file__).parent / "nct01900002_subgroups.csv").read_text("utf-8")
ROWS = list(csv.DictReader(io.StringIO(CSV)))
SPLITS = list(dict.fromkeys((row["table"], row["variable"]) for row in ROWS))
views = Views(load_catalog(), "survival")


def variable_id(name: str) -> str:
    """The id of the variable that the paper calls so; ``none`` for all patients."""
    if name == "All":
        return "none"
    (found,) = (v.id for v in views.catalog.study(STUDY).variables if v.label == name)
    return found


def recomputed(table: str, variable: str) -> dict[tuple[str, str], str]:
    return {
        (row["level"], row["statistic"]): row["recomputed"]
        for row in ROWS
        if (row["table"], row["variable"]) == (table, variable)
    }


def printed(value: float, digits: int, nothing: str) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else nothing


def printed_p(p: float) -> str:
    """Three decimals; a fourth where three would say 0.000 or hide that p is below 0.001."""
    return printed(p, 4 if p < 0.001 else 3, NOT_AVAILABLE)


def cells(group) -> dict[str, str]:
    """The eleven cells of one row of the paper's tables, from a group of a result."""
    found = {
        "n": str(group.n),
        "events": str(group.events),
        "median": printed(group.median.value / 30.4375, 2, NOT_AVAILABLE),
        "median_ci_low": printed(group.median.lower / 30.4375, 2, NOT_AVAILABLE),
        "median_ci_high": printed(group.median.upper / 30.4375, 2, NOT_AVAILABLE),
    }
    for name, months in YEARS.items():
        read = group.curve.at([months * 30.4375])
        # The paper leaves a rate beyond the last follow-up blank with its interval, also where it
        # is 0 because everybody had the event; an interval alone is NA.
        beyond = months * 30.4375 > group.curve.time[-1]
        nothing = BLANK if beyond else NOT_AVAILABLE
        assert not (beyond and read.survival[0] > 0)
        found[name] = BLANK if beyond else printed(read.survival[0], 3, BLANK)
        found[f"{name}_ci_low"] = printed(read.lower[0], 3, nothing)
        found[f"{name}_ci_high"] = printed(read.upper[0], 3, nothing)
    return found


@pytest.mark.parametrize(("table", "variable"), SPLITS)
def test_every_cell_of_a_split(table, variable):
    context = views(f"study={STUDY}&endpoint={ENDPOINTS[table]}&by={variable_id(variable)}")
    got = {}
    # A level that no patient has is none of the tables' rows.
    for group in context.result.shown:
        label = "All patients" if variable == "All" else group.label
        got |= {(label, name): text for name, text in cells(group).items()}
    if context.result.test is not None:
        got["(all levels)", "logrank_p"] = printed_p(context.result.test.p_value)
    assert got == recomputed(table, variable)


def test_the_publication_determines_these_views():
    for table, variable in SPLITS:
        context = views(f"study={STUDY}&endpoint={ENDPOINTS[table]}&by={variable_id(variable)}")
        assert context.determined, (table, variable)


def test_all_cells_are_there():
    """27 splits of PFS, 26 of the others, and all patients, eleven cells a row and the p-values."""
    assert len(SPLITS) == 27 + 1 + 2 * (26 + 1)
    assert len(ROWS) == 786 + 763 + 763
    totals = {
        ENDPOINTS[row["table"]]: row["recomputed"]
        for row in ROWS
        if row["variable"] == "All" and row["statistic"] == "events"
    }
    assert totals == {"pfs": "33", "os": "32", "ttrp": "22"}


@pytest.mark.parametrize(
    ("table", "variable"), [pair for i, pair in enumerate(SPLITS) if i % 7 == 0]
)
def test_the_files_of_a_split_say_the_same(client, table, variable):
    """As a statistician gets them: by address, as CSV."""
    query = f"study={STUDY}&endpoint={ENDPOINTS[table]}&by={variable_id(variable)}"
    got = {}
    for row in downloaded(client, "survival-summary", query):
        if row["n"] == "0":
            continue
        found = {"n": row["n"], "events": row["events"]}
        for ours, theirs in (("", ""), ("_lower", "_ci_low"), ("_upper", "_ci_high")):
            found[f"median{theirs}"] = shortened(row[f"median{ours}"], 2, NOT_AVAILABLE)
            for name, months in YEARS.items():
                nothing = BLANK if row[f"survival_{months}"] == "NA" else NOT_AVAILABLE
                found[f"{name}{theirs}"] = shortened(row[f"survival_{months}{ours}"], 3, nothing)
        got |= {(row["group"], name): text for name, text in found.items()}
    expected = recomputed(table, variable)
    for (group, name), text in expected.items():
        # What the paper leaves blank is 0 with us where everybody has had the event.
        if text == BLANK and name in YEARS and got[group, name] == "0.000":
            got |= {(group, f"{name}{end}"): BLANK for end in ("", "_ci_low", "_ci_high")}
    for row in downloaded(client, "logrank", query):
        got["(all levels)", "logrank_p"] = printed_p(float(row["p_value"]))
    assert got == expected


def downloaded(client, panel: str, query: str) -> list[dict]:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def shortened(cell: str, digits: int, nothing: str) -> str:
    return nothing if cell == "NA" else f"{float(cell):.{digits}f}"
