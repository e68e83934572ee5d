"""Every level of every variable at once: n, events, median, landmarks and log-rank tests.

All variables share one stacked event table, made by one `np.bincount`; curves, limits, quantiles
and tests are computed for all levels together. Columns of the table are the distinct event times
only, because nothing that is reported changes at a censoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.coded_variables import CodedVariables
from analysis.confidence import check_confidence, two_sided_quantile
from analysis.event_table import TIE_TOLERANCE, EventTable, TimeAxis
from analysis.screen_logrank import logrank_by_variable
from analysis.screen_stack import columns_of, stack_of_counts, stack_of_patients


@dataclass(frozen=True, eq=False)
class Screen:
    """Survival by every level of V variables: L levels, K landmarks.

    Numbers equal those of `kaplan_meier` and `logrank` on each variable alone.

    Attributes
    ----------
    variables : CodedVariables
        Says which of the L rows belongs to which variable and level.
    n, events : (L,) arrays of int
    median, median_lower, median_upper : (L,) arrays
        In the unit of the times; NaN = not reached.
    landmarks : (K,) array
    survival, survival_lower, survival_upper : (L, K) arrays
        NaN = not estimable (beyond the last follow-up of the level, unless everybody had died).
    statistic, df, p_value : (V,) arrays
        Log-rank test of each variable; NaN and 0 where nothing can be compared.
    left_out : (V,) array of int
        Patients in view without a level.
    n_tests : int
        Variables with a test: the family for an adjustment.
    method : str
        Sentence for a footnote.
    """

    variables: CodedVariables
    n: np.ndarray
    events: np.ndarray
    median: np.ndarray
    median_lower: np.ndarray
    median_upper: np.ndarray
    landmarks: np.ndarray
    survival: np.ndarray
    survival_lower: np.ndarray
    survival_upper: np.ndarray
    statistic: np.ndarray
    df: np.ndarray
    p_value: np.ndarray
    left_out: np.ndarray
    n_tests: int
    method: str


def survival_screen(
    axis: TimeAxis,
    event,
    variables: CodedVariables,
    *,
    rows=None,
    landmarks=(),
    conf_type="log",
    conf_level=0.95,
) -> Screen:
    """Compute survival by every level of every variable for one endpoint.

    Parameters
    ----------
    axis : TimeAxis
        Of all N patients of the study with this endpoint.
    event : (N,) array-like of 0 and 1
    variables : CodedVariables
        Of the same patients.
    rows : (N,) boolean mask, optional
        The patients in view; others may have a missing event.
    landmarks : (K,) sequence
        Times at which survival is reported, not negative.
    conf_type : {"log", "log-log", "plain"}
    conf_level : float

    Raises
    ------
    ValueError
        If the numbers of patients differ, an event in view is not 0 or 1, a landmark is missing
        or negative, or `conf_type` or `conf_level` is unknown.
    """
    event, view = _checked(axis, event, variables, rows, conf_type, conf_level)
    landmarks = np.array(landmarks, dtype=float).reshape(-1)
    if not (landmarks >= 0).all():
        raise ValueError("landmark times must not be missing or negative")
    stack = stack_of_patients(axis, event, variables, view)
    return _screen(stack, variables, view.size, landmarks, conf_type, conf_level)


def survival_screen_of_counts(
    everybody: EventTable,
    variables: CodedVariables,
    counts: Sequence[np.ndarray],
    *,
    landmarks=(),
    conf_type="log",
    conf_level=0.95,
) -> Screen:
    """The same from counts.

    Parameters
    ----------
    everybody : EventTable
        All patients in view, as one group.
    variables : CodedVariables
        Without patients.
    counts : sequence of V (L, 2, T) arrays of int
        Patients by level, event and time of the table; those without a level are in none.
    """
    check_confidence(conf_type, conf_level)
    landmarks = np.array(landmarks, dtype=float).reshape(-1)
    if not everybody.time.size:
        counts = [np.zeros((len(one), 2, 1), np.intp) for one in counts]
    stack = stack_of_counts(*columns_of(everybody.time, everybody.n_event[0] > 0), counts)
    return _screen(stack, variables, int(everybody.n[0]), landmarks, conf_type, conf_level)


def _screen(stack, variables, n_patients, landmarks, conf_type, conf_level) -> Screen:
    curves = _curves(stack, conf_type, conf_level)
    median, median_lower, median_upper = _medians(stack, np.stack(curves))
    at_one = np.nan if conf_type == "log-log" else 1.0
    at = _at_landmarks(stack, curves, landmarks, at_one)
    statistic, df, p_value = logrank_by_variable(stack.n_risk, stack.n_event, variables)
    in_variable = np.add.reduceat(stack.n, variables.first) if variables.names else stack.n
    results = (
        stack.n,
        stack.n_event.sum(axis=1),
        median,
        median_lower,
        median_upper,
        landmarks,
        *at,
        statistic,
        df,
        p_value,
        n_patients - in_variable,
    )
    for array in results:
        array.flags.writeable = False
    n_tests = int((df > 0).sum())
    method = (
        f"Kaplan–Meier estimates with {100 * conf_level:g} % confidence intervals "
        f"({conf_type} scale); {n_tests} log-rank tests, not adjusted for their number."
    )
    return Screen(variables, *results, n_tests, method)


def _checked(axis, event, variables, rows, conf_type, conf_level):
    check_confidence(conf_type, conf_level)
    event, n_patients = np.asarray(event), axis.code.size
    rows = np.ones(n_patients, dtype=bool) if rows is None else np.asarray(rows, dtype=bool)
    counts = {event.size, rows.size, n_patients}
    if variables.names:
        counts.add(variables.codes.shape[1])
    if len(counts) > 1:
        raise ValueError(f"event, rows, variables and axis differ in patients: {sorted(counts)}")
    view = np.flatnonzero(rows)
    seen = event[view]
    if not ((seen == 0) | (seen == 1)).all():
        raise ValueError("event must be 0 or 1 for every patient in view")
    return seen.astype(np.intp), view


def _curves(stack, conf_type, conf_level):
    """Product-limit curves with Greenwood limits, as `kaplan_meier_from_table`: (L, E) each."""
    n_risk, n_event = np.maximum(stack.n_risk, 1), stack.n_event
    survivors = n_risk - n_event
    survival = (survivors / n_risk).cumprod(axis=1)
    terms = n_event / (n_risk * np.maximum(survivors, 1))  # matters only where survival is 0
    std_err = np.sqrt(terms.cumsum(axis=1))
    margin = two_sided_quantile(conf_level) * std_err
    undefined = survival == 0
    if conf_type == "log":
        lower, upper = survival * np.exp(-margin), survival * np.exp(margin)
    elif conf_type == "plain":
        lower, upper = survival - survival * margin, survival + survival * margin
    else:
        undefined |= survival == 1
        safe = np.where(undefined, 0.5, survival)
        log_s = np.log(safe)
        lower = np.exp(log_s * np.exp(-margin / log_s))
        upper = np.exp(log_s * np.exp(margin / log_s))
    for limit in (lower, upper):
        np.clip(limit, 0, 1, out=limit)
        limit[undefined] = np.nan
    return survival, lower, upper


def _medians(stack, curves):
    """Crossing of one half by the curve and its limits, with R's midpoint rule: (3, L)."""
    failed = 1 - curves
    reached, passed = failed >= 0.5 - TIE_TOLERANCE, failed >= 0.5 + TIE_TOLERANCE
    first, second = reached.argmax(axis=-1), passed.argmax(axis=-1)
    is_reached, is_passed = reached.any(axis=-1), passed.any(axis=-1)
    ends_at_half = np.abs(failed[..., -1] - 0.5) < TIE_TOLERANCE
    end = np.where(is_passed, stack.time[second], np.where(ends_at_half, stack.last, np.nan))
    return np.where(is_reached, (stack.time[first] + end) / 2, np.nan)


def _at_landmarks(stack, curves, landmarks, at_one):
    """Right-continuous values of the curves at the landmarks: three (L, K) arrays.

    `at_one` is what the limits are at survival 1, where only ``log-log`` has none. Before the
    first follow-up of a level they are 1 in any case, as in `KaplanMeier.at`.
    """
    step = np.searchsorted(stack.time, landmarks, side="right")
    ends_at_zero = (stack.n > 0) & (curves[0][:, -1] == 0)
    beyond = ~((landmarks <= stack.last[:, None]) | ends_at_zero[:, None])
    before = landmarks < stack.first[:, None]
    values = []
    for curve, at_start in zip(curves, (1.0, at_one, at_one), strict=True):
        value = np.where(step == 0, at_start, curve[:, np.maximum(step - 1, 0)])
        value[before] = 1.0
        value[beyond] = np.nan
        values.append(value)
    return values
