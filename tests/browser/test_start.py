"""A dashboard loaded from an address, and what the tests themselves look for and take away."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from callbacks.pages import PAGES
from tests.browser.tab import TOUCHED

SORAMIC = "study=soramic"


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_every_page_starts_from_its_address(dashboard, page_id):
    """Other tests mostly follow links, as a reader does after the first page."""
    dashboard.load(SORAMIC, f"/{page_id}")
    expect(dashboard.page.locator("#pages [aria-current]")).to_have_count(1)


def test_a_word_on_the_console_and_a_request_elsewhere_are_noticed(dashboard, watch):
    dashboard.open(SORAMIC)
    # An address that the security policy refuses, so that nothing is sent.
    dashboard.page.evaluate("console.log('a word'); fetch('http://127.0.0.2/').catch(() => {})")
    dashboard.page.evaluate("setTimeout(() => { throw Error('unforeseen'); })")
    dashboard.nothing_moves()
    found = "\n".join(watch.found())
    for sign in ("console log: a word", "Content Security Policy", "page error: unforeseen"):
        assert sign in found
    watch.listeners["request"](SimpleNamespace(url="http://127.0.0.2/picture"))
    assert "request elsewhere: http://127.0.0.2/picture" in watch.found()
    watch.allow(".")
    assert not watch.found()


def test_what_a_test_leaves_behind_is_taken_away(dashboard):
    tab, page = dashboard.tab, dashboard.page
    dashboard.open(SORAMIC)
    tab.tidy(failed=False)
    assert tab.loaded

    page.get_by_role("button", name="Glossary").click()
    expect(page.get_by_role("dialog", name="Glossary")).to_be_visible()
    tab.tidy(failed=False)
    assert not tab.loaded
    dashboard.open(SORAMIC)
    expect(page.get_by_role("dialog", name="Glossary")).to_be_hidden()

    page.get_by_role("button", name="Change between light and dark").click()
    dashboard.has_theme("dark")
    tab.tidy(failed=False)
    assert not tab.loaded
    dashboard.open(SORAMIC)
    dashboard.has_theme("light")

    page.emulate_media(media="print")
    expect(page.locator(".header")).to_be_hidden()
    tab.tidy(failed=False)
    expect(page.locator(".header")).to_be_visible()
    assert not page.evaluate(TOUCHED)
    tab.tidy(failed=True)
    assert not tab.loaded
