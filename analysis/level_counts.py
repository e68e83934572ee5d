"""Events and censorings by level and time of many variables: one count for each variable.

What is reported of a level is a function of these counts, whose size does not depend on the number
of patients.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.coded_variables import CodedVariables
from analysis.event_table import EventTable, TimeAxis

MANY_PATIENTS = 20_000
"""Patients from whom on variables are counted one by one: all cells at once take memory."""


def counts_by_variable(
    axis: TimeAxis, event, variables: CodedVariables, view, group=None, n_groups: int = 1
) -> Iterator[np.ndarray]:
    """Count patients by level, group, event and time, one variable after the other.

    Parameters
    ----------
    axis : TimeAxis
        Of N patients, with T distinct times.
    event : (M,) array of 0 and 1
        Of the patients in view.
    view : (M,) array of int
        Their positions.
    group : (M,) array of int, optional
        0 to ``n_groups`` - 1.

    Yields
    ------
    (levels, n_groups, 2, T) array of int
        Without the event first. Patients without a level are not counted.
    """
    n_times = axis.time.size
    cell = np.asarray(event, dtype=np.intp) * n_times
    cell += axis.code[view]
    if group is not None:
        cell += np.asarray(group, dtype=np.intp) * (2 * n_times)
    size = n_groups * 2 * n_times
    # The first level collects the missing.
    cell += size
    everybody = view.size == axis.code.size
    for codes, n_levels in zip(variables.codes, variables.n_levels.tolist(), strict=True):
        level = (codes if everybody else codes[view]).astype(np.intp)
        level *= size
        level += cell
        counts = np.bincount(level, minlength=(n_levels + 1) * size)[size:]
        yield counts.reshape(n_levels, n_groups, 2, n_times)


def table_of_counts(time, counts) -> EventTable:
    """The event table of counts.

    Parameters
    ----------
    time : (T,) array
    counts : (G, 2, T) array of int
        Censored and events.
    """
    n_risk = counts.sum(axis=1)[:, ::-1].cumsum(axis=1)[:, ::-1]
    n = n_risk[:, 0] if time.size else np.zeros(len(counts), dtype=np.intp)
    return EventTable(time, n_risk, counts[:, 1], counts[:, 0], n)
