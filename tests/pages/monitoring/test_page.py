"""The Monitoring page: its words, tables, file and states."""

from __future__ import annotations

from math import isnan

import pytest

from callbacks.disclosure.about import About, NotShown
from callbacks.disclosure.pages import released
from callbacks.monitoring.page import SERVED
from data.catalog import load_catalog
from layouts.monitoring.tables import boundary_table, monitoring_side, operating_table
from layouts.shared.few import Few
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.disclosure.guarded import write_guarded
from tests.studies.edges import write_studies
from tests.views import PageViews

NCT = "study=nct01900002"
LOOK = Look(LIGHT)


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    return PageViews(load_catalog(write_studies(tmp_path_factory.mktemp("monitoring"))))


def test_toxicity_of_one_arm(views):
    context = views("monitoring", NCT)
    said = SERVED.words(context)
    assert said.sentence.startswith("17 of 34 patients had an adverse event of grade ≥ 3: a rate")
    assert "the rule says stop" in said.sentence
    # What the trial's own rule was nobody printed, and no order is made up.
    assert any("not what stopped" in one for one in said.cautions)
    assert any("order in which the patients were treated" in one for one in said.cautions)
    assert "Beta(0.5, 1.5)" in said.method
    assert "Thall" in said.method
    assert SERVED.finding(context).startswith("The rule chosen here says stop: an adverse event")


def test_one_term_and_the_choices_of_the_rule(views):
    query = f"{NCT}&stop-event=fatigue&stop-rate=5&stop-history=known&stop-cut=90&stop-every=5"
    context = views("monitoring", query)
    assert context.groups[0].share.events == 3
    assert context.limits.n.tolist() == [5, 10, 15, 20, 25, 30, 34]
    assert "fatigue of grade ≥ 3" in SERVED.words(context).sentence
    assert "taken as known exactly" in SERVED.words(context).method


def test_futility_of_two_arms_with_ranges(views):
    context = views("monitoring", "study=soramic&bclc=c")
    assert [one.label for one in context.groups] == ["RE + sorafenib", "Sorafenib"]
    assert context.rule.stops == "below"
    assert "In brackets" in SERVED.words(context).sentence
    rows = list(SERVED.files["monitoring.csv"].rows(context))
    assert len({tuple(row) for row in rows}) == 1
    now = [row for row in rows if row["part"] == "now"]
    assert now[1]["probability_across_low"] < now[1]["probability"]
    assert SERVED.drawn(context).figure is not None
    assert SERVED.picture(context, "svg")["figure"]["data"]


def test_the_tables_say_what_the_rule_is_and_does(views):
    context = views("monitoring", NCT)
    assert "Events that stop" in boundary_table(context)
    assert "3 or more" in monitoring_side(context, LIGHT)
    assert "What the rule does in a trial of 34 patients" in operating_table(context)


def test_nobody_and_nothing_recorded(views):
    empty = views("monitoring", "study=soramic&bclc=c&outside-up-to-7=missing")
    assert empty.obstacle.startswith("No patient passes these filters")
    nothing = views("monitoring", "study=edges")
    assert "neither adverse events nor response" in nothing.obstacle
    for context in (empty, nothing):
        assert not monitoring_side(context, LIGHT)
        assert not operating_table(context)
        assert SERVED.drawn(context) is None
        assert len(list(SERVED.files["monitoring.csv"].rows(context))) == 1
        assert SERVED.show(context, LOOK)["figure"]["data"] == []


def test_an_event_that_there_is_not(views):
    reading = views.read("monitoring", f"{NCT}&stop-event=nonsense")
    options, notes = SERVED.page.read_options(reading.study, reading.view)
    assert options.event == "any"
    assert notes


def test_a_protected_study_tells_no_more_than_safety(tmp_path):
    views = PageViews(load_catalog(write_guarded(tmp_path)))
    study = views.catalog.study("guarded")
    held = told = 0
    for term in (one.id for one in study.adverse_events.terms):
        for cohort in ("", "&bclc=c", "&child-pugh=b"):
            reading = views.read("monitoring", f"study=guarded{cohort}&stop-event={term}")
            about = About(views.memory, study, reading.view)
            context = views("monitoring", f"study=guarded{cohort}&stop-event={term}")
            safety = views("safety", f"study=guarded{cohort}")
            try:
                shown = released(context, about)
                beside = released(safety, About(views.memory, study, safety.view))
            except NotShown:
                continue
            place = [one.id for one in study.adverse_events.terms].index(term)
            severe = beside.counts.with_term(True)[:, place]
            for one, count in zip(shown.groups, severe, strict=True):
                if isinstance(count, Few):
                    assert not one.told
                    assert isnan(one.probability)
                    assert isnan(one.orders)
                    held += 1
                told += one.told
    assert held
    assert told
