"""More than two ways to leave on the Compare arms page: curves, table, words, file, rules."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from data.address import default_view
from data.minima import Disclosure
from layouts.arms import event_numbers
from layouts.arms.competing import competing_side
from layouts.arms.figure import arm_figure
from layouts.charts.frame import Frame
from layouts.charts.time_panels import panels_of
from layouts.shared.numbers import by_key
from layouts.shared.theme import LIGHT
from tests.cases import case_views, cases
from tests.trees import text
from tests.views import BY_ID

R = json.loads((Path(__file__).parents[2] / "golden" / "causes.json").read_text("utf-8"))["made"]
# R has the causes in the order of their codes, the page that of interest first.
PLACES = {"Death of cancer": 0, "Transplant": 1, "Death of other causes": 2}
QUERY = "study=leave&show=competing"


def ask(query: str):
    return case_views()("arms", query)


def test_every_cause_in_every_arm_is_that_of_r():
    groups = ask(QUERY).result.groups
    for group, expected in zip(groups, R["groups"], strict=True):
        assert [group.counts[0], *group.counts[1:]] == expected["counts"]
        for place, one in enumerate(group.incidences):
            read = [one.at(day * 30.4375)[0] for day in R["days"]]
            assert_allclose(read, expected["value"][place], rtol=1e-9)


def test_the_file_adds_up_and_has_the_tests_of_r():
    rows = list(BY_ID["arms"].files["competing.csv"].rows(ask(QUERY)))
    for cause, place in PLACES.items():
        mine = [row for row in rows if row["cause"] == cause]
        assert_allclose([row["gray_statistic"] for row in mine], R["statistic"][place], rtol=1e-9)
        assert_allclose([row["gray_p"] for row in mine], R["p"][place], rtol=1e-8)
        assert all(np.isnan(row["one_minus_kaplan_meier"]) == bool(place) for row in mine)
    for arm in "ABC":
        mine = [row for row in rows if row["group"] == arm]
        for month in {row["time_months"] for row in mine}:
            here = [row for row in mine if row["time_months"] == month]
            assert_allclose(sum(row["incidence"] for row in here), 1 - here[0]["event_free"])


def test_the_table_has_a_row_for_each_cause_and_who_is_free():
    html = text(competing_side(ask(QUERY), LIGHT))
    for words in (*PLACES, "1 − Kaplan–Meier would say", "Free of these events"):
        assert html.count(words) >= 3, words
    assert "with death of cancer" not in html  # the labels of the study keep their case
    assert f"{R['groups'][0]['counts'][1]} with a transplant" in html
    for p in R["p"]:
        assert ("< 0.001" if p < 0.001 else f"{p:.3f}") in html.replace("\u00a0", " ")


def test_the_words_say_every_cause_and_grays_test():
    words = BY_ID["arms"].words(ask(QUERY))
    said = words.sentence.replace("\u00a0", " ")
    assert "had Death of cancer (1 − Kaplan–Meier would say" in said
    assert "a transplant" in said
    assert f"Gray's test of Death of cancer over the arms: p = {R['p'][0]:.3f}" in said
    assert "cuminc of R's cmprsk" in words.footnote
    assert "every other cause for censoring" in words.footnote


def test_a_filter_is_followed_by_every_cause_and_test():
    context = ask(f"{QUERY}&arm=b")
    assert [group is None for group in context.result.groups] == [True, False, True]
    assert all(test.df == 0 for test in context.result.tests)
    assert "Gray" not in BY_ID["arms"].words(context).sentence
    assert "Gray" not in competing_side(context, LIGHT)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_panel_for_each_cause_and_none_over_another(narrow):
    frame = Frame(narrow=narrow, text=11.5 if narrow else 13, room=340 if narrow else 510)
    layout = arm_figure(ask(QUERY), LIGHT, frame)["layout"]
    assert {"xaxis", "xaxis2", "xaxis3"} <= set(layout)
    for n in range(2, 9):
        titles = tuple(f"A cause with a name that is rather long {i}" for i in range(n))
        made = panels_of(titles, height=400, text=13, narrow=narrow, room=frame.room)
        boxes = [(one.across, one.down) for one in made.panels]
        for i, (across, down) in enumerate(boxes):
            assert across[0] < across[1]
            assert down[1] - down[0] > 0.05
            for other, under in boxes[:i]:
                apart = other[1] < across[0] or across[1] < other[0]
                assert apart or under[0] > down[1]


def test_a_median_of_one_cause_says_what_half_of_all_had():
    said = " ".join(BY_ID["arms"].words(ask("study=leave&endpoint=cancer")).cautions)
    assert "counts a transplant or Death of other causes as censoring" in said
    assert "By Aalen–Johansen" in said


def test_what_a_protected_study_says():
    study = replace(cases().study("leave"), disclosure=Disclosure(10, 5), single_patients=False)
    served, view = BY_ID["arms"], default_view(study, "arms").with_options(show="competing")
    options, _ = served.page.read_options(study, view)
    context = stated(Memory((study,)), served, study, view, options).context
    for group, exact in zip(context.result.groups, ask(QUERY).result.groups, strict=True):
        for count, n in zip(group.counts, exact.counts, strict=True):
            assert str(count) == (str(n) if n >= 5 else "< 5")
        for one, whole in zip(group.incidences, exact.incidences, strict=True):
            # Fewer steps: each of five events at least.
            assert np.unique(one.value).size <= np.unique(whole.value).size / 2
    found = by_key(event_numbers.of_competing(context.result))
    assert_allclose(found[event_numbers.gray()].p, R["p"][0], rtol=1e-8)
    json.dumps(arm_figure(context, LIGHT, Frame()), allow_nan=False)
