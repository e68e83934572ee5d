"""What may be shown of few patients: counts, classes, steps, cohorts, groups, sets."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalog import load_catalog
from data.cohort import Cohort, Filter, select
from data.disclosure import (
    RESIDUE,
    answered,
    classes,
    hidden_cells,
    hidden_groups,
    hidden_table,
    limits,
    snapped,
)
from data.minima import Disclosure
from data.number_steps import outward, step_starts
from data.study import Study

CELL = 5
SHIPPED = load_catalog()


def guarded(name: str = "soramic") -> Study:
    """A shipped study with the minima of patient data."""
    return replace(SHIPPED.study(name), disclosure=Disclosure(10, CELL))


GUARDED = guarded()


def cohort(**filters: str) -> Cohort:
    made = []
    for name, text in filters.items():
        low, dots, high = text.partition("..")
        variable = name.replace("_", "-")
        if dots:
            made.append(Filter(variable, (), float(low), float(high)))
        else:
            made.append(Filter(variable, tuple(text.split(","))))
    return Cohort("soramic", GUARDED.default_set.id, tuple(made))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([5, 9], [False, False]),
        ([1, 9], [True, True]),
        ([1, 2, 9], [True, True, False]),
        ([1, 1, 9, 4], [True, True, False, True]),
        ([1, 8, 5], [True, False, True]),
        ([1, 0, 0], [True, False, False]),
        ([0, 0], [False, False]),
    ],
)
def test_small_cells_are_hidden_and_cannot_be_told_from_the_sum(counts, hidden):
    assert hidden_cells(counts, 3).tolist() == hidden


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 6))
def test_no_small_cell_is_shown(counts, minimum):
    hidden = hidden_cells(counts, minimum)
    assert not any(0 < n < minimum and not h for n, h in zip(counts, hidden, strict=True))
    told = sum(n for n, h in zip(counts, hidden, strict=True) if h)
    if any(n and not h for n, h in zip(counts, hidden, strict=True)):
        # What is left of the sum beside shown counts is nothing or enough.
        assert told == 0 or (told >= minimum and hidden.sum() > 1)
    if minimum == 1:
        assert not hidden.any()


@given(st.integers(2, 4), st.integers(1, 5), st.data())
def test_no_row_and_no_column_of_a_table_has_one_hidden_cell(rows, columns, data):
    cells = st.lists(st.integers(0, 12), min_size=columns, max_size=columns)
    counts = np.array(data.draw(st.lists(cells, min_size=rows, max_size=rows)))
    hidden = hidden_table(counts, CELL)
    assert not (~hidden & (counts > 0) & (counts < CELL)).any()
    for lines, marks in ((counts, hidden), (counts.T, hidden.T)):
        for line, marked in zip(lines, marks, strict=True):
            if marked.any() and (line[~marked] > 0).any():
                assert marked.sum() > 1
                assert line[marked].sum() >= CELL


@settings(max_examples=40)
@given(st.sampled_from([one.id for one in GUARDED.variables]), st.integers(0, 2**32 - 1))
def test_a_class_has_enough_patients(name, seed):
    within = np.random.default_rng(seed).random(GUARDED.n) < 0.4
    found = classes(GUARDED, GUARDED.variable(name), within, within)
    assert (found[~within] == RESIDUE).all()
    sizes = np.bincount(found[within] + 1)
    assert sizes[0] < CELL
    assert not any(0 < n < CELL for n in sizes[1:])


def test_steps_of_a_number_hold_enough_and_do_not_cross_a_cut():
    variable = GUARDED.variable("age-years")
    everybody = select(GUARDED, cohort())
    starts = step_starts(GUARDED, variable, everybody)
    numbers = GUARDED.numbers["age-years"][everybody]
    place = np.searchsorted(starts, numbers, "right") - 1
    assert len(starts) >= 10
    # Of each arm too, so that the arms stand at the steps of all.
    for arm in (0, 1):
        assert np.bincount(place[GUARDED.codes["arm"][everybody] == arm]).min() >= CELL
    levels = GUARDED.codes["age-years"][everybody]
    steps = np.searchsorted(starts, numbers, "right")
    assert all(len(np.unique(levels[steps == step])) == 1 for step in np.unique(steps))


def test_bounds_are_widened_to_steps_and_stay_there():
    asked = cohort(target_lesion_mm="20..50")
    made = snapped(GUARDED, asked)
    (one,) = made.filters
    assert one.low <= 20
    assert one.high >= 50
    assert snapped(GUARDED, made) == made
    assert answered(GUARDED, made)
    assert snapped(SHIPPED.study("soramic"), asked) is asked


def test_the_arms_of_a_range_are_told():
    made = snapped(GUARDED, cohort(age_years="60..75"))
    assert answered(GUARDED, made)
    assert hidden_groups(GUARDED, made, "arm") == frozenset()


def test_a_range_of_everybody_with_a_value_is_no_filter_where_few_have_none():
    study = GUARDED
    numbers = {**study.numbers, "age-years": study.numbers["age-years"].copy()}
    codes = {**study.codes, "age-years": study.codes["age-years"].copy()}
    numbers["age-years"][:2], codes["age-years"][:2] = np.nan, -1
    study = replace(study, numbers=numbers, codes=codes)
    assert snapped(study, cohort(age_years="0..120")).filters == ()
    assert not answered(study, cohort(age_years="0..120"))


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({}, True),
        ({"bclc": "c"}, True),
        # Three patients have no ECOG status: whoever takes them away alone tells them.
        ({"ecog": "0,1"}, False),
        ({"ecog": "missing"}, False),
        ({"ecog": "0"}, True),
        # Seven patients.
        ({"child_pugh": "b", "bclc": "c"}, False),
        # Nobody: nothing could be told.
        ({"objective_response": "yes", "disease_control": "no"}, True),
    ],
)
def test_which_cohorts_are_answered(filters, told):
    assert answered(GUARDED, cohort(**filters)) is told
    assert answered(SHIPPED.study("soramic"), cohort(**filters))


def test_two_answered_cohorts_that_differ_in_one_filter_differ_by_enough():
    for name in ("bclc", "sex", "child_pugh"):
        for other in GUARDED.variables:
            if other.is_number or other.id == name.replace("_", "-"):
                continue
            ids = [level.id for level in other.levels] + ["missing"]
            first = GUARDED.variable(name.replace("_", "-")).levels[0].id
            rows = [select(GUARDED, cohort(**{name: first}))]
            for size in (1, 2):
                for levels in combinations(ids, min(size, len(ids))):
                    asked = cohort(**{name: first, other.id.replace("-", "_"): ",".join(levels)})
                    if answered(GUARDED, asked):
                        rows.append(select(GUARDED, asked))
            for one, another in combinations(rows, 2):
                assert int((one & ~another).sum()) == 0 or int((one & ~another).sum()) >= CELL


def test_the_rest_of_the_shown_groups_is_nobody_or_enough():
    for filters in ({}, {"bclc": "c"}, {"sex": "male"}, {"target_lesion_mm": "10..90"}):
        asked = snapped(GUARDED, cohort(**filters))
        mask = select(GUARDED, asked)
        for variable in GUARDED.variables:
            hidden = hidden_groups(GUARDED, asked, variable.id)
            codes = GUARDED.codes[variable.id][mask]
            codes = np.where(codes < 0, len(variable.levels), codes)
            shown = [code not in hidden for code in codes]
            rest = len(codes) - sum(shown)
            assert rest == 0 or rest >= CELL or not any(shown)


def test_a_set_that_differs_by_few_from_the_default_one_is_not_answered():
    study = guarded("nct01900002")
    told = {one.id: answered(study, Cohort(study.id, one.id)) for one in study.analysis_sets}
    assert told[study.default_set.id]
    # The four who received sorafenib only.
    assert not any(told[one.id] for one in study.analysis_sets if one != study.default_set)


def test_ends_of_a_slider_are_nobodys_value():
    assert outward(37, 84) == (35.0, 85.0)
    low, high = limits(GUARDED, GUARDED.variable("target-lesion-mm"), select(GUARDED, cohort()))
    numbers = GUARDED.numbers["target-lesion-mm"]
    assert low <= np.nanmin(numbers)
    assert high >= np.nanmax(numbers)
    assert limits(GUARDED, GUARDED.variable("age-years"), np.zeros(GUARDED.n, bool)) is None
