"""The overview: cards, Table 1 and flow as HTML, its words, its edge cases."""

from __future__ import annotations

import re

import pytest

from callbacks.pages import PAGES
from data.catalog import load_catalog
from layouts.overview.head import overview_head
from layouts.overview.table import overview_flow, overview_table
from layouts.overview.words import cautions, flow_sentence, sentence
from layouts.shared.theme import LIGHT, group_style
from tests.studies.edges import write_studies
from tests.studies.safety import write_events
from tests.views import PageViews, footnote


@pytest.fixture(scope="module")
def views(tmp_path_factory) -> PageViews:
    root = write_events(tmp_path_factory.mktemp("overview"))
    return PageViews(load_catalog(write_studies(root)))


def variable(table: str, name: str) -> str:
    (found,) = re.findall(rf'<tbody data-variable="{name}">(.*?)</tbody>', table)
    return found


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<.*?>", " ", text)).strip()


def card(head: str, name: str) -> str:
    (found,) = re.findall(rf'<li data-card="{name}">(.*?)</li>', head)
    return found


def test_the_overview_is_the_first_page():
    assert PAGES[0].id == "overview"


def test_levels_by_arm_with_missing_in_a_row_of_its_own(views):
    table = overview_table(views("overview", "study=soramic"), LIGHT)
    ecog = plain(variable(table, "ecog"))
    assert "0 134 (75.7) 52 (71.2) 82 (78.8)" in ecog
    assert "Missing 3 (1.7) 3 (4.1) 0 (0.0)" in ecog
    assert group_style(0, LIGHT).colour in variable(table, "ecog")


def test_numbers_with_quartiles_mean_and_a_drawn_distribution(views):
    table = overview_table(views("overview", "study=nct01900002"), LIGHT)
    age = variable(table, "age-years")
    assert "Median (Q1–Q3) 66.5 (" in plain(age)
    assert "Mean ± SD 66.7 ± 8.5" in plain(age)
    assert age.count("<i style=") == 12
    assert "SMD" not in table


def test_the_footnote_states_the_methods(views):
    one, two = (footnote(views("overview", f"study={s}")) for s in ("nct01900002", "soramic"))
    assert "R type 7" in one
    assert "Standardised mean difference" not in one
    assert "Standardised mean difference" in two
    assert "n\u00a0=\u00a0177" in two


def test_cards_link_to_their_pages_with_filters_kept(views):
    head = overview_head(views("overview", "study=soramic&bclc=c"), LIGHT)
    assert "6.1 months" in card(head, "endpoint-pfs") or "months" in card(head, "endpoint-pfs")
    assert 'href="/survival?study=soramic&amp;bclc=c"' in card(head, "endpoint-pfs")
    assert "endpoint=os&amp;bclc=c" in card(head, "endpoint-os")
    assert 'href="/arms?' in card(head, "response") or "<a" not in card(head, "response")
    single = overview_head(views("overview", "study=nct01900002&pvt=yes"), LIGHT)
    assert 'href="/safety?study=nct01900002&amp;pvt=yes"' in card(single, "safety")
    assert "<a" not in card(single, "response")


def test_what_the_study_is_stands_in_three_lines(views):
    head = overview_head(views("overview", "study=nct01900002"), LIGHT)
    (about,) = re.findall(r'<div class="about">(.*?)</div>', head)
    assert about.count("<p>") == 3
    for words in ("phase II", "How long", "NCT01900002", "not patient records"):
        assert words in about


def test_the_flow_says_who_was_left_out(views):
    context = views("overview", "study=soramic&ecog=0")
    flow = plain(overview_flow(context, LIGHT))
    assert "− 43 (3 of them without a value)" in flow
    assert "RE + sorafenib 52" in flow
    assert flow_sentence(context).startswith("288 per protocol, 222 with follow-up images, 177")
    assert "134 on screen after 1 filter" in flow_sentence(context)


def test_the_sentence_names_the_largest_difference(views):
    said = sentence(views("overview", "study=soramic"))
    assert "73 RE + sorafenib and 104 Sorafenib" in said
    assert "most ALBI grade (0.40)" in said


@pytest.mark.parametrize("study", ["nct01900002", "soramic", "edges", "events"])
def test_nobody_in_view(views, study):
    context = views("overview", f"study={study}&{_age(study)}=1..2")
    assert sentence(context).startswith("No patient passes")
    assert overview_table(context, LIGHT) == ""
    head = overview_head(context, LIGHT)
    assert ">0</span>" in card(head, "n")
    assert 'data-card="endpoint' not in head
    assert "On screen" in overview_flow(context, LIGHT)
    assert cautions(context) == []


@pytest.mark.parametrize("study", ["edges", "events"])
def test_one_patient(views, study):
    context = views("overview", f"study={study}&age=51..51")
    assert context.n == 1
    assert "too few to compare the arms" in sentence(context)
    assert "nan" not in overview_table(context, LIGHT) + overview_head(context, LIGHT)


def _age(study: str) -> str:
    return "age" if study in ("edges", "events") else "age-years"


def test_a_filter_known_only_later_counts_from_a_landmark(views):
    context = views("overview", "study=soramic&best-response=cr,pr")
    said = cautions(context)
    assert any("day 183" in text for text in said)
    assert any("breaks the randomisation" in text for text in said)


def test_labels_of_a_study_are_escaped(views):
    table = overview_table(views("overview", "study=edges&of=all"), LIGHT)
    assert "=Cell type" in table
    assert "&lt;" not in table


@pytest.mark.parametrize(
    ("query", "count"), [("of=featured", 12), ("search=albi", 1), ("group=tumour", 4)]
)
def test_the_variables_asked_for(views, query, count):
    table = overview_table(views("overview", f"study=soramic&{query}"), LIGHT)
    assert table.count("data-variable=") == count
