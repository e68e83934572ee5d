"""The comparison of the arms in each data set that fits a publication equally well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.cox.many import many_univariable
from analysis.cox.many_hazards import many_hazards
from analysis.survival_groups import SurvivalGroups
from callbacks.arms.in_view import rows_of
from callbacks.arms.over_time import over_time_result
from callbacks.arms.power import power_result
from callbacks.arms.sections import (
    all_balance,
    balance_result,
    competing_result,
    response_result,
)
from callbacks.arms.weighted import weighted_result
from callbacks.curves import survival_of_sets
from callbacks.groups import in_analysis
from callbacks.incidence import incidence_of_sets
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across_of, settle
from callbacks.stacked import stacked, stacked_arms
from data.cohort import Cohort, select
from data.pairs import pair_cohort, several
from data.patient_groups import Pair
from data.sections.evidence import Condition
from data.study import ARM, Study
from layouts.arms import numbers
from layouts.arms.context import ArmContext
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS, ArmOptions
from layouts.shared.competing_numbers import of_groups as of_incidences
from layouts.shared.numbers import COUNT, STATISTIC, Key, Number, p_key
from layouts.shared.ranges import Across

# A key, and the quantity, the subject, the comparison and the group of the cell that may print it.
Cell = tuple[Key, str, str, str | Condition, Condition]


def with_ranges(memory: Memory, context: ArmContext) -> ArmContext:
    """The shown section with the ranges of its numbers."""
    study, options = context.study, context.options
    if not study.reconstructions or not numbers.numbers_of(context.result):
        return context
    asked = (study, context.view.cohort, context.endpoint.id, context.landmark_days)
    if options.show == "effect" and context.pair is None:
        found = memory.recall(_everyone, *asked, options.ci)
    elif options.show == "effect":
        tau = context.result.restricted_mean.tau
        # NaN is not equal to itself, and would be remembered again each time.
        tau = tau if np.isfinite(tau) else None
        found = memory.recall(_effect, *asked, context.pair, options.ci, tau)
    else:
        found = memory.recall(_others, *asked, context.pair, options)
    if context.landmark_days is None:
        found = settle(found, _printed(memory, context, found))
    return replace(context, across=found)


def _everyone(memory: Memory, study, cohort: Cohort, endpoint, landmark, ci) -> Across:
    """What is said of all arms of three or more."""
    sets = survival_of_sets(memory, study, cohort, endpoint, ARM, landmark, ci)
    risks = incidence_of_sets(memory, study, cohort, endpoint, ARM, landmark)
    beside = [number for one in risks for number in of_incidences(one)]
    arms = [number for one in sets for number in numbers.of_all_arms(one)]
    return across_of(len(sets), [*arms, *beside])


def _effect(memory: Memory, study, cohort: Cohort, endpoint, landmark, pair, ci, tau) -> Across:
    cohort = pair_cohort(study, cohort, pair)
    sets = survival_of_sets(memory, study, cohort, endpoint, ARM, landmark, ci)
    ratios = _ratios(memory, study, cohort, endpoint, landmark, pair)
    of_sets = (number for one in sets for number in of_groups(one, pair, tau))
    risks = incidence_of_sets(memory, study, cohort, endpoint, ARM, landmark)
    beside = (number for one in risks for number in of_incidences(one))
    return across_of(len(sets), [*ratios, *of_sets, *beside])


def of_groups(groups: SurvivalGroups, pair: Pair, tau: float | None) -> Iterator[Number]:
    """What survival by arm says in one data set; differences only where both arms have patients."""
    ours, theirs = groups.groups[pair.compared], groups.groups[pair.reference]
    both = bool(ours.n and theirs.n)
    # A mean up to another time than the one on screen is another number.
    if both and tau is not None:
        yield numbers.mean_gained(rmst_difference(ours.curve, theirs.curve, tau))
        yield numbers.horizon(tau)
        for place in sorted(pair.places):
            n = int(groups.groups[place].curve.at(tau).n_risk[0])
            yield Number(numbers.at_risk(place), n, unit=COUNT)
    if both:
        for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
            yield numbers.gained(month, survival_difference(ours.curve, theirs.curve, day))
    yield numbers.log_rank(groups.test)
    for place in sorted(pair.places):
        yield from numbers.of_arm(place, groups.groups[place])


def _others(memory: Memory, study: Study, cohort, endpoint, landmark, pair, options) -> Across:
    asked = (cohort, endpoint, landmark, pair, options)
    sets = (_section(one, *asked) for one in study.reconstructions)
    found = [number for one in sets for number in numbers.numbers_of(one)]
    return across_of(len(study.reconstructions), found)


def _section(study: Study, cohort: Cohort, endpoint_id, landmark, pair, options: ArmOptions):
    """What a section states of one data set of a study."""
    if options.show == "response":
        return response_result(rows_of(study, cohort), pair, with_factors=False)
    if options.show == "competing":
        return competing_result(study, cohort, endpoint_id, landmark)
    if options.show == "adjusted":
        asked = (cohort, endpoint_id, landmark, pair, options.adjust, options.trim)
        return weighted_result(study, *asked)
    if options.show == "time":
        return over_time_result(study, cohort, endpoint_id, landmark, pair, 0)
    if options.show == "power":
        return power_result(study, cohort, endpoint_id, landmark, pair)
    if pair is None:
        return all_balance(study, cohort, endpoint_id, landmark)
    models = (options.adjust, options.stratify)
    return balance_result(study, cohort, endpoint_id, landmark, *models, pair)


def _ratios(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, pair: Pair):
    """Hazard ratio with its p, and the test of proportional hazards, in every data set."""
    data = stacked(memory, study, endpoint, landmark)
    rows = [
        in_analysis(one, endpoint, select(one, cohort), landmark) for one in study.reconstructions
    ]
    arm = stacked_arms(memory, study, cohort.analysis_set, pair)
    asked = (data.axis, data.event, data.data_set, arm, len(rows), 2, np.concatenate(rows))
    fits = many_univariable(*asked)
    hazards = many_hazards(*asked, fits)
    coef = fits.coef[:, 0]
    wald = 2 * ndtr(-np.abs(coef / fits.se[:, 0]))
    for i in range(len(rows)):
        yield Number(numbers.HAZARD_RATIO, np.exp(coef[i]), p=wald[i])
        yield Number(numbers.HAZARD_RATIO_INVERSE, np.exp(-coef[i]), p=wald[i])
        statistic, p = hazards.statistic[i], hazards.p_value[i]
        yield Number(numbers.HAZARDS, statistic, p=p, unit=STATISTIC)


def _printed(memory: Memory, context: ArmContext, found: Across) -> set[Key]:
    """Keys of the numbers of the shown section that the publication prints itself."""
    show = context.options.show
    asked = {"effect": _effect_cells, "balance": _balance_cells}
    if show not in asked:
        return set()
    return {
        key
        for key, quantity, of, by, group in asked[show](context)
        if key in found.ranges
        and is_printed(memory, context.study, context.view, quantity, of, by=by, group=group)
    }


def _effect_cells(context: ArmContext) -> Iterator[Cell]:
    """Every number of the effect with the cell that may print it."""
    endpoint = context.endpoint.id
    for ratio in (numbers.HAZARD_RATIO, numbers.HAZARD_RATIO_INVERSE):
        yield from _ratio_cells(context, ratio)
    yield p_key(_whole_test(context)), "log-rank p", endpoint, ARM, ()
    for place, arm in enumerate(context.study.arms):
        group = ((ARM, (arm.level,)),)
        yield numbers.median(place), "survival median", endpoint, "", group


def _balance_cells(context: ArmContext) -> Iterator[Cell]:
    """The same of the balance; its crude model is the one of the effect."""
    yield from _ratio_cells(context, numbers.model_ratio("crude"))
    yield p_key(_whole_test(context)), "log-rank p", context.endpoint.id, ARM, ()
    arms = context.study.arms if context.pair is None else context.arms
    for variable in context.result.variables:
        for side, arm in enumerate(arms):
            group = ((ARM, (arm.level,)),)
            yield numbers.baseline_median(variable.id, side), "median", variable.id, "", group
            yield numbers.baseline_mean(variable.id, side), "mean", variable.id, "", group


def _whole_test(context: ArmContext) -> Key:
    """The log-rank test that a cell by arm prints: the one over all arms."""
    return numbers.LOG_RANK_ALL if several(context.study) else numbers.LOG_RANK


def _ratio_cells(context: ArmContext, key: Key) -> Iterator[Cell]:
    """A hazard ratio of the arm and its p.

    The publication may compare either arm with the other: the same number upside down. Of three
    arms or more its cells do not say with which of them an arm is compared.
    """
    if several(context.study):
        return
    for arm in context.study.arms:
        by = ((ARM, (arm.level,)),)
        yield key, "hazard ratio", context.endpoint.id, by, ()
        yield p_key(key), "Wald p", context.endpoint.id, by, ()
