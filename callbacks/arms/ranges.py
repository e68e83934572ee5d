"""The comparison of the arms in each data set that fits a publication equally well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from analysis.arm_difference import rmst_difference, survival_difference
from analysis.cox.fit import fit_cox
from analysis.cox.many import many_univariable
from analysis.proportional_hazards import proportional_hazards
from callbacks.arms.sections import balance_result, competing_result, response_result
from callbacks.curves import survival_of_sets
from callbacks.groups import arm_codes, in_analysis
from callbacks.memory import Memory
from callbacks.printed import is_printed
from callbacks.ranges import across
from callbacks.stacked import stacked, stacked_arms
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.arms.balance import ratio_of
from layouts.arms.competing import naive_at
from layouts.arms.context import ArmContext
from layouts.arms.options import LANDMARK_DAYS, LANDMARKS, ArmOptions
from layouts.shared.ranges import Across

# Keys of an effect and the cell that may print them.
_PRINTED = {
    "median": "survival median",
    "log-rank": "log-rank p",
    "hazard-ratio": "hazard ratio",
    "cox-p": "Wald p",
}
# The crude model of the balance section is the one of the effect.
_CRUDE = {("ratio", "crude"): ("hazard-ratio",), ("model-p", "crude"): ("cox-p",)}


def with_ranges(memory: Memory, context: ArmContext) -> ArmContext:
    """The shown section with the ranges of its numbers."""
    study, options = context.study, context.options
    if not study.reconstructions or context.result is None:
        return context
    asked = (study, context.view.cohort, context.endpoint.id, context.landmark_days)
    if options.show == "effect":
        tau = context.result.restricted_mean.tau
        # NaN is not equal to itself, and would be remembered again each time.
        found = memory.recall(_effect, *asked, options.ci, tau if np.isfinite(tau) else None)
    else:
        found = memory.recall(_others, *asked, options)
    return replace(context, across=_without_printed(memory, context, found))


def _effect(memory: Memory, study, cohort: Cohort, endpoint, landmark, ci, tau) -> Across:
    sets = survival_of_sets(memory, study, cohort, endpoint, ARM, landmark, ci)
    reference = study.reference
    pairs = [(one.groups[1 - reference], one.groups[reference]) for one in sets]
    values = [
        *_ratios(memory, study, cohort, endpoint, landmark),
        (("log-rank",), [one.test.p_value if one.test else np.nan for one in sets]),
        *_gains("rmst-difference", [_mean_gained(*pair, tau) for pair in pairs]),
    ]
    for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
        values += _gains(f"difference-{month}", [_gained(*pair, day) for pair in pairs])
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


def _others(memory: Memory, study: Study, cohort, endpoint, landmark, options) -> Across:
    values: dict[tuple, list[float]] = {}
    for one in study.reconstructions:
        found = _section(one, cohort, endpoint, landmark, options)
        for key, number in _numbers_of(found, options.show):
            values.setdefault(key, []).append(number)
    return across(len(study.reconstructions), values.items())


def _section(study: Study, cohort: Cohort, endpoint_id, landmark, options: ArmOptions):
    """What a section states of one data set of a study."""
    if options.show == "response":
        return response_result(study, select(study, cohort), with_factors=False)
    if options.show == "competing":
        return competing_result(study, cohort, landmark)
    return balance_result(study, cohort, endpoint_id, landmark, options.adjust, options.stratify)


def _mean_gained(ours, theirs, tau: float | None) -> tuple[float, float]:
    """Difference of restricted means up to the time on screen, and its p; NaN if not reached."""
    if tau is None or not (ours.n and theirs.n):
        return np.nan, np.nan
    found = rmst_difference(ours.curve, theirs.curve, tau)
    return found.value, found.p_value


def _gained(ours, theirs, day: float) -> tuple[float, float]:
    if not (ours.n and theirs.n):
        return np.nan, np.nan
    found = survival_difference(ours.curve, theirs.curve, day)
    return found.value, found.p_value


def _gains(name: str, found):
    """A difference and its p in every data set."""
    values, p = zip(*found, strict=True)
    return [((name,), values), ((f"{name}-p",), p)]


def _ratios(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark):
    """Hazard ratio with its p, and the test of proportional hazards, in every data set."""
    data = stacked(memory, study, endpoint, landmark)
    rows = [
        in_analysis(one, endpoint, select(one, cohort), landmark) for one in study.reconstructions
    ]
    arm = stacked_arms(memory, study, cohort.analysis_set)
    fits = many_univariable(
        data.axis, data.event, data.data_set, arm, len(rows), 2, np.concatenate(rows)
    )
    coef, se = fits.coef[:, 0], fits.se[:, 0]
    return [
        (("hazard-ratio",), np.exp(coef)),
        (("hazard-ratio-inverse",), np.exp(-coef)),
        (("cox-p",), 2 * ndtr(-np.abs(coef / se))),
        (
            ("hazards",),
            [
                _hazards(one, cohort, endpoint, landmark, used)
                for one, used in zip(study.reconstructions, rows, strict=True)
            ],
        ),
    ]


def _hazards(study: Study, cohort: Cohort, endpoint: str, landmark, used) -> float:
    """p of the test of proportional hazards of the arm in one data set."""
    arm = arm_codes(study, cohort)
    used = used & (arm >= 0)
    outcome = study.outcomes[endpoint]
    time = outcome.time[used] - (landmark or 0)
    fit = fit_cox(time, outcome.event[used], arm[used].astype(float))
    return proportional_hazards(fit).global_test.p_value


def _without_printed(memory: Memory, context: ArmContext, found: Across) -> Across:
    """The ranges but those of numbers that the publication prints."""
    if context.landmark_days is not None:
        return found
    kept = {key: one for key, one in found.ranges.items() if not _printed(memory, context, key)}
    return Across(found.n, kept)


def _printed(memory: Memory, context: ArmContext, key: tuple) -> bool:
    if len(key) == 3:
        return _number_is_printed(memory, context, *key)
    key = _CRUDE.get(key, key)
    if key[0] == "hazard-ratio-inverse":
        key = ("hazard-ratio",)
    quantity = _PRINTED.get(key[0])
    if quantity is None:
        return False
    compared: str | tuple = ARM if quantity == "log-rank p" else ""
    group: tuple = ()
    if quantity in ("hazard ratio", "Wald p"):
        # The publication may compare either arm with the other: the same number upside down.
        return any(
            is_printed(
                memory,
                context.study,
                context.view,
                quantity,
                context.endpoint.id,
                by=((ARM, (arm.level,)),),
            )
            for arm in context.study.arms
        )
    if key[0] == "median":
        group = ((ARM, (context.study.arms[key[1]].level,)),)
    return is_printed(
        memory, context.study, context.view, quantity, context.endpoint.id, by=compared, group=group
    )


def _number_is_printed(memory: Memory, context: ArmContext, statistic: str, name: str, arm) -> bool:
    """Whether the publication prints the median or mean of a number in an arm."""
    if statistic not in ("median", "mean"):
        return False
    group = ((ARM, (context.arms[arm].level,)),)
    return is_printed(memory, context.study, context.view, statistic, name, group=group)


def _numbers_of(result, show: str):
    """(key, number) pairs of a section in one data set."""
    numbers = {"balance": _of_balance, "competing": _of_competing, "response": _of_response}
    yield from numbers[show](result)


def _of_balance(result):
    for variable, one in zip(result.variables, result.balances, strict=True):
        # The screen shows its size, the file also which arm has more.
        yield ("smd", variable.id), one.smd
        yield ("smd-size", variable.id), abs(one.smd)
        for arm in (0, 1):
            yield ("median", variable.id, arm), one.quartiles[1, arm]
            yield ("mean", variable.id, arm), one.mean[arm]
            for level, n in enumerate(one.counts[:, arm].tolist()):
                yield ("count", variable.id, level, arm), n
    found = result.adjusted
    models = {
        "crude": found.crude,
        "crude-complete": found.crude_complete,
        "adjusted": found.adjusted,
        "stratified": found.stratified_cox,
    }
    for name, fit in models.items():
        if fit is not None:
            yield ("ratio", name), ratio_of(fit)[0]
            yield ("model-p", name), float(fit.p_value[0])
    yield ("log-rank",), found.logrank.p_value
    if found.stratified is not None:
        yield ("log-rank-stratified",), found.stratified.p_value


def _of_competing(result):
    for place, group in enumerate(result.groups):
        if group is None:
            continue
        yield ("n", place), group.n
        for month, day in zip(LANDMARKS, LANDMARK_DAYS, strict=True):
            yield ("event", month, place), group.event_incidence.at(day)[0]
            yield ("competing", month, place), group.competing_incidence.at(day)[0]
            yield ("naive", month, place), naive_at(group, day)


def _of_response(result):
    yield from ((("n", place), n) for place, n in enumerate(result.n))
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
            yield ("odds-ratio", name), one.ratio.value
            yield ("fisher", name), one.fisher.p_value
            yield ("chi-square", name), one.chi_square.p_value
