"""Studies that change, break and vanish while the server runs."""

from __future__ import annotations

import csv
import io
import shutil
import threading
import time

import pytest

import app as application
from callbacks.current import current_studies
from callbacks.pages import OPTION_NAMES
from callbacks.reading import read_request
from callbacks.survival.ask import ask as ask_survival
from data.load import load_study
from layouts.frame.shell import broken_page
from layouts.survival.options import read_options
from settings import Settings
from tests.callbacks.asking import view_of
from tests.studies.edges import PATIENTS, write_studies
from tests.trees import named, parsed, text

# One patient fewer, who is in arm B and had the event.
FEWER = PATIENTS[: PATIENTS.rindex("P19")]
BROKEN = PATIENTS.replace("P05,B", "P05,X")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Changes count at once, and every request looks for them."""
    monkeypatch.setattr("data.live.QUIET", 0.0)
    monkeypatch.setattr("data.live.SHARE", 0.0)


@pytest.fixture
def folder(tmp_path):
    """A folder of studies that a test may change."""
    return write_studies(tmp_path / "studies")


@pytest.fixture
def app(folder):
    return application.create_app(Settings(studies_dir=folder))


def write(folder, patients: str) -> None:
    """Change a study as an editor or a copy does: the new file takes the place of the old."""
    new = folder / "edges" / "patients.new"
    new.write_text(patients, "utf-8")
    new.rename(folder / "edges" / "patients.csv")


def sizes(client, query: str = "study=edges") -> dict[str, str] | str:
    """Patients by arm, or the sentence that stands in their place."""
    answer = client.get(f"/download/survival-summary.csv?{query}")
    if answer.status_code != 200:
        assert answer.status_code in (400, 503)
        return answer.text
    return {row["group"]: row["n"] for row in csv.DictReader(io.StringIO(answer.text))}


def test_an_edited_study_is_answered_from_the_new_file(app, folder):
    client = app.server.test_client()
    assert sizes(client) == {"A": "10", "B": "10"}
    write(folder, FEWER)
    assert sizes(client) == {"A": "10", "B": "9"}
    write(folder, PATIENTS)
    assert sizes(client) == {"A": "10", "B": "10"}


def test_an_edited_study_that_cannot_be_loaded_shows_why_and_no_number(app, folder):
    client = app.server.test_client()
    assert sizes(client) == {"A": "10", "B": "10"}
    write(folder, BROKEN)
    assert sizes(client) == "The study “edges” could not be loaded.\n"
    page = view_of(app, client, "/survival?study=edges")["frame"]["page"]
    assert "column “arm”, row 7" in page
    write(folder, PATIENTS)
    assert sizes(client) == {"A": "10", "B": "10"}


def test_a_vanished_study_is_said_to_be_none(app, folder):
    client = app.server.test_client()
    shutil.rmtree(folder / "edges")
    assert sizes(client).startswith("There is no study “edges”")
    answer = view_of(app, client, "/survival?study=edges&arm=a")
    assert "There is no study “edges”" in answer["frame"]["top"]
    assert answer["values"]["study"]["value"] != "edges"


def test_the_switcher_lists_what_is_there_now(app, folder):
    client = app.server.test_client()

    def listed() -> list[str]:
        studies = view_of(app, client, "/survival?study=soramic")["studies"]
        return [one["value"] for one in named(parsed(studies), "option")]

    assert "edges" in listed()
    (folder / "edges").rename(folder / "hidden")
    (folder / "hidden").rename(folder / "_edges")
    assert "edges" not in listed()
    (folder / "_edges").rename(folder / "edges")
    assert "edges" in listed()


def test_other_studies_stay_as_they_are(app, folder):
    client = app.server.test_client()
    before = client.get("/download/km.csv?study=soramic").text
    write(folder, BROKEN)
    assert client.get("/download/km.csv?study=soramic").text == before


def test_a_request_keeps_the_state_it_began_with(folder):
    """Numbers, memory and study are of one state, even if the folder changes in between."""
    catalog, memory = current_studies(folder)
    server = application.server

    address = {"pathname": "/survival", "search": "?study=edges"}

    def patients() -> int:
        reading = read_request(address, catalog, OPTION_NAMES).reading
        options, _ = read_options(reading.study, reading.view)
        write(folder, FEWER)
        return sum(
            group.n
            for group in ask_survival(memory, reading.study, reading.view, options).result.groups
        )

    with server.test_request_context("/"):
        assert patients() == 20
        assert patients() == 20
    with server.test_request_context("/"):
        assert patients() == 19


def test_many_requests_during_changes_see_one_state_or_the_other(app, folder):
    whole = app.server.test_client().get("/download/km.csv?study=edges").text
    write(folder, FEWER)
    fewer = app.server.test_client().get("/download/km.csv?study=edges").text
    assert whole != fewer
    broken = "The study “edges” could not be loaded.\n"
    done = threading.Event()
    got: list[str] = []

    def reader():
        client = app.server.test_client()
        while not done.is_set():
            got.append(client.get("/download/km.csv?study=edges").text)

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for thread in threads:
        thread.start()
    for patients in (PATIENTS, BROKEN, FEWER) * 2:
        write(folder, patients)
        client = app.server.test_client()
        expected = {PATIENTS: whole, BROKEN: broken, FEWER: fewer}[patients]
        assert client.get("/download/km.csv?study=edges").text == expected
    done.set()
    for thread in threads:
        thread.join()
    assert set(got) <= {whole, fewer, broken}
    assert len(got) > 6


def test_a_page_that_was_open_is_made_anew_when_its_study_changed(app, folder):
    """The filters on the screen are those of the old file."""
    client = app.server.test_client()
    key = view_of(app, client, "/survival?study=edges")["key"]

    def shown(search: str) -> dict:
        return view_of(app, client, f"/survival{search}", key=key)

    assert not {"filters", "page"} & set(shown("?study=edges")["frame"])
    write(folder, FEWER)
    now = shown("?study=edges")
    assert now["key"] != key
    assert {"filters", "page"} <= set(now["frame"])
    assert now["rail"]["size"] == 19
    key = now["key"]
    assert not {"filters", "page"} & set(shown("?study=edges")["frame"])


def test_what_was_read_again_is_logged_without_cells(app, folder, caplog):
    write(folder, BROKEN)
    sizes(app.server.test_client())
    assert "The study edges could not be loaded" in caplog.text
    assert "P05" not in caplog.text


def test_a_broken_page_asks_to_reload_and_not_to_restart(app, all_studies):
    words = text(broken_page(all_studies.broken_study("broken")))
    assert "reload this page" in words
    assert "restart" not in words


def test_a_study_that_takes_long_keeps_nobody_waiting(folder, monkeypatch):
    """It is listed as being read, at the start and when it changes; the others are answered."""
    monkeypatch.setattr("data.apart.folders.PATIENCE_AT_FIRST", 0.1)
    monkeypatch.setattr("data.apart.folders.PATIENCE", 0.1)
    shutil.copytree(folder / "edges", folder / "slow")
    toml = folder / "slow" / "study.toml"
    toml.write_text(toml.read_text("utf-8").replace('id = "edges"', 'id = "slow"'), "utf-8")
    go_on, begun = threading.Event(), threading.Event()

    def slowly(path, reserved, addresses):
        if path.name == "slow":
            begun.set()
            assert go_on.wait(60)
        return load_study(path, reserved)

    monkeypatch.setattr("callbacks.current.load_study_apart", slowly)
    app = application.create_app(Settings(studies_dir=folder))
    client = app.server.test_client()
    for _ in range(2):
        answer = view_of(app, client, "/survival?study=slow")
        said = answer["frame"]["page"]
        assert answer["again"] > 0, "the browser asks again by itself"
        assert begun.wait(60)
        answer = client.get("/words/survival?study=slow")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert "The study “slow” is being read" in said
        assert "other studies are not affected" in said
        assert sizes(client, "study=soramic")["Sorafenib"] == "104"
        go_on.set()
        assert wait_for(lambda: sizes(client, "study=slow") == sizes(client))
        go_on.clear()
        begun.clear()
        (folder / "slow" / "patients.csv").touch()
    go_on.set()


def wait_for(true) -> bool:
    end = time.monotonic() + 60
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.02)
    return found
