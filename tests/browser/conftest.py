"""A real server and a real browser; a word on the console or a request elsewhere fails a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.dashboard import Dashboard, Watch

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return answer.read() == b"OK"
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture(scope="session")
def server(studies_dir, tmp_path_factory):
    """The address of a server that runs as it does for a reader, under gunicorn."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("GUNICORN")}
    environ |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIES_DIR": str(studies_dir)}
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:server"],
            cwd=ROOT,
            env=environ,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            end = time.monotonic() + PATIENCE
            while not _healthy(address):
                if process.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"The server does not answer:\n{log.read_text()}")
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; each test has a context of its own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("The browser tests need Chromium: install it, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch(server) -> Watch:
    """What must not happen while a test runs; see the last lines of ``dashboard``."""
    return Watch(server)


@pytest.fixture
def open_page(chromium, server, watch):
    """Open a dashboard in a context of its own: ``open_page(width=…, height=…, …)``."""
    contexts = []

    def opened(width: int = 1440, height: int = 900, **options) -> Dashboard:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            accept_downloads=True,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        watch.over(page)
        return Dashboard(page, server)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def dashboard(open_page) -> Dashboard:
    """A dashboard on a desktop screen."""
    return open_page()


@pytest.fixture(autouse=True)
def nothing_on_the_console_and_no_request_elsewhere(watch):
    yield
    found = watch.found()
    assert not found, "\n".join(found)
