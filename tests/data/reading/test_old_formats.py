"""Files that no library of the project writes: a SAS data set and a workbook of Excel 97.

``files/registry.sas7bdat.gz`` is made by ``tests/golden/registry.R``; ``files/registry.xls`` by
xlwt 1.3, with a number format of dates and a second sheet of two cells.
"""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from data.reading.table import read_table

FILES = Path(__file__).parent / "files"


@pytest.fixture
def sas(tmp_path):
    path = tmp_path / "registry.sas7bdat"
    path.write_bytes(gzip.decompress((FILES / "registry.sas7bdat.gz").read_bytes()))
    return path


def test_a_sas_data_set(sas):
    table = read_table(sas)
    assert table.what == "a SAS data set"
    assert table.cells.to_numpy().tolist() == [
        ["A", "w", "9.13", "2019-03-28"],
        ["B", "m", "12.5", "2019-04-01"],
        ["C", "Größe", "", ""],
    ]
    assert table.labels == {"OS_MONTHS": "Overall survival (months)"}
    # pandas has a reader of its own.
    other = pd.read_sas(sas, encoding="utf-8")
    assert list(table.cells) == list(other)
    assert other["OS_MONTHS"].tolist()[:2] == [9.13, 12.5]
    # SAS counts from 1 January 1960.
    days = pd.Timestamp("1960-01-01") + pd.to_timedelta(other["STARTED"], "D")
    assert days.dt.strftime("%Y-%m-%d").tolist()[:2] == ["2019-03-28", "2019-04-01"]


def test_a_workbook_of_the_old_format():
    table = read_table(FILES / "registry.xls")
    assert table.what == "an Excel workbook of the old format (XLS)"
    assert list(table.cells) == ["Id", "Sex", "OS (months)", "Started", "Größe"]
    assert table.cells.to_numpy().tolist() == [
        ["A", "w", "9.13", "2019-03-28", "ß"],
        ["B", "m", "-9", "2019-04-01", ""],
        ["C", "w", "12", "", "µ"],
    ]
    assert table.found == ("the sheet “Patienten” is read, and not “Codebook”",)
