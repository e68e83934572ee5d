"""Test of proportional hazards: the score test of R's `cox.zph` (survival 3 and later)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.cox.fit import ChiSquareTest, CoxFit, chi_square_test
from analysis.cox.likelihood import weighted_likelihoods

TRANSFORMS = ("km", "rank", "identity", "log")
_TRANSFORM_WORDS = {
    "km": "1 − the Kaplan–Meier estimate",
    "rank": "the rank of time",
    "identity": "time",
    "log": "the logarithm of time",
}


@dataclass(frozen=True)
class ProportionalHazards:
    """Score tests of coefficients that change with a function of time.

    Attributes
    ----------
    variables : tuple of str
        Variables of the fit; the levels of a factor are tested together.
    tests : tuple of ChiSquareTest
        One per variable, each adding the time dependence of that variable alone.
    global_test : ChiSquareTest
        Time dependence of all variables.
    transform : {"km", "rank", "identity", "log"}
    warnings : tuple of str
        Why there is no test, where there is none.
    method : str
        Sentence for a footnote.
    """

    variables: tuple[str, ...]
    tests: tuple[ChiSquareTest, ...]
    global_test: ChiSquareTest
    transform: str
    warnings: tuple[str, ...]
    method: str


def proportional_hazards(fit: CoxFit, transform: str = "km") -> ProportionalHazards:
    """Test whether hazard ratios stay the same over time (Grambsch & Therneau 1994).

    Each coefficient b is replaced by b + c g(t) and c = 0 is tested by its score, with the full
    information of b and c. Unlike the original approximation, which lifelines still uses, the
    covariance of the covariates is not taken as constant over time.

    Parameters
    ----------
    fit : CoxFit
        Stratified or not.
    transform : {"km", "rank", "identity", "log"}
        g(t): left-continuous Kaplan–Meier estimate of all patients, rank among all follow-up
        times, time itself, or its logarithm.

    Raises
    ------
    ValueError
        If `transform` is unknown, or the fit has forgotten its patients.
    """
    if transform not in TRANSFORMS:
        raise ValueError(f"transform must be one of {', '.join(TRANSFORMS)}; not {transform!r}")
    variables = tuple(dict.fromkeys(fit.variables))
    method = (
        "Score test of proportional hazards (Grambsch & Therneau, as R's cox.zph) against "
        f"{_TRANSFORM_WORDS[transform]}."
    )
    obstacle = _obstacle(fit, transform)
    if obstacle:
        tests = tuple(chi_square_test(name, np.nan, 0) for name in variables)
        nothing = chi_square_test("Global", np.nan, 0)
        return ProportionalHazards(variables, tests, nothing, transform, (obstacle,), method)
    score, information = _score_and_information(fit, transform)
    of_column = np.array([fit.variables[position] for position in fit.maximum.used])
    tests = tuple(
        _score_test(name, score, information, np.flatnonzero(of_column == name))
        for name in variables
    )
    everything = _score_test("Global", score, information, np.arange(of_column.size))
    return ProportionalHazards(variables, tests, everything, transform, (), method)


def _obstacle(fit, transform):
    if fit.sets is None:
        raise ValueError("this fit has forgotten its patients before its hazards were tested")
    if fit.maximum is None:
        return fit.warnings[-1]
    if not fit.maximum.df:
        return "No covariate can be tested."
    if fit.maximum.separated or not fit.converged:
        return "Proportional hazards cannot be tested, because a hazard ratio is not estimable."
    if np.unique(fit.sets.time_index).size < 2:
        return "Proportional hazards cannot be tested with events at one time only."
    if transform == "log" and fit.sets.table.time[fit.sets.time_index].min() == 0:
        return "The logarithm of time does not exist for an event at time 0; choose another scale."
    return ""


def _score_and_information(fit, transform):
    """Score of c and the information of (b, c), with g centred on the events."""
    sets, columns = fit.sets, fit.maximum.columns
    g = _time_scale(sets, transform)
    g = g - np.average(g, weights=sets.n_event)
    g = g / np.abs(g).max()
    coef = fit.maximum.standardised_coef
    plain, once, twice = weighted_likelihoods(sets, columns, coef, (None, g, g**2))
    information = np.block(
        [[plain.information, once.information], [once.information, twice.information]]
    )
    return once.gradient, information


def _score_test(name, score, information, columns):
    n_coef = score.size
    tested = np.concatenate([np.arange(n_coef), n_coef + columns])
    u = np.concatenate([np.zeros(n_coef), score[columns]])
    try:
        statistic = u @ np.linalg.solve(information[np.ix_(tested, tested)], u)
    except np.linalg.LinAlgError:
        statistic = np.nan
    return chi_square_test(name, statistic, columns.size)


def _time_scale(sets, transform):
    """g at each event time."""
    table, at = sets.table, sets.time_index
    if transform == "identity":
        return table.time[at].astype(float)
    if transform == "log":
        return np.log(table.time[at])
    n_here = (table.n_event + table.n_censor).sum(axis=0)
    if transform == "rank":
        return (n_here.cumsum() - (n_here - 1) / 2)[at]
    n_risk, n_event = table.n_risk.sum(axis=0), table.n_event.sum(axis=0)
    survival = ((n_risk - n_event) / np.maximum(n_risk, 1)).cumprod()
    return 1 - np.concatenate([[1.0], survival])[at]
