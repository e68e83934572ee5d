"""What a review for a hospital tried: of eight attacks those by a study's files.

Telling single patients by cohorts of one and by two answers that differ in one filter is tried in
``tests/disclosure``, connections that send a line a second in ``tests/test_gunicorn.py``, a proxy
that says “nobody” and the guessing of passwords in ``tests/callbacks/server``. That a study that
takes long keeps nobody waiting is in ``tests/callbacks/test_current.py``.
"""

from __future__ import annotations

import shutil

import pytest

import app as application
from settings import Settings
from tests.callbacks.asking import view_of
from tests.data.conftest import write_base
from tests.studies.edges import write_studies
from tests.trees import named, parsed, text

MARKUP = '<a href="https://elsewhere.test/"><b>Sign in</b></a><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Changes count at once, and every request looks for them."""
    monkeypatch.setattr("data.live.QUIET", 0.0)
    monkeypatch.setattr("data.live.SHARE", 0.0)


def many_parts(folder, parts: int) -> None:
    (folder / "study.toml").write_text(".".join(["a"] * parts) + " = 1\n")


def many_columns(folder, columns: int) -> None:
    names = ",".join(f"c{i}" for i in range(columns))
    (folder / "patients.csv").write_text(f"{names}\n{',' * (columns - 1)}\n")


def deep_lists(folder, depth: int) -> None:
    (folder / "study.toml").write_text("a = " + "[" * depth)


def many_tables(folder, number: int) -> None:
    toml = (folder / "study.toml").read_text()
    more = "".join(f'[[variables]]\ncolumn = "x{i}"\n' for i in range(number))
    (folder / "study.toml").write_text(toml + more)


ATTACKS = {
    "one key of 20,000 parts": (many_parts, 20_000, "more than 10 parts"),
    "one key of 400,000 parts": (many_parts, 400_000, "more than 10 parts"),
    "a table of a million columns": (many_columns, 1_000_000, "1000000 columns"),
    "a million lists within each other": (deep_lists, 10**6, "more than 10 deep"),
    "ten thousand tables": (many_tables, 10_000, "entries and 2000 at most"),
    "many faulty tables": (many_tables, 300, "more faults were found"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_study_that_harms_is_listed_and_costs_nobody_else(tmp_path, attack):
    """Laid beside others while they are read: refused in sentences, few enough to be read."""
    spoil, size, said = ATTACKS[attack]
    folder = write_studies(tmp_path / "own")
    app = application.create_app(Settings(studies_dir=folder))
    client = app.server.test_client()
    before = client.get("/words/survival?study=edges").text
    shutil.move(write_base(tmp_path / "new").path, folder / "base")
    spoil(folder / "base", size)
    page = view_of(app, client, "/survival?study=base")["frame"]["page"]
    assert "could not be loaded" in page
    assert said in text(parsed(page))
    assert len(page) < 100_000
    assert len(named(parsed(page), "li")) <= 201
    assert client.get("/words/survival?study=edges").text == before
    assert client.get("/readyz").text == "OK"


def test_the_unit_of_a_dose_that_holds_html_is_drawn_as_it_is_written(tmp_path):
    folder = write_base(tmp_path / "own")
    toml = (folder.path / "study.toml").read_text()
    (folder.path / "study.toml").write_text(toml.replace('"Gy"', f"'{MARKUP}'"))
    app = application.create_app(Settings(studies_dir=folder.path.parent))
    answer = view_of(app, app.server.test_client(), "/dosimetry?study=base")
    for markup in (*answer["frame"].values(), *answer["places"].values()):
        assert not named(parsed(markup), "img")
        assert "elsewhere" not in "".join(one.get("href", "") for one in named(parsed(markup), "a"))
    axes = [one["text"] for one in answer["figure"]["layout"]["annotations"]]
    axes += [
        axis["title"]["text"]
        for name, axis in answer["figure"]["layout"].items()
        if name.startswith(("xaxis", "yaxis")) and "title" in axis
    ]
    unit = MARKUP.replace("<", "&lt;")
    assert any(unit in one for one in axes)
    assert not any("<a" in one for one in axes)
