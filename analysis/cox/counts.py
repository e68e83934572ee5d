"""Cox's partial likelihood of few groups of patients, or of few patients, as matrix products.

Patients with the same covariates are alike to the likelihood, so that the counts of an event table
are all it needs. One matrix says how many of each group are at risk at each event, whatever the
coefficients; an evaluation is then two products with that matrix. In a small cohort every patient
may be a group of one, which spares the many short steps of `partial_likelihood`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.cox.likelihood import PartialLikelihood, RiskSets
from analysis.cox.ties import MANY_EVENTS, tied_events


@dataclass(frozen=True, eq=False)
class RiskCounts:
    """Who is at risk at which event. G groups, D events.

    Attributes
    ----------
    at_risk : (G, D) array of float
        Patients of each group at risk at each event. With Efron's ties the l-th of d tied events
        leaves l / d of the tied behind.
    events : (G,) array
        Events of each group.
    stands_for : (D,) array, or None
        How many events each column stands for; None where each is one.
    """

    at_risk: np.ndarray
    events: np.ndarray
    stands_for: np.ndarray | None = None


def risk_counts(n_risk, n_event, ties: str, *, in_short: bool = False) -> RiskCounts:
    """Risk sets of groups from the counts of an event table.

    Parameters
    ----------
    n_risk, n_event : (G, T) arrays of int
    ties : {"efron", "breslow"}
    in_short : bool
        Whether a few columns may stand for the many tied events of a large cohort.
    """
    if in_short and n_event.sum() > MANY_EVENTS:
        return _in_short(n_risk, n_event, ties)
    total = n_event.sum(axis=0)
    time = np.arange(total.size).repeat(total)  # of each event
    at_risk = n_risk.take(time, axis=1).astype(float)
    if ties == "efron" and time.size and total.max() > 1:
        before = total.cumsum() - total
        fraction = (np.arange(time.size) - before[time]) / total[time]
        at_risk -= fraction * n_event.take(time, axis=1)
    return RiskCounts(at_risk, n_event.sum(axis=1))


def _in_short(n_risk, n_event, ties: str) -> RiskCounts:
    """As `risk_counts`, with the points of `analysis.cox.ties` in place of single events."""
    total = n_event.sum(axis=0)
    at = total.nonzero()[0]
    if ties == "efron":
        tied = tied_events(total[at], n_risk.sum(axis=0)[at])
        time = at[tied.time]
        at_risk = n_risk.take(time, axis=1) - tied.share * n_event.take(time, axis=1)
        return RiskCounts(at_risk, n_event.sum(axis=1), tied.powers[0])
    return RiskCounts(n_risk.take(at, axis=1).astype(float), n_event.sum(axis=1), total[at] * 1.0)


def counts_of_patients(sets: RiskSets) -> RiskCounts:
    """Risk sets without strata, every patient a group of one in the order of ``sets.patient``."""
    last_event = (sets.n_event.cumsum() - 1)[sets.cell]
    at_risk = (np.arange(sets.n_event.sum()) <= last_event[:, None]).astype(float)
    if sets.tied is not None:
        same_time = sets.tied.time == sets.tied.time[:, None]
        at_risk[sets.event.nonzero()[0]] -= same_time * sets.tied.share
    return RiskCounts(at_risk, sets.event)


def likelihood_of_counts(counts: RiskCounts, columns, coef) -> PartialLikelihood:
    """Log partial likelihood, score and information; see `partial_likelihood`.

    Parameters
    ----------
    counts : RiskCounts
        With at least one event; every group is at risk at some event.
    columns : (p, G) array
        Covariates of the groups; of the order of 1.
    coef : (p,) array
    """
    predictor = coef @ columns
    predictor -= np.maximum.reduce(predictor)  # cancels, and keeps exp from overflowing
    moments = np.empty((len(columns) + 1, predictor.size))  # risk, then risk × each covariate
    risk = np.exp(predictor, out=moments[0])
    np.multiply(columns, risk, out=moments[1:])
    total = moments @ counts.at_risk
    hazard = 1 / total[0]
    mean = total[1:]
    mean *= hazard
    each = counts.stands_for
    log_total = np.log(total[0])
    log_sum = np.add.reduce(log_total) if each is None else each @ log_total
    loglik = predictor @ counts.events - log_sum
    moments *= counts.at_risk @ (hazard if each is None else hazard * each)
    gradient = columns @ (counts.events - moments[0])
    of_means = mean @ mean.T if each is None else (mean * each) @ mean.T
    information = moments[1:] @ columns.T - of_means
    return PartialLikelihood(float(loglik), gradient, information)
