"""The Other trials page: order of the lines, sentence, cautions, table and figure."""

from __future__ import annotations

import math
import re
from html import unescape

import pytest

from callbacks.pages import OPTION_NAMES
from data.address import default_view, read_address
from layouts.shared.theme import DARK, LIGHT
from layouts.trials.figure import medians_figure
from layouts.trials.options import NAMES, groups_of_treatment, read_options
from layouts.trials.page import context_page, control_values
from layouts.trials.table import context_table
from layouts.trials.words import NAIVE, cautions, sentence
from tests.pages.trials.results import NONE, TrialsViews, result
from tests.trees import text, with_class
from tests.views import footnote

LONG = result(study="BETA", year=2005, arm="drug B", treatment="B", median=(30.0, *NONE[:2]))
RATIO = result(
    study="GAMMA",
    arm="drug C",
    treatment="C",
    median=NONE,
    hazard_ratio=(0.61, 0.39, 0.95),
    hazard_ratio_words=("0.61", "0.39", "0.95"),
    hr_against="placebo",
    p=0.031,
)
RESULTS = (result(), LONG, RATIO)
EMPTY = "study=edges&age=200..300"
ONE = "study=edges&age=45..45&by=none"


@pytest.fixture(scope="module")
def trials(all_studies) -> TrialsViews:
    return TrialsViews(all_studies)


def names(context) -> list[str]:
    return [row.name for _, rows in context.blocks() for row in rows]


def test_by_median_the_cohort_stands_among_the_others(trials):
    context = trials("study=edges", *RESULTS)
    rows = [row for _, rows in context.blocks() for row in rows]
    assert rows[-1].published is RATIO
    medians = [row.median[0] for row in rows[:-1]]
    reached = [m for m in medians if math.isfinite(m)]
    assert reached == sorted(reached, reverse=True)
    assert sum(row.own for row in rows) == 2
    # What is not reached is longer than anything that is.
    assert all(not math.isfinite(m) for m in medians[: len(medians) - len(reached)])


def test_by_year_and_by_treatment_the_cohort_stands_first(trials):
    own = ["Edge study", "Edge study"]
    by_year = trials("study=edges&order=year", *RESULTS)
    assert names(by_year) == [*own, "BETA 2005", "ALPHA 2010", "GAMMA 2010"]
    by_treatment = trials("study=edges&order=treatment", *RESULTS)
    assert [head for head, _ in by_treatment.blocks()] == ["", "A", "B", "C"]
    assert names(by_treatment) == [*own, "ALPHA 2010", "BETA 2005", "GAMMA 2010"]


def test_the_cohort_is_that_of_the_survival_page(trials, views):
    context = trials("study=edges&stage=c", *RESULTS)
    groups = views("study=edges&stage=c").result.groups
    for row, group in zip(context.own_rows, groups, strict=True):
        assert (row.arm, row.n, row.events) == (group.label, group.n, group.events)
        days = (group.median.value, group.median.lower, group.median.upper)
        assert row.median == pytest.approx([d / 30.4375 for d in days], nan_ok=True)


def test_a_split_of_another_page_changes_nothing(trials):
    rows = trials("study=edges&by=site", *RESULTS).own_rows
    assert [row.arm for row in rows] == ["A", "B"]


def test_the_published_papers_stand_by_arm_and_as_a_whole(trials):
    """SORAMIC, Table 2: median OS 15.0 (12.4–19.6) and 13.8 (10.5–17.5) months."""
    rows = trials("study=soramic&endpoint=os").own_rows
    assert [row.position for row in rows] == [0, 1]
    assert rows[0].median == pytest.approx((15.0, 12.4, 19.6), abs=0.5)
    assert rows[1].median == pytest.approx((13.8, 10.5, 17.5), abs=0.5)
    assert [row.position for row in trials("study=nct01900002").own_rows] == [-1]
    assert len(trials("study=nct01900002&set=enrolled").own_rows) == 2


def test_a_study_does_not_stand_beside_its_own_paper(trials):
    for study, title in (("soramic", "SORAMIC substudy 2022"), ("nct01900002", "NCT01900002 2021")):
        assert title not in names(trials(f"study={study}&endpoint=os"))
        other = "nct01900002" if study == "soramic" else "soramic"
        assert title in names(trials(f"study={other}&endpoint=os"))


def test_a_treatment_can_be_chosen_alone(trials):
    context = trials("study=soramic&endpoint=os&group=placebo")
    assert [row.name for row in context.published_rows] == ["SHARP 2008"]
    assert context.hidden == len(trials("study=soramic&endpoint=os").results) - 1


# ---- words


def test_the_sentence(trials):
    said = sentence(trials("study=edges", *RESULTS))
    assert said.startswith("Median OS here was ")
    assert " with A and " in said
    assert said.endswith(
        "; the 2 published medians from 2 publications lie between 10.0 "
        "(ALPHA 2010) and 30.0 months (BETA 2005)."
    )
    assert sentence(trials("study=edges", LONG)).endswith(
        "; the one published median is 30.0 months (BETA 2005)."
    )


def test_a_median_that_is_not_reached_is_said(trials):
    said = sentence(trials("study=edges&endpoint=quiet"))
    assert said.startswith("Median time to relapse here was not reached with A and not reached")
    assert "No published median of time to relapse is quoted by the papers." in said


def test_an_empty_cohort_is_said_and_the_others_are_shown(trials):
    context = trials(EMPTY, *RESULTS)
    assert sentence(context).startswith("No patient passes these filters.")
    assert names(context) == ["BETA 2005", "ALPHA 2010", "GAMMA 2010"]
    assert "ALPHA 2010" in context_table(context)
    assert medians_figure(context, LIGHT, text=13, narrow=False)["data"]


def test_one_patient_is_said(trials):
    context = trials(ONE, *RESULTS)
    assert [row.n for row in context.own_rows] == [1]
    assert sentence(context).startswith("Median OS here was ")
    assert any("estimates are unstable" in said for said in cautions(context))


def test_nothing_at_all_is_a_sentence(trials):
    context = trials(f"{EMPTY}&endpoint=quiet")
    assert context_table(context) == ""
    figure = medians_figure(context, LIGHT, text=13, narrow=False)
    assert "no median" in figure["layout"]["annotations"][0]["text"]


def test_only_a_hazard_ratio_is_said(trials):
    assert "One result is quoted by its hazard ratio only." in sentence(
        trials("study=edges", RATIO)
    )


def test_a_choice_that_hides_everything_says_what_to_do(trials):
    assert "choose another above" in sentence(trials("study=edges", hidden=3))


def test_cautions(trials):
    said = " ".join(cautions(trials("study=edges&stage=c", *RESULTS)))
    assert "1 of 2 published medians are quoted without an interval" in said
    assert "counts from randomisation" in said
    assert "This cohort is filtered" in said
    alone = " ".join(cautions(trials("study=edges", LONG)))
    assert "The published median is quoted without an interval" in alone
    assert "filtered" not in alone
    late = " ".join(cautions(trials("study=edges&response=yes", *RESULTS)))
    assert "counts from day 90 after randomisation" in late


def test_the_footnote_names_the_papers_the_cohort_and_the_provenance(trials):
    said = footnote(trials("study=edges", *RESULTS))
    assert "the papers of Edge study, whose authors chose them" in said
    assert "n\u00a0=\u00a020" in said
    assert said.endswith("Simulated patients — not patient records.")


def test_the_warning_stands_on_the_page_before_anything_is_computed(edges):
    page = context_page(edges, default_view(edges, "context"))
    (naive,) = with_class(page, "naive")
    assert text(naive) == NAIVE
    assert text(naive).startswith("Naive comparison:")


# ---- options


def test_options_and_controls_are_one(all_studies, edges):
    reading = read_address(
        "/context", "?study=edges&order=year&group=re", all_studies, OPTION_NAMES
    )
    options, notes = read_options(reading.study, reading.view)
    assert (options.order, options.group, notes) == ("year", "re", [])
    values = control_values(reading.study, reading.view)
    assert values["group"] == {"value": "re"}
    assert set(values) - {"endpoint"} <= NAMES
    assert "re-sorafenib" in groups_of_treatment()


@pytest.mark.parametrize("query", ["order=luck", "group=magic", "present=maybe"])
def test_unknown_options_are_noted(all_studies, query):
    reading = read_address("/context", f"?study=edges&{query}", all_studies, OPTION_NAMES)
    options, notes = read_options(reading.study, reading.view)
    assert (options.order, options.group, options.present) == ("median", "all", False)
    assert len(notes) == 1
    assert query.partition("=")[0] in notes[0]


# ---- table


def test_the_table_holds_every_number_with_its_source(trials):
    table = context_table(trials("study=edges", *RESULTS))
    assert "<b>10.0</b> <span>(8.0–12.0)</span>" in table
    assert "<b>30.0</b> <span>no interval</span>" in table
    assert "0.61 (0.39–0.95), p\u00a0=\u00a00.031" in table
    assert "against placebo" in table
    assert "Journal 2010" in table
    assert table.count('class="own"') == 2
    assert '<abbr title="Overall survival">OS</abbr>' in table


def test_how_many_patients_is_said_as_far_as_it_is_given(trials):
    counts = ((50, 100, "50"), (None, 100, "some of 100"), (None, None, "not given"))
    for n, n_study, words in counts:
        table = context_table(trials("study=edges", result(n=n, n_study=n_study)))
        assert f'<td class="number">{words}</td>' in table


def test_what_comes_from_files_is_escaped(trials):
    bad = result(study="<b>x</b>", arm="<i>", population="a & b", reference="<s>", note="<u>")
    table = context_table(trials("study=edges", bad))
    for tag in ("<b>x", "<i>", "<s>", "<u>", " & "):
        assert tag not in table


# ---- figure


def dots(figure) -> dict[str, dict]:
    return {trace["name"]: trace for trace in figure["data"] if trace.get("name")}


@pytest.mark.parametrize("narrow", [False, True])
def test_the_figure_draws_each_median_once(trials, narrow):
    context = trials("study=soramic&endpoint=os")
    figure = medians_figure(context, LIGHT, text=13, narrow=narrow)
    drawn = dots(figure)
    own = [trace for trace in figure["data"] if str(trace.get("name")).startswith("This cohort")]
    assert len(own) == 2
    # The key names each arm of this cohort.
    assert [trace["name"] for trace in own] == [
        "This cohort: RE + sorafenib",
        "This cohort: Sorafenib",
    ]
    assert all(trace["showlegend"] for trace in own)
    with_interval = {r.median[0] for r in context.results if r.has_interval}
    without = {r.median[0] for r in context.results if r.has_median and not r.has_interval}
    assert set(drawn["Published median with interval"]["x"]) == with_interval
    assert set(drawn["Published median, no interval"]["x"]) == without
    named = [trace for trace in figure["data"] if trace.get("name")]
    assert sum(len(trace["x"]) for trace in named) == len(context.results) + 2
    words = " ".join(one["text"] for one in figure["layout"]["annotations"])
    assert "Naive comparison." in words
    assert "not patient records" in words


def test_intervals_lie_where_their_medians_do(trials):
    figure = medians_figure(trials("study=edges", result()), LIGHT, text=13, narrow=False)
    (dot,) = (trace for name, trace in dots(figure).items() if name.startswith("Published"))
    line = figure["data"][0]
    assert line["x"] == [8.0, 12.0, None]
    assert line["y"][:2] == [dot["y"][0]] * 2


def test_an_upper_limit_that_is_not_reached_is_an_arrow_at_the_end(trials):
    context = trials("study=nct01900002&set=enrolled&endpoint=os")
    own = [row for row in context.own_rows if not math.isfinite(row.median[2])]
    assert own, "the four patients with sorafenib only have no upper limit"
    figure = medians_figure(context, LIGHT, text=13, narrow=False)
    arrows = [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "triangle-right"]
    assert [t["x"] for t in arrows] == [[figure["layout"]["xaxis"]["range"][1]]]


def test_arms_have_the_colours_of_the_other_pages(trials):
    figure = medians_figure(trials("study=soramic"), DARK, text=13, narrow=False)
    colours = [
        trace["marker"]["color"]
        for trace in figure["data"]
        if str(trace.get("name")).startswith("This cohort")
    ]
    assert set(colours) == set(DARK.groups[:2])


def test_two_groups_of_one_study_are_told_apart(trials):
    context = trials("study=edges", result(), result(population="stage C", median=(6.0, 5.0, 7.0)))
    ticks = medians_figure(context, LIGHT, text=13, narrow=False)["layout"]["yaxis"]["ticktext"]
    assert any(tick.endswith("drug A, stage C") for tick in ticks)
    assert len(set(ticks)) == len(ticks)


@pytest.mark.parametrize("arm", ["x" * 200, "drug A and drug B " * 12])
def test_long_names_are_in_lines_and_whole(trials, arm):
    long = result(arm=arm)
    ticks = medians_figure(trials("study=edges", long), LIGHT, text=13, narrow=False)["layout"]
    lines = [tick.split("<br>") for tick in ticks["yaxis"]["ticktext"]]
    words = [re.sub("<.*?>", "", line) for one in lines for line in one]
    assert max(map(len, words)) <= 40
    assert arm.replace(" ", "") in "".join(words).replace(" ", "")


def test_names_on_a_telephone_are_told_apart(trials):
    """The two dose groups of one trial differ in the last words of long names."""
    arms = ("RE (⁹⁰Y resin); tumour dose > 100 Gy", "RE (⁹⁰Y resin); tumour dose < 100 Gy")
    context = trials("study=edges", *[result(study="SARAH", arm=arm) for arm in arms])
    figure = medians_figure(context, LIGHT, text=12, narrow=True)
    labels = [one["text"] for one in figure["layout"]["annotations"] if "SARAH" in one["text"]]
    assert len(set(labels)) == 2
    for label, end in zip(sorted(labels), ("< 100 Gy", "> 100 Gy"), strict=True):
        assert unescape(label).replace("<br>", " ").endswith(end)
        assert label.count("<br>") == 1
