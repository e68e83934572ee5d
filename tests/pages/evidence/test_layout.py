"""The Evidence page: what it shows of cells, of disagreements, and of what was made."""

from __future__ import annotations

import dataclasses
import math
import re
from html.parser import HTMLParser

import pytest

from analysis.verdict import DIFFERS, EXACT, WITHIN
from data.address import default_view
from data.sections.evidence import PublishedCell
from layouts.evidence.context import FAILED, NOTHING, EvidenceRow
from layouts.evidence.options import views_of
from layouts.evidence.page import control_values, evidence_body, evidence_page
from layouts.evidence.table import ROWS_AT_FIRST, evidence_summary
from layouts.evidence.words import (
    cautions,
    printed_words,
    recomputed_words,
    sentence,
)
from tests.tables import table_rows
from tests.trees import with_prop
from tests.views import Views, footnote

QUERIES = [
    f"study={study}{more}"
    for study in ("nct01900002", "soramic", "edges")
    for more in ("", "&view=made")
]


@pytest.fixture(scope="module")
def evidence(all_studies) -> Views:
    return Views(all_studies, "evidence")


class Balanced(HTMLParser):
    """Tags close in the order in which they were opened."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        if tag != "col":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("query", [*QUERIES, "study=soramic&view=disagreements"])
def test_every_part_is_sound_html(evidence, query):
    context = evidence(query)
    Balanced(evidence_body(context))
    Balanced(evidence_summary(context))


def test_the_sentence_counts_verdicts(evidence):
    context = evidence("study=soramic")
    counts = context.whole.counts
    assert sum(counts.values()) == len(context.rows)
    assert sentence(context) == (
        f"Of 461 printed numbers that can be recomputed, {counts[EXACT]} are exact at printed "
        f"precision and {counts[DIFFERS]} differ; for 5 more there is nothing to recompute them "
        "from."
    )


def test_differing_cells_come_first_and_the_rest_in_the_order_of_print(evidence):
    rows = evidence("study=nct01900002").shown()
    verdicts = [row.verdict for row in rows]
    assert verdicts == sorted(verdicts, key=[DIFFERS, FAILED, WITHIN, NOTHING, EXACT].index)
    tables = [row.cell.table for row in rows if row.verdict == DIFFERS]
    assert tables == sorted(tables, key=["Table 4", "Table 5", "Table 6", "Text"].index)
    printed = evidence("study=nct01900002&order=print")
    assert printed.shown() == list(printed.rows)


def test_the_first_rows_are_drawn_unless_all_are_asked_for(evidence):
    first = evidence_body(evidence("study=nct01900002"))
    assert len(table_rows(first)) == ROWS_AT_FIRST
    assert "show=all" in first
    every = evidence("study=nct01900002&show=all")
    assert len(table_rows(evidence_body(every))) == len(every.rows)
    few = evidence_body(evidence("study=soramic&verdict=differs"))
    assert "show=" not in few


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("table=table-3", lambda row: row.cell.table == "Table 3"),
        ("statistic=hazard-ratio", lambda row: row.cell.quantity.startswith("hazard ratio")),
        ("statistic=p", lambda row: row.cell.quantity.endswith(" p")),
        ("verdict=differs", lambda row: row.verdict == DIFFERS),
        ("verdict=none", lambda row: not row.cell.quantity),
        ("search=child+B", lambda row: "child" in row.cell.variable.lower()),
    ],
)
def test_a_filter_of_the_page_keeps_its_cells_and_no_other(evidence, query, holds):
    context = evidence(f"study=soramic&{query}")
    shown = context.shown()
    assert shown
    if not query.startswith("search"):
        assert len(shown) == sum(map(holds, context.rows))
    assert all(map(holds, shown))


def test_nothing_that_fits_is_said(evidence):
    body = evidence_body(evidence("study=soramic&search=xyzzy"))
    assert "No printed cell of this selection." in body
    assert "<table" not in body


def test_a_row_says_all_of_its_cell(evidence):
    body = evidence_body(evidence("study=soramic&verdict=differs&table=table-2"))
    assert table_rows(body) == [
        [
            "Table 2",
            "Disease control",
            "yes",
            "RE + sorafenib",
            "%",
            "79.2",
            "83.56",
            "differs",
            "Impossible as printed: 61 of 73 are 83.6 %; no count out of 73 gives 79.2 %. "
            "Interval, p and the rows above belong to 61.",
        ]
    ]


def test_words_of_a_study_are_escaped(evidence):
    body = evidence_body(evidence("study=nct01900002&search=albumin&table=table-1"))
    assert "&gt;3 g/dL" in body
    assert ">>3" not in body


def test_a_reason_for_all_cells_is_said_once(evidence):
    context = evidence("study=nct01900002&verdict=differs&show=all")
    reason = context.study.evidence.differs
    assert cautions(context) == [f"Note 1: {reason}"]
    body = evidence_body(context)
    assert reason not in body
    general = [row for row in context.shown() if row.general]
    assert body.count("note\u00a01 above") == len(general) > 100


def test_a_column_without_words_is_left_out(evidence):
    with_columns = evidence_body(evidence("study=nct01900002&table=table-2"))
    without = evidence_body(evidence("study=nct01900002&table=table-4"))
    assert ">Column<" in with_columns
    assert ">Column<" not in without


def test_columns_that_few_rows_have_stand_with_the_level(evidence):
    body = evidence_body(evidence("study=nct01900002&verdict=differs&show=all"))
    assert ">Column<" not in body
    assert ["Text", "AFP ≥ 400 ng/mL (as printed)", "34 patients", "n"] in [
        row[:4] for row in table_rows(body)
    ]


def test_blank_cells_are_no_numbers(evidence):
    """The tables print 309 blank cells and 156 NA among 2,883 that can be recomputed."""
    context = evidence("study=nct01900002")
    held = [row.cell.printed for row in context.rows if row.cell.quantity]
    assert (held.count(""), held.count("NA"), len(held)) == (309, 156, 2883)
    said = sentence(context)
    assert said.startswith(f"Of {2883 - 309 - 156:,} printed numbers that can be recomputed, ")
    assert "of 465 more cells that are blank or “not reached” in print, " in said


def test_the_sentence_is_about_the_rows_asked_for(evidence):
    asked = sentence(evidence("study=nct01900002&table=table-4&search=portal"))
    # Two levels of eleven cells and one test, four of them blank or not reached.
    assert asked.startswith("Table 4, PFS by Portal vein invasion: of 19 printed numbers ")
    assert sentence(evidence("study=soramic&search=xyzzy")) == (
        "No printed cell fits what is asked for."
    )
    by_endpoint = evidence("study=nct01900002&search=pfs+portal").selected()
    assert {row.cell.endpoint for row in by_endpoint} == {"pfs"}


def test_a_row_says_its_endpoint_and_the_tolerance_it_was_held_to(evidence):
    rows = table_rows(evidence_body(evidence("study=nct01900002&table=table-5&search=okuda")))
    assert {row[3].split()[0] for row in rows} == {"OS"}
    near = [row for row in rows if row[6] == "within tolerance" and "median" in row[3]]
    assert near
    for row in near:
        assert row[7].startswith("within 0.7\u00a0months or 10\u00a0% of print; note\u00a01")


def row_of(printed: str, value: float, quantity: str, printing="rounded", verdict=EXACT):
    cell = PublishedCell("Table 1", "Row", "", "", "n", printed, printing, quantity)
    return EvidenceRow(cell, value, verdict)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (row_of("34", 34.0, "count"), "34"),
        (row_of("5.9", 5.8824, "percent"), "5.88"),
        (row_of("9.0", 8.96, "survival median"), "8.96"),
        (row_of("<0.001", 0.00012, "log-rank p"), "0.0001"),
        (row_of("1", 1.0492, "hazard ratio", "two significant digits"), "1.05"),
        (row_of("-3", -2.71, "limit of agreement lower"), "−2.7"),
        (row_of("NA", math.nan, "survival median upper"), "not reached"),
        (row_of("", math.nan, "survival"), "not estimable"),
        (row_of("NA", 12.346, "survival median", verdict=DIFFERS), "12.35"),
        (row_of("12", math.nan, "", verdict=NOTHING), "–"),
        (row_of("12", math.nan, "count", verdict=FAILED), "–"),
    ],
)
def test_a_recomputed_number_has_one_digit_more_than_print(row, words):
    assert recomputed_words(row) == words


def test_what_is_not_printed_is_said():
    assert printed_words(row_of("", math.nan, "survival")) == "not printed"
    assert printed_words(row_of("NA", math.nan, "survival")) == "NA"


def test_the_summary_leads_to_each_table(evidence):
    context = evidence("study=soramic&table=table-2&search=control&show=all&bclc=c")
    html = evidence_summary(context)
    targets = re.findall(r'href="(.*?)".*?class="table-name">(.*?)<', html)
    assert [name for _, name in targets] == [
        "All tables",
        "Table 1",
        "Table 2",
        "Table 3 · PFS",
        "Text",
    ]
    # The search and the reader's cohort stay, the number of rows does not.
    assert (
        targets[1][0] == "/evidence?study=soramic&amp;bclc=c&amp;search=control&amp;table=table-1"
    )
    assert targets[0][0] == "/evidence?study=soramic&amp;bclc=c&amp;search=control"
    assert len(re.findall(r'aria-current="true"', html)) == 1
    assert 'data-key="table-table-2" aria-current' in html


def test_filters_of_patients_are_said_not_to_apply(evidence):
    (said,) = cautions(evidence("study=soramic&bclc=c&pvi=yes"))
    assert "(BCLC C and Portal vein invasion Yes) do not apply" in said
    with_filters = evidence("study=soramic&bclc=c").whole
    assert with_filters == evidence("study=soramic").whole


def test_disagreements_are_two_places_and_an_answer(evidence):
    context = evidence("study=soramic&view=disagreements")
    assert "when this list was written" in evidence_body(context)
    rows = table_rows(evidence_body(context))
    assert len(rows) == len(context.study.evidence.discrepancies) == 23
    topic, first, second, answer = rows[0]
    assert topic == "Disease control, RE + sorafenib"
    assert first == "61 patientsTable 2"
    assert second.startswith("79.2 %")
    assert "83.6 %" in answer
    assert sentence(context).startswith("In 23 places")


def test_what_is_published_comes_from_the_cells(evidence):
    body = evidence_body(evidence("study=nct01900002&view=made"))
    rows = {row[0]: row[1:] for row in table_rows(body) if len(row) == 3}
    printed, made = rows["TNM"]
    assert printed == (
        "counts in Table 1; PFS in Table 4; OS in Table 5; TTRP in Table 6 and the text"
    )
    assert made.startswith("Reconstructed")
    assert rows["BMI"][0] == "summary values in Table 1"
    assert rows["BMI"][1].startswith("Simulated")
    assert rows["Tumor nodularity"][1].startswith("Derived")
    assert "Adverse events of each patient" in rows
    assert "Why single patients cannot be told" in body
    assert "<details" in body


def test_every_variable_of_a_made_study_says_how(evidence):
    for query in ("study=nct01900002&view=made", "study=soramic&view=made"):
        context = evidence(query)
        assert all(one.source and one.source_note for one in context.study.variables)
        body = evidence_body(context)
        counts = re.findall(r"\((\d+) variables\)", body)
        assert sum(map(int, counts)) == len(context.study.variables)


def test_a_study_without_cells_has_what_its_variables_say(evidence):
    context = evidence("study=edges")
    assert list(views_of(context.study)) == ["made"]
    assert "study.toml names no published cells" in sentence(context)
    rows = table_rows(evidence_body(context))
    assert ["Age", "Simulated "] in rows
    assert "What the publication prints" not in evidence_body(context)
    assert evidence_summary(context) == ""


def test_patient_data_have_a_sentence_and_no_controls(evidence):
    made = evidence("study=edges")
    study = dataclasses.replace(made.study, provenance="patient data")
    context = dataclasses.replace(made, study=study)
    assert sentence(context) == ("These are patient data; there is nothing to hold them against.")
    assert (evidence_body(context), evidence_summary(context), cautions(context)) == ("", "", [])
    view = default_view(study, "evidence")
    assert control_values(study, view) == {}
    assert with_prop(evidence_page(study, view), "data-control") == []


def test_the_footnote_says_what_near_means(evidence):
    said = footnote(evidence("study=nct01900002"))
    assert "median survival within 0.7 months or 10 % of print" in said
    assert (
        "p-values within 0.02 or 20 % of print, at most half of print, and on the same side of 0.05"
    ) in said
    exact = footnote(evidence("study=soramic"))
    assert "There is no tolerance: any other number differs." in exact
    assert "1 may stand for 1.04" in exact
    assert "not patient records" in exact
