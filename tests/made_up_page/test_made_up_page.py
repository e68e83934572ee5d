"""A new page is its two folders and one line: everything else follows from them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

import app as application
from callbacks.pages import SERVED
from settings import Settings
from tests.callbacks.asking import drawer_of, picture_of, view_of
from tests.made_up_page.callbacks.page import SERVED as MADE_UP
from tests.studies.edges import write_studies
from tests.trees import parsed, with_id, with_prop


@pytest.fixture(scope="module")
def made():
    """The product with one more page: the one line."""
    return application.create_app(Settings(), (*SERVED, MADE_UP))


@pytest.fixture(scope="module")
def reader(made):
    return made.server.test_client()


def show(made, reader, search: str) -> dict:
    return view_of(made, reader, f"/follow-up{search}")


def test_it_has_a_tab_and_an_address(made, reader):
    answer = show(made, reader, "?study=soramic")
    assert "Follow-up" in answer["frame"]["top"]
    assert answer["page"] == "follow-up"
    assert with_id(parsed(answer["frame"]["page"]), "follow-up-graph")
    assert reader.get("/follow-up").status_code == 200
    assert reader.get("/nothing-up").status_code == 404


def test_the_link_restores_its_controls(made, reader):
    state = show(made, reader, "?study=soramic&endpoint=os&bins=12")
    assert state["values"]["bins"] == {"value": "12"}
    assert state["values"]["endpoint"] == {"value": "os"}
    assert state["defaults"]["bins"] == {"value": "6"}


def test_one_answer_fills_all_its_parts(made, reader):
    answer = show(made, reader, "?study=soramic&bclc=c&bins=12")
    places = answer["places"]
    assert places["follow-up-sentence"] == "126 patients were followed."
    assert places["follow-up-table"] == "<b>126</b>"
    assert len(answer["figure"]["data"][0]["x"]) == 12
    assert answer["figure"]["layout"]["height"] == 300
    provenance = "Reconstructed from published tables — not patient records."
    assert places["follow-up-footnote"] == f"Counted. {provenance}"
    assert answer["search"] == "?study=soramic&bclc=c&bins=12"
    link = "/download/follow-up.csv?study=soramic&bclc=c&bins=12"
    words = "/words/follow-up?study=soramic&bclc=c&bins=12"
    assert answer["links"] == {"follow-up.csv": link, "words": words}
    assert answer["copied"] == {
        "head": "SORAMIC substudy · Follow-up · progression-free survival · all analysed · "
        "BCLC C · n\u00a0=\u00a0126",
        "said": ["Counted."],
        "foot": "Reconstructed from published tables — not patient records; see the page Evidence",
    }
    assert answer["saved"] is True


def test_notes_and_cautions(made, reader):
    answer = show(made, reader, "?study=soramic&age-years=1..2&bins=7")
    said = answer["places"]["follow-up-cautions"]
    assert "“bins”" in said
    assert "Nobody is left." in said


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
    drawn = picture_of(made, reader, "/follow-up?study=soramic&bclc=c", kind)
    assert drawn["kind"] == kind
    said = json.dumps(drawn["figure"]["layout"], ensure_ascii=False)
    for words in ("126 patients were followed.", "Reconstructed", "BCLC C", "Follow-up"):
        assert words in said


def test_it_prints_saves_and_opens_its_drawer(made, reader):
    """By what its buttons say of themselves: no script knows a page."""
    page = parsed(show(made, reader, "?study=soramic")["frame"]["page"])
    assert len(with_prop(page, "data-print")) == 1
    assert [one["data-save"] for one in with_prop(page, "data-save")] == ["svg", "png"]
    assert [one["data-drawer"] for one in with_prop(page, "data-drawer")] == ["bars"]
    found = drawer_of(made, reader, "/follow-up?study=soramic&bclc=c", "bars")
    assert found["title"] == "Every bar"
    assert found["body"].startswith("<ul><li>")


def test_its_failure_leaves_nothing_old(caplog):
    def fails(*_):
        raise RuntimeError("patient S001")

    broken = application.create_app(Settings(), (*SERVED, replace(MADE_UP, show=fails)))
    answer = show(broken, broken.server.test_client(), "?study=soramic")
    assert answer["places"]["follow-up-sentence"] == (
        "The follow-up could not be computed for this view."
    )
    assert answer["places"]["follow-up-table"] == ""
    assert answer["figure"]["data"] == []
    assert answer["links"] == {"follow-up.csv": "#", "words": "#"}
    assert answer["copied"] == {}
    assert answer["saved"] is False
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
