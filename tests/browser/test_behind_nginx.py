"""The dashboard below a path, behind the nginx of docs/operations.md, as a reader meets it."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from base64 import b64encode
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port, serving
from tests.browser.dashboard import PATIENCE, Watch
from tests.browser.nginx import MISSING, PASSWORD, USER, example, in_front_of, nginx_path

PREFIX = "/hcc"
HEADER = "X-Remote-User"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The address of nginx before a server that knows its path."""
    if not nginx_path():
        pytest.fail(MISSING)
    assert f"location {PREFIX}/ {{" in example()
    folder = tmp_path_factory.mktemp("behind")
    settings = {
        "URL_PREFIX": f"{PREFIX}/",
        "AUTH_HEADER": HEADER,
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    with (
        serving(folder, folder / "log.txt", **settings) as behind,
        in_front_of(behind, free_port()) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def signed_in(chromium, proxy):
    """A browser that nginx has let in."""
    who = {"username": USER, "password": PASSWORD}
    context = chromium.new_context(http_credentials=who, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(signed_in, proxy):
    """A tab; nothing is said on its console and nothing asked for outside the path."""
    watch, outside = Watch(proxy), []
    page = signed_in.new_page()
    watch.over(page)
    # The bare path is what a person types.
    page.on(
        "request",
        lambda one: (
            urlsplit(one.url).scheme in ("data", "blob")
            or urlsplit(one.url).path.startswith(f"{PREFIX}/")
            or outside.append(urlsplit(one.url).path)
        ),
    )
    yield page
    watch.end()
    page.close()
    assert watch.found() == []
    assert [one for one in outside if one != PREFIX] == []


def settled(page) -> None:
    expect(page.locator("body:not([data-pending])")).to_be_attached()


def text_of(download) -> str:
    return download.value.path().read_text("utf-8")


def test_a_reader_comes_looks_filters_and_takes_along(page, proxy):
    page.goto(f"{proxy}{PREFIX}?study=soramic")
    settled(page)
    expect(page).to_have_url(f"{proxy}{PREFIX}/?study=soramic")
    expect(page.locator("#overview-sentence")).not_to_be_empty()

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Survival").click()
    expect(page).to_have_url(re.compile(f"^{proxy}{PREFIX}/survival\\?study=soramic"))
    settled(page)
    expect(page.locator("#survival-graph .main-svg").first).to_be_attached()
    everybody = page.locator("#survival-sentence").inner_text()

    page.locator('[data-variable="bclc"] input[value="c"]').check()
    expect(page).to_have_url(re.compile(f"^{proxy}{PREFIX}/survival\\?.*bclc=c"))
    settled(page)
    filtered = page.locator("#survival-sentence").inner_text()
    assert filtered != everybody

    with page.expect_download() as file:
        page.get_by_role("link", name="CSV: Summary").click()
    assert text_of(file).startswith("group,n,events")
    with page.expect_download() as picture:
        page.get_by_role("button", name="SVG", exact=True).click()
    assert text_of(picture).startswith("<svg")

    page.locator('[data-drawer="method"]').click()
    expect(page.locator("#drawer-body a[download='km.csv']")).to_have_attribute(
        "href", re.compile(f"^{PREFIX}/download/")
    )
    page.locator("#drawer-close").click()

    link = page.url
    page.reload()
    settled(page)
    assert page.locator("#survival-sentence").inner_text() == filtered
    assert page.url == link
    page.locator("#glossary-button").click()
    expect(page.locator("#glossary-text dl").first).to_be_attached()
    page.locator("#glossary-close").click()
    page.go_back()
    settled(page)
    assert page.locator("#survival-sentence").inner_text() == everybody


def test_a_file_of_ones_own_larger_than_nginx_takes_by_itself(page, proxy):
    page.goto(f"{proxy}{PREFIX}/safety")
    page.locator("a.own-link").click()
    expect(page.locator("#bring")).to_be_visible()
    # Of no kind that is read, so that no time is spent on it.
    file = {"name": "scan.bin", "mimeType": "application/octet-stream", "buffer": b"\0\1" * 2**20}
    page.locator("#bring").set_input_files(file)
    expect(page.get_by_role("alert").filter(has_text="scan.bin")).to_be_visible()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["path"]) == ("cohort-own", f"{PREFIX}/")


SIGNED_IN = {"Authorization": f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}"}


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and text of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {})) as one:
            return one.status, one.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8")


def test_nobody_comes_by_the_proxy_without_its_leave(proxy):
    assert ask(f"{proxy}{PREFIX}/survival")[0] == 401
    assert ask(f"{proxy}{PREFIX}/survival", {HEADER: "me"})[0] == 401
    assert ask(f"{proxy}/survival")[0] == 404


def test_no_forwarded_header_moves_an_address(proxy):
    said = {
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Prefix": "/elsewhere",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.1",
        "Forwarded": "host=elsewhere.example;proto=https",
    }
    status, page = ask(f"{proxy}{PREFIX}/survival", SIGNED_IN | said)
    assert status == 200
    assert "elsewhere" not in page
    assert f'src="{PREFIX}/assets/' in page


def test_an_address_may_be_as_long_as_without_a_proxy(proxy):
    link = f"{proxy}{PREFIX}/survival?study="
    assert ask(link + "%41" * 2600, SIGNED_IN)[0] == 200
    assert ask(link + "a" * 9000, SIGNED_IN)[0] == 414
