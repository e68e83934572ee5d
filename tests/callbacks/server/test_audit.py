"""Who looked at what: a line for each view and file, none for the rest, no answer without one."""

from __future__ import annotations

import json
import re

import pytest

import app as application
from callbacks.server import password
from callbacks.server.audit import NOT_WRITTEN, WITHHELD
from callbacks.server.password import password_hash
from settings import read_settings
from tests.callbacks.asking import body
from tests.callbacks.uploads.bringing import PATIENTS, reader
from tests.studies.edges import PATIENTS as EDGES
from tests.studies.edges import TOML

USER = {"X-Remote-User": "anna"}
PROXY = {"AUTH_HEADER": "X-Remote-User", "TRUSTED_PROXIES": "127.0.0.1"}
GUARDED = TOML.replace('id = "edges"', 'id = "guarded"').replace(
    'provenance = "simulated"', 'provenance = "patient data"'
)
GUARDED += "\n[disclosure]\nminimum_cohort = 5\nminimum_cell = 2\n"


class Audited:
    """A server with an audit log."""

    def __init__(self, folder, **settings: str):
        self.path = folder / "audit.jsonl"
        studies = folder / "studies"
        for name, text in (("edges", TOML), ("guarded", GUARDED)):
            (studies / name).mkdir(parents=True)
            (studies / name / "study.toml").write_text(text, "utf-8")
            (studies / name / "patients.csv").write_text(EDGES, "utf-8")
        environ = {"AUDIT_LOG": str(self.path), "STUDIES_DIR": str(studies), **settings}
        self.app = application.create_app(read_settings(environ))
        self.client = self.app.server.test_client()
        self._read = 0

    def new(self) -> list[dict]:
        """The lines that were written since this was asked last."""
        lines = self.path.read_text("utf-8").splitlines()
        new, self._read = lines[self._read :], len(lines)
        return [json.loads(one) for one in new]

    def ask(self, what: str, path: str, headers=USER, **texts):
        pathname, mark, query = path.partition("?")
        data = {"pathname": pathname, "search": f"{mark}{query}", "theme": "light", "key": ""}
        asked = body(self.app, f"{what}-answer.data", {f"{what}-request.data": data | texts})
        return self.client.post("/_dash-update-component", json=asked, headers=headers)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Audited(tmp_path_factory.mktemp("audit"), **PROXY, AUDIT_PURPOSE_HEADER="X-Purpose")


@pytest.fixture
def audited(made):
    made.new()
    return made


def about(line: dict) -> tuple:
    names = ("action", "study", "page", "part", "cohort", "rows", "suppressed", "status")
    return tuple(line[name] for name in names)


def test_a_line_has_all_that_an_administrator_asks_for(audited):
    headers = USER | {
        "X-Request-ID": "abc-1",
        "X-Purpose": "tumour board",
        "X-Forwarded-For": "::1",
    }
    answer = audited.ask("view", "/survival?study=edges&stage=c&by=arm", headers)
    (line,) = audited.new()
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line == {
        "user": "anna",
        "address": "::1",
        "action": "view",
        "study": "edges",
        "asked": None,
        "page": "survival",
        "part": None,
        "cohort": "?study=edges&stage=c",
        "rows": 10,
        "suppressed": False,
        "status": 200,
        "request": "abc-1",
        "purpose": "tumour board",
    }
    assert answer.headers["X-Request-ID"] == "abc-1"


def test_each_kind_of_answer_has_its_line(audited):
    where = "/survival?study=edges&stage=c"
    query = "?study=edges&stage=c"
    audited.ask("view", where)
    audited.ask("drawer", where, wanted="table")
    audited.ask("picture", where, wanted="svg")
    rows = audited.client.get(f"/download/km.csv{query}", headers=USER).text.count("\n") - 1
    audited.client.get(f"/words{where}", headers=USER)
    audited.ask("view", "/your-data?study=edges")
    cohort = ("survival", None, query, 10, False, 200)
    assert [about(one) for one in audited.new()] == [
        ("view", "edges", *cohort),
        ("drawer", "edges", "survival", "table", query, 10, False, 200),
        ("picture", "edges", "survival", "svg", query, 10, False, 200),
        ("download", "edges", "survival", "km.csv", query, rows, False, 200),
        ("words", "edges", *cohort),
        ("view", None, "your-data", None, None, None, False, 200),
    ]


def test_what_was_held_back_says_so_without_a_number(audited):
    """One patient of stage B with a low marker is fewer than five."""
    where = "/survival?study=guarded&stage=b&marker=low"
    query = "?study=guarded&stage=b&marker=low"
    audited.ask("view", where)
    assert audited.client.get(f"/download/km.csv{query}", headers=USER).status_code == 403
    assert audited.client.get(f"/words{where}", headers=USER).status_code == 403
    lines = audited.new()
    assert [(one["rows"], one["suppressed"], one["status"]) for one in lines] == [
        (0, True, 200),
        (0, True, 403),
        (0, True, 403),
    ]
    assert {one["cohort"] for one in lines} == {query}


def test_groups_that_were_left_out_say_so(audited):
    audited.ask("view", "/survival?study=guarded&by=marker")
    (line,) = audited.new()
    assert (line["rows"], line["suppressed"]) == (20, True)


def test_what_is_refused_and_what_is_not_there_have_lines_too(audited):
    audited.client.get("/download/km.csv?study=secret&x=1", headers=USER)
    audited.client.get("/download/nothing.csv", headers=USER)
    audited.ask("view", "/survival?study=secret")
    lines = audited.new()
    assert [(one["action"], one["asked"], one["status"]) for one in lines] == [
        ("download", "secret", 400),
        ("download", None, 400),
        ("view", "secret", 200),
    ]


def test_what_says_nothing_of_a_study_has_no_line(audited):
    for path in ("/", "/survival?study=edges", "/healthz", "/readyz", "/x"):
        audited.client.get(path, headers=USER)
    audited.client.post("/_dash-update-component", json={}, headers=USER)
    assert audited.new() == []


def test_an_id_and_a_purpose_are_believed_from_the_proxy_alone(tmp_path):
    audited = Audited(tmp_path)
    headers = {"X-Request-ID": "mine", "X-Forwarded-For": "192.0.2.1", "X-Remote-User": "me"}
    audited.client.get("/words/survival?study=edges", headers=headers)
    (line,) = audited.new()
    assert re.fullmatch("[0-9a-f]{32}", line["request"])
    assert (line["user"], line["address"]) == (None, "127.0.0.1")
    assert "purpose" not in line


@pytest.mark.parametrize("given", ['a"b', "x" * 129, "a b", ""])
def test_an_id_that_is_none_is_made(audited, given):
    audited.client.get("/words/survival", headers=USER | {"X-Request-ID": given})
    (line,) = audited.new()
    assert re.fullmatch("[0-9a-f]{32}", line["request"])


def test_what_a_reader_brings_is_written_without_names_and_values(audited):
    mine = reader(audited.app, X_Remote_User="anna")
    mine.bring(PATIENTS, "meier-anna-1961.csv")
    mine.say(os__unit="days")
    study = mine.checked()
    mine.get(f"/words/survival?study={study}&stage=c")
    mine.get("/uploads/folder.zip")
    mine.post("forget")
    lines = audited.new()
    assert [(one["action"], one["cohort"], one["status"]) for one in lines] == [
        ("import brought", None, 200),
        ("import checked", None, 200),
        ("words", None, 200),
        ("import folder", None, 200),
        ("import forgotten", None, 200),
    ]
    assert lines[2]["rows"] == 4
    assert "meier" not in json.dumps(lines)


def test_refused_sign_ins_are_counted(audited):
    for _ in range(30):
        audited.client.get("/survival")
        audited.client.get("/survival", headers=USER, environ_base={"REMOTE_ADDR": "192.0.2.7"})
        audited.client.get("/survival", headers={"X-Remote-User": "(null)"})
    lines = audited.new()
    assert [(one["action"], one["reason"], one["address"], one["count"]) for one in lines] == [
        ("refused", "no user", "127.0.0.1", 1),
        ("refused", "not the proxy", "192.0.2.7", 1),
        ("refused", "nobody or several users", "127.0.0.1", 1),
    ]


def test_wrong_passwords_are_lines_without_the_password(tmp_path, monkeypatch):
    hashed = password_hash("the right one", bytes(16))
    monkeypatch.setattr(password, "password_hash", lambda *_: "no")
    audited = Audited(tmp_path, PASSWORD_HASH=hashed)
    for i in range(50):
        audited.client.get("/", auth=("secret-name", f"secret-{i}"))
    # What a browser asks before its user has entered anything is no guess.
    audited.client.get("/")
    lines = audited.new()
    assert [(one["reason"], one["count"]) for one in lines] == [
        ("wrong password", 1),
        ("too many guesses", 1),
    ]
    assert "secret" not in audited.path.read_text("utf-8")


def test_what_cannot_be_written_down_is_not_shown(made, caplog):
    kept = made.path.rename(made.path.with_suffix(".1"))
    made.path.mkdir()
    try:
        for answer in (
            made.ask("view", "/survival?study=edges"),
            made.client.get("/download/km.csv?study=edges", headers=USER),
            made.client.get("/", headers=USER),
        ):
            assert (answer.status_code, answer.text) == (503, f"{WITHHELD}\n")
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        ready = made.client.get("/readyz")
        assert (ready.status_code, ready.text) == (503, f"{NOT_WRITTEN}\n")
        assert made.client.get("/healthz").status_code == 200
        assert caplog.text.count("The audit log cannot be written") == 1
    finally:
        made.path.rmdir()
        kept.rename(made.path)
    # A server that is not ready is asked by nobody: it finds out by itself.
    assert made.client.get("/readyz").text == "OK"
    assert made.new()[-1]["action"] == "log resumed"
    assert made.ask("view", "/survival?study=edges").status_code == 200


def test_a_board_has_a_line_for_each_of_its_views(audited):
    views = ["/survival?study=edges", "/arms?study=guarded", "/survival?study=gone"]
    headers = USER | {"X-Cohort-Explorer": "yes"}
    answer = audited.client.post("/board/pptx", json={"views": views}, headers=headers)
    assert answer.status_code == 200
    lines = audited.new()
    assert [(one["action"], one["page"], one["part"], one["status"]) for one in lines] == [
        ("board", "survival", "pptx", 200),
        ("board", "arms", "pptx", 200),
        ("board", "survival", "pptx", 200),
    ]
    assert [one["study"] for one in lines][:2] == ["edges", "guarded"]
    assert lines[2]["asked"] == "gone"
    assert len({one["request"] for one in lines}) == 1


def test_a_refused_board_and_a_finding_have_a_line(audited):
    assert audited.client.post("/board/pptx", json={}, headers=USER).status_code == 403
    assert audited.client.get("/finding/survival?study=edges", headers=USER).status_code == 200
    refused, finding = audited.new()
    assert (refused["action"], refused["status"]) == ("board", 403)
    assert about(finding)[:3] == ("finding", "edges", "survival")
