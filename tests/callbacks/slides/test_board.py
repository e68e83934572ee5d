"""Several views as one file: native charts whose numbers are the page's, and nothing left out."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from callbacks.pages import OPTION_NAMES, SERVED
from callbacks.server import serving
from callbacks.slides import routes
from data.address import read_address
from tests.callbacks.asking import view_of
from tests.callbacks.slides.reading import (
    OURS,
    charts_of,
    equal,
    faults,
    named,
    points_of,
    post,
    said,
    sizes_of,
    slides_of,
)

VIEWS = [
    "/survival?study=soramic&endpoint=pfs&by=arm",
    "/subgroups?study=soramic&endpoint=pfs&show=effect",
    "/arms?study=soramic&show=response",
    "/prognostic?study=soramic",
    "/survival?study=nct01900002&endpoint=os",
    "/safety?study=nct01900002",
    "/dosimetry?study=nct01900002",
    "/context?study=nct01900002",
]
TITLES = {"soramic": "SORAMIC substudy", "nct01900002": "NCT01900002"}
PROVENANCE = "Reconstructed from published tables — not patient records; see the page Evidence."


def rows_of(client, file: str, query: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(client.get(f"/download/{file}?{query}").text)))


@pytest.fixture(scope="module")
def raw(client) -> bytes:
    answer = post(client, "pptx", VIEWS, titles=["", "My title"], notes=["Say this first."])
    assert answer.status_code == 200, answer.text
    return answer.data


@pytest.fixture(scope="module")
def deck(raw):
    slides = slides_of(raw)
    assert len(slides) == len(VIEWS)
    return slides


def test_every_slide_says_what_it_is_of_whom_how_and_from_where(client, deck):
    for slide, view in zip(deck, VIEWS, strict=True):
        page, _, query = view.partition("?")
        study = query.split("&")[0].partition("=")[2]
        finding = client.get(f"/finding{view}").text.strip()
        title = slide.shapes.title.text
        assert title == ("My title" if view is VIEWS[1] else finding)
        subtitle = named(slide, "Subtitle").text_frame.text
        assert subtitle.startswith(TITLES[study])
        assert "n\u00a0=\u00a0" in subtitle
        foot = named(slide, "Method and provenance").text_frame.text
        assert foot.endswith(PROVENANCE)
        assert len(foot) > len(PROVENANCE) + 10
        words = client.get(f"/words{view}").text.splitlines()
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line in notes for line in words[:-1]), page
        assert f"Link: http://localhost{view}" in notes


def test_the_presenters_note_stands_first(deck):
    notes = deck[0].notes_slide.notes_text_frame.text
    assert notes.startswith("Say this first.\n")


def test_every_figure_is_a_native_chart_with_words_for_who_does_not_see_it(deck):
    for slide in deck:
        frames = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert len(charts_of(slide)) == 1
        for frame in frames:
            assert frame._element.nvGraphicFramePr.cNvPr.get("descr")
        assert not [shape for shape in slide.shapes if shape.shape_type == 13]  # no picture


def test_nothing_stands_outside_or_on_something_else(deck):
    assert [fault for slide in deck for fault in faults(slide)] == []


def test_letters_can_be_read_from_the_last_row(raw):
    assert min(sizes_of(raw, r"ppt/(slides|charts)/[^/]+\.xml")) >= 12
    assert min(sizes_of(raw, r"ppt/slides/slide1\.xml")) >= 12


def test_curves_are_those_of_the_file(client, deck):
    """Each row of km.csv is a corner of the curve, and the curve has no others."""
    rows = rows_of(client, "km.csv", VIEWS[0].partition("?")[2])
    chart = charts_of(deck[0])[0]
    for label in ("RE + sorafenib", "Sorafenib"):
        of = [row for row in rows if row["group"] == label]
        points = points_of(chart, label)
        assert points[0] == (0, 100)
        # Two corners of each step: along, then down.
        ends = points[2::2]
        assert len(ends) == len(of)
        for (x, y), row in zip(ends, of, strict=True):
            assert equal(x, float(row["time_months"]))
            assert equal(y, 100 * float(row["survival"]))
        lower = {row["time_months"]: row["lower"] for row in of if row["lower"] != "NA"}
        limits = points_of(chart, f"{label}, 95 % CI lower")[2::2]
        assert all(
            equal(y, 100 * float(v)) for (_, y), v in zip(limits, lower.values(), strict=True)
        )
        marks = points_of(chart, f"{label}, censored")
        assert len(marks) == sum(row["n_censor"] != "0" for row in of)


def test_numbers_at_risk_stand_under_their_ticks(client, deck):
    slide = deck[0]
    table, frame = named(slide, "Numbers at risk"), named(slide, "Curves")
    rows = rows_of(client, "km.csv", VIEWS[0].partition("?")[2])
    first = [row for row in rows if row["group"] == "RE + sorafenib"]
    cells = [cell.text for cell in table.table.rows[1].cells]
    assert cells[0] == "RE + sorafenib"
    months = float(frame.chart._chartSpace.find(".//{*}majorUnit").get("val"))
    for i, text in enumerate(cells[1:]):
        still = [row for row in first if float(row["time_months"]) >= i * months - 1e-9]
        assert text == (still[0]["n_risk"] if still else "0")
    layout = {
        one.tag.rpartition("}")[2]: float(one.get("val"))
        for one in frame.chart._chartSpace.find(".//{*}manualLayout")
        if one.tag.endswith(("}x", "}w"))
    }
    axis = frame.chart._chartSpace.find(".//{*}valAx/{*}scaling")
    high = float(axis.find("{*}max").get("val"))
    left = table.left
    for i, column in enumerate(table.table.columns):
        if i:
            tick = frame.left + frame.width * (layout["x"] + layout["w"] * (i - 1) * months / high)
            assert abs(left + column.width / 2 - tick) < 12700  # a point
        left += column.width


def test_a_forest_is_that_of_the_file(client, deck):
    rows = rows_of(client, "subgroups.csv", VIEWS[1].partition("?")[2])
    known = {
        tuple(round(float(row[name]), 9) for name in ("hazard_ratio", "hazard_ratio_lower"))
        for row in rows
        if row["hazard_ratio"] not in ("NA", "")
    }
    chart = charts_of(deck[1])[0]
    marks = points_of(chart, "Hazard ratio")
    ends = points_of(chart, "Hazard ratio, 95 % CI")
    low = {y: min(x for x, at in ends if at == y) for _, y in ends}
    assert len(marks) > 4
    assert all((round(x, 9), round(low[y], 9)) in known for x, y in marks)


def test_the_rows_of_a_forest_stand_beside_those_of_its_table(deck):
    """The middle of each row of the table is the place of its estimate."""
    table, frame = named(deck[1], "Table"), named(deck[1], "Forest")
    heights = [row.height / 12700 for row in table.table.rows]
    tall = float(frame.chart._chartSpace.findall(".//{*}valAx")[1].find(".//{*}max").get("val"))
    assert abs(tall - sum(heights[1:])) < 0.1
    middles, top = {}, 0.0
    for height, row in zip(heights[1:], list(table.table.rows)[1:], strict=True):
        middles[round(tall - top - height / 2, 3)] = row.cells[2].text
        top += height
    for x, y in points_of(frame.chart, "Hazard ratio"):
        text = next(words for at, words in middles.items() if abs(at - y) < 0.05)
        assert text.startswith(f"{x:.2f} (")


def test_bars_are_those_of_the_file(client, deck):
    rows = rows_of(client, "response-categories.csv", "study=soramic")
    chart = charts_of(deck[2])[0]
    shares = {(row["category"], row["group"]): float(row["percent"]) for row in rows}
    names = [str(one).partition(" (n =")[0] for one in chart.plots[0].categories]
    for series in chart.plots[0].series:
        for name, value in zip(names, series.values, strict=True):
            assert equal(value, shares[series.name, name]), (series.name, name)


def test_whoever_edits_a_chart_finds_its_numbers(deck):
    for slide in deck:
        (chart,) = charts_of(slide)
        book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        sheet = book.active
        heads = [cell.value for cell in sheet[1]]
        for series in chart.plots[0].series:
            column = heads.index(series.name) + 1
            cells = [row[0].value for row in sheet.iter_rows(2, None, column, column)]
            kept = [value for value in series.values if value is not None]
            assert [x for x in cells if x is not None] == pytest.approx(kept)


def test_rows_without_room_are_counted(client):
    (slide,) = slides_of(post(client, "pptx", ["/prognostic?study=nct01900002"]).data)
    cut = named(slide, "What is left out").text_frame.text
    left_out, rows = (int(word) for word in cut.split() if word.isdigit())
    assert len(named(slide, "Table").table.rows) - 1 == rows - left_out
    assert faults(slide) == []


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("/survival?study=gone", "The study “gone” is no longer on this server."),
        ("/survival?study=broken", "The study “broken” could not be loaded."),
        ("/survival?study=soramic&age-years=1..2", "No patient"),
    ],
)
def test_a_view_that_cannot_be_drawn_says_so_on_its_slide(client, view, words):
    slides = slides_of(post(client, "pptx", [view, VIEWS[0]]).data)
    assert words in said(slides[0])
    assert faults(slides[0]) == []
    assert charts_of(slides[1])


def test_a_part_of_a_link_that_cannot_be_used_is_said(client):
    (slide,) = slides_of(post(client, "pptx", ["/survival?study=soramic&bclc=nonsense"]).data)
    assert named(slide, "Caution").text_frame.text == "BCLC has no level “nonsense”."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "A board is JSON"),
        ({"views": "/survival"}, "A board is JSON"),
        ({"views": []}, "A board has 1 to 30 views"),
        ({"views": ["/survival"] * 31}, "A board has 1 to 30 views; this one has 31."),
        ({"views": ["/nowhere"]}, "“nowhere” is no page."),
        ({"views": ["/survival"], "titles": ["a", "b"]}, "“titles” is a list of texts"),
        ({"views": ["/survival"], "notes": [7]}, "“notes” is a list of texts"),
        ({"views": ["/survival"], "titles": ["a" * 301]}, "“titles” is a list of texts"),
    ],
)
def test_what_is_no_board_is_refused(client, body, words):
    answer = client.post("/board/pptx", json=body, headers=OURS)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text.startswith(words)


def test_other_kinds_and_other_sites_are_refused(client):
    assert post(client, "odp", VIEWS[:1]).status_code == 400
    body = {"views": VIEWS[:1]}
    assert client.post("/board/pptx", json=body).status_code == 403
    other = OURS | {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/board/pptx", json=body, headers=other).status_code == 403
    assert client.get("/board/pptx").status_code == 404
    large = b"x" * (serving.LARGEST_REQUEST + 1)
    answer = client.post("/board/pptx", data=large, headers=OURS, content_type="application/json")
    assert answer.status_code == 413


def test_a_worker_makes_one_file_at_a_time(client, monkeypatch):
    monkeypatch.setattr(routes, "PATIENCE", 0.01)
    with routes._ONE_AT_A_TIME:
        answer = post(client, "pptx", VIEWS[:1])
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.text.startswith("Another file is being made")
    assert post(client, "pptx", VIEWS[4:5]).status_code == 200


@pytest.mark.parametrize(
    ("views", "name"),
    [
        (VIEWS[:1], "soramic-pfs-by-arm"),
        (VIEWS[5:6], "nct01900002-safety"),
        (VIEWS[:4], "soramic-4-views"),
        (VIEWS, "board-8-views"),
    ],
)
def test_a_file_has_the_name_of_what_is_in_it(views, name, all_studies):
    parts = [view.partition("?") for view in views]
    readings = [
        read_address(path, f"?{query}", all_studies, OPTION_NAMES) for path, _, query in parts
    ]
    pages = {one.page.id: one for one in SERVED}
    assert routes.file_name(readings, pages, date(2026, 11, 28)) == f"{name}-2026-11-28"


HOSTILE = "</a:t><script>&amp;\x00\x0b\ud800 =cmd()|'x' _x0041_\u202e \ufffe"


def test_hostile_words_stay_words(client):
    view = ["/survival?study=edges"]
    answer = post(client, "pptx", view, titles=[HOSTILE], notes=[HOSTILE])
    (slide,) = slides_of(answer.data)
    assert "</a:t><script>&amp;" in slide.shapes.title.text
    assert "=cmd()|'x'" in slide.notes_slide.notes_text_frame.text
    assert faults(slide) == []
    made = Document(io.BytesIO(post(client, "docx", view, titles=[HOSTILE], notes=[HOSTILE]).data))
    assert any("</a:t><script>&amp;" in one.text for one in made.paragraphs)


def test_a_document_has_words_native_charts_and_all_tables(client):
    views = [VIEWS[i] for i in (0, 2, 3, 5)]
    raw = post(client, "docx", views).data
    made = Document(io.BytesIO(raw))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == [client.get(f"/finding{view}").text.strip() for view in views]
    texts = [one.text for one in made.paragraphs]
    for view in views:
        sentence = client.get(f"/words{view}").text.splitlines()[0]
        assert sentence in texts
        assert f"Link: http://localhost{view}" in texts
    captions = [one.text for one in made.paragraphs if one.style.name == "Caption"]
    assert sum(one.startswith("Figure ") for one in captions) == len(views)
    tables = [one for one in captions if one.startswith("Table ")]
    assert "Table 2. Progression-free survival at fixed times (95 % CI)" in tables
    # No row is left out: the page's own table of prognostic factors has as many.
    rows = rows_of(client, "prognostic.csv", "study=soramic")
    longest = max(len(table.rows) for table in made.tables)
    assert longest > len(rows)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        charts = [name for name in packed.namelist() if name.startswith("word/charts/chart")]
        described = packed.read("word/document.xml").decode().count("<wp:docPr")
    assert (len([one for one in charts if one.endswith(".xml")]), described) == (4, 4)


def test_the_finding_comes_with_the_view(dash_app, client):
    answer = view_of(dash_app, client, VIEWS[0])
    assert answer["finding"] == (
        "PFS was longer with RE + sorafenib: median 8.9 against 5.4 months; "
        "hazard ratio 0.69 (95 % CI 0.50–0.95)"
    )
    assert client.get("/finding/nowhere").status_code == 400
