"""The states page: its words, table, file and states."""

from __future__ import annotations

import pytest

from callbacks.disclosure.about import About, NotShown
from callbacks.disclosure.pages import released
from callbacks.states.page import SERVED
from data.catalog import load_catalog
from layouts.shared.look import Look
from layouts.shared.numbers import by_key
from layouts.shared.theme import DARK, LIGHT
from layouts.states import numbers
from layouts.states.table import states_table
from tests.disclosure.guarded import write_guarded
from tests.studies.edges import write_studies
from tests.views import PageViews


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    return PageViews(load_catalog(write_studies(tmp_path_factory.mktemp("states"))))


def test_two_arms_with_ranges(views):
    context = views("states", "study=soramic")
    assert [one.label for one in context.arms] == ["RE + sorafenib", "Sorafenib"]
    said = SERVED.words(context)
    assert "In brackets: range across 20 data sets" in said.sentence
    # Every data set is followed for as long as means are taken.
    assert "not estimable" not in said.sentence
    assert "Aalen–Johansen" in said.method
    assert "infinitesimal-jackknife" in said.method
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    for place in (0, 1):
        days = sum(found[numbers.mean_time(place, state)].value for state in range(3))
        assert days == pytest.approx(context.tau)
    first, second = (found[numbers.mean_time(one.position, 0)].value for one in context.arms)
    assert found[numbers.difference(0)].value == pytest.approx(first - second)
    table = states_table(context, LIGHT)
    assert "Alive after progression" in table
    assert "Difference, RE + sorafenib against Sorafenib" in table
    rows = list(SERVED.files["states.csv"].rows(context))
    assert len({tuple(row) for row in rows}) == 1
    assert len([row for row in rows if row["part"] == "mean"]) == 6
    assert SERVED.drawn(context).figure.axis.high * numbers.MONTH >= context.tau
    assert SERVED.picture(context, "png")["figure"]["data"]


def test_one_arm_has_nothing_to_compare(views):
    context = views("states", "study=nct01900002")
    assert len(context.arms) == 1
    assert "Difference" not in states_table(context, LIGHT)
    assert SERVED.finding(context).startswith("Illustrative: of 40.8 months")
    assert len(SERVED.show(context, Look(DARK))["figure"]["data"]) == 3


def test_nobody_and_a_study_without_the_endpoints(views):
    nobody = views("states", "study=soramic&bclc=c&outside-up-to-7=missing")
    assert nobody.obstacle.startswith("No patient passes these filters")
    without = views("states", "study=edges")
    assert "does not name endpoints of death alone" in without.obstacle
    for context in (nobody, without):
        assert not states_table(context, LIGHT)
        assert SERVED.drawn(context) is None
        assert SERVED.show(context, Look(LIGHT))["figure"]["data"] == []
        assert len(list(SERVED.files["states.csv"].rows(context))) == 1


def test_a_protected_study_shows_no_course(tmp_path):
    views = PageViews(load_catalog(write_guarded(tmp_path)))
    context = views("states", "study=guarded")
    with pytest.raises(NotShown):
        released(context, About(views.memory, context.study, context.view))
