"""Below a path of a name every address is the dashboard's own, and nothing is answered outside."""

from __future__ import annotations

import json
import re
from ipaddress import ip_network
from pathlib import Path

import pytest

from callbacks.pages import SERVED
from callbacks.server.place import OUTSIDE
from layouts.shared.html import link, tag
from layouts.shared.place import below, standing_below
from settings import Settings
from tests.fuzz.test_pages import page_body

ASSETS = Path(__file__).parents[3] / "assets"
PREFIX = "/hospital/hcc"
STUDIES = ("soramic",)
# What differs from one page to the next without any cause.
ANEW = re.compile(r'"end_id":"[^"]*"')


@pytest.fixture(scope="module")
def prefixed(studies_dir):
    """An application below a path."""
    import app

    return app.create_app(Settings(studies_dir=studies_dir, url_prefix=PREFIX))


@pytest.fixture(scope="module")
def below_client(prefixed):
    return prefixed.server.test_client()


def addresses(text: str) -> set[str]:
    """What the HTML of an answer leads to, but for places on the page itself."""
    found = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    return {one for one in found if not one.startswith(("#", "data:"))}


def texts(value: object) -> list[str]:
    """All texts of an answer."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def asked(app, client, page: str, study: str, what: str = "view", **more) -> dict:
    body = page_body(app, page, {"search": f"?study={study}", **more}, what)
    answer = client.post(f"{PREFIX}/_dash-update-component", json=body)
    assert answer.status_code == 200
    return json.loads(answer.text)["response"][f"{what}-answer"]["data"]


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("page", [one.page.id for one in SERVED])
def test_every_address_of_an_answer_is_below_the_path(prefixed, below_client, page, study):
    answer = asked(prefixed, below_client, page, study)
    assert answer["page"] == page
    found = {one for text in texts(answer) for one in addresses(text)}
    found |= {one for one in answer["links"].values() if one != "#"} | {answer["present"]["href"]}
    assert len(found) > sum(not one.page.under for one in SERVED)
    assert [one for one in found if not one.startswith(f"{PREFIX}/")] == []
    assert [one for one in found if one.startswith(PREFIX * 2)] == []


def test_an_address_that_is_written_anew_is_below_it_too(prefixed, below_client):
    body = {"search": "?study=edges", "wanted": "method"}
    answer = asked(prefixed, below_client, "survival", "edges", "drawer", **body)
    assert f'href="{PREFIX}/download/' in answer["body"]


def test_what_answers_lead_to_is_there(prefixed, below_client):
    answer = asked(prefixed, below_client, "survival", "edges")
    found = addresses(answer["frame"]["top"]) | set(answer["links"].values())
    page = below_client.get(f"{PREFIX}/").text
    found |= addresses(page)
    assert any(f"{PREFIX}/_favicon.ico" in one for one in found)
    assert any("plotly-basic" in one for one in found)
    for one in found:
        with below_client.get(one.replace("&amp;", "&")) as answer:
            assert answer.status_code == 200, one


def test_the_page_differs_by_nothing_but_the_path(client, below_client):
    def shown(text: str) -> str:
        return ANEW.sub("", text)

    here = shown(below_client.get(f"{PREFIX}/survival").text)
    escaped = PREFIX.replace("/", "\\u002f")
    assert f'data-below="{PREFIX}"' in here
    here = here.replace(f' data-below="{PREFIX}"', "").replace(escaped, "").replace(PREFIX, "")
    assert here == shown(client.get("/survival").text)


def test_the_bare_path_leads_to_the_dashboard(below_client):
    answer = below_client.get(f"{PREFIX}?study=edges&bclc=a%2Cb")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{PREFIX}/?study=edges&bclc=a%2Cb"


@pytest.mark.parametrize(
    "path",
    ["/", "/survival", "/hospital/", f"{PREFIX}x", "/assets/base.css", f"/{PREFIX}/survival"],
)
def test_outside_is_nothing_but_a_sentence(below_client, path):
    answer = below_client.get(path)
    assert answer.status_code == 404
    assert answer.text == OUTSIDE.format(prefix=PREFIX) + "\n"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_machine_may_ask_at_both_places(below_client, path):
    for place in (path, PREFIX + path):
        answer = below_client.get(place)
        assert (answer.status_code, answer.text) == (200, "OK")


def test_assets_and_libraries_are_kept_as_long_as_without(below_client):
    lifetimes = set()
    for one in addresses(below_client.get(f"{PREFIX}/").text):
        if "/assets/" in one or "/_dash-component-suites/" in one:
            with below_client.get(one) as answer:
                lifetimes.add(answer.headers["Cache-Control"])
    assert lifetimes == {"private, max-age=31536000, immutable"}


def test_who_may_not_look_learns_nothing_outside_either(studies_dir):
    import app

    settings = Settings(
        studies_dir=studies_dir,
        url_prefix=PREFIX,
        auth_header="X-Remote-User",
        trusted_proxies=(ip_network("127.0.0.1"),),
    )
    client = app.create_app(settings).server.test_client()
    for path in ("/", PREFIX, f"{PREFIX}/survival", f"{PREFIX}/assets/base.css"):
        assert client.get(path).status_code == 401, path
        with client.get(path, headers={"X-Remote-User": "me"}) as answer:
            assert answer.status_code != 401, path
    for path in ("/healthz", f"{PREFIX}/healthz"):
        assert client.get(path).status_code == 200


def test_the_cookie_goes_nowhere_else(below_client):
    answer = below_client.post(
        f"{PREFIX}/uploads/files?name=a.csv",
        data=b"id,os,event\n1,3,1\n2,4,0\n",
        headers={"X-Cohort-Explorer": "yes", "Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 200
    assert f"Path={PREFIX}/;" in answer.headers["Set-Cookie"]
    forgotten = below_client.post(f"{PREFIX}/uploads/forget", headers={"X-Cohort-Explorer": "yes"})
    assert f"Path={PREFIX}/" in forgotten.headers["Set-Cookie"]


def test_addresses_are_put_below_where_html_is_written():
    assert str(link("x", href="/a")) == '<a href="/a" data-inside>x</a>'
    with standing_below("/hcc"):
        assert str(link("x", href="/a?b=c&d")) == '<a href="/hcc/a?b=c&amp;d" data-inside>x</a>'
        assert str(tag("a", "x", href="#page")) == '<a href="#page">x</a>'
        assert below("/") == "/hcc/"
    assert below("/") == "/"


def test_no_script_and_no_style_sheet_has_an_address_at_the_root():
    """Style sheets name their neighbours; scripts put what they ask for below the path."""
    calls = re.compile(
        r"""(?:fetch|open|pushState|replaceState|follow)\([^;\n]*?(?<!below\()["'`]/"""
    )
    set_to = re.compile(r"""\.(?:href|src|action)\s*=\s*["'`]/""")
    for path in ASSETS.glob("*.js"):
        text = path.read_text("utf-8")
        assert not calls.search(text), path.name
        assert not set_to.search(text), path.name
    for path in ASSETS.glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?/|@import", path.read_text("utf-8")), path.name
