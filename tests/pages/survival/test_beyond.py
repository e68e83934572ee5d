"""Survival after everybody has died is 0 %, everywhere a rate is read; equal limits are limits."""

import math

import pytest

from analysis.arm_difference import survival_difference
from analysis.survival import kaplan_meier
from callbacks.subgroups.rows import subgroup_rows
from callbacks.survival.rows import summary
from layouts.arms.effect import difference_words
from layouts.shared.theme import LIGHT
from layouts.subgroups.table import subgroup_table
from layouts.survival.side import survival_side
from tests.cases import case_views
from tests.pages.survival.test_side import statistics
from tests.views import Views

BEYOND = "study=beyond&by=g"


@pytest.fixture(scope="module")
def cells():
    return statistics(survival_side(case_views()("survival", BEYOND), LIGHT))


def test_all_dead_by_day_300(cells):
    # Followed to their deaths, the last on day 300; one still followed then is not estimable.
    assert cells["dead", "survival-12"] == "0 %"
    assert cells["short", "survival-12"] == "not estimable"


def test_a_tie_at_the_landmark():
    # R: summary(survfit(...), 487): 0.6 (0.293-1).
    groups = case_views()("survival", BEYOND).result.groups
    (tie,) = [group for group in groups if group.label == "tie"]
    read = tie.curve.at([487])
    assert (read.survival[0], round(read.lower[0], 3), read.upper[0]) == (
        pytest.approx(0.6, abs=1e-12),
        0.293,
        1,
    )


def test_the_files_say_the_same():
    rows = {row["group"]: row for row in summary(case_views()("survival", BEYOND))}
    assert rows["dead"]["survival_12"] == 0
    assert math.isnan(rows["dead"]["survival_12_lower"])
    by_level = {
        row["level"]: row for row in subgroup_rows(case_views()("subgroups", "study=beyond"))
    }
    assert by_level["dead"]["survival_12"] == by_level["dead"]["survival_24"] == 0
    assert math.isnan(by_level["short"]["survival_12"])


def test_the_table_of_subgroups_says_it():
    table = subgroup_table(case_views()("subgroups", "study=beyond"))
    dead = table[table.index(">dead<") : table.index(">tie<")]
    assert dead.count(">0 %<") == 2


def test_hepatitis_b_and_c_at_12_months(all_studies):
    context = Views(all_studies, "survival")("study=nct01900002&by=hepatitis")
    cells = statistics(survival_side(context, LIGHT))
    assert cells["Hepatitis B and C coinfection", "survival-12"] == "0 %"


def test_a_difference_from_the_dead_has_no_interval():
    dead = kaplan_meier([100, 300], [1, 1])
    half = kaplan_meier([100, 400, 500, 800], [1, 1, 0, 0])
    found = survival_difference(half, dead, 365.25)
    assert found.value == pytest.approx(0.75)
    assert math.isnan(found.lower)
    assert math.isnan(found.p_value)
    assert difference_words((75.0, math.nan, math.nan), 0) == "<b>+75</b>"


def test_limits_of_nobody_dead_yet_are_those_of_r():
    # R: survfit(Surv(c(700, 900), c(0, 0)) ~ 1) prints 1 (1-1) at 12 months.
    alone = kaplan_meier([700, 900], [0, 0]).at([365.25])
    assert (alone.survival[0], alone.lower[0], alone.upper[0]) == (1, 1, 1)
    cells = statistics(survival_side(case_views()("survival", "study=zeroexp&by=g"), LIGHT))
    assert not [cell for cell in cells.values() if "(not estimable)" in cell]
