"""Cox's partial likelihood with Efron's or Breslow's ties, stratified or not.

Patients are sorted once by the last event time that they were at risk for, and fall into
sections: those who died at an event time, and those censored before the next. Sums over risk sets
are then reversed cumulative sums over sections, and no step loops over patients. The sum of
second moments over all risk sets needs no matrix per event time: patient i contributes
``r_i z_i z_i'`` to every risk set up to its own time, so the sum is one matrix product weighted
with the cumulative hazard at that time. What needs one number per patient and covariate is done
in blocks of patients that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from analysis.cox.ties import TiedEvents, tied_events
from analysis.event_table import EventTable

_BLOCK = 16_384


class Stratum(NamedTuple):
    """Where the event times and the sections of one stratum are."""

    times: slice
    sections: slice


class Block(NamedTuple):
    """A run of patients that consists of whole sections."""

    patients: slice
    sections: slice


@dataclass(frozen=True, eq=False)
class RiskSets:
    """Who is at risk at which event time. M rows, S sections, K event times, D events.

    A row is a patient, or patients who are alike to the model and left the risk set alike.

    Attributes
    ----------
    table : EventTable
        One row per stratum, all patients.
    patient : (M,) array of int
        Positions of the patients that are at risk at some event time, sorted by stratum, then by
        the last event time that they reach, those with the event first; of those alike one.
    cell : (M,) array of int
        That last event time, as a position among the K.
    event : (M,) array of float
        Events: 1 for those with the event, else 0.
    start : (K,) array of int
        First row of each event time in `patient`.
    n_event : (K,) array of int
    time_index : (K,) array of int
        Position of each event time in ``table.time``.
    section_start, section_size : (S,) arrays of int
        First row and number of rows of each section.
    died_section : (K,) array of int
        The section of those who died at each event time.
    section_time : (S,) array of int
        The last event time that the patients of the section reach.
    tied : TiedEvents or None
        None without ties, and for Breslow's method.
    strata : tuple of Stratum
        The strata that have any event.
    blocks : tuple of Block
        All rows.
    weight : (M,) array of int, or None
        How many patients each row stands for; None where each is one.
    """

    table: EventTable
    patient: np.ndarray
    cell: np.ndarray
    event: np.ndarray
    start: np.ndarray
    n_event: np.ndarray
    time_index: np.ndarray
    section_start: np.ndarray
    section_size: np.ndarray
    died_section: np.ndarray
    section_time: np.ndarray
    tied: TiedEvents | None
    strata: tuple[Stratum, ...]
    blocks: tuple[Block, ...]
    weight: np.ndarray | None = None


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


def risk_sets(table: EventTable, time_code, event, stratum, ties: str, weight=None) -> RiskSets:
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
    weight : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    n_times = table.time.size
    events_per_cell = table.n_event.ravel()
    event_cells = events_per_cell.nonzero()[0]
    n_event = events_per_cell[event_cells]
    reached = (events_per_cell > 0).cumsum()
    last = reached[stratum * n_times + time_code] - 1 if time_code.size else time_code
    bounds = event_cells.searchsorted(n_times * np.arange(table.n.size + 1))
    at_risk = (last >= bounds[stratum]).nonzero()[0]
    key = 2 * last[at_risk] + (event[at_risk] == 0)
    sortable = key.astype(np.uint16) if 2 * n_event.size < 2**16 else key
    order = sortable.argsort(kind="stable")  # numpy sorts 16 bits by radix, ten times faster
    key, patient = key[order], at_risk[order]
    if weight is not None:
        weight = weight[patient]
    patients_per_key = np.bincount(key, minlength=2 * n_event.size)
    section = patients_per_key.nonzero()[0]  # even keys are those who died
    section_size = patients_per_key[section]
    section_start = section_size.cumsum() - section_size
    died_section = (section % 2 == 0).nonzero()[0]
    tied = None
    if ties == "efron" and n_event.max(initial=1) > 1:
        tied = tied_events(n_event, table.n_risk.ravel()[event_cells])
    begins = zip(bounds.tolist(), section.searchsorted(2 * bounds).tolist(), strict=True)
    return RiskSets(
        table,
        patient,
        key // 2,
        (1.0 - key % 2) if weight is None else (1 - key % 2) * weight.astype(float),
        section_start[died_section],
        n_event,
        event_cells % n_times if n_times else event_cells,
        section_start,
        section_size,
        died_section,
        section // 2,
        tied,
        tuple(Stratum(*map(slice, a, b)) for a, b in pairwise(begins) if b[0] > a[0]),
        _blocks(section_start, key.size),
        weight,
    )


def _blocks(section_start, n_patients):
    """Cut the patients into blocks at the beginnings of sections."""
    if n_patients <= _BLOCK:
        return (Block(slice(0, n_patients), slice(0, section_start.size)),)
    first = np.unique(section_start.searchsorted(np.arange(0, n_patients, _BLOCK)))
    first = first[first < section_start.size]
    begins = [*zip(section_start[first].tolist(), first.tolist(), strict=True)]
    begins.append((n_patients, section_start.size))
    return tuple(Block(*map(slice, a, b)) for a, b in pairwise(begins))


def partial_likelihood(sets: RiskSets, columns, coef) -> PartialLikelihood:
    """Log partial likelihood, score and information (Cox 1972; Efron 1977; Breslow 1974).

    Parameters
    ----------
    sets : RiskSets
    columns : (p, M) array
        Covariates of ``sets.patient``; close to mean 0 and standard deviation 1, because the
        information is a difference of second moments.
    coef : (p,) array
    """
    return weighted_likelihoods(sets, columns, coef, (None,))[0]


def weighted_likelihoods(sets, columns, coef, weights: Sequence) -> list[PartialLikelihood]:
    """The same for several weights of the event times; the risk sets are summed once.

    Parameters
    ----------
    weights : sequence of ((K,) array or None)
        Weight of each event time in score and information (not in `loglik`); None is 1.
    """
    predictor = coef @ columns
    predictor -= np.maximum.reduce(predictor)  # cancels, and keeps exp from overflowing
    risk = np.exp(predictor)
    if sets.weight is not None:
        risk *= sets.weight
    sums = _section_sums(sets, columns, risk)
    at_risk = _at_risk(sets, sums).take(sets.died_section, axis=1)
    if sets.tied is None:
        log_sum, of_ties = sets.n_event @ np.log(at_risk[0]), None
    else:
        died = sums.take(sets.died_section, axis=1)
        log_sum, *of_ties = _efron(sets, at_risk, died)
    loglik = float(predictor @ sets.event - log_sum)
    found = []
    for weight in weights:
        event = sets.event if weight is None else sets.event * weight[sets.cell]
        if of_ties is None:
            hazard, leaving, of_means = _untied(sets, at_risk, weight)
        else:
            hazard, leaving, of_means = _of_tied(at_risk, died, *of_ties, weight)
        exposed = risk * _cumulative_hazard(sets, hazard, leaving).repeat(sets.section_size)
        gradient = columns @ (event - exposed)
        information = _second_moments(sets, columns, exposed) - of_means
        found.append(PartialLikelihood(loglik, gradient, information))
    return found


def _section_sums(sets, columns, risk):
    """Sum over the patients of each section of the risk, and of risk × each covariate."""
    sums = np.empty((len(columns) + 1, sets.section_start.size))
    for patients, sections in sets.blocks:
        here = risk[patients]
        start = sets.section_start[sections] - patients.start
        np.add.reduceat(here, start, out=sums[0, sections])
        np.add.reduceat(columns[:, patients] * here, start, axis=1, out=sums[1:, sections])
    return sums


def _second_moments(sets, columns, weight):
    """Weighted sum over patients of the products of their covariates."""
    return sum(
        (columns[:, patients] * weight[patients]) @ columns[:, patients].T
        for patients, _ in sets.blocks
    )


def _at_risk(sets, sums):
    """Sum over the patients of each section and of those after it in the stratum."""
    if len(sets.strata) == 1:
        return sums[:, ::-1].cumsum(axis=1)[:, ::-1]
    parts = (sums[:, stratum.sections] for stratum in sets.strata)
    return np.concatenate([part[:, ::-1].cumsum(axis=1)[:, ::-1] for part in parts], axis=1)


def _untied(sets, at_risk, weight):
    """Hazards without ties, nothing that the tied are spared, and the sum of squared means."""
    sum0, sum1 = at_risk[0], at_risk[1:]
    n_event = sets.n_event if weight is None else sets.n_event * weight
    hazard = n_event / sum0
    return hazard, None, (sum1 * (hazard / sum0)) @ sum1.T


def _efron(sets, at_risk, died):
    """Sums over the tied events of each time; the l-th of d leaves l / d of the tied behind.

    Returns the log of the sums at risk, hazards, the part of the hazards that the tied themselves
    are spared, and three sums of squares.
    """
    tied = sets.tied
    total = at_risk[0][tied.time] - tied.share * died[0][tied.time]
    inverse = 1 / total
    hazard, leaving = np.add.reduceat(tied.powers[:2] * inverse, tied.first, axis=1)
    squares = np.add.reduceat(tied.powers * inverse**2, tied.first, axis=1)
    return tied.powers[0] @ np.log(total), hazard, leaving, squares


def _of_tied(at_risk, died, hazard, leaving, squares, weight):
    """Hazards, what the tied are spared of them, and the sum of squared means."""
    if weight is not None:
        hazard, leaving, squares = hazard * weight, leaving * weight, squares * weight
    sum1, died1 = at_risk[1:], died[1:]
    of_means = (sum1 * squares[0] - died1 * squares[1]) @ sum1.T
    of_means += (died1 * squares[2] - sum1 * squares[1]) @ died1.T
    return hazard, leaving, of_means


def _cumulative_hazard(sets, hazard, leaving):
    """Sum of the hazards that the patients of each section were exposed to: (S,)."""
    if len(sets.strata) == 1:
        cumulative = hazard.cumsum()[sets.section_time]
    else:
        parts = [hazard[stratum.times].cumsum() for stratum in sets.strata]
        cumulative = np.concatenate(parts)[sets.section_time]
    if leaving is not None:
        cumulative[sets.died_section] -= leaving
    return cumulative
