"""Lasting responses: words, table, file, and a worked example by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from callbacks.disclosure.about import About, NotShown
from callbacks.disclosure.pages import released
from callbacks.lasting.arms import arm_of
from callbacks.lasting.page import SERVED
from data.catalog import load_catalog
from layouts.lasting import numbers
from layouts.lasting.table import lasting_table
from layouts.shared.look import Look
from layouts.shared.numbers import by_key
from layouts.shared.theme import DARK, LIGHT
from tests.disclosure.guarded import write_guarded
from tests.studies.edges import write_studies
from tests.views import PageViews

GOLDEN = json.loads(Path("tests/golden/lasting.json").read_text())


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    return PageViews(load_catalog(write_studies(tmp_path_factory.mktemp("lasting"))))


def test_two_arms_with_ranges(views):
    context = views("lasting", "study=soramic")
    said = SERVED.words(context)
    assert said.sentence.startswith("RE + sorafenib: 45 of 73 patients responded")
    assert "In brackets" in said.sentence
    assert "Temkin" in said.method
    assert any("responders only" in one for one in said.cautions)
    assert "Difference" in lasting_table(context, LIGHT)
    rows = list(SERVED.files["response-duration.csv"].rows(context))
    assert len({tuple(row) for row in rows}) == 1
    drawn = SERVED.show(context, Look(DARK))["figure"]["data"]
    # A band and a curve of each arm, and beside them the duration among its responders.
    assert len(drawn) == 6
    lasts = [one for one in drawn if one.get("xaxis") == "x2"]
    for one, arm in zip(lasts, context.arms, strict=True):
        assert one["y"][0] == 100
        assert one["y"][-1] == pytest.approx(100 * arm.duration.survival[-1], abs=1e-3)
    assert SERVED.drawn(context).table is not None
    assert SERVED.picture(context, "svg")["figure"]["data"]


def test_four_patients_by_hand():
    # One responds on day 10 until day 50; one response is dated on the day that it ends on.
    day, end = np.array([10, np.inf, 20, np.inf]), np.array([50.0, 30.0, 20.0, 40.0])
    arm = arm_of("A", 0, day, end, np.ones(4, bool))
    assert arm.responders == 1
    shares = [arm.states.at(one)[0][numbers.IN_RESPONSE] for one in (9, 10, 25, 49, 50)]
    assert shares == pytest.approx([0, 0.25, 0.25, 0.25, 0])
    assert arm.duration.median.value == 40
    found = by_key(numbers.numbers_of([arm], 50))
    assert found[numbers.mean_time(0)].value == pytest.approx(40 / 4)
    assert arm.rise.event_incidence.at(45)[0] == pytest.approx(0.25)


@pytest.mark.parametrize("name", GOLDEN)
def test_responses_of_r(name):
    one = GOLDEN[name]
    day, end = np.array(one["day"], float), np.array(one["end"], float)
    arm = arm_of("A", 0, np.where(day < 0, np.inf, day), end, np.array(one["ended"]) == 1)
    assert arm.responders == one["responders"][0]
    for when, share, se, risen in zip(
        one["days"], one["in_response"], one["se"], one["responded"], strict=True
    ):
        value, error = arm.states.at(when)
        assert value[numbers.IN_RESPONSE] == pytest.approx(share, abs=1e-6)
        assert error[numbers.IN_RESPONSE] == pytest.approx(se, abs=1e-6)
        assert arm.rise.event_incidence.at(when)[0] == pytest.approx(risen, abs=1e-6)
    median = arm.duration.median
    limits = [np.nan if x in (None, "NA") else x for x in one["median"]]
    found = [median.value, median.lower, median.upper]
    assert found == pytest.approx(limits, abs=1e-6, nan_ok=True)
    assert arm.duration.at(one["lasts_at"]).survival == pytest.approx(one["lasts"], abs=1e-6)
    mean = arm.states.mean_time(one["tau"][0])[0][numbers.IN_RESPONSE]
    assert mean == pytest.approx(one["mean"][0], rel=1e-6)


def test_what_a_study_lacks_is_said(views):
    for query, words in (
        ("study=nct01900002", "does not record on which day patients responded"),
        ("study=edges", "has no response to treatment"),
        ("study=soramic&bclc=c&outside-up-to-7=missing", "No patient passes these filters"),
    ):
        context = views("lasting", query)
        assert words in SERVED.words(context).sentence
        assert not lasting_table(context, LIGHT)
        assert SERVED.drawn(context) is None
        assert len(list(SERVED.files["response-duration.csv"].rows(context))) == 1


def test_a_protected_study_shows_no_course(tmp_path):
    views = PageViews(load_catalog(write_guarded(tmp_path)))
    context = views("lasting", "study=guarded")
    with pytest.raises(NotShown):
        released(context, About(views.memory, context.study, context.view))
