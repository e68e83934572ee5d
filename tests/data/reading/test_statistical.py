"""Files of SAS, SPSS and Stata, and Parquet: cells, labels, limits, and the missing library."""

from __future__ import annotations

import datetime
import sys

import duckdb
import pandas as pd
import pyreadstat
import pytest

from data.checking.problems import StudyError
from data.reading.kinds import kind_of, what_is
from data.reading.parquet import grid_of_parquet
from data.reading.raw import AS_FOUND, LIMITS, Limits
from data.reading.statistical import grid_of_statistical
from data.reading.table import read_table

FRAME = pd.DataFrame(
    {
        "id": ["A1", "Bä2", "C3"],
        "months": [12.35, None, 3.0],
        "sex": [1.0, 2.0, 1.0],
        "start": [datetime.date(2019, 3, 28), datetime.date(2019, 4, 1), None],
    }
)
LABELS = {"months": "Time in months"}
VALUES = {"sex": {1: "Male", 2: "Female"}}
CELLS = [
    ["A1", "12.35", "1", "2019-03-28"],
    ["Bä2", "", "2", "2019-04-01"],
    ["C3", "3", "1", ""],
]


def write(path, kind: str) -> str:
    """The file of one kind; what it is."""
    if kind in ("xpt5", "xpt8"):
        version = int(kind[-1])
        pyreadstat.write_xport(FRAME, path, column_labels=LABELS, file_format_version=version)
        return "a SAS transport file (XPT)"
    if kind in ("sav", "zsav"):
        packed = kind == "zsav"
        pyreadstat.write_sav(
            FRAME, path, column_labels=LABELS, variable_value_labels=VALUES, compress=packed
        )
        return "an SPSS file"
    if kind == "dta":
        pyreadstat.write_dta(FRAME, path, column_labels=LABELS, variable_value_labels=VALUES)
        return "a Stata file"
    duckdb.sql("CREATE OR REPLACE TABLE made AS SELECT * FROM FRAME")
    duckdb.sql(f"COPY made TO '{path}' (FORMAT parquet)")
    return "a Parquet file"


KINDS = ("xpt5", "xpt8", "sav", "zsav", "dta", "parquet")


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_text_whatever_the_file_is_called(tmp_path, kind):
    path = tmp_path / "patients[1].csv"
    plain = tmp_path / "plain"
    what = write(plain, kind)
    plain.rename(path)
    assert what_is(path) == what
    table = read_table(path)
    assert table.what == what
    assert table.columns == ("id", "months", "sex", "start")
    assert table.rows == CELLS
    assert table.lines == [1, 2, 3]
    assert table.found == ()
    if kind != "parquet":
        assert table.labels == LABELS
    if kind in ("sav", "zsav", "dta"):
        assert table.value_labels == {"sex": {"1": "Male", "2": "Female"}}


def refusal(path, **more) -> str:
    with pytest.raises(StudyError) as caught:
        read_table(path, **more)
    return caught.value.problems[0].sentence


@pytest.mark.parametrize("kind", KINDS)
def test_limits_hold(tmp_path, kind):
    path = tmp_path / "patients.dat"
    write(path, kind)
    read = grid_of_parquet if kind == "parquet" else grid_of_statistical
    with pytest.raises(StudyError, match="MB of memory"):
        read(path, kind_of(path.read_bytes()), AS_FOUND, Limits(memory=0.0005), path.name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_off_is_refused(tmp_path, kind):
    path = tmp_path / "patients.dat"
    what = write(path, kind)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 3])
    said = refusal(path)
    assert said.startswith(f"patients.dat: it is {what} ")


@pytest.mark.parametrize(
    ("kind", "read", "library"),
    [
        ("sav", grid_of_statistical, "pyreadstat"),
        ("dta", grid_of_statistical, "pyreadstat"),
        ("parquet", grid_of_parquet, "duckdb"),
    ],
)
def test_a_library_that_is_not_installed_is_named(tmp_path, monkeypatch, kind, read, library):
    path = tmp_path / "patients.dat"
    what = write(path, kind)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(StudyError) as caught:
        read(path, kind_of(path.read_bytes()), AS_FOUND, LIMITS, path.name)
    assert str(caught.value) == (
        f"patients.dat: the file is {what}, which needs the library {library}, and that is not "
        f"installed. Install {library} (the extra “files” of pyproject.toml), or save the table as "
        "CSV UTF-8."
    )
