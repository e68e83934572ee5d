"""Every panel as a workbook: the numbers of its CSV, cell by cell, and nothing that runs."""

from __future__ import annotations

import csv
import io
import math
import re

import openpyxl
import pytest

from callbacks.cells import runs
from callbacks.pages import SERVED
from callbacks.workbook import MIME, MONTHS, SHARE, unit_of, workbook
from tests.disclosure.guarded import guarded_app

PANELS = [name.removesuffix(".csv") for one in SERVED for name in one.files]
HOSTILE = '=HYPERLINK("http://x")'


def opened(client, panel: str, query: str) -> openpyxl.Workbook:
    answer = client.get(f"/download/{panel}.xlsx?{query}")
    assert (answer.status_code, answer.mimetype) == (200, MIME), answer.text[:300]
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def read(client, panel: str, query: str) -> list[list[str]]:
    answer = client.get(f"/download/{panel}.csv?{query}")
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.reader(io.StringIO(answer.text)))


def same(cell, text: str) -> bool:
    """Whether a cell of a workbook says what the CSV says."""
    if cell.data_type == "n" and cell.value is not None:
        # The file has 16 digits.
        return math.isclose(float(text), cell.value, rel_tol=2e-15)
    # The apostrophe keeps a CSV's text from running; a workbook's text is one by its type.
    bare = text.removeprefix("'") if runs(text.removeprefix("'")) else text
    return cell.data_type in ("s", "n") and (cell.value or "") == bare


def is_the_csv(client, panel: str, query: str) -> openpyxl.Workbook:
    """Compare both files of a panel; the workbook."""
    book, expected = opened(client, panel, query), read(client, panel, query)
    assert book.sheetnames == [panel, "About"]
    rows = list(book[panel].iter_rows())
    # The reader leaves out rows below a head that stands alone.
    assert len(rows) == len(expected)
    for cell, name in zip(rows[0], expected[0], strict=True):
        assert re.sub(r" \((months|share|%)\)$", "", cell.value) == name.removeprefix("'")
    for row, texts in zip(rows[1:], expected[1:], strict=True):
        wrong = [(c.value, t) for c, t in zip(row, texts, strict=True) if not same(c, t)]
        assert not wrong
    return book


@pytest.mark.parametrize("study", ["soramic", "nct01900002"])
@pytest.mark.parametrize("panel", [one for one in PANELS if one not in ("evidence", "waterfall")])
def test_every_panel_is_its_csv(client, panel, study):
    book = is_the_csv(client, panel, f"study={study}")
    sheet = book[panel]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.b for cell in sheet[1])


def test_the_long_one_and_the_one_of_single_patients(client):
    is_the_csv(client, "evidence", "study=soramic")
    is_the_csv(client, "waterfall", "study=soramic")
    refused = [
        client.get(f"/download/waterfall.{kind}?study=nct01900002") for kind in ("csv", "xlsx")
    ]
    assert [one.status_code for one in refused] == [400, 400]
    assert refused[0].text == refused[1].text


@pytest.mark.parametrize(
    ("panel", "query"),
    [
        ("km", "study=edges&by=cell"),
        ("subgroups", "study=edges&by=cell"),
        ("survival-summary", "study=edges&age=200..300"),
    ],
)
def test_text_of_a_hostile_study_and_nobody(client, panel, query):
    is_the_csv(client, panel, query)


def test_numbers_are_numbers_and_look_like_them(client):
    sheet = opened(client, "survival-summary", "study=soramic&by=arm")["survival-summary"]
    heads = {cell.value: cell.column - 1 for cell in sheet[1]}
    first = sheet[2]
    formats = {
        "n": "0",
        "median (months)": "0.0",
        "survival_12 (share)": "0.000",
        "restricted_mean_at_risk": "0",
        "n_across_low": "0",
    }
    for name, shown in formats.items():
        assert (first[heads[name]].data_type, first[heads[name]].number_format) == ("n", shown)
    # As the paper prints it, and so a text.
    printed = first[heads["median_printed (months)"]]
    assert (printed.value, printed.data_type, printed.number_format) == ("8.9", "s", "@")
    sheet = opened(client, "logrank", "study=soramic&by=arm")["logrank"]
    assert sheet["G2"].number_format == '[<0.001]"< 0.001";0.000'


def test_what_it_is_stands_on_the_second_sheet(client):
    query = "study=soramic&endpoint=os&by=arm&bclc=c"
    sheet = opened(client, "km", query)["About"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert told["Link"] == "/survival?study=soramic&endpoint=os&bclc=c"
    assert "BCLC C" in told["Cohort"]
    assert "Kaplan–Meier" in told["Method"]
    assert told["Provenance"].startswith("Reconstructed from published tables")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["Written on"])
    words = client.get(f"/words/survival?{query}").text
    assert told["Finding"] in words
    assert told["Study version"]


@pytest.mark.parametrize(
    "address",
    [
        "nothing.{}?study=soramic",
        "km.{}?study=broken",
        "km.{}?study=soramic&bclc=z",
        "km.{}?study=soramic&ci=exact",
    ],
)
def test_it_is_refused_as_the_csv_is(client, address):
    csv_says, sheet_says = (
        client.get(f"/download/{address.format(kind)}") for kind in ("csv", "xlsx")
    )
    assert sheet_says.status_code == csv_says.status_code == 400
    assert sheet_says.text == csv_says.text


def test_a_protected_study_says_no_more_than_in_its_csv(tmp_path):
    guarded = guarded_app(tmp_path).server.test_client()
    book = is_the_csv(guarded, "survival-summary", "study=guarded&by=bclc")
    texts = {cell.value for row in book["survival-summary"] for cell in row if cell.value}
    assert not {one for one in texts if isinstance(one, float) and one != round(one, 3)}
    told = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert told["Held back"].startswith("Fewer than 10 patients have no numbers")
    small = "study=guarded&child-pugh=b&sex=female"
    refused = [guarded.get(f"/download/km.{kind}?{small}") for kind in ("csv", "xlsx")]
    assert [one.status_code for one in refused] == [403, 403]
    assert refused[0].text == refused[1].text


def test_text_stays_text():
    texts = ["1-2", "≤ 5", "=1+1", "@cmd", "-3", "http://x.example", HOSTILE, "a\nb", "x\0y", ""]
    made = workbook("p", ["word", "=n"], [(one, 1) for one in texts], [("Link", "=1+1")], {})
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [row[0] for row in book["p"].iter_rows(min_row=2)]
    assert [cell.value or "" for cell in cells] == [
        *texts[:7],
        "a b",
        "x\N{REPLACEMENT CHARACTER}y",
        "",
    ]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert [bool(cell.quotePrefix) for cell in cells[2:4]] == [True, True]
    assert not any(cell.hyperlink for cell in cells)
    assert book["p"]["B1"].data_type == book["About"]["B1"].data_type == "s"


def test_units_are_those_of_the_estimate():
    units = {"median": MONTHS, "survival": SHARE}
    found = {
        name: unit_of(name, units)
        for name in ("median_lower", "median_across_low", "median_across_n", "survival_12", "n")
    }
    assert found == {
        "median_lower": MONTHS,
        "median_across_low": MONTHS,
        "median_across_n": "",
        "survival_12": SHARE,
        "n": "",
    }
