"""All endpoints side by side: what is said, drawn and held back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import default_view
from data.catalog import load_catalog
from data.minima import Disclosure
from layouts.endpoints.context import EndpointsContext
from layouts.endpoints.words import cautions, sentence
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.callbacks.asking import picture_of, view_of
from tests.cases import case_views
from tests.trees import named, parsed, text, with_class, with_prop
from tests.views import BY_ID, PageViews

SERVED = BY_ID["endpoints"]


@pytest.fixture(scope="module")
def pages(all_studies) -> PageViews:
    return PageViews(all_studies)


def ask(pages, query: str) -> EndpointsContext:
    return pages("endpoints", query)


def said(context: EndpointsContext) -> str:
    return sentence(context).replace("\u00a0", " ")


def table_of(context: EndpointsContext):
    return parsed(SERVED.show(context, Look(LIGHT))["table"])


def test_the_sentence_says_which_intervals_exclude_one(pages):
    words = said(ask(pages, "study=soramic"))
    first, second = words.split("; the interval includes 1 for ")
    assert first.startswith("With RE + sorafenib against sorafenib, the hazard ratio is below 1")
    assert [name in first for name in ("PFS 0.69", "TTP 0.52", "hepatic PFS 0.67")] == [True] * 3
    assert [name in second for name in ("OS 0.95", "post-progression survival 1.04")] == [True] * 2
    assert "which shows neither a difference nor that there is none" in second
    assert "no difference" not in words


def test_what_the_data_sets_do_not_agree_on_comes_first(pages):
    words = said(ask(pages, "study=soramic&bclc=c"))
    assert words.startswith(
        "The publication does not decide whether the interval excludes 1 for PFS or hepatic PFS. "
    )


def test_endpoints_are_not_so_many_findings(pages):
    first, selected, *_ = cautions(ask(pages, "study=soramic"))
    assert first.startswith("5 endpoints of the same patients depend on each other")
    assert first.endswith("The study does not declare which of them was primary.")
    assert "only of patients who progressed: 116 of 177" in selected
    assert "selected by what happened during treatment" in selected


def test_a_declared_primary_endpoint_is_said(all_studies):
    study = all_studies.study("soramic")
    endpoints = tuple(replace(one, primary=one.id == "os") for one in study.endpoints)
    study = replace(study, endpoints=endpoints)
    view = default_view(study, "endpoints")
    context = SERVED.ask(Memory((study,)), study, view, None)
    assert "OS was the primary one" in cautions(context)[0]
    names = with_class(table_of(context), "name")
    assert [text(one) for one in names if "primary endpoint" in text(one)] == [
        "OSOverall survivalprimary endpoint"
    ]


def test_every_panel_opens_its_survival_view(pages):
    tree = table_of(ask(pages, "study=soramic&bclc=c&by=cirrhosis"))
    ways = [one["href"] for one in named(tree, "a")]
    of = "/survival?study=soramic&endpoint={}&by=cirrhosis&bclc=c"
    first = of.format("pfs").replace("&endpoint=pfs", "")
    expected = [first, *(of.format(name) for name in ("os", "ttp", "hepatic-pfs", "pps"))]
    assert ways == [one for one in expected for _ in range(2)]
    assert all("data-inside" in one for one in named(tree, "a"))


def test_one_axis_of_time(pages):
    tree = table_of(ask(pages, "study=soramic"))
    panels = [text(with_class(one, "axis")[0]) for one in with_class(tree, "panel")]
    assert len(panels) == 5
    assert len(set(panels)) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("study=nct01900002", "The median was 10.15 months (95 % CI 5.85–14.85) for PFS"),
        ("study=soramic&by=none", "The median was 6.2 months (95 % CI 4.9–7.8) for PFS"),
        ("study=soramic&arm=sorafenib", "The median with sorafenib was 5.4 months"),
        ("study=nct01900002&by=tnm", "Log-rank tests over 6 groups of TNM: PFS, p = 0.110"),
        ("study=edges&age=200..300&by=none", "No patient passes these filters."),
    ],
)
def test_other_groups(pages, query, words):
    context = ask(pages, query)
    assert said(context).startswith(words)
    heads = [text(one) for one in named(parsed(SERVED.show(context, Look(LIGHT))["table"]), "th")]
    assert not any("Hazard ratio" in one for one in heads)


def test_no_events_and_few(pages):
    context = ask(pages, "study=edges")
    assert said(context).endswith("it is not estimable for time to relapse and PPS.")
    quiet = with_prop(table_of(context), "data-endpoint", "quiet")[0]
    (ratio,) = with_prop(quiet, "data-statistic", "hazard-ratio")
    assert text(ratio) == "not estimable"
    assert text(with_prop(quiet, "data-statistic", "median")[0]) == "not reached"
    assert any("Fewer than 5 events" in one for one in cautions(context))


def test_one_patient(pages):
    context = ask(pages, "study=edges&age=45..45")
    assert said(context).startswith("The median with A was 0.0 months for OS and not reached")
    assert len(named(table_of(context), "tbody")) == 3
    assert "Nobody in view has this endpoint." in text(table_of(context))


def test_forty_groups_are_one_row_of_each_endpoint():
    context = case_views()("endpoints", "study=many40&by=g")
    assert context.many
    rows = named(table_of(context), "tbody")
    assert all(len(named(one, "tr")) == 1 for one in rows)
    assert "40 groups" in text(rows[0])
    assert any("too many to be told apart" in one for one in cautions(context))


def test_a_picture_holds_curves_and_words(dash_app, client):
    made = picture_of(dash_app, client, "/endpoints?study=soramic", "svg")
    svg = made["svg"]
    assert svg.count('vector-effect="non-scaling-stroke"') > 10
    for words in ("PFS 0.69", "Reconstructed from published tables", "5 endpoints", "n = 177"):
        assert words in svg.replace("\u00a0", " ")
    assert made["name"] == "soramic-endpoints-reconstructed"


def test_the_way_there_and_back(dash_app, client):
    answer = view_of(dash_app, client, "/survival?study=soramic&endpoint=os&bclc=c")
    (way,) = named(parsed(answer["places"]["survival-all"]), "a")
    assert (text(way), way["href"]) == (
        "All side by side",
        "/endpoints?study=soramic&endpoint=os&bclc=c",
    )
    there = view_of(dash_app, client, way["href"])
    (tab,) = [one for one in named(parsed(there["frame"]["top"]), "a") if "aria-current" in one]
    assert text(tab) == "Survival"
    ways = named(parsed(there["places"]["endpoints-choice"]), "a")
    assert [text(one) for one in ways][-1] == "All side by side"
    assert ways[-1]["aria-current"] == "page"
    assert there["links"]["endpoints.csv"].startswith("/download/endpoints.csv?study=soramic")


def test_what_is_held_back():
    study = replace(
        load_catalog().study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    memory, view = Memory((study,)), default_view(study, "endpoints")
    exact = SERVED.ask(memory, study, view, None)
    told = stated(memory, SERVED, study, view, None).context
    for ours, theirs in zip(told.parts, exact.parts, strict=True):
        (first, *_), (before, *_) = (one.survival.result.groups for one in (ours, theirs))
        assert len(first.curve.time) < len(before.curve.time) / 3
        assert ours.survival.ratio == theirs.survival.ratio
    paths = [one["d"] for one in named(table_of(told), "path")]
    days = {f"{100 * day / 30.4375:.2f}" for day in exact.parts[0].survival.result.table.time}
    assert not any(re.search(rf"\b{re.escape(x)} ", path) for path in paths for x in days)
