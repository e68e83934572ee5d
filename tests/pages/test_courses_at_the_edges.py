"""Monitoring, states over time and lasting responses: little to tell, and failures."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.callbacks.asking import failing_app, view_of
from tests.cases import case_views, cases
from tests.views import BY_ID

PAGES = ("monitoring", "states", "lasting")
STUDIES = sorted(one.id for one in cases().studies)


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("page", PAGES)
def test_every_awkward_study_is_answered(page, study):
    served = BY_ID[page]
    context = case_views()(page, f"study={study}")
    said = served.words(context)
    assert said.sentence
    assert said.method
    assert not {"nan", "inf"} & set(said.sentence.lower().replace("(", " ").split())
    assert served.show(context, Look(LIGHT))["figure"]["layout"]
    for file in served.files.values():
        assert len({tuple(row) for row in file.rows(context)}) == 1
    assert served.finding(context)
    served.drawn(context)


@pytest.mark.parametrize("page", PAGES)
def test_a_failure_leaves_no_old_numbers_and_logs_no_value(page, caplog):
    app = failing_app(page, Path("data/studies"), "P17 responded")
    with caplog.at_level(logging.ERROR):
        answer = view_of(app, app.server.test_client(), f"/{page}?study=soramic")
    assert "could not be computed" in answer["places"][f"{page}-sentence"]
    assert answer["figure"]["data"] == []
    assert answer["places"][f"{page}-side"] == ""
    assert "P17" not in caplog.text
