"""Any address is read into a view that can be written and read again."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages import OPTION_NAMES
from callbacks.reading import read_request
from data.address import LONGEST_QUERY, address, read_address, search
from tests.fuzz.inputs import NUMBERS, TIMES, Links, drawn, word, written
from tests.fuzz.watch import guarded

LONGEST_NOTE = 200


def check(reading, catalog) -> None:
    """What must hold of any reading."""
    assert all(len(note) < LONGEST_NOTE for note in reading.notes)
    json.dumps(reading.notes, ensure_ascii=False).encode()
    if reading.view is None:
        assert reading.broken is not None
        return
    view, study = reading.view, reading.study
    assert view.page in OPTION_NAMES
    assert study.endpoint(view.endpoint)
    assert study.analysis_set(view.cohort.analysis_set)
    link = search(view, study)
    link.encode("ascii")
    again = read_address(f"/{view.page}", link, catalog, OPTION_NAMES)
    if len(link) <= LONGEST_QUERY:
        assert (again.view, again.study, again.notes) == (view, study, ())
        assert address(again.view, study) == address(view, study)


def test_made_up_addresses(all_studies):
    chance, number = drawn("addresses")
    links = Links(all_studies, chance)
    for _ in range(number):
        page = links.page() if chance.random() < 0.9 else word(chance)
        parts = links.query(page if page in OPTION_NAMES else "survival", chance.choice((0.1, 0.9)))
        text = written(parts, chance)
        if chance.random() < 0.2:
            text = text[: chance.randrange(len(text))] + chance.choice(("&", "%", "%f", "=", "&&"))
        with guarded():
            check(read_address(f"/{page}", text, all_studies, OPTION_NAMES), all_studies)


def test_what_controls_write_is_understood(all_studies):
    """The generator makes sound links too, without which the other tests would test little."""
    chance, _ = drawn("addresses")
    links = Links(all_studies, chance)
    noted = 0
    for _ in range(200):
        page = links.page()
        reading = read_address(
            f"/{page}", written(links.query(page, 0), chance), all_studies, OPTION_NAMES
        )
        noted += bool(reading.notes)
    assert noted < 20


@given(pathname=st.text() | st.none(), query=st.text() | st.none())
@settings(deadline=None, max_examples=round(NUMBERS["round trips"] * TIMES), derandomize=True)
def test_any_text_as_an_address(all_studies, pathname, query):
    with guarded():
        check(read_address(pathname, query, all_studies, OPTION_NAMES), all_studies)
        data = {"pathname": pathname, "search": query, "theme": query}
        read_request(data, all_studies, OPTION_NAMES)
