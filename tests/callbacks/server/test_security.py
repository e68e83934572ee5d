"""What every answer says about itself, and what is said when there is none."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import logging
import re
import shutil
from types import MappingProxyType

import brotli
import pytest
from dash.fingerprint import check_fingerprint

import app as application
from callbacks.pages import PAGES
from callbacks.server import errors, security
from callbacks.server.serving import Compressed, part_of_program
from settings import Settings
from tests.callbacks.asking import body
from tests.studies.edges import write_studies

VIEW = {"pathname": "/survival", "search": "?study=soramic", "theme": "light", "screen": "standard"}
FINGERPRINTED = r'src="(/_dash-component-suites/[^"]*renderer[^"]*)"'


def callback(app, client):
    asked = body(app, "view-answer.data", {"view-request.data": VIEW})
    return client.post("/_dash-update-component", json=asked)


def library(client) -> str:
    return re.search(FINGERPRINTED, client.get("/").text)[1]


def style_sheet(client) -> str:
    return re.search(r'href="(/assets/[^"]*css[^"]*)"', client.get("/").text)[1]


# Every kind of answer there is, with its status.
ANSWERS = MappingProxyType(
    {
        "page": (200, lambda app, client: client.get("/survival?study=soramic")),
        "no page": (404, lambda app, client: client.get("/wp-admin.php")),
        "callback": (200, callback),
        "layout": (200, lambda app, client: client.get("/_dash-layout")),
        "dependencies": (200, lambda app, client: client.get("/_dash-dependencies")),
        "file": (200, lambda app, client: client.get("/download/km.csv?study=soramic")),
        "no file": (400, lambda app, client: client.get("/download/none.csv")),
        "health": (200, lambda app, client: client.get("/healthz")),
        "readiness": (200, lambda app, client: client.get("/readyz")),
        "style sheet": (200, lambda app, client: client.get(style_sheet(client), buffered=True)),
        "no style sheet": (404, lambda app, client: client.get("/assets/none.css")),
        "library": (200, lambda app, client: client.get(library(client))),
        "no library": (404, lambda app, client: client.get("/_dash-component-suites/none/<b>.js")),
        "wrong method": (405, lambda app, client: client.post("/survival")),
        "too large": (
            413,
            lambda app, client: client.post(
                "/_dash-update-component", data=b"x" * 300_000, content_type="application/json"
            ),
        ),
        "no JSON": (
            400,
            lambda app, client: client.post(
                "/_dash-update-component", data=b"{", content_type="application/json"
            ),
        ),
        "not what Dash sends": (
            400,
            lambda app, client: client.post("/_dash-update-component", json={"output": "none"}),
        ),
    }
)


@pytest.fixture(params=ANSWERS)
def answered(request, dash_app, client):
    """One kind of answer: its name and what came."""
    status, ask = ANSWERS[request.param]
    answer = ask(dash_app, client)
    assert answer.status_code == status
    return request.param, answer


def test_every_answer_has_every_header(answered):
    _, answer = answered
    for name, value in security.HEADERS.items():
        assert answer.headers.getlist(name) == [value]
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1
    assert "Set-Cookie" not in answer.headers


def test_nothing_about_a_study_is_kept_by_a_browser(answered):
    name, answer = answered
    kept = {"style sheet", "library"}
    expected = security.FOR_A_YEAR if name in kept else "no-store"
    assert answer.headers.getlist("Cache-Control") == [expected]


def test_what_fails_fails_in_a_plain_sentence(answered):
    name, answer = answered
    if answer.status_code < 400 or name == "no page":
        return
    assert answer.mimetype == "text/plain"
    assert "Traceback" not in answer.text
    assert "<" not in answer.text
    assert answer.text.count("\n") == 1


def directives(answer) -> dict[str, list[str]]:
    policy = answer.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def test_the_policy_allows_this_server_and_nothing_else(client):
    policy = directives(client.get("/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"][0] == "'self'"
    everything = {source for sources in policy.values() for source in sources}
    hashes = {source for source in everything if source.startswith("'sha256-")}
    assert everything - hashes == {"'none'", "'self'", "data:", "blob:", "'unsafe-inline'"}
    assert [name for name, sources in policy.items() if "'unsafe-inline'" in sources] == [
        "style-src"
    ]


def test_the_policy_has_the_hash_of_every_script_in_the_page_and_no_other(dash_app, client):
    answer = client.get("/")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.text, re.S)
    inline = [
        text
        for attributes, text in scripts
        if "src=" not in attributes and "json" not in attributes
    ]
    hashed = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in inline
    ]
    assert directives(answer)["script-src"][1:] == hashed == dash_app.csp_hashes()
    assert len(hashed) == 1


def test_no_page_has_a_handler_within_a_tag(client):
    assert not re.search(r"<[^>]* on[a-z]+=|javascript:", client.get("/").text)


# ---- pages


@pytest.mark.parametrize("page", ["", *(page.id for page in PAGES)])
@pytest.mark.parametrize("end", ["", "/"])
def test_a_page_is_found(client, page, end):
    answer = client.get(f"/{page}{end}" if page else "/")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/wp-admin.php", "/nowhere", "/survival/more", "/.env", "/SURVIVAL", "/_dash", "/a%2e"]
)
def test_what_is_no_page_gets_the_page_with_its_note_and_status_404(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "HCC Cohort Explorer" in answer.text
    assert "_dash-config" in answer.text


# ---- what may be kept


def test_only_names_that_change_with_their_content_are_kept_for_a_year(client):
    path = library(client)
    plain, fingerprinted = check_fingerprint(path)
    assert fingerprinted
    assert client.get(plain).headers["Cache-Control"] == "private, no-cache"
    sheet = style_sheet(client)
    assert (
        client.get(sheet.split("?")[0], buffered=True).headers["Cache-Control"]
        == "private, no-cache"
    )
    font = client.get("/assets/fonts/inter-latin-wght-normal.woff2", buffered=True)
    assert font.headers["Cache-Control"] == security.FOR_A_WEEK


@pytest.mark.parametrize(("kind", "open_"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_answers_travel_compressed_and_are_the_same(client, kind, open_):
    for path in ("/download/km.csv?study=soramic", "/_dash-layout", "/_dash-dependencies"):
        for _ in range(2):
            answer = client.get(path, headers={"Accept-Encoding": kind})
            assert answer.headers["Content-Encoding"] == kind
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert open_(answer.data) == client.get(path).data


def test_a_browser_that_has_a_library_is_told_so(client):
    path, _ = check_fingerprint(library(client))
    headers = {"Accept-Encoding": "gzip"}
    first = client.get(path, headers=headers)
    again = client.get(path, headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_only_libraries_are_kept_compressed_and_each_once(dash_app, client):
    def key(path: str) -> str:
        with dash_app.server.test_request_context(path) as context:
            return part_of_program(context.request)

    kept = Compressed()
    for path in (
        "/",
        "/_dash-layout",
        "/_dash-update-component",
        "/download/km.csv",
        "/assets/base.css",
    ):
        kept.set(f"gzip;{key(path)}", b"about somebody")
        assert kept.get(f"gzip;{key(path)}") is None
    start = "/_dash-component-suites/dash/dcc"
    kept.set(f"gzip;{key(f'{start}/all.v1_2m3.js')}", b"library")
    assert kept.get(f"gzip;{key(f'{start}/all.v9_9mabc.js')}") == b"library"
    assert kept.get(f"br;{key(f'{start}/all.js')}") is None


# ---- what goes wrong


def test_an_error_says_where_and_never_what(studies_dir, caplog, monkeypatch):
    app = application.create_app(Settings(studies_dir=studies_dir))
    client = app.server.test_client()

    def fails(*_):
        raise ValueError("patient SECRET-7 is 52 years old")

    monkeypatch.setattr("callbacks.location.rail_state", fails)
    with caplog.at_level(logging.DEBUG):
        answer = callback(app, client)
    assert (answer.status_code, answer.text) == (500, f"{errors.FAILED}\n")
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert re.search(r"ValueError at .*callbacks/location\.py:\d+", record.getMessage())
    assert "SECRET" not in caplog.text
    assert "soramic" not in caplog.text


def test_an_unknown_library_is_not_quoted(client):
    answer = client.get("/_dash-component-suites/<script>alert(1)</script>/x.js")
    assert answer.status_code == 404
    assert "script" not in answer.text


def test_a_wrong_method_says_which_are_right(client):
    assert "GET" in client.post("/healthz").headers["Allow"]


# ---- readiness


def test_ready_says_that_studies_are_loaded(client):
    assert client.get("/readyz").text == "OK"


def test_not_ready_without_any_study(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "data.catalog.load_catalog.__defaults__", (None, tmp_path, frozenset(), None, None)
    )
    app = application.create_app(Settings())
    answer = app.server.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.text.startswith("No study could be loaded.")
    assert app.server.test_client().get("/healthz").text == "OK"


def ready(folder):
    return application.create_app(Settings(studies_dir=folder)).server.test_client().get("/readyz")


def test_not_ready_while_the_folder_of_further_studies_cannot_be_used(tmp_path):
    (tmp_path / "empty").mkdir()
    assert ready(tmp_path / "empty").status_code == 200, "a hospital may have none yet"
    write_studies(tmp_path / "some")
    assert ready(tmp_path / "some").status_code == 200, "one of two can be shown"
    shutil.rmtree(tmp_path / "some" / "edges")
    (tmp_path / "file").write_text("")
    for folder in ("nowhere", "file", "some"):
        answer = ready(tmp_path / folder)
        assert answer.status_code == 503
        assert answer.text.startswith("The hospital's own studies cannot be shown")
        assert "broken" not in answer.text


def test_readiness_names_no_study(client, all_studies):
    """It is open to everybody, and names of broken folders may say more than they should."""
    words = json.dumps([client.get("/readyz").text, client.get("/healthz").text])
    assert not [one.id for one in (*all_studies.studies, *all_studies.broken) if one.id in words]


def test_a_part_of_a_library_that_was_left_out_is_not_there(client, monkeypatch):
    """The image has no maps for debuggers; Dash knows their names all the same."""
    path = "/_dash-component-suites/dash/dcc/dash_core_components.js.map"
    assert client.get(path).status_code == 200

    def left_out(package: str, name: str) -> bytes:
        raise FileNotFoundError(name)

    monkeypatch.setattr("pkgutil.get_data", left_out)
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (404, f"{errors.SENTENCES[404]}\n")
