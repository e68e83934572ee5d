"""Dates as people write them: no day is taken for a month."""

import pandas as pd
import pytest

from data.checking.dates import DAY_FIRST, MONTH_FIRST, read_dates

FILE = "export.csv"


def read(*cells: str, order: str = ""):
    series = pd.Series(cells, index=range(2, len(cells) + 2), name="Start", dtype=object)
    return read_dates([series], order, FILE)


def days(*cells: str, order: str = "") -> list[str]:
    dates = read(*cells, order=order)
    assert dates.problems == []
    return dates.columns["Start"].astype(str).tolist()


@pytest.mark.parametrize(
    "cell",
    [
        "2019-03-28",
        "2019/3/28",
        "2019-03-28 07:30:00",
        "2019-03-28T07:30",
        "20190328",
        "28.03.2019",
        "28.3.19",
        "28/03/2019",
        "03/28/2019",
        "28-03-2019",
        "28MAR2019",
        "28 March 2019",
        "Mar 28, 2019",
    ],
)
def test_ways_to_write_a_date(cell):
    assert days(cell) == ["2019-03-28"]


def test_an_empty_cell_is_no_date():
    assert days("", "2019-03-28") == ["NaT", "2019-03-28"]


def test_the_order_is_found_from_one_date_for_all():
    assert days("05/06/2019", "28/03/2019") == ["2019-06-05", "2019-03-28"]
    assert days("05/06/2019", "03/28/2019") == ["2019-05-06", "2019-03-28"]
    assert read("05/06/2019", "28/03/2019").found == (
        "dates are read day first, as in “28/03/2019”",
    )


def test_points_are_always_day_first():
    assert days("05.06.2019", "03/28/2019") == ["2019-06-05", "2019-03-28"]


def test_the_order_of_several_columns_is_one():
    one = pd.Series(["05/06/2019"], index=[2], name="Start")
    other = pd.Series(["28/06/2019"], index=[2], name="End")
    dates = read_dates([one, other], "", FILE)
    assert dates.columns["Start"].astype(str).tolist() == ["2019-06-05"]


def test_an_order_that_cannot_be_found_is_asked_for():
    (problem,) = read("05/06/2019", "01/02/2019").problems
    assert problem.sentence == (
        "export.csv, column “Start”, row 3: in “01/02/2019” the day could come first or the month, "
        'as in all other dates. Write date_order = "day first" or "month first" under [patients] '
        "in study.toml."
    )
    assert days("05/06/2019", order=DAY_FIRST) == ["2019-06-05"]
    assert days("05/06/2019", order=MONTH_FIRST) == ["2019-05-06"]
    # The same either way.
    assert days("05/05/2019") == ["2019-05-05"]


def test_years_of_two_digits():
    assert days("28.03.68", "28.03.69") == ["2068-03-28", "1969-03-28"]
    assert read("28.03.68").found == ("years of two digits are read as 1969 to 2068",)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2019-03", "“2019-03” is not a whole date. Write day, month and year"),
        ("2019", "“2019” is not a whole date."),
        ("03.2019", "“03.2019” is not a whole date."),
        ("March 2019", "“March 2019” is not a date from 1900 to 2100."),
        ("43552", "“43552” is not a date but its number in Excel. Give the column a format of"),
        ("30/02/2019", "there is no date “30/02/2019” with the day first."),
        ("9999-12-31", "“9999-12-31” is not a date from 1900 to 2100. Write it as 2019-03-28."),
        ("unknown", "“unknown” is not a date from 1900 to 2100."),
        ("28.13.2019", "there is no date “28.13.2019”"),
    ],
)
def test_what_is_no_date_is_said(cell, said):
    (problem,) = read("2019-03-28", cell).problems
    assert problem.sentence.startswith(f"export.csv, column “Start”, row 3: {said}")


def test_every_fault_is_told_in_one_pass():
    assert len(read("30/02/2019", "2019", "28/03/2019", "x").problems) == 3
