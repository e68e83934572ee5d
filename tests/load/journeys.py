"""What readers do: open the dashboard, change one thing a second, at times another page."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from callbacks.pages import OPTION_NAMES, PAGES
from callbacks.reading import study_key
from data.address import Reading, read_address
from data.catalog import Catalog
from tests.fuzz.inputs import Links, written
from tests.fuzz.test_pages import page_body

ANOTHER_PAGE, ANOTHER_STUDY, TAKEN_OFF = 0.1, 0.03, 0.35
MOST_PARTS = 4
# Once the page is there; libraries and style sheets are kept by the browser from an earlier visit.
OPENING = ("/", "/_dash-layout", "/_dash-dependencies")


@dataclass(frozen=True)
class Click:
    """What a browser asks after one click: one request, named after the page."""

    page: str
    sent: bytes


def journeys(app, catalog: Catalog, readers: int, clicks: int, seed: int) -> list[list[Click]]:
    """The clicks of each reader."""
    chance = random.Random(seed)
    links = Links(catalog, chance)
    return [_journey(app, catalog, links, clicks, chance) for _ in range(readers)]


def _journey(app, catalog: Catalog, links: Links, clicks: int, chance) -> list[Click]:
    page, key, made = chance.choice(PAGES).id, "", []
    parts = {"study": chance.choice(catalog.studies).id}
    for _ in range(clicks):
        query = written(parts, random.Random(0))
        reading = read_address(f"/{page}", query, catalog, OPTION_NAMES)
        click, key = _click(app, page, query, reading, key)
        made.append(click)
        page, parts = _changed(links, page, parts, catalog, chance)
    return made


def _click(app, page: str, query: str, reading: Reading, key: str) -> tuple[Click, str]:
    data = {"search": query, "theme": "light", "screen": "standard", "key": key}
    asked = page_body(app, page, data)
    return Click(page, json.dumps(asked).encode()), shown_key(reading)


def shown_key(reading: Reading) -> str:
    """What the server answers as the state for which filters and page on the screen were made."""
    view = reading.view
    return f"{study_key(reading.study)}/{view.cohort.analysis_set}/{view.page}"


def _changed(links: Links, page: str, parts: dict, catalog: Catalog, chance: random.Random):
    """Page and query after one more click."""
    if chance.random() < ANOTHER_STUDY:
        return page, {"study": chance.choice(catalog.studies).id}
    if chance.random() < ANOTHER_PAGE:
        # A tab keeps study, filters and endpoint.
        other = chance.choice(PAGES).id
        options = OPTION_NAMES[page]
        return other, {name: text for name, text in parts.items() if name not in options}
    names = [name for name in parts if name != "study"]
    if names and (len(names) >= MOST_PARTS or chance.random() < TAKEN_OFF):
        gone = chance.choice(names)
        return page, {name: text for name, text in parts.items() if name != gone}
    wanted = links.query_of(catalog.study(parts["study"]), page, 0)
    fresh = [name for name in wanted if name != "study"]
    if not fresh:
        return page, parts
    name = chance.choice(fresh)
    return page, parts | {name: wanted[name]}
