"""Adverse events are counted once per patient and term, at the worst grade."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.proportions import clopper_pearson, newcombe_difference
from analysis.safety import count_adverse_events, exact_limits, worst_grades


def counted(events, n=6, terms=3, grades=3, group=None, rows=None, groups=1, severe=1):
    """Counts of (patient, term, grade) triples."""
    patient, term, grade = (np.array([e[i] for e in events], np.int64) for i in range(3))
    worst = worst_grades(patient, term, grade, n, terms)
    return count_adverse_events(
        worst,
        np.bincount(patient, minlength=n),
        np.zeros(n, np.int64) if group is None else np.asarray(group),
        np.ones(n, bool) if rows is None else np.asarray(rows),
        n_groups=groups,
        n_grades=grades,
        first_severe=severe,
    )


def test_a_patient_counts_once_per_term_at_the_worst_grade():
    made = counted([(0, 0, 0), (0, 0, 2), (0, 0, 1), (0, 1, 0), (2, 0, 0)])
    assert made.n.tolist() == [6]
    assert made.counts[0].tolist() == [[1, 0, 1], [1, 0, 0], [0, 0, 0]]
    assert made.patients.tolist() == [[1, 0, 1]]
    assert made.rows.tolist() == [5]
    assert made.with_term().tolist() == [[2, 1, 0]]
    assert made.with_term(severe=True).tolist() == [[1, 0, 0]]
    assert (made.with_any()[0], made.with_any(severe=True)[0]) == (2, 1)


def test_a_patient_without_events_stays_in_the_denominator():
    made = counted([(0, 0, 0)], rows=[True, True, False, False, False, True])
    assert made.n.tolist() == [3]
    assert made.with_any().tolist() == [1]


def test_nobody_in_view():
    made = counted([(0, 0, 0)], rows=[False] * 6)
    assert made.n.tolist() == [0]
    assert not made.counts.any()
    assert np.isnan(made.interval()).all()


def test_no_event_at_all():
    made = counted([])
    assert made.with_any().tolist() == [0]
    assert made.interval()[0].tolist() == [[0, 0, 0]]


def test_two_groups_and_a_patient_in_neither():
    made = counted([(0, 0, 2), (3, 0, 0), (5, 0, 2)], group=[0, 0, 0, 1, 1, -1], groups=2)
    assert made.n.tolist() == [3, 2]
    assert made.with_term()[:, 0].tolist() == [1, 1]
    one = newcombe_difference(1, 3, 1, 2)
    assert made.difference()[0].tolist() == [one.value, one.lower, one.upper]
    severe = newcombe_difference(1, 3, 0, 2)
    assert made.difference(severe=True)[0, 0] == severe.value


def test_without_a_severe_grade_nothing_is_severe():
    made = counted([(0, 0, 2)], severe=3)
    assert not made.with_term(severe=True).any()
    assert made.with_any(severe=True).tolist() == [0]


@pytest.mark.parametrize("group", [[0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, -2]])
def test_a_group_outside_its_range_is_refused(group):
    with pytest.raises(ValueError, match="groups"):
        counted([(0, 0, 0)], group=group)


def test_a_grade_outside_its_range_is_refused():
    with pytest.raises(ValueError, match="worst grades"):
        counted([(0, 0, 3)])


EVENTS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 4)), max_size=40)
VIEWS = st.lists(st.booleans(), min_size=8, max_size=8)
GROUPS = st.lists(st.integers(-1, 1), min_size=8, max_size=8)


@given(EVENTS, VIEWS, GROUPS)
def test_what_holds_for_all_counts(events, rows, group):
    made = counted(events, 8, 4, 5, group, rows, groups=2, severe=2)
    used = np.array(rows) & (np.array(group) >= 0)
    assert made.n.sum() == used.sum()
    # Grades add up to any; nobody counts twice; counts never exceed the denominator.
    assert (made.counts.sum(axis=2) == made.with_term()).all()
    assert (made.with_term() <= made.n[:, None]).all()
    assert (made.with_term(severe=True) <= made.with_term()).all()
    assert (made.with_any() <= made.n).all()
    assert (made.with_any() >= made.with_term().max(axis=1)).all()
    assert (made.with_any() <= made.with_term().sum(axis=1)).all()
    for place in range(2):
        for term in range(4):
            patients = {p for p, t, _ in events if t == term and used[p] and group[p] == place}
            assert made.with_term()[place, term] == len(patients)


@given(st.integers(0, 40), st.integers(0, 40))
def test_limits_of_many_are_those_of_one(events, more):
    one = clopper_pearson(events, events + more)
    low, high = exact_limits([events], [events + more])
    np.testing.assert_equal((low[0], high[0]), (one.lower, one.upper))
