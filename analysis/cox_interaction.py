"""Does an arm's effect differ between subgroups? Likelihood-ratio test and effect per level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.cox import ChiSquareTest, CoxFit, chi_square_test, fit_cox
from analysis.cox_design import Design, beside, product
from analysis.event_table import time_axis
from analysis.labels import label_codes


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
    reason : str
        Why it is not estimable, else empty.
    """

    level: object
    n: tuple[int, ...]
    events: tuple[int, ...]
    hazard_ratio: float
    lower: float
    upper: float
    p_value: float
    reason: str


@dataclass(frozen=True)
class Interaction:
    """Test of arm × subgroup; `statistic`, `p_value` are NaN and `df` 0 where no test exists."""

    statistic: float
    df: int
    p_value: float
    arms: tuple
    levels: tuple[LevelEffect, ...]
    warnings: tuple[str, ...]
    method: str


def interaction_test(time, event, arm, subgroup, *, ties="efron", conf_level=0.95) -> Interaction:
    """Compare the models arm + subgroup and arm × subgroup by their likelihood ratio.

    Products that no patient can tell apart (a level without patients in one arm) take no degree
    of freedom, as in R's `anova.coxph`.

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
    axis = time_axis(time)
    arm_code, arms = label_codes(arm, "arm")
    level_code, levels = label_codes(subgroup, "subgroup")
    if len(arms) > 2:
        raise ValueError(f"an interaction test compares two arms, not {len(arms)}")
    for name, codes in (("arm", arm_code), ("subgroup", level_code)):
        if codes.size != axis.code.size:
            raise ValueError(f"{name} has {codes.size} values for {axis.code.size} patients")
    arm_design = _indicators("arm", arm_code, len(arms))
    level_design = _indicators("subgroup", level_code, len(levels))
    main = beside(arm_design, level_design)
    options = {"ties": ties, "conf_level": conf_level}
    without = fit_cox(axis, event, main, **options)
    full = fit_cox(axis, event, beside(main, product(arm_design, level_design)), **options)
    test = _likelihood_ratio(without, full)
    event = np.asarray(event)
    effects = tuple(
        _effect(axis.time[axis.code], event, arm_code, arms, level_code == code, label, options)
        for code, label in enumerate(levels)
    )
    possible = np.isfinite(test.p_value)
    warnings = () if possible else ("No interaction test is possible: nothing to compare.",)
    method = (
        "Likelihood-ratio test of arm × subgroup in a Cox regression, "
        f"{ties.capitalize()}'s method for ties; hazard ratios from a Cox regression within each "
        f"level, {100 * conf_level:g}% Wald confidence intervals."
    )
    return Interaction(test.statistic, test.df, test.p_value, arms, effects, warnings, method)


def _likelihood_ratio(without: CoxFit, full: CoxFit) -> ChiSquareTest:
    df = full.lr_test.df - without.lr_test.df
    return chi_square_test("Likelihood ratio", 2 * (full.loglik - without.loglik), df)


def _indicators(name, codes, n_levels) -> Design:
    used = np.flatnonzero(np.bincount(codes, minlength=n_levels))[1:]
    columns = (codes[:, None] == used).astype(float)
    terms = tuple(f"{name}={level}" for level in used)
    return Design(columns, terms, (name,) * len(terms))


def _effect(time, event, arm_code, arms, inside, label, options) -> LevelEffect:
    arm_here, event_here = arm_code[inside], event[inside]
    n = np.bincount(arm_here, minlength=2)[: len(arms)]
    events = np.bincount(arm_here, event_here, minlength=2).astype(int)[: len(arms)]
    counts = tuple(n.tolist()), tuple(events.tolist())
    nothing = (np.nan,) * 4
    if not n.sum():
        return LevelEffect(label, *counts, *nothing, "No patients.")
    empty = [str(arm) for arm, size in zip(arms, n, strict=True) if not size]
    if empty or len(arms) < 2:
        reason = f"No patients in arm {empty[0]}." if empty else "There is only one arm."
        return LevelEffect(label, *counts, *nothing, reason)
    fit = fit_cox(time[inside], event_here, arm_here.astype(float), **options)
    if fit.reasons[0]:
        without_event = [str(arm) for arm, had in zip(arms, events, strict=True) if not had]
        reason = fit.reasons[0].replace("x1 is not estimable", "Not estimable")
        if events.sum() and without_event:
            reason = f"Not estimable: no event in arm {without_event[0]}."
        return LevelEffect(label, *counts, *nothing, reason)
    values = (fit.hazard_ratio[0], fit.lower[0], fit.upper[0], fit.p_value[0])
    return LevelEffect(label, *counts, *map(float, values), "")
