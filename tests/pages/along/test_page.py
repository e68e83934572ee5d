"""Effect along a number: what it says, shows and writes, with its edges."""

from __future__ import annotations

import math

import pytest

from analysis.effect_along import effect_along
from analysis.event_table import time_axis
from callbacks.along.page import SERVED, show, words
from callbacks.along.rows import along_rows
from callbacks.subgroups.page import show as show_subgroups
from data.catalog import Catalog, load_catalog
from layouts.along import numbers
from layouts.along.side import along_side, windows_table
from layouts.shared.look import Look
from layouts.shared.numbers import p_key
from layouts.shared.theme import LIGHT
from tests.studies.edges import write_studies
from tests.views import Views

AGE = "study=soramic&endpoint=os&along=age-years"


@pytest.fixture(scope="module")
def along(all_studies) -> Views:
    return Views(all_studies, "along")


def said(context) -> str:
    return words(context).sentence.replace("\u00a0", " ")


def test_it_says_estimates_before_tests(along):
    context = along(AGE)
    ratios = context.effect.quartiles
    text = said(context)
    value, lower, upper = ratios.estimate(0)
    first = f"hazard ratio {value:.2f} (95 % CI {lower:.2f}–{upper:.2f})"
    assert "OS with RE + sorafenib against sorafenib by age: " in text
    assert text.index(first) < text.index("interaction p = ")
    assert f"at {ratios.at[2]:.0f} years" in text
    assert f"over {len(context.stepp.windows)} sliding windows" in text
    assert text.startswith("The publication does not decide whether the effect changes with age.")
    cautions = " ".join(words(context).cautions)
    assert "one of 2 numbers for 5 endpoints; of 10 such tests about 0.5" in cautions
    assert "does not relate age to this endpoint" in cautions
    method = words(context).method
    assert "knots at its 10th, 50th and 90th percentile" in method
    assert "(seed 1937)" in method


def test_every_number_has_its_range(along):
    context = along(AGE)
    found = [one for one in along_rows(context) if one["kind"] == "quartile"]
    assert len(found) == 3
    for row in found:
        assert row["hazard_ratio_across_low"] <= row["hazard_ratio_across_high"]
        assert row["hazard_ratio_across_n"] == 20
    table = str(along_side(context))
    assert table.count('class="across"') == 5


def test_the_file_has_curve_quartiles_and_windows(along):
    context = along(f"{AGE}&window=40")
    rows = list(along_rows(context))
    kinds = [one["kind"] for one in rows]
    assert kinds.count("curve") == 61
    assert kinds.count("window") == len(context.stepp.windows)
    assert len({tuple(one) for one in rows}) == 1
    windows = [one for one in rows if one["kind"] == "window"]
    assert all(one["events_arm"] + one["events_reference"] >= 40 for one in windows)
    assert all(one["low"] <= one["value"] <= one["high"] for one in windows)


def test_the_drawer_has_every_window(along):
    context = along(AGE)
    table = str(windows_table(context)[0])
    assert table.count("<tr") == 1 + len(context.stepp.windows)
    assert "at least 20 events" in table


def test_without_two_arms_it_is_the_number_itself(along):
    context = along("study=nct01900002&endpoint=os")
    assert context.arms is None
    assert "Hazard of death against" in said(context)
    assert "the median" in said(context)
    assert "windows" not in " ".join(words(context).cautions)
    assert "no windows without two arms" in str(windows_table(context)[0])
    assert context.effect.quartiles.estimate(1) == pytest.approx((1, 1, 1))


def test_a_filter_on_one_arm_leaves_the_number_itself(along):
    context = along(f"{AGE}&arm=sorafenib")
    assert context.arms is None
    assert context.n == 104


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (f"{AGE}&age-years=1..2", "No patient passes these filters"),
        ("study=edges", ""),
    ],
)
def test_the_figure_says_why_there_is_none(along, query, why):
    context = along(query)
    shown = show(context, Look(LIGHT))
    if not context.effect:
        assert why in said(context)
        assert shown["side"] == ""
        assert not list(along_rows(context))
        assert shown["figure"]["data"] == []
    assert SERVED.finding(context)


def test_few_patients_break_nothing(along):
    for low in range(60, 66):
        context = along(f"{AGE}&age-years={low}..{low}")
        shown = show(context, Look(LIGHT))
        assert shown["figure"]["layout"]
        assert SERVED.finding(context)
        assert words(context).method


def test_a_number_that_is_none_is_noted(all_studies):
    views = Views(all_studies, "along")
    reading = views.read("study=soramic")
    page = SERVED.page
    options, notes = page.read_options(reading.study, reading.view.with_options(along="bclc"))
    assert "“along” can be target-lesion-mm, age-years" in notes[0]
    assert options.variable.id == "target-lesion-mm"


def test_a_study_without_numbers_says_so(tmp_path):
    folder = write_studies(tmp_path)
    studies: Catalog = load_catalog(folder)
    views = Views(studies, "along")
    for study in studies.studies:
        context = views(f"study={study.id}")
        if context.options.variable is None:
            assert "no number" in said(context)
            assert not SERVED.page.recorded(study)


def test_the_slide_holds_the_curve_and_the_windows(along):
    drawn = SERVED.drawn(along(AGE))
    names = [one.name for one in drawn.figure.series]
    assert names == ["No difference", "Windows", "95 % CI lower", "95 % CI upper", "Hazard ratio"]
    assert drawn.n == 177
    assert SERVED.finding(along(AGE)).startswith("Exploratory, illustrative: the publication does")


def test_a_row_of_a_number_opens_it(all_studies):
    table = show_subgroups(Views(all_studies, "subgroups")("study=soramic"), Look(LIGHT))["table"]
    assert str(table).count("along its values") == 2 * 2
    assert 'href="/along?study=soramic&amp;along=age-years"' in str(table)


def test_estimates_are_finite_where_they_are_drawn(along):
    context = along(AGE)
    assert all(math.isfinite(x) for x in context.effect.curve.value)


def test_a_range_is_that_of_the_effect_at_the_same_values_in_every_data_set(along):
    context = along(AGE)
    at = (context.effect.quartiles.at,) * 2
    ratios, p_values = [], []
    for one in context.study.reconstructions:
        outcome = one.outcomes["os"]
        arm = (one.codes["arm"] != one.reference).astype(int)
        asked = (time_axis(outcome.time), outcome.event, one.numbers["age-years"])
        found = effect_along(*asked, outcome.known, arm, at=at)
        ratios.append(found.quartiles.value)
        p_values.append(found.test.p_value)
    for place in range(3):
        values = [one[place] for one in ratios]
        found = context.across.of(numbers.ratio(place))
        assert (found.low, found.high) == pytest.approx((min(values), max(values)), rel=1e-7)
    found = context.across.of(p_key(numbers.CHANGE))
    assert (found.low, found.high) == pytest.approx((min(p_values), max(p_values)), rel=1e-6)


def test_a_suggested_interaction_leads_to_its_credibility(along):
    late = "study=soramic&endpoint=pps&along=target-lesion-mm"
    for query, suggested in ((late, True), (AGE, False)):
        context = along(query)
        assert (context.effect.test.p_value < 0.1) == suggested
        ways = str(show(context, Look(LIGHT))["ways"])
        assert "All subgroups" in ways
        assert ("modifier=target-lesion-mm" in ways) == suggested
