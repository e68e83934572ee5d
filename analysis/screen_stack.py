"""The stacked event table of every level of every variable, at the event times only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.level_counts import MANY_PATIENTS, counts_by_variable

_CELLS_AT_ONCE = 8_000_000


@dataclass(frozen=True, eq=False)
class Stack:
    """Counts of L levels at E event times, and the first and last follow-up of each level."""

    time: np.ndarray
    n_risk: np.ndarray
    n_event: np.ndarray
    n: np.ndarray
    first: np.ndarray
    last: np.ndarray


def stack_of_patients(axis, event, variables, view) -> Stack:
    """The table of patients.

    Parameters
    ----------
    axis : TimeAxis
    event : (M,) array of 0 and 1
        Of the patients in view.
    variables : CodedVariables
    view : (M,) array of int
        Their positions.
    """
    code = axis.code[view]
    times, has_event = columns_of(
        axis.time, np.bincount(code, event, minlength=max(axis.time.size, 1)) > 0
    )
    column = np.flatnonzero(has_event)
    time = times[column]
    if view.size > MANY_PATIENTS and variables.names:
        counted = counts_by_variable(axis, event, variables, view)
        return stack_of_counts(times, has_event, (counts[:, 0] for counts in counted))
    reached = np.cumsum(has_event)[code]  # event times up to the patient's own, 0 to E
    n_columns, n_rows = column.size + 1, variables.variable.size
    counts = np.zeros((n_rows, 2, n_columns), dtype=np.intp)
    first, last = np.full(n_rows, axis.time.size, dtype=np.intp), np.full(n_rows, -1, dtype=np.intp)
    together = max(1, _CELLS_AT_ONCE // max(view.size, 1))
    for start in range(0, len(variables.names), together):
        part = slice(start, start + together)
        level = variables.codes[part][:, view]
        begin = int(variables.first[start])
        end = int((variables.first + variables.n_levels)[part][-1])
        row = np.where(level >= 0, level + (variables.first[part, None] - begin), end - begin)
        cell = (2 * row + event) * n_columns + reached
        # The last row of the bincount collects the missing.
        table = np.bincount(cell.ravel(), minlength=2 * (end - begin + 1) * n_columns)
        counts[begin:end] = table.reshape(-1, 2, n_columns)[:-1]
        _first_and_last(row, code, first[begin:end], last[begin:end])
    n_risk = counts.sum(axis=1)[:, :0:-1].cumsum(axis=1)[:, ::-1]
    times = np.append(axis.time.astype(float), np.nan)
    return Stack(time, n_risk, counts[:, 1, 1:], counts.sum(axis=(1, 2)), times[first], times[last])


def columns_of(time, has_event) -> tuple[np.ndarray, np.ndarray]:
    """Times, one at least, and whether they are columns.

    One column without events keeps every shape valid.
    """
    if not time.size:
        return np.zeros(1), np.ones(1, bool)
    has_event[0] |= not has_event.any()
    return time, has_event


def stack_of_counts(time, has_event, counted: Iterable[np.ndarray]) -> Stack:
    """The table of counts, as they are made of a large cohort, whose cells would not fit.

    Parameters
    ----------
    time, has_event : (T,) arrays
        As `columns_of` gives them.
    counted : iterable of (L, 2, T) arrays of int
        Of each variable patients by level, event and time.
    """
    column, parts = np.flatnonzero(has_event), []
    for counts in counted:
        here = counts.sum(axis=1)
        seen = here > 0
        first = np.where(seen.any(axis=1), seen.argmax(axis=1), time.size)
        last = np.where(seen.any(axis=1), time.size - 1 - seen[:, ::-1].argmax(axis=1), -1)
        n_risk = here[:, ::-1].cumsum(axis=1)[:, ::-1][:, column]
        parts.append((n_risk, counts[:, 1][:, column], here.sum(axis=1), first, last))
    if not parts:
        parts.append((np.zeros((0, column.size), int),) * 2 + (np.zeros(0, int),) * 3)
    n_risk, n_event, n, first, last = map(np.concatenate, zip(*parts, strict=True))
    times = np.append(time.astype(float), np.nan)
    return Stack(time[column], n_risk, n_event, n, times[first], times[last])


def _first_and_last(row, code, first, last):
    """Earliest and latest time code of each level, written into `first` and `last`."""
    order = np.argsort(code, kind="stable")
    row, code = row[:, order], code[order]
    # Of repeated positions numpy keeps the last assignment, here the largest or smallest code.
    ends = np.full(last.size + 1, -1, dtype=np.intp)
    ends[row.ravel()] = np.broadcast_to(code, row.shape).ravel()
    last[:] = ends[:-1]
    ends[:] = first.max(initial=0)
    ends[row[:, ::-1].ravel()] = np.broadcast_to(code[::-1], row.shape).ravel()
    first[:] = ends[:-1]
