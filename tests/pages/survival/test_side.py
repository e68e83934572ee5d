"""The numbers beside the curves, cell by cell, against the result."""

from __future__ import annotations

import math

import pytest

from layouts.shared.theme import DARK, LIGHT, group_style
from layouts.shared.words import p_value, time_value
from layouts.survival.numbers import HAZARD_RATIO, median, patients
from layouts.survival.side import survival_side
from layouts.survival.table import data_table
from tests.trees import named, statistics, text, with_class

NBSP = "\u00a0"


def test_the_cells_of_the_main_view(views):
    """R's survfit gives the same rates, follow-up and restricted means at these digits."""
    cells = statistics(survival_side(views("study=soramic"), LIGHT))
    own = {key: cell for key, cell in cells.items() if not key[1].startswith("across-")}
    assert own == {
        ("RE + sorafenib", "n"): "73",
        ("RE + sorafenib", "events"): "66",
        ("RE + sorafenib", "median"): "8.9 (6.3–9.9)",
        ("RE + sorafenib", "survival-12"): "34 % (24–47)",
        ("RE + sorafenib", "survival-24"): "15 % (9–27)",
        ("RE + sorafenib", "follow-up"): "50.3",
        ("RE + sorafenib", "restricted-mean"): "8.9 (7.6–10.1)",
        ("RE + sorafenib", "at-risk"): "17",
        ("Sorafenib", "n"): "104",
        ("Sorafenib", "events"): "94",
        ("Sorafenib", "median"): "5.4 (4.1–7.4)",
        ("Sorafenib", "survival-12"): "17 % (11–26)",
        ("Sorafenib", "survival-24"): "7 % (3–14)",
        ("Sorafenib", "follow-up"): "33.4",
        ("Sorafenib", "restricted-mean"): "6.7 (5.7–7.6)",
        ("Sorafenib", "at-risk"): "11",
        ("", "p"): f"p{NBSP}={NBSP}0.022",
    }


@pytest.mark.parametrize(
    "query",
    [
        "study=soramic",
        "study=soramic&by=none&unit=years&landmarks=6,18",
        "study=nct01900002&by=pathology-detail",
        "study=edges&by=cell&age=45..47",
        "study=edges&endpoint=quiet",
        "study=edges&age=200..300",
        "study=edges&by=site&endpoint=pps",
    ],
)
def test_every_group_has_every_cell(views, query):
    context = views(query)
    cells = statistics(survival_side(context, LIGHT))
    for group in context.result.groups:
        assert cells[group.label, "n"] == str(group.n)
        assert cells[group.label, "events"] == str(group.events)
        median = time_value(group.median.value, context.options.unit, context.decimals)
        assert cells[group.label, "median"].startswith(median if group.n else "–")
        for month in context.options.landmark_texts():
            cell = cells[group.label, f"survival-{month}"]
            (share,) = group.curve.at([float(month) * 30.4375]).survival
            if math.isfinite(share):
                assert cell.startswith(f"{100 * share:.0f} %")
            else:
                assert cell == ("not estimable" if group.n else "–")
        assert (group.label, "follow-up") in cells
        assert (group.label, "restricted-mean") in cells
    assert not [cell for cell in cells.values() if "nan" in cell.lower() or "inf" in cell.lower()]
    if context.result.test is not None:
        assert cells["", "p"] == p_value(context.result.test.p_value)
    else:
        assert ("", "p") not in cells


def test_an_emptied_group_keeps_its_row_without_survival_side(views):
    cells = statistics(survival_side(views("study=soramic&arm=sorafenib"), LIGHT))
    emptied = {name: cell for (group, name), cell in cells.items() if group == "RE + sorafenib"}
    assert emptied == {
        "n": "0",
        "events": "0",
        "median": "–",
        "survival-12": "–",
        "survival-24": "–",
        "follow-up": "–",
        "restricted-mean": "–",
        "at-risk": "–",
    }


def test_not_reached_is_said_in_words(views):
    cells = statistics(survival_side(views("study=edges&endpoint=quiet&by=none"), LIGHT))
    assert cells["All patients", "median"] == "not reached"


def test_incidence_is_the_rest_to_one_with_its_interval_turned_round(views):
    survival = statistics(survival_side(views("study=soramic"), LIGHT))
    incidence = statistics(survival_side(views("study=soramic&curve=incidence"), LIGHT))
    assert survival["Sorafenib", "survival-24"] == "7 % (3–14)"
    assert incidence["Sorafenib", "survival-24"] == "93 % (86–97)"
    assert incidence["Sorafenib", "median"] == survival["Sorafenib", "median"]


def test_no_landmark_no_table_of_them(views):
    cells = statistics(survival_side(views("study=soramic&landmarks=none"), LIGHT))
    assert not [name for _, name in cells if name.startswith("survival-")]


def test_groups_with_few_events_are_marked_and_stay(views):
    tree = survival_side(views("study=edges&by=marker"), LIGHT)
    assert len(with_class(tree, "mark")) == 2
    assert statistics(tree)["Low", "events"] == "3"
    assert with_class(survival_side(views("study=soramic"), LIGHT), "mark") == []


def test_one_group_left_says_that_there_is_nothing_to_compare(views):
    words = text(survival_side(views("study=soramic&arm=sorafenib"), LIGHT))
    assert "One group: there is nothing to compare." in words
    assert "nothing to compare" not in text(survival_side(views("study=soramic&by=none"), LIGHT))


def test_no_event_at_all_says_why_there_is_no_p(views):
    words = text(survival_side(views("study=edges&endpoint=quiet"), LIGHT))
    assert "no test possible" in words
    assert "No two groups share a time at which an event could happen." in words


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_group_has_the_colour_of_its_curve(views, theme):
    swatches = with_class(survival_side(views("study=soramic&arm=sorafenib"), theme), "swatch")
    for position in (0, 1):
        assert group_style(position, theme).colour in swatches[position]["style"]


def test_no_other_split_has_the_colours_of_the_arms(views):
    swatches = with_class(survival_side(views("study=soramic&by=bclc"), LIGHT), "swatch")
    drawn = " ".join(one["style"] for one in swatches)
    assert not any(colour in drawn for colour in LIGHT.groups[:2])
    context = views("study=soramic&by=pvi")
    drawn = [one["style"] for one in with_class(survival_side(context, LIGHT), "swatch")]
    assert LIGHT.others[0] in drawn[0]


def test_every_table_has_a_caption_and_heads(views):
    tree = survival_side(views("study=soramic"), LIGHT)
    tables = named(tree, "table")
    assert len(tables) == 3
    for table in tables:
        assert len(named(table, "caption")) == 1
        assert {head["scope"] for head in named(table, "th")} == {"col", "row"}


def test_the_data_table_is_every_step(views):
    context = views("study=edges&by=stage")
    tree = data_table(context)
    tables = named(tree, "table")
    assert len(tables) == len(context.result.shown)
    for table, group in zip(tables, context.result.shown, strict=True):
        rows = named(table, "tr")[1:]
        cells = [[text(cell) for cell in row.children] for row in rows]
        curve = group.curve
        assert [row[1:4] for row in cells] == [
            [str(a), str(b), str(c)]
            for a, b, c in zip(curve.n_risk, curve.n_event, curve.n_censor, strict=True)
        ]
        assert [row[4] for row in cells] == [f"{share:.3f}" for share in curve.survival]
        assert f"n = {group.n}" in text(table)
    assert "not patient records" in text(tree)


def test_the_data_table_of_nobody_says_so(views):
    assert text(data_table(views("study=edges&age=200..300"))) == "There is no patient in view."


def test_the_range_over_other_data_sets_stands_under_its_number(views):
    context = views("study=soramic&bclc=c&hepatitis-c=yes&endpoint=os")
    cells = statistics(survival_side(context, LIGHT))
    found = context.across.ranges
    for place, group in enumerate(context.result.groups):
        counts = found[patients(place)]
        assert cells[group.label, "across-n"] == f"{counts.low:.0f}–{counts.high:.0f}"
        medians = found[median(place)]
        low, high = (time_value(days, "months") for days in (medians.low, medians.high))
        assert cells[group.label, "across-median"].startswith(f"{low}–{high}")
        assert medians.low <= group.median.value <= medians.high
    ratio, p = with_class(survival_side(context, LIGHT), "big-across")
    assert text(ratio).startswith(f"[{context.across.of(HAZARD_RATIO).low:.2f}–")
    for one in (ratio, p):
        assert text(one).endswith("across 20 data sets]")


def test_a_number_that_the_publication_prints_has_no_range(views):
    cells = statistics(survival_side(views("study=soramic"), LIGHT))
    assert not [key for key in cells if key[1] == "across-median"]
    assert not with_class(survival_side(views("study=soramic"), LIGHT), "big-across")


def test_a_study_of_one_data_set_has_no_ranges(views):
    tree = survival_side(views("study=nct01900002&by=cirrhosis&sex=male"), LIGHT)
    assert not with_class(tree, "across")
