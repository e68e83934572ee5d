"""Cox's partial likelihood with Efron's or Breslow's ties, stratified or not.

Patients are sorted once by the last event time that they were at risk for. Sums over risk sets
are then reversed cumulative sums over event times, and no step loops over patients. The sum of
second moments over all risk sets needs no matrix per event time: patient i contributes
``r_i z_i z_i'`` to every risk set up to its own time, so the sum is one matrix product weighted
with the cumulative hazard at that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.event_table import EventTable


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Who is at risk at which event time. M patients, K event times, D events.

    Attributes
    ----------
    table : EventTable
        One row per stratum, all patients.
    patient : (M,) array of int
        Positions of the patients that are at risk at some event time, sorted by stratum, then by
        the last event time that they reach, those with the event first.
    cell : (M,) array of int
        That last event time, as a position among the K.
    start : (K,) array of int
        First patient of each event time in `patient`.
    edges : (2 K,) or (2 K - 1,) array of int
        Where the events and the censored of each event time begin, in turns.
    with_censored : (K',) array of int
        Event times with a censored patient before the next; the others' edge begins nothing.
    died : (D,) array of int
        Positions in `patient` of those with the event, in order of time.
    died_start : (K,) array of int
        First event of each event time in `died`.
    n_event : (K,) array of int
    time_index : (K,) array of int
        Position of each event time in ``table.time``.
    strata : tuple of slice
        The event times of each stratum that has any.
    tie_fraction : (D,) array or None
        Efron's share l / d of the tied events that has left the risk set; None without ties, and
        for Breslow's method.
    """

    table: EventTable
    patient: np.ndarray
    cell: np.ndarray
    start: np.ndarray
    edges: np.ndarray
    with_censored: np.ndarray
    died: np.ndarray
    died_start: np.ndarray
    n_event: np.ndarray
    time_index: np.ndarray
    strata: tuple[slice, ...]
    tie_fraction: np.ndarray | None


@dataclass(frozen=True, eq=False)
class PartialLikelihood:
    """Value and derivatives of the log partial likelihood at one coefficient vector.

    Attributes
    ----------
    loglik : float
    gradient : (p,) array
    information : (p, p) array
        Minus the second derivative.
    """

    loglik: float
    gradient: np.ndarray
    information: np.ndarray


def risk_sets(table: EventTable, time_code, event, stratum, ties: str) -> RiskSets:
    """Sort patients into risk sets.

    Parameters
    ----------
    table : EventTable
        Counts with one row per stratum.
    time_code : (N,) array of int
        Position of each patient's time in ``table.time``.
    event : (N,) array of 0 and 1
    stratum : (N,) array of int
        Row of each patient in the table.
    ties : {"efron", "breslow"}
    """
    n_times = table.time.size
    events_per_cell = table.n_event.ravel()
    event_cells = np.flatnonzero(events_per_cell)
    n_event = events_per_cell[event_cells]
    reached = np.cumsum(events_per_cell > 0)
    last = reached[stratum * n_times + time_code] - 1 if time_code.size else time_code
    bounds = np.searchsorted(event_cells, n_times * np.arange(table.n.size + 1))
    at_risk = np.flatnonzero(last >= bounds[stratum])
    key = 2 * last[at_risk] + (event[at_risk] == 0)
    if 2 * n_event.size < 2**16:
        key = key.astype(np.uint16)  # numpy sorts 16 bits by radix, ten times faster
    order = np.argsort(key, kind="stable")
    patient = at_risk[order]
    cell = last[patient]
    died = np.flatnonzero(event[patient])
    died_start = np.cumsum(n_event) - n_event
    tie_fraction = None
    if ties == "efron" and (n_event > 1).any():
        within = np.arange(died.size) - np.repeat(died_start, n_event)
        tie_fraction = within / np.repeat(n_event, n_event)
    start = np.searchsorted(cell, np.arange(n_event.size))
    censored = start + n_event
    with_censored = np.flatnonzero(np.append(start[1:], patient.size) > censored)
    edges = np.stack([start, censored], axis=1).ravel()
    edges = edges[edges < patient.size]  # nobody is censored after the last event: no last edge
    return RiskSets(
        table, patient, cell, start, edges, with_censored, died, died_start,
        n_event, event_cells % n_times if n_times else event_cells,
        tuple(slice(a, b) for a, b in pairwise(bounds) if b > a),
        tie_fraction,
    )  # fmt: skip


def partial_likelihood(sets: RiskSets, columns, coef, event_weight=None) -> PartialLikelihood:
    """Log partial likelihood, score and information (Cox 1972; Efron 1977; Breslow 1974).

    Parameters
    ----------
    sets : RiskSets
    columns : (p, M) array
        Covariates of ``sets.patient``; close to mean 0 and standard deviation 1, because the
        information is a difference of second moments.
    coef : (p,) array
    event_weight : (K,) array, optional
        Weight of each event time in score and information (not in `loglik`).
    """
    predictor = coef @ columns
    predictor -= predictor.max()  # cancels in every ratio, and keeps exp from overflowing
    risk = np.exp(predictor)
    weighted = columns * risk
    died0, here0 = _per_event_time(sets, risk)
    died1, here1 = _per_event_time(sets, weighted)
    sum0, sum1 = _at_risk(sets, here0), _at_risk(sets, here1)
    loglik = predictor[sets.died].sum()
    if sets.tie_fraction is None:
        loglik -= sets.n_event @ np.log(sum0)
        hazard, second = sets.n_event / sum0, sets.n_event / sum0**2
        leaving, tied_moments = None, 0.0
        if event_weight is not None:
            hazard, second = hazard * event_weight, second * event_weight
    else:
        log_sum, hazard, leaving, second, tied_moments = _efron(
            sets, died0, died1, sum0, sum1, event_weight
        )
        loglik -= log_sum
    exposure = _before(sets, hazard)[sets.cell]
    if leaving is not None:
        exposure[sets.died] -= leaving[sets.cell[sets.died]]
    residual = -risk * exposure
    residual[sets.died] += 1.0 if event_weight is None else event_weight[sets.cell[sets.died]]
    weighted *= exposure
    information = weighted @ columns.T - (sum1 * second) @ sum1.T + tied_moments
    return PartialLikelihood(float(loglik), columns @ residual, information)


def _efron(sets, died0, died1, sum0, sum1, event_weight):
    """Sums over the tied events of each time; the l-th of d leaves l / d of the tied behind."""
    fraction = sets.tie_fraction
    of_event = sets.cell[sets.died]
    total = sum0[of_event] - fraction * died0[of_event]
    inverse = 1 / total
    shared = fraction * inverse
    parts = [
        np.add.reduceat(part, sets.died_start)
        for part in (inverse, shared, inverse**2, shared * inverse, shared**2)
    ]
    if event_weight is not None:
        parts = [part * event_weight for part in parts]
    hazard, leaving, second, crossed, squared = parts
    mixed = (sum1 * crossed) @ died1.T
    tied_moments = mixed + mixed.T - (died1 * squared) @ died1.T
    return np.log(total).sum(), hazard, leaving, second, tied_moments


def _per_event_time(sets, values):
    """Sum over those who died at each event time, and over all whose last event time it is."""
    sums = np.add.reduceat(values, sets.edges, axis=-1)
    died, everybody = sums[..., 0::2], sums[..., 0::2].copy()
    # Between equal edges reduceat returns the next value instead of an empty sum.
    others = sets.with_censored
    everybody[..., others] += sums[..., 2 * others + 1]
    return died, everybody


def _at_risk(sets, sums):
    """Sum over everybody who reaches each event time of the own stratum."""
    if len(sets.strata) == 1:
        return sums[..., ::-1].cumsum(axis=-1)[..., ::-1]
    return np.concatenate(
        [sums[..., part][..., ::-1].cumsum(axis=-1)[..., ::-1] for part in sets.strata], axis=-1
    )


def _before(sets, sums):
    """Sum over all event times of the own stratum up to each."""
    if len(sets.strata) == 1:
        return sums.cumsum()
    return np.concatenate([sums[part].cumsum() for part in sets.strata])
