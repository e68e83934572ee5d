"""All other paths: nothing that is not meant to be read can be, and nothing fails."""

from __future__ import annotations

import random
from urllib.parse import quote

import pytest

from callbacks.pages import PAGES
from tests.fuzz.inputs import drawn, study_ids, word
from tests.fuzz.watch import MARK, guarded, quiet_log, sound
from tests.views import PANELS

METHODS = ("GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE")
ROOTS = (
    "/",
    "/assets/",
    "/assets/fonts/",
    "/static/",
    "/download/",
    "/_dash-component-suites/",
    "/_dash-component-suites/dash/",
    "/_dash-component-suites/plotly/package_data/",
    "/_dash-component-suites/dash/dcc/",
)
KNOWN = (
    "/",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_reload-hash",
    "/_favicon.ico",
    "/healthz",
    "/readyz",
    "/glossary",
    "/_dash-update-component",
    "/assets/base.css",
    "/robots.txt",
    "/_mcp",
    "/_dash-config",
    "/_alive_",
    "/.env",
    "/.git/config",
)
CLIMBS = (
    "..",
    "%2e%2e",
    "..%2f",
    "%2e%2e%2f",
    "....//",
    "..\\",
    "%5c..",
    "//",
    "\0",
    "%00",
    ".",
    "/etc/passwd",
    "data/studies/soramic/patients.csv",
    "app.py",
    "settings.py",
)
# What may never be read over the server: its sources, and patients row by row.
SECRETS = ("def create_app", "[[endpoints]]", "root:x:0")


def made_up(chance: random.Random, studies: list[str]) -> str:
    """A path with a query, escaped or not."""
    if chance.random() < 0.3:
        path = chance.choice((*KNOWN, *[f"/{page.id}" for page in PAGES]))
    elif chance.random() < 0.2:
        path = f"/download/{chance.choice((*PANELS, word(chance)[:200]))}.csv"
    else:
        steps = [
            chance.choice(CLIMBS) if chance.random() < 0.7 else word(chance)[:300]
            for _ in range(chance.randint(1, 6))
        ]
        path = chance.choice(ROOTS) + "/".join(steps)
    if chance.random() < 0.5:
        path = quote(path, safe="/%", errors="surrogatepass")
    if chance.random() < 0.4:
        study = quote(chance.choice((*studies, word(chance)[:300])), errors="surrogatepass")
        path += f"?study={study}&{quote(word(chance)[:300], errors='surrogatepass')}"
    # What no server hands on: HTTP knows neither blanks nor halves of characters in a path.
    return path.encode("utf-8", "replace").decode().replace(" ", "%20")


# A style sheet that is compressed is closed when nobody holds it any more, and not before.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_paths(client, all_studies):
    chance, number = drawn("paths")
    studies = study_ids(all_studies)
    with quiet_log():
        for _ in range(number):
            path, method = made_up(chance, studies), chance.choice(METHODS)
            headers = {
                "Accept-Encoding": chance.choice(("", "gzip", "br", MARK)),
                "X-Forwarded-For": MARK,
                "Cookie": f"a={MARK}",
            }
            headers |= {"Range": f"bytes={MARK}"} if chance.random() < 0.1 else {}
            with guarded():
                answer = client.open(path, method=method, headers=headers, buffered=True)
                packed = "Content-Encoding" in answer.headers
                text = "" if packed else sound(answer, (method, path))
                answer.close()
            assert answer.status_code < 500, (method, path)
            assert not any(secret in text for secret in SECRETS), path
