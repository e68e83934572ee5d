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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.dashboard import Dashboard, Watch
from tests.browser.tab import Tab

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
FAILED = pytest.StashKey[bool]()


def chromium_path() -> str | None:
    """The browser to drive: as named, else without windows, else the whole."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium-headless-shell") or shutil.which("chromium")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return answer.read() == b"OK"
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def serving(studies_dir: Path, log: Path, **settings: str) -> Iterator[str]:
    """The address of a server that runs as it does for a reader, under gunicorn."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("GUNICORN")}
    environ |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIES_DIR": str(studies_dir)}
    environ |= settings
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
def server(studies_dir, tmp_path_factory):
    """A server over the studies of most tests."""
    with serving(studies_dir, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a process."""
    path = chromium_path()
    if not path:
        pytest.fail("The browser tests need Chromium: install it, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs(chromium, server):
    """The open tabs by colour scheme: a scheme is read when the dashboard is loaded."""
    opened: dict[str, Tab] = {}
    yield lambda scheme: opened.setdefault(scheme, Tab(chromium, server, scheme))
    for tab in opened.values():
        tab.close()


@pytest.fixture
def watch(server) -> Watch:
    """What must not happen while a test runs; see the last lines of ``dashboard``."""
    return Watch(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def open_page(tabs, watch, request):
    """The dashboard on a screen: ``open_page(width=…, height=…, color_scheme=…)``.

    Tests share the tab of a colour scheme, because a new one takes seconds to read the drawing
    library. What a test may leave behind is taken away, or the tab loads the dashboard anew.
    """
    used: list[Tab] = []

    def opened(width: int = 1440, height: int = 900, color_scheme: str = "light") -> Dashboard:
        tab = tabs(color_scheme)
        tab.prepare(width, height)
        watch.over(tab.page)
        used.append(tab)
        return Dashboard(tab)

    yield opened
    for tab in used:
        tab.tidy(failed=FAILED in request.node.stash)
    watch.end()
    found = watch.found()
    assert not found, "\n".join(found)


@pytest.fixture
def dashboard(open_page) -> Dashboard:
    """A dashboard on a desktop screen."""
    return open_page()
