"""Numbers by address: what a statistician's ``read.csv()`` gets."""

from __future__ import annotations

import io
import math

import numpy as np
import pandas as pd
import pytest

from callbacks.survival.page import SERVED as SURVIVAL_PAGE

SURVIVAL = ("km", "logrank", "survival-summary")
KM = ["group", "time_months", "n_risk", "n_event", "n_censor", "survival", "lower", "upper"]
QUERIES = (
    "study=soramic",
    "study=soramic&endpoint=pps&by=best-response&ci=plain",
    "study=nct01900002&by=tnm&endpoint=ttrp",
    "study=edges&by=site&ci=log-log",
    "study=edges&endpoint=quiet",
    "study=edges&by=none&age=45..45",
)


def test_the_panels_of_this_page_are_served():
    assert {f"{panel}.csv" for panel in SURVIVAL} <= set(SURVIVAL_PAGE.files)


def fetch(client, panel: str, query: str) -> pd.DataFrame:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/csv"
    return pd.read_csv(io.StringIO(answer.text), float_precision="round_trip")


def close(column, values) -> bool:
    """Equal to the last bit, and missing where the other is missing."""
    return np.array_equal(column.to_numpy(float), np.asarray(values, float), equal_nan=True)


@pytest.mark.parametrize("query", QUERIES)
def test_the_curves_come_back(views, client, query):
    table = fetch(client, "km", query)
    assert list(table.columns) == [*KM, "provenance"]
    shown = views(query).result.shown
    assert len(table) == sum(len(group.curve.time) for group in shown)
    for group in shown:
        rows = table[table["group"] == group.label]
        curve = group.curve
        assert close(rows["time_months"], curve.time / 30.4375)
        for name in ("n_risk", "n_event", "n_censor"):
            assert rows[name].tolist() == getattr(curve, name).tolist()
        for name in ("survival", "lower", "upper"):
            assert close(rows[name], getattr(curve, name))


@pytest.mark.parametrize("query", QUERIES)
def test_the_summary_comes_back(views, client, query):
    table = fetch(client, "survival-summary", query)
    context = views(query)
    assert table["group"].tolist() == [group.label for group in context.result.groups]
    columns = ["group", "n", "events", "median", "median_lower", "median_upper"]
    for month in context.options.landmark_texts():
        columns += [f"survival_{month}{end}" for end in ("", "_lower", "_upper")]
    assert list(table.columns)[: len(columns)] == columns
    for row, group in zip(table.to_dict("records"), context.result.groups, strict=True):
        assert (row["n"], row["events"]) == (group.n, group.events)
        read = group.curve.at([m * 30.4375 for m in context.options.landmarks])
        expected = {
            "median": group.median.value / 30.4375,
            "median_lower": group.median.lower / 30.4375,
            "median_upper": group.median.upper / 30.4375,
            "follow_up_median": group.follow_up.value / 30.4375,
            "restricted_mean": group.restricted_mean.value / 30.4375,
            "restricted_mean_se": group.restricted_mean.se / 30.4375,
            "restricted_mean_horizon": group.restricted_mean.tau / 30.4375,
        }
        for i, month in enumerate(context.options.landmark_texts()):
            expected[f"survival_{month}"] = read.survival[i]
            expected[f"survival_{month}_lower"] = read.lower[i]
            expected[f"survival_{month}_upper"] = read.upper[i]
        for name, value in expected.items():
            assert row[name] == pytest.approx(value, rel=0, abs=0, nan_ok=True), name


def test_the_test_comes_back(views, client):
    table = fetch(client, "logrank", "study=soramic&by=best-response&endpoint=pps")
    test = views("study=soramic&by=best-response&endpoint=pps").result.test
    assert table["observed"].tolist() == test.observed.tolist()
    assert close(table["expected"], test.expected)
    assert set(table["p_value"]) == {test.p_value}
    assert set(table["statistic"]) == {test.statistic}
    assert set(table["df"]) == {3}
    assert table["n"].tolist() == [1, 30, 44, 41]


def test_landmarks_of_the_link_are_columns(client):
    table = fetch(client, "survival-summary", "study=soramic&landmarks=4.5,6")
    assert {"survival_4.5", "survival_6_upper"} <= set(table.columns)
    assert "survival_12" not in table.columns


def test_what_is_not_estimable_is_na_as_r_writes_it(client):
    text = client.get("/download/survival-summary.csv?study=edges&endpoint=quiet").text
    cells = {cell for line in text.splitlines() for cell in line.split(",")}
    assert "NA" in cells
    assert not cells & {"nan", "NaN", "inf", "-inf", "None", ""}


@pytest.mark.parametrize("panel", SURVIVAL)
@pytest.mark.parametrize(
    ("query", "words"),
    [
        (
            "study=soramic",
            "Reconstructed from published tables — not patient records; see the page Evidence",
        ),
        ("study=edges", "Simulated patients — not patient records; see the page Evidence"),
    ],
)
def test_the_provenance_stands_in_every_row(client, panel, query, words):
    table = fetch(client, panel, query)
    assert len(table)
    assert set(table["provenance"]) == {words}


@pytest.mark.parametrize("panel", SURVIVAL)
def test_nobody_in_view_is_a_header_without_numbers(client, panel):
    table = fetch(client, panel, "study=edges&age=200..300")
    assert table.columns[0] == "group"
    assert table.columns[-1] == "provenance"
    if panel == "survival-summary":
        assert table["n"].tolist() == [0, 0]
        assert table["median"].isna().all()
    else:
        assert len(table) == 0


def test_no_split_has_no_test(client):
    assert len(fetch(client, "logrank", "study=soramic&by=none")) == 0


@pytest.mark.parametrize("panel", SURVIVAL)
def test_no_cell_runs_in_a_spreadsheet(client, panel):
    text = client.get(f"/download/{panel}.csv?study=edges&by=cell").text
    cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]
    assert "'=1+1" in cells
    assert "'@cmd" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/download/nothing.csv?study=soramic",
            "There is no panel “nothing”. There are base",
        ),
        ("/download/km.csv?study=broken", "The study “broken” could not be loaded."),
        ("/download/km.csv?study=nobody", "There is no study “nobody”"),
        ("/download/km.csv?study=soramic&bclc=z", "BCLC has no level “z”."),
        ("/download/km.csv?study=soramic&colour=red", "“colour” is nothing this page"),
        ("/download/km.csv?study=soramic&endpoint=x", "no endpoint “x”"),
        ("/download/km.csv?study=soramic&by=x", "no variable “x” to split by"),
        ("/download/km.csv?study=soramic&set=x", "no analysis set “x”"),
        ("/download/km.csv?study=soramic&age-years=9..1", "runs backwards"),
        ("/download/km.csv?study=soramic&ci=exact", "“ci” can be log, log-log, plain"),
        ("/download/km.csv?study=soramic&landmarks=soon", "“landmarks” takes up to 4"),
        ("/download/km.csv?study=soramic&study=edges", "“study” stands twice"),
    ],
)
def test_a_bad_address_is_refused_with_a_sentence(client, address, words):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert words in answer.text
    assert answer.text.endswith(".\n")


def test_the_broken_study_does_not_tell_its_cells_here(client):
    assert "-3" not in client.get("/download/km.csv?study=broken").text


@pytest.mark.parametrize("query", ["", "study=soramic", "by=%00", "study=%E9", "x=" + "9" * 5000])
def test_no_address_is_an_error_of_the_server(client, query):
    assert client.get(f"/download/km.csv?{query}").status_code in (200, 400)


def test_the_file_is_named_after_what_it_holds(client):
    answer = client.get("/download/km.csv?study=soramic&endpoint=os")
    assert 'filename="soramic-os-km.csv"' in answer.headers["Content-Disposition"]
