"""Fisher's p of two rows and many columns: R's, the plain enumeration's, and simulated said so."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fisher import fisher_exact
from layouts.response.by import response_by_table
from layouts.response.words import sentence
from tests.analysis.test_fisher import enumerate_tables
from tests.cases import FOLDER, case_views

# R: fisher.test(matrix(x, ncol = 2), workspace = 2e8)$p.value
EIGHT = [4, 8, 5, 5, 6, 6, 3, 5, 6, 7, 6, 6, 6, 6, 9, 8]
TEN = [4, 8, 10, 5, 5, 2, 4, 4, 5, 9, 8, 11, 7, 9, 6, 6, 4, 7, 5, 6]


@pytest.mark.parametrize(("cells", "p"), [(EIGHT, 0.9014860255), (TEN, 0.791591457146)])
def test_wide_tables_equal_r(cells, p):
    table = np.array(cells).reshape(2, -1)
    for one in (table, table.T):
        found = fisher_exact(one)
        assert found.exact
        assert found.p_value == pytest.approx(p, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=3, max_size=6))
def test_every_table_is_counted(columns):
    table = [list(row) for row in zip(*columns, strict=True)]
    found = fisher_exact(table)
    if np.isfinite(found.p_value):
        assert found.p_value == pytest.approx(enumerate_tables(table), rel=1e-9)


def test_beyond_the_limit_it_is_simulated_and_near_the_exact_one():
    with open(Path(FOLDER) / "simresp2" / "patients.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    count = Counter((row["v12"], row["resp"] == "PR") for row in rows if row["v12"])
    levels = sorted({level for level, _ in count})
    found = fisher_exact([[count[level, yes] for level in levels] for yes in (True, False)])
    assert not found.exact
    assert "random tables" in found.method
    # R, after a quarter of a minute: 0.562128739175; four standard errors of 10,000 draws.
    assert found.p_value == pytest.approx(0.562128739175, abs=4 * 0.005)


def test_simulated_is_said_on_the_page():
    context = case_views()("response", "study=simresp2&view=by&by=v12")
    assert ", simulated" in sentence(context)
    assert ">simulated</span>" in response_by_table(context)
    exact = case_views()("response", "study=simresp2&view=by&by=v6")
    assert "simulated" not in sentence(exact) + response_by_table(exact)
