"""Every page and every file answers every link, with numbers or with a sentence."""

from __future__ import annotations

import csv
import io
import json

from callbacks.pages import OPTION_NAMES, PAGES
from tests.callbacks.asking import body
from tests.fuzz.inputs import Links, drawn, written
from tests.fuzz.watch import MARK, guarded, quiet_log, sound
from tests.views import PANELS

POST = "/_dash-update-component"


def page_body(app, page: str, data: dict, what: str = "view") -> dict:
    """What the browser asks for a page: its ``view``, what a ``drawer`` holds, a ``picture``."""
    asked = {f"{what}-request.data": {"pathname": f"/{page}", **data}}
    return body(app, f"{what}-answer.data", asked)


def test_pages(dash_app, client, all_studies):
    chance, number = drawn("pages")
    links = Links(all_studies, chance)
    key = ""
    with quiet_log():
        for turn in range(number // 2):
            page = PAGES[turn % len(PAGES)].id
            query = written(links.query(page, chance.choice((0, 0.1, 0.4))), chance)
            data = {
                "search": query,
                "theme": "dark",
                "screen": chance.choice(("narrow", "standard", "tall")),
                "key": key,
                "wanted": chance.choice(("svg", "png", "table", "method")),
            }
            for what in ("view", chance.choice(("drawer", "picture"))):
                asked = page_body(dash_app, page, data, what)
                with guarded():
                    answer = client.post(POST, json=asked)
                    text = sound(answer, query)
                if what == "view" and answer.status_code == 200:
                    key = json.loads(text)["response"]["view-answer"]["data"]["key"]
                # Halves of characters are refused; all else is answered.
                refused = answer.status_code == 400
                assert refused == (b"\\ud" in json.dumps(data).encode() and _halves(query)), query


def test_files(client, all_studies):
    chance, number = drawn("files")
    links = Links(all_studies, chance)
    full = 0
    with quiet_log():
        for turn in range(number):
            panel = list(PANELS)[turn % len(PANELS)]
            page = PANELS[panel]
            query = written(links.query(page, chance.choice((0, 0, 0.1))), chance)
            # No client can send half of a character as it stands.
            query = query.encode("utf-8", "replace").decode()
            with guarded():
                answer = client.get(f"/download/{panel}.csv{query}")
                text = sound(answer, (panel, query))
            assert answer.status_code in (200, 400), query
            if answer.status_code == 200:
                full += len(_table(text)) > 1
    # Most of the files hold something.
    assert full > number / 5


def _table(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert rows
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if MARK in cell]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
    return rows


def _halves(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def test_all_pages_are_asked(dash_app, client):
    """A request of each kind is one that the server takes for a browser's."""
    assert set(OPTION_NAMES) == {page.id for page in PAGES}
    for page in OPTION_NAMES:
        asked = page_body(dash_app, page, {"search": "?study=soramic", "wanted": "svg"}, "picture")
        assert client.post(POST, json=asked).status_code == 200
        asked = page_body(dash_app, page, {"search": "?study=soramic"})
        answer = json.loads(client.post(POST, json=asked).text)["response"]["view-answer"]["data"]
        assert (answer["page"], answer["search"]) == (page, "?study=soramic")
