"""The event table: patients at risk, events and censorings per group and distinct time.

Everything that the survival view shows is a short function of this table. Times are sorted and
coded once per study and endpoint (`time_axis`); every filter then costs one `np.bincount`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TIE_TOLERANCE = float(np.sqrt(np.finfo(float).eps))
"""Tolerance under which R's survival package treats two times as tied (`aeqSurv`)."""


@dataclass(frozen=True, eq=False)
class TimeAxis:
    """Distinct follow-up times of a study's patients.

    Attributes
    ----------
    time : (T,) array
        Distinct times in ascending order, in the caller's unit (days in this product).
    code : (N,) array of int
        Position in `time` of each patient's follow-up time.
    """

    time: np.ndarray
    code: np.ndarray


@dataclass(frozen=True, eq=False)
class EventTable:
    """Counts per group and distinct time.

    Attributes
    ----------
    time : (T,) array
        Distinct times of the axis, in the caller's unit (days in this product).
    n_risk, n_event, n_censor : (G, T) arrays of int
        Patients with time >= t, with the event at t, and censored at t.
    n : (G,) array of int
        Patients per group.
    """

    time: np.ndarray
    n_risk: np.ndarray
    n_event: np.ndarray
    n_censor: np.ndarray
    n: np.ndarray


@dataclass(frozen=True, eq=False)
class RiskTable:
    """Rows under a survival curve (KMunicate layout, Morris et al., BMJ Open 2019).

    Attributes
    ----------
    times : (K,) array
        Ticks of the time axis.
    at_risk : (G, K) array of int
        Patients with time >= tick.
    censored, events : (G, K) arrays of int
        Cumulative counts with time < tick, so the three add up to the group's size at every tick.
    """

    times: np.ndarray
    at_risk: np.ndarray
    censored: np.ndarray
    events: np.ndarray


def time_axis(time) -> TimeAxis:
    """Sort and code the follow-up times of all patients of a study.

    Parameters
    ----------
    time : (N,) array-like
        Follow-up times, finite and not negative. Whole days are compared exactly. Floating-point
        times that differ by rounding only are merged into the smallest of them, as R's `survfit`
        and `survdiff` do with ``timefix = TRUE``: otherwise months such as 0.1 + 0.2 and 0.3 would
        break a tie and change the log-rank test.

    Raises
    ------
    ValueError
        If a time is missing, infinite or negative; the message names its position.
    """
    values = _one_dimensional(time, "time")
    largest = values.max(initial=0)
    if not (values.min(initial=0) >= 0 and largest < np.inf):  # NaN is neither
        position = int((~np.isfinite(values) | (values < 0)).argmax())
        raise ValueError(
            f"time must be finite and not negative; position {position} holds {values[position]}"
        )
    if values.dtype.kind == "i" and largest < values.size:
        distinct, code = _coded_by_counting(values)
    else:
        distinct, code = np.unique(values, return_inverse=True)
        if distinct.dtype.kind == "f":
            distinct, code = _merge_nearly_equal(distinct, code)
    return TimeAxis(*_read_only(distinct, code.astype(np.intp, copy=False)))


def event_table(axis, event, group=None, n_groups=None, rows=None, patients=None) -> EventTable:
    """Count patients at risk, events and censorings per group and distinct time.

    Parameters
    ----------
    axis : TimeAxis or (N,) array-like
        The study's time axis, or follow-up times from which one is made.
    event : (N,) array-like of 0 and 1
        1 where the event was observed at the patient's time, 0 where follow-up ended without it.
    group : (N,) array-like of int, optional
        Group code of each patient, 0 to G - 1. Without it all patients form one group.
    n_groups : int, optional
        G; by default the largest code of the whole study plus one, so that a filter that empties
        a group leaves a row of zeros rather than shifting the others.
    rows : (N,) boolean mask or (M,) array of int, optional
        The patients in view. Patients out of view may have a missing event or group.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.

    Raises
    ------
    ValueError
        If lengths differ, or a patient in view has a missing or unknown event or group code.
    """
    if not isinstance(axis, TimeAxis):
        axis = time_axis(axis)
    n_patients = axis.code.size
    view = _view(rows, n_patients)
    code = axis.code[view]
    status = _codes_in_view(event, "event", 2, view, n_patients)
    n_times = axis.time.size
    if group is None:
        n_groups = 1 if n_groups is None else int(n_groups)
        cell = status * n_times
    else:
        group = _one_dimensional(group, "group")
        if n_groups is None:
            n_groups = int(np.nanmax(group, initial=-1)) + 1
        # In one array, because fresh memory costs more than the arithmetic.
        cell = 2 * _codes_in_view(group, "group", int(n_groups), view, n_patients)
        cell += status
        cell *= n_times
    cell += code
    counts = np.bincount(
        cell, None if patients is None else patients[view], 2 * n_groups * n_times
    ).astype(np.intp, copy=False)
    counts = counts.reshape(n_groups, 2, n_times)
    n_censor, n_event = counts[:, 0], counts[:, 1]
    n_risk = counts.sum(axis=1)[:, ::-1].cumsum(axis=1)[:, ::-1]
    n = n_risk[:, 0] if n_times else np.zeros(n_groups, dtype=np.intp)
    return EventTable(axis.time, *_read_only(n_risk, n_event, n_censor, n))


def at_risk_rows(table: EventTable, times) -> RiskTable:
    """Count the rows under a survival curve at the ticks of its time axis.

    A patient whose time equals the tick is still at risk there; events and censorings are counted
    strictly before the tick.

    Parameters
    ----------
    table : EventTable
        Counts of the groups on screen.
    times : (K,) array-like
        Ticks, in the unit of the table's times.

    Raises
    ------
    ValueError
        If a tick is missing.
    """
    ticks = _one_dimensional(times, "times").copy()
    if np.isnan(ticks).any():
        raise ValueError("times must not be missing")
    before = np.searchsorted(table.time, ticks, side="left")
    censored = _with_leading_zero(table.n_censor).take(before, axis=1)
    events = _with_leading_zero(table.n_event).take(before, axis=1)
    at_risk = table.n[:, None] - censored - events
    return RiskTable(*_read_only(ticks, at_risk, censored, events))


def _coded_by_counting(values):
    """Distinct whole numbers and codes without sorting, for many patients on few days."""
    occurs = np.bincount(values) > 0
    return occurs.nonzero()[0].astype(values.dtype, copy=False), (occurs.cumsum() - 1)[values]


def _merge_nearly_equal(distinct, code):
    """Merge times as R's `aeqSurv`: a gap is a tie if tiny in itself or beside the mean time."""
    if distinct.size == 0:
        return distinct, code
    tied_within = TIE_TOLERANCE * max(1.0, float(distinct.mean()))
    separate = np.concatenate([[True], np.diff(distinct) > tied_within])
    return distinct[separate], (np.cumsum(separate) - 1)[code]


def _one_dimensional(values, name):
    """Turn input into a one-dimensional numeric array; missing values of any kind become NaN."""
    array = np.asarray(values)
    if array.dtype.kind in "mM":
        raise ValueError(f"{name} must be plain numbers, not dates or durations")
    if array.dtype.kind in "bu":
        array = array.astype(np.intp)
    elif array.dtype.kind not in "if":
        import pandas as pd  # only for columns with pandas' or Python's own missing values

        array = pd.to_numeric(pd.Series(array.ravel()), errors="coerce").to_numpy(dtype=float)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not of shape {array.shape}")
    return array


def _view(rows, n_patients):
    """Turn the selection of patients into an index; None keeps everybody without copying."""
    if rows is None:
        return slice(None)
    rows = np.asarray(rows)
    if rows.dtype.kind == "b":
        if rows.shape != (n_patients,):
            raise ValueError(f"rows has shape {rows.shape}, expected ({n_patients},)")
        return np.flatnonzero(rows)
    if rows.size and rows.dtype.kind not in "iu":
        raise ValueError(f"rows must be a boolean mask or integer positions, not {rows.dtype}")
    return rows.astype(np.intp)


def _codes_in_view(values, name, n_levels, view, n_patients):
    """Return the codes of the patients in view after checking that each is one of the levels."""
    values = _one_dimensional(values, name)
    if values.size != n_patients:
        raise ValueError(f"{name} has {values.size} values for {n_patients} patients")
    seen = values[view]
    if seen.dtype.kind == "i" and seen.size and seen.min() >= 0 and seen.max() < n_levels:
        return seen.astype(np.intp, copy=False)
    unknown = ~((seen >= 0) & (seen < n_levels) & (seen == np.floor(seen)))
    if unknown.any():
        first = int(np.argmax(unknown))
        position = first if isinstance(view, slice) else int(view[first])
        raise ValueError(
            f"{name} must be a whole number from 0 to {n_levels - 1}; "
            f"position {position} holds {seen[first]}"
        )
    return seen.astype(np.intp, copy=False)


def _with_leading_zero(counts):
    """Cumulative counts strictly before each distinct time, and after the last one."""
    return np.concatenate([np.zeros((counts.shape[0], 1), counts.dtype), counts.cumsum(axis=1)], 1)


def _read_only(*arrays):
    """Freeze the arrays of a result: results are memoised and shared between views."""
    for array in arrays:
        array.flags.writeable = False
    return arrays
