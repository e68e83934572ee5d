"""Does an arm's effect differ between subgroups? Likelihood-ratio test and effect per level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import exp, isfinite

import numpy as np
from scipy.special import ndtr

from analysis.confidence import two_sided_quantile
from analysis.cox.counts import RiskCounts, likelihood_of_counts, risk_counts
from analysis.cox.fit import ChiSquareTest, check_options, chi_square_test
from analysis.cox.newton import Maximum, maximise
from analysis.event_table import EventTable, TimeAxis, event_table, time_axis
from analysis.labels import label_codes
from analysis.reason import Reason, Why


@dataclass(frozen=True)
class LevelEffect:
    """Hazard ratio of the second arm against the first within one level of the subgroup.

    Attributes
    ----------
    level : object
        Label of the level.
    n, events : tuple of int
        Patients and events per arm, in the order of the arms.
    hazard_ratio, lower, upper, p_value : float
        With Wald limits and Wald test; NaN = not estimable.
    reason : Reason or None
        Why it is not estimable.
    """

    level: object
    n: tuple[int, ...]
    events: tuple[int, ...]
    hazard_ratio: float
    lower: float
    upper: float
    p_value: float
    reason: Reason | None


@dataclass(frozen=True)
class Interaction:
    """Test of arm × subgroup; `statistic`, `p_value` are NaN and `df` 0 where no test exists.

    Attributes
    ----------
    fewest_events : int
        Of the arms of the levels that are tested; 0 where nothing is. With few of them the
        chi-square distribution says little about the statistic.
    """

    statistic: float
    df: int
    p_value: float
    arms: tuple
    levels: tuple[LevelEffect, ...]
    fewest_events: int
    warnings: tuple[str, ...]
    method: str

    @property
    def tested(self) -> bool:
        """Whether there is a test."""
        return isfinite(self.p_value)


def interaction_test(time, event, arm, subgroup, *, ties="efron", conf_level=0.95) -> Interaction:
    """Compare the models arm + subgroup and arm × subgroup by their likelihood ratio.

    Products that no patient can tell apart (a level without patients in one arm) take no degree
    of freedom, as in R's `anova.coxph`. A level without events says nothing of an effect: it is
    left out, where R would count a degree of freedom for a product without an estimate.

    Parameters
    ----------
    time, event : (N,) array-likes
        As in `fit_cox`.
    arm : (N,) array-like
        Labels of two arms; the first is the reference. A categorical keeps its order.
    subgroup : (N,) array-like
        Labels of the subgroup's levels. A categorical keeps its order and its empty levels.
    ties : {"efron", "breslow"}
    conf_level : float

    Raises
    ------
    ValueError
        If there are more than two arms, or input is missing or unusable (see `fit_cox`).
    """
    check_options(ties, conf_level)
    axis = time if isinstance(time, TimeAxis) else time_axis(time)
    arm_code, arms = label_codes(arm, "arm")
    level_code, levels = label_codes(subgroup, "subgroup")
    if len(arms) > 2:
        raise ValueError(f"an interaction test compares two arms, not {len(arms)}")
    for name, codes in (("arm", arm_code), ("subgroup", level_code)):
        if codes.size != axis.code.size:
            raise ValueError(f"{name} has {codes.size} values for {axis.code.size} patients")
    # One row of the event table per arm and level, the arms of a level next to each other.
    n_arms = len(arms)
    table = event_table(axis, event, n_arms * level_code + arm_code, n_arms * len(levels))
    return interaction_of_table(table, arms, levels, ties=ties, conf_level=conf_level)


def interaction_of_table(
    table: EventTable, arms, levels, *, ties="efron", conf_level=0.95
) -> Interaction:
    """The same from counts.

    Parameters
    ----------
    table : EventTable
        A row for each arm of each level, the arms of a level next to each other.
    arms, levels : sequence
        Their labels.
    """
    n_arms, arms = len(arms), tuple(arms)
    test = _likelihood_ratio(table, n_arms, len(levels), ties)
    effects = tuple(
        _effect(table, slice(n_arms * code, n_arms * (code + 1)), arms, label, ties, conf_level)
        for code, label in enumerate(levels)
    )
    possible = isfinite(test.p_value)
    warnings = () if possible else ("No interaction test is possible: nothing to compare.",)
    method = (
        "Likelihood-ratio test of arm × subgroup in a Cox regression over the levels with events, "
        f"{ties.capitalize()}'s method for ties; hazard ratios from a Cox regression within each "
        f"level, {100 * conf_level:g} % Wald confidence intervals."
    )
    tested = [one for one in effects if len(one.n) > 1 and all(one.n) and any(one.events)]
    fewest = min((min(one.events) for one in tested), default=0)
    return Interaction(
        test.statistic, test.df, test.p_value, arms, effects, fewest, warnings, method
    )


def _likelihood_ratio(table, n_arms, n_levels, ties) -> ChiSquareTest:
    """Compare the fits with and without the products of arm and level, over levels with events."""
    name = "Likelihood ratio"
    rows = table.n_event.sum(axis=1).reshape(n_levels, n_arms).any(axis=1).repeat(n_arms)
    n_risk, n_event, n_levels = table.n_risk[rows], table.n_event[rows], rows.sum() // n_arms
    if n_arms < 2 or not n_levels:
        return chi_square_test(name, np.nan, 0)
    of_arm = np.tile([[0.0, 1.0]], n_levels)
    of_level = np.eye(n_levels)[1:].repeat(n_arms, axis=1)
    main = np.concatenate([of_arm, of_level])
    groups = _at_risk(n_risk, n_event, ties)
    without = _fit(groups, main)
    full = _fit(groups, np.concatenate([main, of_level * of_arm]))
    return chi_square_test(name, 2 * (full.loglik - without.loglik), full.df - without.df)


def _at_risk(n_risk, n_event, ties) -> tuple[RiskCounts, np.ndarray]:
    """Groups of patients at risk at each event, and which of all groups they are."""
    at_event = n_event.any(axis=0).nonzero()[0]
    n_risk, n_event = n_risk[:, at_event], n_event[:, at_event]
    present = n_risk[:, 0].nonzero()[0]  # others are never at risk at an event
    return risk_counts(n_risk[present], n_event[present], ties, in_short=True), present


def _fit(groups: tuple[RiskCounts, np.ndarray], columns) -> Maximum:
    """Cox regression of groups of patients with events, one column for each of all groups."""
    counts, present = groups
    terms = tuple(f"x{position + 1}" for position in range(len(columns)))
    return maximise(partial(likelihood_of_counts, counts), columns[:, present], terms)


def _effect(table, rows, arms, label, ties, conf_level) -> LevelEffect:
    """Cox regression on the arm alone within one level."""
    n_event = table.n_event[rows]
    n, events = table.n[rows].tolist(), n_event.sum(axis=1).tolist()

    def effect(hazard_ratio=np.nan, lower=np.nan, upper=np.nan, p_value=np.nan, reason=None):
        return LevelEffect(
            label, tuple(n), tuple(events), hazard_ratio, lower, upper, p_value, reason
        )

    if not any(n):
        return effect(reason=Reason(Why.NOBODY_IN_LEVEL))
    if len(arms) < 2:
        return effect(reason=Reason(Why.ONE_ARM))
    if not all(n):
        return effect(reason=Reason(Why.NOBODY_IN_ARM, names=(str(arms[n.index(0)]),)))
    if not any(events):
        return effect(reason=Reason(Why.NO_EVENT))
    fit = _fit(_at_risk(table.n_risk[rows], n_event, ties), np.array([[0.0, 1.0]]))
    if fit.reasons[0]:
        if not all(events):
            without = str(arms[events.index(0)])
            return effect(reason=Reason(Why.NO_EVENT_IN_ARM, names=(without,)))
        # Of the arm alone there is one term, whose name says nothing.
        return effect(reason=replace(fit.reasons[0], term=""))
    coef, se = float(fit.coef[0]), float(np.sqrt(fit.covariance[0, 0]))
    margin = two_sided_quantile(conf_level) * se
    p_value = float(2 * ndtr(-abs(coef) / se))
    return effect(exp(coef), exp(coef - margin), exp(coef + margin), p_value)
