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
    """

    at_risk: np.ndarray
    events: np.ndarray


def risk_counts(n_risk, n_event, ties: str) -> RiskCounts:
    """Risk sets of groups from the counts of an event table.

    Parameters
    ----------
    n_risk, n_event : (G, T) arrays of int
    ties : {"efron", "breslow"}
    """
    total = n_event.sum(axis=0)
    time = np.arange(total.size).repeat(total)  # of each event
    at_risk = n_risk.take(time, axis=1).astype(float)
    if ties == "efron" and time.size and total.max() > 1:
        before = total.cumsum() - total
        fraction = (np.arange(time.size) - before[time]) / total[time]
        at_risk -= fraction * n_event.take(time, axis=1)
    return RiskCounts(at_risk, n_event.sum(axis=1))


def counts_of_patients(sets: RiskSets) -> RiskCounts:
    """Risk sets without strata, every patient a group of one in the order of ``sets.patient``."""
    last_event = (sets.n_event.cumsum() - 1)[sets.cell]
    at_risk = (np.arange(sets.n_event.sum()) <= last_event[:, None]).astype(float)
    if sets.tied is not None:
        same_time = sets.tied.time == sets.tied.time[:, None]
        at_risk[sets.event.nonzero()[0]] -= same_time * sets.tied.powers[1]
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
    loglik = predictor @ counts.events - np.add.reduce(np.log(total[0]))
    moments *= counts.at_risk @ hazard
    gradient = columns @ (counts.events - moments[0])
    information = moments[1:] @ columns.T - mean @ mean.T
    return PartialLikelihood(float(loglik), gradient, information)
