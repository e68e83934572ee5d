"""A study is the same whether its tables are read by columns or row by row, text or Parquet."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from data.load import load_study
from tests.bench.large import LEVELS, write_study

N, EVENTS = 400, 900


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("large")
    return {kind: write_study(root, N, kind, EVENTS) for kind in ("csv", "parquet")}


@pytest.fixture(scope="module")
def row_by_row(folders):
    return load_study(folders["csv"])


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_same_study_by_columns(folders, row_by_row, kind, monkeypatch):
    monkeypatch.setattr("data.reading.text.LARGE", -1)
    monkeypatch.setattr("data.reading.header._MANY_ROWS", 0)
    found = load_study(folders[kind])
    assert found.patient_ids == row_by_row.patient_ids
    assert found.variables == row_by_row.variables
    for name, codes in row_by_row.codes.items():
        assert_array_equal(found.codes[name], codes)
        assert found.codes[name].dtype == np.int8
    for name, numbers in row_by_row.numbers.items():
        assert_array_equal(found.numbers[name], numbers)
    for name, outcome in row_by_row.outcomes.items():
        assert_array_equal(found.outcomes[name].time, outcome.time)
        assert_array_equal(found.outcomes[name].event, outcome.event)
    ours, theirs = found.adverse_events, row_by_row.adverse_events
    assert (ours.terms, ours.grades) == (theirs.terms, theirs.grades)
    for name in ("patient", "term", "grade", "onset"):
        assert_array_equal(getattr(ours, name), getattr(theirs, name), err_msg=name)
    # Parquet has no line of names.
    assert_array_equal(ours.rows + (kind == "parquet"), theirs.rows)
    assert len(ours.patient) == EVENTS


def test_it_has_thirty_variables_and_three_endpoints(row_by_row):
    assert len(row_by_row.variables) == len(LEVELS) + 6 == 30
    assert len(row_by_row.endpoints) == 3
    assert not row_by_row.notes
