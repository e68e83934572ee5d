"""Every page and every file answers every link, with numbers or with a sentence."""

from __future__ import annotations

import csv
import io
import json

from callbacks.pages import OPTION_NAMES, PAGES
from layouts.frame.shell import request_id, shown_id
from tests.callbacks.asking import body
from tests.fuzz.inputs import Links, drawn, written
from tests.fuzz.watch import MARK, guarded, quiet_log, sound
from tests.views import PANELS

POST = "/_dash-update-component"


def page_body(app, page: str, data: dict, parts: int = 1) -> dict:
    """What the browser asks for a page on which every pattern matches so many parts."""
    name = next(name for name in app.callback_map if f"{shown_id(page)}.data" in name)
    identities = {one.rpartition(".")[0] for one in name.strip(".").split("...") if one[0] == "{"}
    state = {}
    for identity in identities:
        named = {
            key: "numbers" if value == ["ALL"] else value
            for key, value in json.loads(identity).items()
        }
        state[f"{identity}.id"] = [(named, named)] * parts
    return body(app, name, {f"{request_id(page)}.data": data}, state)


def test_pages(dash_app, client, all_studies):
    chance, number = drawn("pages")
    links = Links(all_studies, chance)
    with quiet_log():
        for turn in range(number // 2):
            page = PAGES[turn % len(PAGES)].id
            query = written(links.query(page, chance.choice((0, 0.1, 0.4))), chance)
            data = {
                "pathname": f"/{page}",
                "search": query,
                "theme": "dark",
                "screen": chance.choice(("narrow", "standard", "tall")),
            }
            location = body(dash_app, "rail-key", {"request.data": data}, {"rail-key.data": None})
            # A page of another study may have fewer or more parts than the answer.
            shown = page_body(dash_app, page, data, chance.choice((0, 1, 1, 2)))
            for asked in (location, shown):
                with guarded():
                    answer = client.post(POST, json=asked)
                    sound(answer, query)
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


def test_all_pages_are_asked(dash_app):
    assert set(OPTION_NAMES) == {page.id for page in PAGES}
    for page in OPTION_NAMES:
        asked = page_body(dash_app, page, {"page": page})
        assert asked["changedPropIds"] == [f"{request_id(page)}.data"]
        outputs = [one for one in asked["outputs"] if isinstance(one, dict)]
        assert {"id": shown_id(page), "property": "data"} in outputs
        (request,) = (one for one in asked["inputs"] if one["id"] == request_id(page))
        assert request["value"] == {"page": page}
