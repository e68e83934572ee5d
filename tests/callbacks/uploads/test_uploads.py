"""Data that a reader brings: whose they are, how long, and what becomes of them."""

from __future__ import annotations

import io
import threading
import tomllib
import zipfile
from pathlib import Path

import pytest

import app as application
from data.load import load_study
from data.sources import held as held_module
from data.sources.held import HOURS, Held, file_name, new_held
from settings import Settings, read_settings
from tests.callbacks.asking import view_of
from tests.callbacks.uploads.bringing import OURS, PATIENTS, reader


@pytest.fixture(scope="module")
def app():
    return application.create_app(Settings())


@pytest.fixture
def root(app, monkeypatch, tmp_path):
    """Where the application holds what is brought."""
    own = app.server.extensions["own"]
    monkeypatch.setattr(own, "held", Held(tmp_path))
    return tmp_path


FORMATS = Path(__file__).parents[2] / "studies" / "formats"


def offered(app, one) -> str:
    """The studies that a browser may switch to."""
    return view_of(app, one.client, "/survival")["studies"]


def csv(one, study: str):
    return one.get(f"/download/survival-summary.csv?study={study}")


def test_a_file_becomes_a_study_of_this_browser_alone(app, root):
    one = reader(app)
    answer = one.bring(PATIENTS)
    assert answer.status_code == 200
    assert "OS Overall survival" in answer.text.replace("<strong>OS</strong>", "OS")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    study = one.checked()
    assert len(study) > 30
    assert csv(one, study).status_code == 200
    assert "export" in offered(app, one)
    another = reader(app)
    refused = csv(another, study)
    assert refused.status_code == 400
    assert "There is no study" in refused.text
    assert study not in offered(app, another)
    assert csv(one, "soramic").status_code == 200


def test_an_upload_belongs_to_its_user(root):
    from ipaddress import ip_network

    settings = Settings(auth_header="X-Remote-User", trusted_proxies=(ip_network("127.0.0.1"),))
    app = application.create_app(settings)
    one = reader(app, X_Remote_User="anna")
    one.bring(PATIENTS)
    study = one.checked()
    assert csv(one, study).status_code == 200
    one.headers["X-Remote-User"] = "berta"
    assert csv(one, study).status_code == 400
    assert "<table" not in one.get("/uploads").text


def test_it_is_in_no_address_and_no_log(app, root, caplog):
    one = reader(app)
    caplog.set_level("DEBUG")
    one.bring(PATIENTS, "Müller Hans.csv")
    one.bring("nothing")
    assert "Müller" not in caplog.text
    assert "P1" not in caplog.text


def test_answers_change_what_is_understood(app, root):
    one = reader(app)
    one.bring(PATIENTS.replace("os_days", "os_time").replace(",640,", ",64,").replace("412", "41"))
    assert "In which unit" in one.get("/uploads").text
    refused = one.post("check")
    assert refused.status_code == 422
    assert "Answer it on the sheet" in refused.text
    answer = one.say(os__unit="days", title="Our cohort")
    assert "In which unit" not in answer.text
    study = one.checked()
    assert "Our cohort" in offered(app, one)
    # What was checked is no longer what the sheet says.
    one.say(os__unit="weeks")
    assert csv(one, study).status_code == 400


def test_what_is_wrong_with_a_cell_is_said(app, root):
    one = reader(app)
    one.bring(PATIENTS.replace("P2,A", "P1,A"))
    one.say(id="patient")
    answer = one.post("check")
    assert answer.status_code == 422
    assert "row 3" in answer.text


def test_the_folder_is_one_that_an_administrator_can_use(app, root, tmp_path):
    one = reader(app)
    one.bring(PATIENTS, "Our export.csv")
    assert one.get("/uploads/folder.zip").status_code == 404
    one.checked()
    answer = one.get("/uploads/folder.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="our-export.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert set(archive.namelist()) == {"our-export/study.toml", "our-export/Our export.csv"}
        assert archive.read("our-export/Our export.csv").decode() == PATIENTS
        assert tomllib.loads(archive.read("our-export/study.toml").decode())["id"] == "our-export"
        archive.extractall(tmp_path / "studies")
    assert load_study(tmp_path / "studies" / "our-export").n == 6


@pytest.mark.parametrize("path", ["files?name=a.csv", "answers", "check", "forget"])
def test_another_site_cannot_send_anything(app, root, path):
    one = reader(app)
    one.bring(PATIENTS)
    for headers in ({}, OURS | {"Sec-Fetch-Site": "cross-site"}):
        answer = one.client.post(f"/uploads/{path}", data=b"x", headers=headers)
        assert answer.status_code == 403
    assert one.client.get(f"/uploads/{path}").status_code in (404, 405)


@pytest.mark.parametrize("said", [[], "x", {"a": 1}, {"a": "x" * 5000}, {"a": None}])
def test_an_answer_is_a_short_text(app, root, said):
    one = reader(app)
    one.bring(PATIENTS)
    assert one.post("answers", json=said).status_code == 400


def test_a_browser_that_brought_nothing_can_change_nothing(app, root):
    one = reader(app)
    for what in ("answers", "check", "forget"):
        assert one.post(what, json={}).status_code == 404
    assert list(root.iterdir()) == []


def test_it_is_forgotten_on_demand(app, root):
    one = reader(app)
    one.bring(PATIENTS)
    study = one.checked()
    assert one.post("forget").status_code == 200
    assert list(root.iterdir()) == []
    assert csv(one, study).status_code == 400
    assert not [key for key in app.server.extensions["own"]._kept if str(root) in key[0]]


def test_it_is_forgotten_after_eight_hours(app, root, monkeypatch):
    one = reader(app)
    one.bring(PATIENTS)
    study = one.checked()
    own = app.server.extensions["own"]
    now = own.held._clock()
    monkeypatch.setattr(own.held, "_clock", lambda: now + HOURS * 3600 - 60)
    own.tidy()
    assert csv(one, study).status_code == 200
    monkeypatch.setattr(own.held, "_clock", lambda: now + HOURS * 3600 + 60)
    own.tidy()
    assert list(root.iterdir()) == []
    assert csv(one, study).status_code == 400


def test_several_processes_see_the_same(app, root):
    one = reader(app)
    one.bring(PATIENTS)
    study = one.checked()
    other = application.create_app(Settings())
    other.server.extensions["own"].held = Held(root)
    cookie = one.client.get_cookie("cohort-own")
    client = other.server.test_client()
    client.set_cookie("cohort-own", cookie.value)
    assert client.get(f"/download/survival-summary.csv?study={study}").status_code == 200


def test_uploads_can_be_taken_away():
    app = application.create_app(Settings(uploads=False))
    one = reader(app)
    assert one.get("/uploads").status_code == 404
    assert one.bring(PATIENTS).status_code in (404, 405)
    assert "Your data" not in one.get("/").text
    assert one.get("/your-data").status_code == 404
    assert read_settings({"UPLOADS": "off"}) == Settings(uploads=False)
    assert read_settings({"UPLOADS": "on"}) == Settings()
    with pytest.raises(ValueError, match="UPLOADS is “maybe”"):
        read_settings({"UPLOADS": "maybe"})


def test_the_page_is_there(app):
    one = reader(app)
    assert one.get("/your-data").status_code == 200
    assert "Your data" in one.get("/").text
    assert "your-data-place" in view_of(app, one.client, "/your-data")["frame"]["page"]


def test_a_place_is_emptied_when_its_process_is_gone(tmp_path, monkeypatch):
    left = tmp_path / f"{held_module.PREFIX}4194303-abc"
    left.mkdir()
    alive = tmp_path / f"{held_module.PREFIX}1-abc"
    alive.mkdir()
    made = new_held(tmp_path)
    assert not left.exists()
    assert alive.exists()
    # Nothing is written before something is brought.
    assert not made.root.exists()
    made.add(made.place("token"), "a.csv", iter([b"a"]))
    assert made.root.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("..\\..\\a.csv", "a.csv"),
        ("/etc/x.csv", "x.csv"),
        (".hidden", "hidden.txt"),
        ("", "table.txt"),
        ("...", "table.txt"),
        ("a\0b.csv", "ab.csv"),
        ("study.toml", "table-study.toml"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
        ("Exportação 2019.xlsx", "Exportação 2019.xlsx"),
        ("a:b*c?.csv", "a_b_c_.csv"),
    ],
)
def test_a_name_leads_nowhere(app, root, name, kept):
    assert file_name(name) == kept
    one = reader(app)
    assert one.bring(PATIENTS, name).status_code in (200, 422)
    inside = [path for path in root.rglob("*") if path.is_file() and path.name != "born"]
    assert [path.name for path in inside] == [kept]


def test_two_at_once_do_not_mix(app, root):
    readers = [reader(app) for _ in range(4)]
    texts = [PATIENTS.replace("412", str(400 + i)) for i in range(4)]
    studies = {}

    def go(i: int) -> None:
        readers[i].bring(texts[i])
        studies[i] = readers[i].checked()

    threads = [threading.Thread(target=go, args=(i,)) for i in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(studies.values())) == 4
    for i in range(4):
        held = app.server.extensions["own"].held
        place = held.place(readers[i].client.get_cookie("cohort-own").value)
        assert place.files[0].read_text("utf-8") == texts[i]


def test_a_file_comes_while_others_come_and_go(tmp_path):
    held = Held(tmp_path)
    over = threading.Event()

    def come_and_go() -> None:
        turn = 0
        while not over.is_set():
            turn += 1
            other = held.place(f"other {turn % 3}")
            held.add(other, "a.csv", iter([b"a"]))
            held.keep_study(other, lambda path: path.mkdir(parents=True))
            held.forget(other)

    beside = threading.Thread(target=come_and_go)
    beside.start()
    try:
        mine = held.place("mine")
        for turn in range(300):
            held.add(mine, "a.csv", iter([str(turn).encode()]))
            assert [one.read_text() for one in mine.files] == [str(turn)]
    finally:
        over.set()
        beside.join()


def test_data_sets_of_adam_are_dropped_together(app, root):
    one = reader(app)
    for path in sorted(FORMATS.joinpath("adam").glob("*.csv")):
        answer = one.bring(path.read_bytes(), path.name)
    assert "These are ADaM data sets" in answer.text
    one.say(title="Trial X1")
    study = one.checked()
    assert csv(one, study).status_code == 200
    answer = one.get("/uploads/folder.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert "trial-x1/adtte.csv" in archive.namelist()
        text = archive.read("trial-x1/study.toml").decode()
    assert tomllib.loads(text) == {
        "id": "trial-x1",
        "title": "Trial X1",
        "source": {"kind": "adam"},
    }


def test_an_answer_that_names_nothing_changes_nothing(app, root):
    one = reader(app)
    before = one.bring(PATIENTS).text
    assert one.say(nothing="x", os__unit="fortnights", **{"role:nobody": "id"}).text == before
