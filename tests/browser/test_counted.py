"""A study whose patients stay in a database, in a browser: its statements are read and copied."""

from __future__ import annotations

from threading import Thread

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from data.catalog import Catalog
from data.load import load_study
from tests.browser.conftest import free_port
from tests.data.warehouse.in_memory import counted
from tests.pages.counted.both import application_over
from tests.studies.safety import write_events


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The address of a server over a study without its rows."""
    study = load_study(write_events(tmp_path_factory.mktemp("counted")) / "events")
    app = application_over(Catalog((counted(study),), ()))
    server = make_server("127.0.0.1", free_port(), app.server, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_the_statements_of_a_view_are_opened_and_copied_by_keyboard(database, chromium):
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{database}/safety?study=events&stage=b")
    button = page.get_by_role("button", name="How was this computed?")
    button.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="How was this computed?")
    statement = drawer.locator("#statement-1")
    expect(statement).to_contain_text("SELECT")

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    drawer.get_by_role("button", name="Copy statement 1", exact=True).focus()
    page.keyboard.press("Enter")
    expect(drawer.locator(".copied").first).to_have_text("Copied the statement.")
    assert page.evaluate("navigator.clipboard.readText()") == statement.text_content()

    page.keyboard.press("Escape")
    page.get_by_role("link", name="Response").click()
    expect(page.locator("#response-sentence")).to_contain_text("needs patients one by one")
    # The way back has its controls and its button again.
    page.get_by_role("link", name="Safety").click()
    expect(button).to_be_visible()
    assert said == []
    page.close()
