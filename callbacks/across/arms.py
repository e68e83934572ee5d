"""The comparison of the arms in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.many_cox import many_univariable
from callbacks.across.answers import AcrossAnswers, across
from callbacks.across.printed import is_printed
from callbacks.across.stack import stacked, stacked_arms
from callbacks.groups import in_analysis
from callbacks.memory import VIEWS
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.across import Across
from layouts.arm_balance import ratio_of
from layouts.arm_context import ArmContext
from layouts.arm_options import LANDMARK_DAYS, LANDMARKS

# Keys of an effect and the cell that may print them.
_PRINTED = {"median": "survival median", "log-rank": "log-rank p", "hazard-ratio": "hazard ratio"}


class ArmsAcross:
    """Ranges of the Compare arms page, with a memory.

    Parameters
    ----------
    sets : AcrossAnswers
        The memory of survival by group in each data set.
    section : function of (study, cohort, endpoint, landmark, show, asked)
        What the balance section (an `Adjusted`) or the response section states of one data set.
    """

    def __init__(self, sets: AcrossAnswers, section: Callable):
        self._sets = sets
        self._section = section
        self._effect = lru_cache(VIEWS)(self._compute_effect)
        self._others = lru_cache(VIEWS)(self._compute_others)

    def __call__(self, context: ArmContext) -> ArmContext:
        """The shown section with the ranges of its numbers."""
        study, options = context.study, context.options
        if not study.reconstructions or context.result is None:
            return context
        key = (study, context.view.cohort, context.endpoint.id, context.landmark_days)
        if options.show == "effect":
            found = self._effect(*key, options.ci, context.result.restricted_mean.tau)
            found = _without_printed(context, found)
        elif options.show in ("balance", "response"):
            found = self._others(*key, options)
        else:
            return context
        return replace(context, across=found)

    def _compute_effect(self, study, cohort: Cohort, endpoint, landmark, ci, tau) -> Across:
        sets = self._sets.survival_groups(study, cohort, endpoint, ARM, landmark, ci)
        reference = next(i for i, arm in enumerate(study.arms) if arm.reference)
        pairs = [(one.groups[1 - reference], one.groups[reference]) for one in sets]
        values = [
            (("hazard-ratio",), _ratios(study, cohort, endpoint, landmark)),
            (("log-rank",), [one.test.p_value if one.test else np.nan for one in sets]),
            (("rmst-difference",), [_mean_gained(*pair, tau) for pair in pairs]),
        ]
        for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
            values.append(((f"difference-{month}",), [_gained(*pair, day) for pair in pairs]))
        for place in range(2):
            groups = [one.groups[place] for one in sets]
            values += [
                (("n", place), [group.n for group in groups]),
                (("events", place), [group.events for group in groups]),
                (("median", place), [group.median.value for group in groups]),
            ]
            rates = np.array([group.curve.at(LANDMARK_DAYS).survival for group in groups])
            for i, month in enumerate(LANDMARKS):
                values.append(((f"survival-{month}", place), rates[:, i]))
        return across(len(sets), values)

    def _compute_others(self, study: Study, cohort, endpoint, landmark, options) -> Across:
        values: dict[tuple, list[float]] = {}
        for one in study.reconstructions:
            found = self._section(one, cohort, endpoint, landmark, options)
            for key, number in _numbers_of(found, options.show):
                values.setdefault(key, []).append(number)
        return across(len(study.reconstructions), values.items())


def _mean_gained(ours, theirs, tau: float) -> float:
    """Difference of restricted means up to the time on screen; NaN where it is not reached."""
    if not (ours.n and theirs.n and np.isfinite(tau)):
        return np.nan
    return rmst_difference(ours.curve, theirs.curve, tau).value


def _gained(ours, theirs, day: float) -> float:
    return (
        survival_difference(ours.curve, theirs.curve, day).value if ours.n and theirs.n else np.nan
    )


def _ratios(study: Study, cohort: Cohort, endpoint: str, landmark) -> np.ndarray:
    data = stacked(study, endpoint, landmark)
    rows = [in_analysis(one, endpoint, select(one, cohort), landmark)
            for one in study.reconstructions]  # fmt: skip
    arm = stacked_arms(study, cohort.analysis_set)
    fits = many_univariable(
        data.axis, data.event, data.data_set, arm, len(rows), 2, np.concatenate(rows)
    )
    return np.exp(fits.coef[:, 0])


def _without_printed(context: ArmContext, found: Across) -> Across:
    """The ranges but those of numbers that the publication prints."""
    if context.landmark_days is not None:
        return found
    kept = {key: one for key, one in found.ranges.items() if not _printed(context, key)}
    return Across(found.n, kept)


def _printed(context: ArmContext, key: tuple) -> bool:
    quantity = _PRINTED.get(key[0])
    if quantity is None:
        return False
    compared: str | tuple = ARM if quantity == "log-rank p" else ""
    group: tuple = ()
    if quantity == "hazard ratio":
        # The publication may compare either arm with the other: the same number upside down.
        return any(
            is_printed(context.study, context.view, quantity, context.endpoint.id,
                       by=((ARM, (arm.level,)),))
            for arm in context.study.arms
        )  # fmt: skip
    if key[0] == "median":
        group = ((ARM, (context.study.arms[key[1]].level,)),)
    return is_printed(
        context.study, context.view, quantity, context.endpoint.id, by=compared, group=group
    )


def _numbers_of(result, show: str):
    """(key, number) pairs of a section in one data set."""
    if show == "balance":
        models = {
            "crude": result.crude,
            "crude-complete": result.crude_complete,
            "adjusted": result.adjusted,
            "stratified": result.stratified_cox,
        }
        for name, fit in models.items():
            if fit is not None:
                yield ("ratio", name), ratio_of(fit)[0]
        return
    shares = {
        "objective": result.objective,
        "best": result.complete,
        "control": result.control,
        "shrinkage": result.shrinkage,
    }
    for name, one in shares.items():
        if one is None:
            continue
        for place, rate in enumerate(one.rates):
            yield ("rate", name, place), rate.value
        if one.difference is not None:
            yield ("rate-difference", name), one.difference.value
