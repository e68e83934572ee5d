"""The server's time for every page of the shipped studies, with no view remembered.

What is found once for a study (its sorted data sets, the cells that the publication prints) stays.
A view of SORAMIC with filters also asks the same of its twenty data sets.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from analysis import permutation
from callbacks.memory import Memory
from callbacks.pages import PAGES
from data.catalog import load_catalog
from tests.bench.callback import app_and_memory
from tests.bench.timing import Timing, take_turns, timed
from tests.fuzz.test_pages import page_body

# What is found once for a study and does not depend on a view is kept.
OF_A_STUDY = ("callbacks.stacked", "callbacks.printed", "callbacks.evidence.ask")
SEARCH = {
    "nct01900002": "?study=nct01900002&hepatitis=no-virus-infection",
    "soramic": "?study=soramic&bclc=c&hepatitis-c=no",
}


def measure(seconds: float) -> dict[tuple[str, str], Timing]:
    """Times by page and study."""
    catalog, results = load_catalog(), {}
    app, memory = app_and_memory()
    client = app.server.test_client()
    for page in PAGES:
        contenders = {
            study.id: timed(_view(app, client, page.id, SEARCH[study.id]))
            for study in catalog.studies
        }
        # Forgetting takes time of its own, which is not the page's.
        contenders = {name: _forgetting(memory, run) for name, run in contenders.items()}
        for name, timing in take_turns(contenders, seconds).items():
            results[page.label, name] = timing
    return results


def _view(app, client, page: str, search: str) -> Callable[[], object]:
    data = {"pathname": f"/{page}", "search": search, "theme": "light", "screen": "standard"}
    asked = json.dumps(page_body(app, page, data))

    def work():
        answer = client.post("/_dash-update-component", data=asked, content_type="application/json")
        assert answer.status_code == 200, f"{page}: {answer.status_code}"

    return work


def _forgetting(memory: Memory, run: Callable[[], float]) -> Callable[[], float]:
    def forgotten() -> float:
        memory.forget(*OF_A_STUDY)
        permutation._permuted_positions.cache_clear()
        return run()

    return forgotten
