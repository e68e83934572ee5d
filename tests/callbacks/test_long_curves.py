"""Of a large study no page sends more of a curve than can be seen."""

from __future__ import annotations

import json
import re

import pytest

import app as application
from callbacks.pages import PAGES
from layouts.charts.small_curves import SMALL_POINTS
from layouts.charts.thin import MOST_POINTS
from settings import Settings
from tests.bench.large import write_study
from tests.callbacks.asking import view_of

# So many that each arm has more distinct days than points are drawn.
PATIENTS = 9_000
STUDY = f"large-{PATIENTS}-csv"


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    write_study(folder, PATIENTS, events=PATIENTS)
    app = application.create_app(Settings(studies_dir=folder))
    return app, app.server.test_client()


@pytest.mark.parametrize("page", [one.id for one in PAGES])
def test_no_curve_has_more_points_than_can_be_seen(large, page):
    answer = view_of(*large, f"/{page}?study={STUDY}")
    figure = answer["figure"] or {"data": []}
    for trace in figure["data"]:
        # A band goes along its upper and its lower limit, with two corners for each point.
        corners = 4 if trace.get("fill") == "toself" else 1
        assert len(trace.get("x", ())) <= corners * (MOST_POINTS + 2), trace["name"]
    for path in re.findall(r'd="(M[^"]*)"', "".join(answer["places"].values())):
        assert len(re.findall("[HL]", path)) <= SMALL_POINTS + 2
    assert len(json.dumps(answer)) < 1_500_000


def test_the_curves_are_long(large):
    answer = view_of(*large, f"/survival?study={STUDY}&by=arm")
    assert max(len(one["x"]) for one in answer["figure"]["data"]) > MOST_POINTS / 2
