"""Callback requests that no browser sends: refused in a sentence, never a server error."""

from __future__ import annotations

import copy
import json
import random

from callbacks.pages import PAGES
from callbacks.server.serving import LARGEST_REQUEST
from tests.fuzz.inputs import Links, drawn, word, written
from tests.fuzz.test_pages import POST, page_body
from tests.fuzz.watch import MARK, guarded, quiet_log, sound

EXPECTED = {200, 204, 400, 413, 415}
VALUES = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    float("nan"),
    float("inf"),
    2**63,
    2**64,
    10**400,
    "",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"id": "request"},
    {"id": {}, "property": "data"},
    [["ALL"]],
    "ALL",
    {"__proto__": {MARK: 1}},
    {"type": "csv", "page": "survival", "file": f"<b>{MARK}"},
    "request.data",
    {"search": {MARK: []}},
    {"search": ["?study=soramic"], "pathname": 1},
    {"pathname": {}},
)
TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "text/html",
    "",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    MARK,
    "application/json\\",
    "application/vnd.api+json",
)


def value(chance: random.Random):
    """Anything JSON can hold, and some of what Python's takes beyond."""
    if chance.random() < 0.5:
        return word(chance)
    if chance.random() < 0.05:
        deep: object = MARK
        for _ in range(chance.choice((10, 200, 600))):
            deep = [deep] if chance.random() < 0.5 else {MARK: deep}
        return deep
    return copy.deepcopy(chance.choice(VALUES))


def places(part, inside=()) -> list[tuple]:
    """Every place of a request, as the keys that lead there."""
    if not isinstance(part, dict | list):
        return [inside]
    found = [inside]
    for key in part if isinstance(part, dict) else range(len(part)):
        found += places(part[key], (*inside, key))
    return found


def spoilt(asked: dict, chance: random.Random):
    """The request with some of its places changed."""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        way = chance.choice(places(asked)[1:] or [("output",)])
        holder = asked
        for key in way[:-1]:
            holder = holder[key]
        kind = chance.choice(("value", "value", "value", "remove", "twice", "more", "wrap", "key"))
        last = way[-1]
        if kind == "remove":
            del holder[last]
        elif kind == "twice" and isinstance(holder, list):
            # The very same: a copy of something as deep would be deeper than Python counts.
            holder.append(holder[last])
        elif kind == "more" and isinstance(holder, dict):
            holder[word(chance)] = value(chance)
        elif kind == "wrap":
            holder[last] = [holder[last]]
        elif kind == "key" and isinstance(holder, dict):
            holder[word(chance)] = holder.pop(last)
        else:
            holder[last] = value(chance)
        if not asked:
            return asked
    return asked


def bodies(app, all_studies, chance: random.Random):
    """Sound requests of all callbacks of the server, one after the other, for ever."""
    links = Links(all_studies, chance)
    while True:
        for page in PAGES:
            query = written(links.query(page.id, 0), chance)
            data = {"search": query, "theme": "light", "screen": "standard", "key": ""}
            yield page_body(app, page.id, data)
            yield page_body(
                app, page.id, data | {"wanted": chance.choice(("svg", "png"))}, "picture"
            )
        for name in ("table", "method"):
            data = {"search": "?study=edges", "wanted": name}
            yield page_body(app, "survival", data, "drawer")


def test_changed_requests(dash_app, client, all_studies):
    chance, number = drawn("requests")
    asked_for = bodies(dash_app, all_studies, chance)
    statuses = []
    with quiet_log():
        for _ in range(number):
            asked = spoilt(json.loads(json.dumps(next(asked_for))), chance)
            sent = json.dumps(asked)
            with guarded():
                answer = client.post(POST, data=sent, content_type="application/json")
                sound(answer, sent)
            statuses.append(answer.status_code)
    assert set(statuses) <= EXPECTED
    # Some are answered and some refused; a test of one kind only would test little.
    assert min(statuses.count(200), statuses.count(400)) > number / 20


def test_changed_bytes(dash_app, client, all_studies):
    chance, number = drawn("bodies")
    asked_for = bodies(dash_app, all_studies, chance)
    with quiet_log():
        for turn in range(number):
            sent = json.dumps(next(asked_for)).encode()
            sent, kind = _spoilt_bytes(sent, chance, turn)
            with guarded():
                answer = client.post(POST, data=sent, content_type=kind)
                sound(answer, (kind, sent[:2000]))
            assert answer.status_code in EXPECTED, (kind, sent[:2000])


def _spoilt_bytes(sent: bytes, chance: random.Random, turn: int) -> tuple[bytes, str]:
    place = chance.randrange(len(sent))
    end = place + chance.choice((0, 1, 1, 20, len(sent)))
    junk = chance.choice(
        (
            b"",
            b"\0",
            b"\xff\xfe",
            b"\xc3",
            b'"',
            b"{",
            b"]",
            b"\\ud800",
            b"\\u0000",
            b"NaN",
            b"9" * 5000,
            b"-",
            b"1e999",
            b"// " + MARK.encode(),
            b'{"a":1,"a":2}',
            bytes(chance.randbytes(12)),
        )
    )
    sent = sent[:place] + junk + sent[end:]
    if turn % 50 == 0:
        sent = chance.choice(
            (
                b"[" * 100_000,
                b'{"a":' * 40_000,
                b"[" * 900 + b"]" * 900,
                b'{"output":' * 900 + b"1" + b"}" * 900,
                b'"' + b"a" * 200_000 + b'"',
                b" " * (LARGEST_REQUEST + 1),
                b"",
                b"null",
                b"[]",
                b"1",
            )
        )
    kind = chance.choice(TYPES) if chance.random() < 0.2 else "application/json"
    return sent, kind
