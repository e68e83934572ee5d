"""A new page is its two folders and one line: everything else follows from them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

import app as application
from callbacks.page import csv_links
from callbacks.pages import SERVED
from layouts.frame.shell import shown_id
from settings import Settings
from tests.callbacks.asking import ask, pattern
from tests.made_up_page.callbacks.page import SERVED as MADE_UP
from tests.studies.edges import write_studies

LINKS = csv_links("follow-up")
FILE = LINKS | {"file": "follow-up.csv"}


@pytest.fixture(scope="module")
def made():
    """The product with one more page: the one line."""
    return application.create_app(Settings(), (*SERVED, MADE_UP))


@pytest.fixture(scope="module")
def reader(made):
    return made.server.test_client()


def location(made, reader, search: str, **state) -> dict:
    data = {"pathname": "/follow-up", "search": search, "theme": "light", "screen": "standard"}
    return ask(made, reader, "rail-key", {"request.data": data}, {"rail-key.data": None} | state)


def show(made, reader, search: str, pathname: str = "/follow-up") -> dict | None:
    data = {"pathname": pathname, "search": search}
    inputs = {"follow-up-request.data": data}
    return ask(made, reader, "follow-up-sentence", inputs, {pattern(LINKS, "id"): [(FILE, FILE)]})


def test_it_has_a_tab_and_an_address(made, reader):
    answer = location(made, reader, "?study=soramic")
    assert "Follow-up" in json.dumps(answer["top"]["children"])
    assert answer["view"]["data"]["page"] == "follow-up"
    assert "follow-up-graph" in json.dumps(answer["page"]["children"])
    assert reader.get("/follow-up").status_code == 200
    assert reader.get("/nothing-up").status_code == 404


def test_the_link_restores_its_controls(made, reader):
    state = location(made, reader, "?study=soramic&endpoint=os&bins=12")["view"]["data"]
    assert state["values"]["bins"] == {"value": "12"}
    assert state["values"]["endpoint"] == {"value": "os"}
    assert state["defaults"]["bins"] == {"value": "6"}


def test_one_answer_fills_all_its_parts(made, reader):
    answer = show(made, reader, "?study=soramic&bclc=c&bins=12")
    assert answer["follow-up-sentence"]["children"] == "126 patients were followed."
    assert answer["follow-up-table-html"]["data"] == "<b>126</b>"
    assert len(answer["follow-up-graph"]["figure"]["data"][0]["x"]) == 12
    assert answer["follow-up-graph"]["style"]["height"] == "300px"
    provenance = "Reconstructed from published tables — not patient records."
    assert answer["follow-up-footnote"]["children"] == f"Counted. {provenance}"
    assert answer[shown_id("follow-up")]["data"] == {"search": "?study=soramic&bclc=c&bins=12"}
    link = "/download/follow-up.csv?study=soramic&bclc=c&bins=12"
    assert {"href": link} in answer.values()


def test_notes_and_cautions(made, reader):
    said = json.dumps(show(made, reader, "?study=soramic&age-years=1..2&bins=7"))
    assert "“bins”" in said.encode().decode("unicode_escape") or "\\u201cbins\\u201d" in said
    assert "Nobody is left." in said
    assert show(made, reader, "?study=soramic", pathname="/survival") is None


def test_its_file(reader):
    answer = reader.get("/download/follow-up.csv?study=soramic&bclc=c")
    assert answer.status_code == 200
    assert 'filename="soramic-pfs-follow-up.csv"' in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sum(int(row["n"]) for row in rows) == 126
    assert rows[0]["provenance"].startswith("Reconstructed")
    assert reader.get("/download/follow-up.csv?study=soramic&bins=7").status_code == 400


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_its_picture(made, reader, kind):
    data = {"pathname": "/follow-up", "search": "?study=soramic&bclc=c"}
    inputs = {f"follow-up-{kind}.n_clicks": 1, "follow-up-request.data": data}
    drawn = ask(made, reader, "follow-up-exported", inputs, inputs)["follow-up-exported"]["data"]
    assert drawn["kind"] == kind
    said = json.dumps(drawn["figure"]["layout"], ensure_ascii=False)
    for words in ("126 patients were followed.", "Reconstructed", "BCLC C", "Follow-up"):
        assert words in said


def test_it_prints_and_its_texts_find_their_places(made):
    browser_side = json.dumps([one["inputs"] + one["state"] for one in made._callback_list])
    assert "follow-up-print" in browser_side
    assert "follow-up-table-html" in browser_side


def test_its_failure_leaves_nothing_old(caplog):
    def fails(*_):
        raise RuntimeError("patient S001")

    broken = application.create_app(Settings(), (*SERVED, replace(MADE_UP, show=fails)))
    answer = show(broken, broken.server.test_client(), "?study=soramic")
    assert answer["follow-up-sentence"]["children"] == (
        "The follow-up could not be computed for this view."
    )
    assert answer["follow-up-table-html"]["data"] == ""
    assert answer["follow-up-graph"]["figure"]["data"] == []
    assert {"href": "#"} in answer.values()
    assert "S001" not in caplog.text


def test_no_variable_may_be_called_like_its_options(made, tmp_path):
    """Its options are words of the link grammar at once."""
    folder = write_studies(tmp_path)
    toml = folder / "edges" / "study.toml"
    named = '[[variables]]\nid = "bins"\ncolumn = "marker"'
    text = toml.read_text("utf-8").replace('[[variables]]\ncolumn = "marker"', named, 1)
    assert named in text
    toml.write_text(text, "utf-8")
    usual = application.create_app(Settings(studies_dir=folder))
    assert usual.server.test_client().get("/download/km.csv?study=edges").status_code == 200
    more = application.create_app(Settings(studies_dir=folder), (*SERVED, MADE_UP))
    refused = more.server.test_client().get("/download/km.csv?study=edges")
    assert (refused.status_code, "could not be loaded" in refused.text) == (400, True)
