"""Every page of a study that is counted: it answers, or says in one sentence why it cannot."""

from __future__ import annotations

import pytest

from callbacks.pages import SERVED
from data.catalog import Catalog
from layouts.arms.options import SECTIONS
from tests.callbacks.asking import view_of
from tests.data.warehouse.in_memory import counted
from tests.pages.counted.both import application_over

NEEDS_ROWS = "needs patients one by one"
ROWS_ONLY = {
    "thresholds",
    "along",
    "credibility",
    "states",
    "patient",
    "response",
    "lasting",
    "monitoring",
    "dosimetry",
    "evidence",
}

CONTROLS = ("<button", "<input", "<select")
# Sections of Compare arms, by the file of each.
FILES_OF_ROWS = {"adjusted": "weighted", "time": "effect-over-time", "power": "power"}


@pytest.fixture(scope="module")
def served(all_studies):
    app = application_over(Catalog((counted(all_studies.study("soramic")),), ()))
    return app, app.server.test_client()


def asked(served, page: str, query: str = "study=soramic"):
    """The sentence of a view, what is on its screen, and the status of its words."""
    app, client = served
    places = view_of(app, client, f"/{page}?{query}")["places"]
    status = client.get(f"/words/{page}?{query}").status_code
    return places[f"{page}-sentence"], str(places), status


@pytest.mark.parametrize("one", SERVED, ids=lambda one: one.page.id)
def test_a_page_answers_or_says_why(served, one):
    page = one.page.id
    said, screen, status = asked(served, page)
    if page not in ROWS_ONLY:
        assert NEEDS_ROWS not in said
        assert status == 200
        return
    assert NEEDS_ROWS in said
    assert status == 403
    assert [one for one in CONTROLS if one in screen] == []
    _, client = served
    for panel in one.files:
        for kind in ("csv", "xlsx"):
            found = client.get(f"/download/{panel.removesuffix('.csv')}.{kind}?study=soramic")
            assert found.status_code == 403, (panel, kind)
            assert NEEDS_ROWS in found.get_data(as_text=True)


@pytest.mark.parametrize("show", SECTIONS)
def test_a_section_of_compare_arms_answers_or_says_why(served, show):
    said, screen, status = asked(served, "arms", f"study=soramic&show={show}")
    if show not in FILES_OF_ROWS:
        assert NEEDS_ROWS not in said
        assert status == 200
        return
    assert said.startswith("What is chosen here on the page Compare arms needs patients one by one")
    assert status == 403
    assert [one for one in CONTROLS if one in screen] == []
    _, client = served
    found = client.get(f"/download/{FILES_OF_ROWS[show]}.csv?study=soramic&show={show}")
    assert found.status_code == 403
    assert NEEDS_ROWS in found.get_data(as_text=True)
