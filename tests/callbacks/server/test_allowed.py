"""A study that somebody may not see is not there for them, by whatever way they ask."""

from __future__ import annotations

import json

import pytest

import app as application
from callbacks import curves
from callbacks.pages import PAGES, SERVED
from callbacks.server.allowed import BROKEN
from settings import read_settings
from tests.callbacks.asking import body
from tests.callbacks.uploads.bringing import PATIENTS, reader
from tests.studies.edges import write_studies

USER, GROUPS = "X-Remote-User", "X-Remote-Groups"
RIGHTS = """\
[every_study]
groups = ["all"]

[studies.soramic]
users = ["anna", "bert"]

[studies.edges]
users = ["anna", "dora"]

[studies.broken]
users = ["anna"]
"""
# Of the same length as the names of those that are hidden.
HIDDEN = (("edges", "sedge"), ("broken", "kenbro"), ("nct01900002", "nct01900003"))


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Changes count at once, and every request looks for them."""
    monkeypatch.setattr("data.live.QUIET", 0.0)
    monkeypatch.setattr("data.live.SHARE", 0.0)


class Server:
    """A server with rights by study, asked as different users."""

    def __init__(self, folder):
        self.studies, self.file = write_studies(folder / "studies"), folder / "access.toml"
        self.file.write_text(RIGHTS, "utf-8")
        self.app = application.create_app(
            read_settings(
                {
                    "AUTH_HEADER": USER,
                    "TRUSTED_PROXIES": "127.0.0.1",
                    "GROUPS_HEADER": GROUPS,
                    "ACCESS_FILE": str(self.file),
                    "STUDIES_DIR": str(self.studies),
                }
            )
        )
        self.client = self.app.server.test_client()

    def get(self, path: str, user: str = "bert", groups: str = ""):
        return self.client.get(path, headers={USER: user, GROUPS: groups})

    def post(self, what: str, path: str, user: str = "bert", groups: str = "", **texts):
        pathname, mark, query = path.partition("?")
        data = {"pathname": pathname, "search": f"{mark}{query}", "theme": "light", "key": ""}
        data |= {"screen": "standard", **texts}
        asked = body(self.app, f"{what}-answer.data", {f"{what}-request.data": data})
        return self.client.post(
            "/_dash-update-component", json=asked, headers={USER: user, GROUPS: groups}
        )

    def view(self, path: str, user: str = "bert", groups: str = "") -> dict:
        answer = self.post("view", path, user, groups)
        return json.loads(answer.text)["response"]["view-answer"]["data"]

    def ready(self) -> tuple[int, str]:
        answer = self.client.get("/readyz")
        return answer.status_code, answer.text.rstrip()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Read only, but for those who take it as ``changed``."""
    return Server(tmp_path_factory.mktemp("rights"))


@pytest.fixture
def changed(server):
    """One whose file a test changes; it is as before afterwards."""
    yield server
    if server.file.is_dir():
        server.file.rmdir()
    server.file.write_text(RIGHTS, "utf-8")


def answers(server: Server, study: str) -> dict[str, tuple]:
    """All that a user gets to see who follows links to a study."""
    asked = {}
    for page in PAGES:
        link = f"/{page.id}?study={study}"
        asked[f"view {page.id}"] = server.post("view", link)
        for name in next(one for one in SERVED if one.page is page).drawers:
            asked[f"drawer {page.id} {name}"] = server.post("drawer", link, wanted=name)
        asked[f"words {page.id}"] = server.get(f"/words/{page.id}?study={study}")
        asked[f"slide {page.id}"] = server.get(f"/board/slide/light/{page.id}?study={study}")
        for file in page.files:
            asked[f"file {file}"] = server.get(f"/download/{file}?study={study}")
    asked["picture"] = server.post("picture", f"/survival?study={study}", wanted="svg")
    asked["glossary"] = server.get(f"/glossary?study={study}")
    asked["your data"] = server.post("view", f"/your-data?study={study}")
    return {
        what: (one.status_code, one.text, sorted(one.headers.items()))
        for what, one in asked.items()
    }


@pytest.mark.parametrize(("hidden", "missing"), HIDDEN)
def test_what_is_hidden_is_answered_as_what_is_not_there(server, hidden, missing):
    for (what, found), expected in zip(
        answers(server, hidden).items(), answers(server, missing).values(), strict=True
    ):
        written = json.loads(json.dumps(expected).replace(missing, hidden))
        assert json.loads(json.dumps(found)) == written, what


@pytest.mark.parametrize(
    ("user", "groups", "seen"),
    [
        ("anna", "", ["soramic", "edges", "broken"]),
        ("bert", "", ["soramic"]),
        ("bert", "other, all", ["nct01900002", "soramic", "edges", "broken"]),
        ("carl", "", []),
    ],
)
def test_the_switcher_holds_what_somebody_may_see(server, user, groups, seen):
    choices = server.view("/", user, groups)["studies"]
    known = ("nct01900002", "soramic", "edges", "broken")
    assert {name for name in known if f'value="{name}"' in choices} == set(seen)


def test_who_may_see_nothing_is_told_whom_to_ask_and_nothing_else(server):
    answer = server.view("/survival?study=soramic", "carl")
    assert "Ask whoever runs this server which studies you may see." in answer["frame"]["page"]
    text = json.dumps(answer)
    for word in ("soramic", "SORAMIC", "edges", "broken", "STUDIES_DIR"):
        assert word not in text.replace('"search": "?study=soramic"', "")
    assert server.get("/download/km.csv", "carl").text == "There is no study on this server.\n"


def test_other_trials_names_no_study_that_is_hidden(server):
    """A published result is quoted from a paper whose study may be on the server."""
    path, title = "/download/context.csv?study=edges", "quoted by the paper of SORAMIC substudy"
    hidden, seen = (server.get(path, user).text for user in ("dora", "anna"))
    assert title in seen
    assert title not in hidden


def test_numbers_are_computed_once_for_all_who_may_see_them(server, monkeypatch):
    times = []
    original = curves.survival_by_group
    monkeypatch.setattr(
        curves, "survival_by_group", lambda *a, **k: times.append(1) or original(*a, **k)
    )
    path = "/survival?study=soramic&endpoint=os&bclc=c&by=none"
    server.view(path, "anna")
    once = len(times)
    server.view(path, "bert")
    assert len(times) == once > 0


def test_what_somebody_brought_is_theirs_beside_what_they_may_see(server):
    mine = reader(server.app, **{USER: "carl"})
    mine.bring(PATIENTS)
    mine.say(os__unit="days")
    study = mine.checked()
    assert mine.get(f"/words/survival?study={study}").status_code == 200
    answer = mine.get(f"/words/survival?study={study}&os=1")
    assert "soramic" not in answer.text.lower()
    assert mine.get("/words/survival?study=soramic").status_code == 400
    other = server.client.get(f"/words/survival?study={study}", headers={USER: "anna"})
    assert other.status_code == 400


def test_rights_change_without_a_restart(changed):
    assert changed.get("/download/km.csv?study=edges").status_code == 400
    changed.file.write_text(RIGHTS + '[studies.nct01900002]\nusers = ["bert"]\n', "utf-8")
    assert changed.get("/download/km.csv?study=nct01900002").status_code == 200
    changed.file.write_text(RIGHTS.replace(', "bert"', ""), "utf-8")
    assert changed.get("/download/km.csv?study=soramic").status_code == 400
    assert changed.get("/download/km.csv?study=soramic", "anna").status_code == 200


@pytest.mark.parametrize("how", ["broken", "gone", "empty", "a folder"])
def test_a_file_that_cannot_be_used_lets_nobody_see_anything(changed, caplog, how):
    assert changed.ready() == (200, "OK")
    changed.file.unlink()
    if how == "a folder":
        changed.file.mkdir()
    elif how != "gone":
        changed.file.write_text("[studies.edges\n" if how == "broken" else "", "utf-8")
    for user, groups in (("anna", ""), ("bert", "all")):
        assert changed.get("/download/km.csv?study=soramic", user, groups).status_code == 400
        assert changed.view("/", user, groups)["key"] == ""
    assert changed.ready() == (503, BROKEN)
    assert "Nobody may see any study. access.toml: " in caplog.text
    if how == "a folder":
        changed.file.rmdir()
    changed.file.write_text(RIGHTS, "utf-8")
    assert changed.get("/download/km.csv?study=soramic", "anna").status_code == 200
    assert changed.ready() == (200, "OK")


def test_a_name_of_no_study_is_said_once_in_the_log(changed, caplog):
    changed.file.write_text(RIGHTS + '[studies.edgse]\nusers = ["anna"]\n', "utf-8")
    for _ in range(3):
        changed.get("/words/survival")
    assert caplog.text.count("access.toml names the study edgse, which is not there.") == 1


def test_a_server_does_not_start_with_a_file_that_cannot_be_used(tmp_path):
    environ = {
        "AUTH_HEADER": USER,
        "TRUSTED_PROXIES": "127.0.0.1",
        "ACCESS_FILE": str(tmp_path / "access.toml"),
    }
    with pytest.raises(ValueError, match=r"^ACCESS_FILE cannot be used. access.toml: the file"):
        application.create_app(read_settings(environ))
