"""A label of a hospital's own study must not run in the spreadsheet of whoever opens the file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.files import _csv, own_columns

STARTS = tuple("=+-@\t\r\0")
NUMBER = re.compile(r"[-+]\d+")


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    return cell.lstrip().startswith(STARTS) and not NUMBER.fullmatch(cell)


@given(st.text(st.sampled_from("=+-@\t\r\n\0\x0b\x0c\x85\u2028 ,;'\"a1"), max_size=8))
def test_whatever_a_label_holds_it_is_one_cell_that_does_not_run(label):
    text = _csv([{"group": label, "n": 1}], "made up")
    # As programs read it that take any line break for the end of a row.
    assert len(text.splitlines()) == 2
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert not runs(row["group"])
    assert (row["n"], row["provenance"]) == ("1", "made up")


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("Stage B", "Stage B"),
        ("=1+1", "'=1+1"),
        ("a\r=1+1", "a =1+1"),
        ("\r=1+1", "' =1+1"),
        (" @x", "' @x"),
        ("a, b", "a, b"),
        ("-3", "-3"),
        ("+4.5", "+4.5"),
        ("-3+1", "'-3+1"),
    ],
)
def test_single_labels(label, cell):
    (row,) = csv.DictReader(io.StringIO(_csv([{"group": label}], "made up")))
    assert row["group"] == cell


def test_numbers_of_no_study_bring_their_own_provenance():
    rows = [{"n": 1, "provenance": "Entered"}, {"n": 2, "provenance": ""}]
    table = list(csv.DictReader(io.StringIO(_csv(rows, "made up"))))
    assert [row["provenance"] for row in table] == ["Entered", "made up"]
    assert _csv([{"n": None}], "made up") == "n,provenance\n"


@given(st.text(st.sampled_from("=+-@\t\r\n\0 ,a1"), min_size=1, max_size=8))
def test_no_header_and_no_provenance_runs(label):
    header, row = csv.reader(io.StringIO(_csv([{label: 1}], label), newline=""))
    assert not any(map(runs, (header[0], row[1])))


def test_a_label_never_takes_the_place_of_a_column():
    assert own_columns(["A", "n", "arm n", "A", "provenance"], "arm", ("step", "n")) == [
        "A",
        "arm n",
        "arm arm n",
        "arm A",
        "arm provenance",
    ]
