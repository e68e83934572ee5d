"""Thresholds: what the page says, shows and writes, and the split that it leads to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.logrank import logrank
from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.survival.page import SERVED as SURVIVAL
from callbacks.thresholds.page import SERVED, show, words
from callbacks.thresholds.rows import threshold_rows
from data.address import read_address
from data.at_cut import at_cut
from data.catalog import Catalog
from data.minima import Disclosure
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.survival.words import cautions as survival_cautions
from layouts.thresholds.words import looked_at
from tests.views import OPTION_NAMES, PageViews, Views

AGE = "study=soramic&endpoint=os&by=age-years"


@pytest.fixture(scope="module")
def cuts(all_studies) -> Views:
    return Views(all_studies, "thresholds")


def said(context) -> str:
    return words(context).sentence.replace("\u00a0", " ")


def test_estimates_come_first_and_the_adjusted_p_before_that_of_one_cut(cuts):
    context = cuts(f"{AGE}&cut=70")
    ratio = context.result.ratio
    text = said(context)
    parts = [
        f"hazard ratio {ratio.value:.2f} (95 % CI {ratio.lower:.2f}–{ratio.upper:.2f})",
        f"{context.result.shrunk:.2f} after shrinkage",
        f"p = {context.adjusted:.3f} adjusted for all 21 thresholds",
        "alone",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text.startswith("OS with age of 70 years or more against less: ")


def test_it_warns_that_the_best_is_too_large(cuts):
    context = cuts(f"{AGE}&cut=70")
    caution = words(context).cautions[0]
    best = context.result
    assert "too large" in caution
    assert f"{best.best.value:.2f}, after shrinkage {best.best_shrunk:.2f}" in caution
    assert f"{best.validated.value:.2f} among patients who had no part" in caution
    assert not context.is_best
    assert cuts(f"{AGE}&cut={context.best_cut:g}").is_best


def test_the_shrunken_ratio_lies_between_the_estimate_and_none(cuts):
    for cut in (60, 66, 72):
        found = cuts(f"{AGE}&cut={cut}").result
        low, high = sorted((found.ratio.value, 1.0))
        assert low <= found.shrunk <= high


def test_the_groups_are_those_of_the_log_rank_test(cuts):
    context = cuts(f"{AGE}&cut=66")
    study = context.study
    outcome, age = study.outcomes["os"], study.numbers["age-years"]
    found = logrank(outcome.time, outcome.event, age >= 66)
    assert context.result.groups.test.p_value == pytest.approx(found.p_value)
    assert [one.n for one in context.result.groups.groups] == [(age < 66).sum(), (age >= 66).sum()]


def test_the_file_has_the_chosen_the_best_and_all_others(cuts):
    context = cuts(f"{AGE}&cut=70")
    rows = list(threshold_rows(context))
    assert [one["kind"] for one in rows[:3]] == ["chosen", "best", "tested"]
    assert len(rows) == 2 + context.result.selected.threshold.size
    assert len({tuple(one) for one in rows}) == 1
    assert all(one["n_below"] + one["n_at_or_above"] == 177 for one in rows)
    assert rows[0]["hazard_ratio_across_n"] == 20
    assert rows[1]["p_adjusted"] == min(one["p_adjusted"] for one in rows)
    assert rows[1]["hazard_ratio_validated"] == context.result.validated.value


def test_what_is_looked_at_is_counted_by_the_reader(cuts):
    data = looked_at(cuts(f"{AGE}&cut=70&bclc=c"))
    assert data["key"] == "age-years&os&analysed&bclc=c&70"
    assert "would split these patients differently" in data["possible"]


def test_the_split_of_another_variable_leaves_the_first_number(cuts):
    context = cuts("study=soramic&by=bclc")
    assert context.options.variable.id == "target-lesion-mm"


def test_it_leads_to_the_curves_of_this_cut(cuts, all_studies):
    way = str(show(cuts(f"{AGE}&cut=70"), Look(LIGHT))["way"])
    assert 'href="/survival?study=soramic&amp;endpoint=os&amp;by=age-years&amp;cut=70"' in way
    survival = PageViews(all_studies)("survival", f"{AGE}&cut=70")
    labels = [one.label for one in survival.result.groups]
    assert labels == ["< 70 years", "≥ 70 years"]
    assert not survival.determined
    assert not survival.printed.cells
    assert "The cut is the reader's own" in " ".join(survival_cautions(survival))
    ours = cuts(f"{AGE}&cut=70").result.ratio
    assert survival.ratio.estimate == pytest.approx(ours.estimate)
    # The study itself is split where it was before.
    usual = PageViews(all_studies)("survival", AGE)
    assert len(usual.result.groups) == 3


def test_every_data_set_is_cut_at_the_same_value(all_studies):
    study = all_studies.study("soramic")
    made = at_cut(study, "age-years", 66.5)
    for one in (made, *made.reconstructions):
        assert (one.codes["age-years"] == (one.numbers["age-years"] >= 66.5)).all()
        assert one.variable("age-years").published == ()
    assert study.variable("age-years").cuts == (60, 70)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("by=arm&cut=60", "this split is by none"),
        ("by=age-years&cut=old", "one side only"),
        ("by=age-years&cut=4000", "one side only"),
    ],
)
def test_a_cut_of_the_survival_page_that_cannot_be_used_is_noted(all_studies, query, note):
    reading = read_address("/survival", f"?study=soramic&{query}", all_studies, OPTION_NAMES)
    options, notes = SURVIVAL.page.read_options(reading.study, reading.view)
    assert options.cut is None
    assert note in " ".join(notes)


@pytest.mark.parametrize("cut", ["0", "nan", "x", "1e9"])
def test_a_cut_off_the_slider_is_noted(all_studies, cut):
    reading = read_address("/thresholds", f"?{AGE}&cut={cut}", all_studies, OPTION_NAMES)
    options, notes = SERVED.page.read_options(reading.study, reading.view)
    assert "is a number from 46 to 83" in notes[0]
    assert options.cut == options.scale.start


@pytest.mark.parametrize(
    "query",
    [
        f"{AGE}&age-years=1..2",
        f"{AGE}&age-years=60..60&cut=60",
        f"{AGE}&age-years=60..61&cut=70",
        "study=edges",
        "study=edges&by=marker",
        "study=nct01900002&set=enrolled",
    ],
)
def test_few_patients_break_nothing(cuts, query):
    context = cuts(query)
    shown = show(context, Look(LIGHT))
    assert shown["figure"]["layout"]
    assert said(context).endswith(".")
    assert "nan" not in said(context)
    assert SERVED.finding(context)
    assert words(context).method
    for row in threshold_rows(context):
        assert math.isfinite(row["cut_point"])


def test_a_protected_study_is_cut_where_it_says_only(all_studies):
    study = replace(
        all_studies.study("soramic"),
        disclosure=Disclosure(10, 5),
        single_patients=False,
        reconstructions=(),
    )
    catalog = Catalog((study,))
    reading = read_address("/thresholds", f"?{AGE}&cut=70", catalog, OPTION_NAMES)
    options, _ = SERVED.page.read_options(study, reading.view)
    assert options.scale is None
    context = stated(Memory(catalog.studies), SERVED, study, reading.view, options).context
    assert context.result is None
    assert "where the study cuts it" in said(context)
    assert "by=age-years" in str(show(context, Look(LIGHT))["way"])
    assert not list(threshold_rows(context))
    # Whoever asks past the options is refused.
    free = all_studies.study("soramic")
    asked, _ = SERVED.page.read_options(free, reading.view)
    with pytest.raises(NotShown):
        stated(Memory(catalog.studies), SERVED, study, reading.view, asked)
    reading = read_address("/survival", f"?{AGE}&cut=70", catalog, OPTION_NAMES)
    options, notes = SURVIVAL.page.read_options(study, reading.view)
    assert options.cut is None
    assert "protects single patients" in notes[0]


def test_a_number_known_late_starts_at_its_landmark(cuts):
    context = cuts("study=soramic&endpoint=os&by=dpr-percent")
    assert context.landmark_days == 183
    said_late = " ".join(words(context).cautions)
    assert "Depth of response is known only after treatment began" in said_late
    filtered = cuts(f"{AGE}&best-response=cr,pr,sd")
    assert filtered.landmark_days is not None
    assert "known only after treatment began, so time starts at day" in " ".join(
        words(filtered).cautions
    )
