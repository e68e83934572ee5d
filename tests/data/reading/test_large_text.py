"""Large texts are read by columns; the table is the one that is read row by row."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checking.problems import StudyError
from data.reading.large_text import columns_of_text
from data.reading.raw import AS_FOUND, Limits
from data.reading.table import read_table

TEXTS = st.sampled_from(["", "a", " b ", "P1", "1,5", "NA", 'say "x"', "two\nlines", "é"])


def every_text_is_large(patch):
    """With short pieces."""
    patch.setattr("data.reading.text.LARGE", -1)
    patch.setattr("data.reading.large_text._ROWS_AT_ONCE", 3)
    patch.setattr("data.reading.large_text._SAMPLE", 3)
    patch.setattr("data.reading.header._MANY_ROWS", 0)


@pytest.fixture
def always(monkeypatch):
    every_text_is_large(monkeypatch)


def as_read(path, by_columns: bool):
    try:
        table = read_table(path, AS_FOUND, Limits(by_columns=by_columns))
    except StudyError as error:
        return [one.sentence for one in error.problems]
    cells = table.cells.astype(object)
    return table.columns, table.lines, cells.to_numpy().tolist(), table.found, table.missing


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=9),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_the_same_table_either_way(tmp_path_factory, rows, quoting, end, separator):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([["id", "one", "two"], *rows])
    path = tmp_path_factory.mktemp("text") / "patients.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        every_text_is_large(patch)
        assert as_read(path, True) == as_read(path, False)


@pytest.mark.parametrize(
    "text",
    [
        "id,a\nP1,1\nP2,2,3\n",
        "id,a\nP1\nP2,2\n",
        'id,a\nP1,5" x 6", y\nP2,2\n',
        'id,a\nP1,"x"y\nP2,2\n',
        'id,a\nP1,"x\nP2,2\n',
        "A title\nid,a\nP1,1\nP2,2\nP3,4\n",
        "id,a\n\nP1,1\n",
        "id,a\rP1,1\rP2,2\r",
        "# said\nid,a\nP1,1\nP2,2\n",
        "id,a,\nP1,1,\nP2,2,\n",
        'id,"a\nb"\nP1,1\nP2,2\n',
        "id,id\nP1,1\n",
    ],
)
def test_what_is_written_otherwise_is_said_as_ever(tmp_path, always, text):
    path = tmp_path / "patients.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert as_read(path, True) == as_read(path, False)


def test_a_plain_table_needs_no_step_for_each_row():
    names, found = columns_of_text(b"id,a\nP1,x\nP2,x\n,\nP3,\n", 0, ",", 2)
    assert columns_of_text(b"id,a\nP1,x\nP2,x\n,\nP3,\n", 0, ",", 1) is None
    assert names == ["id", "a"]
    assert found.lines.tolist() == [2, 3, 5]
    assert found.columns[1].texts == ["", "x"]
    assert found.columns[1].places.tolist() == [1, 1, 0]
    assert found.columns[1].places.dtype == np.int8


def test_what_takes_too_much_memory_is_refused(tmp_path, always):
    path = tmp_path / "patients.csv"
    path.write_text("id,a\n" + "".join(f"P{i},x\n" for i in range(500)))
    with pytest.raises(StudyError, match=r"takes more than 0\.01 MB"):
        read_table(path, AS_FOUND, Limits(memory=0.01))
