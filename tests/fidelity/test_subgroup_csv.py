"""All 203 rows of the paper's tables from the Subgroups page, as a statistician downloads them."""

from __future__ import annotations

import csv
import io
import math

import pytest

from tests.fidelity.test_subgroup_tables import (
    BLANK,
    ENDPOINTS,
    NOT_AVAILABLE,
    ROWS,
    YEARS,
    printed_p,
    shortened,
)

PAPERS = {
    (table, variable, level): {
        row["statistic"]: row["recomputed"]
        for row in ROWS
        if (row["table"], row["variable"], row["level"]) == (table, variable, level)
    }
    for table, variable, level in {(r["table"], r["variable"], r["level"]) for r in ROWS}
}


def cells(row: dict, printed: dict[str, str]) -> dict[str, str]:
    found = {"n": row["n"], "events": row["events"]}
    for ours, theirs in (("", ""), ("_lower", "_ci_low"), ("_upper", "_ci_high")):
        found[f"median{theirs}"] = shortened(row[f"median{ours}"], 2, NOT_AVAILABLE)
        for name, months in YEARS.items():
            survival = row[f"survival_{months}"]
            nothing = BLANK if survival == "NA" else NOT_AVAILABLE
            found[f"{name}{theirs}"] = shortened(row[f"survival_{months}{ours}"], 3, nothing)
    for name, months in YEARS.items():
        # Nobody is left: survival is 0 %. The paper prints nothing past the last day.
        if row[f"survival_{months}"] == "0.0" and printed[name] == BLANK:
            found |= dict.fromkeys((name, f"{name}_ci_low", f"{name}_ci_high"), BLANK)
    return found


@pytest.mark.parametrize("table", ENDPOINTS)
def test_every_cell(client, table):
    query = f"study=nct01900002&endpoint={ENDPOINTS[table]}"
    answer = client.get(f"/download/subgroups.csv?{query}")
    assert answer.status_code == 200, answer.text
    every = list(csv.DictReader(io.StringIO(answer.text)))
    # A level that no patient has is none of the tables' rows.
    rows = [row for row in every if row["n"] != "0"]
    assert [row["level"] for row in every if row["n"] == "0"] == ["Stage III"]
    assert len(rows) == {"Table 4": 69, "Table 5": 67, "Table 6": 67}[table]
    for row in rows:
        variable = "All" if row["variable"] == "All patients" else row["variable"]
        # Text that a spreadsheet would run is downloaded with an apostrophe before it.
        level = (row["level"] or "All patients").removeprefix("'")
        printed = PAPERS[table, variable, level]
        assert cells(row, printed) == printed, (variable, level)
        tests = PAPERS.get((table, variable, "(all levels)"))
        if tests is not None:
            assert printed_p(float(row["p_value"])) == tests["logrank_p"], variable
            assert math.isfinite(float(row["p_westfall_young"]))
