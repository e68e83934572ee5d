"""The event table: tie rules, counts, the risk table and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.event_table import TimeAxis, at_risk_rows, event_table, time_axis
from tests.analysis.golden_data import patients

cohorts = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 1), st.integers(0, 2)), min_size=0, max_size=40
)


def columns(cohort):
    return (
        np.array(values, dtype=int)
        for values in (zip(*cohort, strict=True) if cohort else ([], [], []))
    )


# ---------------------------------------------------------------- time axis


def test_axis_holds_distinct_sorted_times_and_codes():
    axis = time_axis([30, 10, 30, 20])
    assert axis.time.tolist() == [10, 20, 30]
    assert axis.code.tolist() == [2, 0, 2, 1]


def test_whole_days_stay_exact_however_large():
    days = [10**9, 10**9 + 1, 10**9 + 2]
    assert time_axis(days).time.tolist() == days


def test_rounding_noise_does_not_break_ties():
    axis = time_axis([0.1 + 0.2, 0.3, 1 / 3, 0.333333333333, 1.0, 2.0])
    assert axis.time.tolist() == [0.3, 0.333333333333, 1.0, 2.0]
    assert axis.code.tolist() == [0, 0, 1, 1, 2, 3]


def test_tolerance_grows_with_the_mean_time_as_in_r():
    # aeqSurv divides the gap by the mean of the distinct times: 1e-6 / 1000 is a tie, 1e-6 is not.
    assert time_axis([1000.0, 1000.000001]).time.size == 1
    assert time_axis([1.0, 1.000001]).time.size == 2


@pytest.mark.parametrize(
    ("bad", "shown"),
    [(np.nan, "nan"), (np.inf, "inf"), (-1.0, "-1.0"), (None, "nan"), (pd.NA, "nan")],
    ids=["nan", "infinite", "negative", "none", "pandas-na"],
)
def test_unusable_time_is_named_by_position(bad, shown):
    with pytest.raises(ValueError, match=f"position 2 holds {shown}"):
        time_axis([1, 2, bad, 4])


def test_dates_and_two_dimensions_are_refused():
    with pytest.raises(ValueError, match="dates or durations"):
        time_axis(np.array(["2020-01-01"], dtype="datetime64[D]"))
    with pytest.raises(ValueError, match="one-dimensional"):
        time_axis([[1, 2], [3, 4]])


def test_empty_axis():
    axis = time_axis([])
    assert axis.time.size == axis.code.size == 0


# ---------------------------------------------------------------- counts


def test_counts_by_hand():
    table = event_table([5, 3, 5, 8], [1, 0, 0, 1], [0, 0, 1, 1])
    assert table.time.tolist() == [3, 5, 8]
    assert table.n_risk.tolist() == [[2, 1, 0], [2, 2, 1]]
    assert table.n_event.tolist() == [[0, 1, 0], [0, 0, 1]]
    assert table.n_censor.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert table.n.tolist() == [2, 2]


@pytest.mark.parametrize("as_positions", [False, True], ids=["mask", "positions"])
def test_rows_restrict_the_table_but_not_the_axis(as_positions):
    axis = time_axis([5, 3, 5, 8])
    rows = np.array([True, False, False, True])
    table = event_table(axis, [1, 0, 0, 1], rows=np.flatnonzero(rows) if as_positions else rows)
    assert table.time is axis.time
    assert table.n_risk.tolist() == [[2, 2, 1]]
    assert table.n_event.tolist() == [[0, 1, 1]]


def test_repeated_positions_count_repeatedly():
    table = event_table([1, 2], [1, 0], rows=[0, 0, 1])
    assert table.n_event.tolist() == [[2, 0]]
    assert table.n.tolist() == [3]


@pytest.mark.parametrize("rows", [[], np.zeros(3, bool)], ids=["no-positions", "empty-mask"])
def test_nobody_in_view(rows):
    table = event_table([1, 2, 3], [1, 0, 1], [0, 1, 1], rows=rows)
    assert table.n.tolist() == [0, 0]
    assert not table.n_risk.any()
    assert table.n_risk.shape == (2, 3)


def test_nobody_at_all():
    table = event_table([], [])
    assert table.n.tolist() == [0]
    assert table.n_risk.shape == (1, 0)


def test_a_group_emptied_by_a_filter_keeps_its_row():
    table = event_table([1, 2, 3], [1, 1, 1], [0, 1, 2], rows=[0, 1])
    assert table.n.tolist() == [1, 1, 0]


def test_missing_values_out_of_view_do_no_harm():
    table = event_table([1, 2, 3], [1, np.nan, 0], [0, 0, -1], n_groups=1, rows=[0])
    assert table.n.tolist() == [1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"event": [1, np.nan, 0]}, "event must be .* position 1 holds nan"),
        ({"event": [1, 2, 0]}, "event must be .* position 1 holds 2"),
        ({"event": [1, 0]}, "event has 2 values for 3 patients"),
        ({"event": [1, 0, 1], "group": [0, 0, -1]}, "group must be .* position 2 holds -1"),
        (
            {"event": [1, 0, 1], "group": [0.0, np.nan, 1.0]},
            "group must be .* position 1 holds nan",
        ),
        (
            {"event": [1, 0, 1], "group": [0, 1, 2], "n_groups": 2},
            "from 0 to 1; position 2 holds 2",
        ),
        ({"event": [1, 0, 1], "group": [0, 1]}, "group has 2 values for 3 patients"),
        ({"event": [1, 0, 5], "rows": [2]}, "position 2 holds 5"),
        ({"event": [1, 0, 1], "rows": [True, False]}, "rows has shape"),
        ({"event": [1, 0, 1], "rows": ["a"]}, "boolean mask or integer positions"),
    ],
)
def test_refusals_name_what_and_where(arguments, message):
    with pytest.raises(ValueError, match=message):
        event_table([1, 2, 3], **arguments)


def test_results_cannot_be_changed_and_inputs_can():
    ticks = np.array([0.0, 2.0])
    table = event_table([1, 2], [1, 0])
    risk = at_risk_rows(table, ticks)
    for array in (table.time, table.n_risk, table.n_event, table.n_censor, table.n, risk.at_risk):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    ticks[0] = 1.0
    assert risk.times[0] == 0.0


# ---------------------------------------------------------------- risk table


def test_a_patient_whose_time_is_the_tick_is_still_at_risk():
    # R: summary(survfit(Surv(time, status) ~ 1, lung), times = 310)$n.risk is 85; a library that
    # counts time > t says 83.
    lung = patients("lung")
    risk = at_risk_rows(event_table(lung.time, lung.event), [310])
    assert risk.at_risk.tolist() == [[85]]


def test_risk_table_by_hand():
    risk = at_risk_rows(event_table([2, 4, 4, 9], [1, 0, 1, 0]), [0, 2, 4, 5, 9, 100])
    assert risk.at_risk.tolist() == [[4, 4, 3, 1, 1, 0]]
    assert risk.events.tolist() == [[0, 0, 1, 2, 2, 2]]
    assert risk.censored.tolist() == [[0, 0, 0, 1, 1, 2]]


def test_missing_tick_is_refused():
    with pytest.raises(ValueError, match="times must not be missing"):
        at_risk_rows(event_table([1], [1]), [np.nan])


@given(cohorts, st.lists(st.integers(0, 30), max_size=8))
def test_every_patient_is_in_one_row_of_the_risk_table(cohort, ticks):
    time, event, group = columns(cohort)
    table = event_table(time, event, group, n_groups=3)
    risk = at_risk_rows(table, [*ticks, *table.time])
    assert (risk.at_risk + risk.censored + risk.events == table.n[:, None]).all()
    for g in range(3):
        here = time[group == g]
        assert risk.at_risk[g].tolist() == [int((here >= tick).sum()) for tick in risk.times]


@given(cohorts)
def test_at_risk_censored_and_events_add_up_at_every_time(cohort):
    time, event, group = columns(cohort)
    table = event_table(time, event, group, n_groups=3)
    gone = (table.n_event + table.n_censor).cumsum(axis=1)
    assert (table.n_risk[:, 1:] + gone[:, :-1] == table.n[:, None]).all()
    assert table.n_event.sum() == event.sum()


@given(cohorts, st.randoms(use_true_random=False))
def test_tables_of_two_halves_add_up_to_the_whole(cohort, random):
    time, event, group = columns(cohort)
    half = np.array([random.random() < 0.5 for _ in cohort], dtype=bool)
    axis = time_axis(time)
    one, other, whole = (
        event_table(axis, event, group, 3, rows=rows) for rows in (half, ~half, None)
    )
    for counts in ("n_risk", "n_event", "n_censor", "n"):
        added = getattr(one, counts) + getattr(other, counts)
        assert (added == getattr(whole, counts)).all()


@settings(max_examples=30)
@given(cohorts, st.randoms(use_true_random=False))
def test_order_of_patients_does_not_matter(cohort, random):
    shuffled = list(cohort)
    random.shuffle(shuffled)
    first, second = (event_table(*columns(rows), n_groups=3) for rows in (cohort, shuffled))
    for counts in ("time", "n_risk", "n_event", "n_censor", "n"):
        assert (getattr(first, counts) == getattr(second, counts)).all()


def test_axis_is_accepted_as_made():
    axis = time_axis([3, 1])
    assert isinstance(axis, TimeAxis)
    assert event_table(axis, [1, 0]).n_risk.tolist() == event_table([3, 1], [1, 0]).n_risk.tolist()


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=80))
def test_counted_and_sorted_codes_are_equal(days):
    axis = time_axis(np.array(days, dtype=int))
    distinct, code = np.unique(np.array(days, dtype=int), return_inverse=True)
    assert axis.time.tolist() == distinct.tolist()
    assert axis.code.tolist() == code.tolist()
