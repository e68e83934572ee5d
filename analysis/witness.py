"""A second witness: the view computed again by lifelines, to be held against our own numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.event_table import EventTable
from analysis.survival_groups import SurvivalGroups


@dataclass(frozen=True)
class Witness:
    """How far lifelines and this product are apart on one view.

    Attributes
    ----------
    largest_difference : float
        Of S(t) over all groups and all days; NaN for an empty cohort.
    points : int
        How many values of S(t) were compared.
    p_value, own_p_value : float
        Log-rank p by lifelines and by this product; NaN where there is no test.
    version : str
        Of lifelines.
    """

    largest_difference: float
    points: int
    p_value: float
    own_p_value: float
    version: str


def kinds_of(table: EventTable) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Time, event and group of the patients behind an event table, and how many are alike in them.

    An event table loses who a patient is but no time, event or group.

    Returns
    -------
    time : ndarray of float, shape (K,)
        In the unit of the table.
    event, group, patients : ndarray of int, shape (K,)
    """
    counts = np.stack([table.n_censor, table.n_event])
    event, group, day = counts.nonzero()
    return table.time[day].astype(float), event, group, counts[event, group, day]


def lifelines_witness(result: SurvivalGroups) -> Witness:
    """Compute curves and log-rank test of a result again with lifelines."""
    # Imported here: it costs more than half a second and no ordinary view needs it.
    import lifelines
    from lifelines.statistics import multivariate_logrank_test

    time, event, group, patients = kinds_of(result.table)
    largest, points = float("nan"), 0
    for index, own in enumerate(result.groups):
        mine = group == index
        if not mine.any():
            continue
        fitter = lifelines.KaplanMeierFitter()
        fitted = fitter.fit(time[mine], event[mine], weights=patients[mine])
        theirs = fitted.survival_function_at_times(own.curve.time).to_numpy()
        difference = float(np.max(np.abs(theirs - own.curve.survival)))
        largest = difference if points == 0 else max(largest, difference)
        points += len(theirs)
    p = own_p = float("nan")
    if result.test is not None:
        own_p = result.test.p_value
        # Groups that were never at risk when an event happened say nothing, and R takes no degree
        # of freedom for them; lifelines would.
        compared = np.isin(group, np.flatnonzero(result.test.expected > 0))
        if event.any() and np.isfinite(own_p):
            columns = (one[compared] for one in (time, group, event, patients))
            p = float(multivariate_logrank_test(*columns).p_value)
    return Witness(largest, points, p, own_p, lifelines.__version__)
