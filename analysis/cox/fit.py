"""Cox proportional hazards regression, equal to R's `coxph`, with its refusals in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from math import isfinite

import numpy as np
from scipy.special import chdtrc, ndtr

from analysis.confidence import check_level, two_sided_quantile
from analysis.cox.concordance import concordance
from analysis.cox.counts import counts_of_patients, likelihood_of_counts
from analysis.cox.design import Design, design_of
from analysis.cox.likelihood import RiskSets, partial_likelihood
from analysis.cox.newton import Maximum, maximise
from analysis.cox.sets import sets_of
from analysis.event_table import TimeAxis, time_axis
from analysis.labels import label_codes
from analysis.reason import Reason, Why

TIES = ("efron", "breslow")
# Up to about 100 patients a matrix of who is at risk when beats sorted sums.
_DENSE_CELLS = 10_000
# From here on it pays to look for patients who are alike.
_LARGE = 20_000


@dataclass(frozen=True)
class ChiSquareTest:
    """A chi-square statistic, its degrees of freedom and upper tail; NaN = not possible."""

    name: str
    statistic: float
    df: int
    p_value: float


@dataclass(frozen=True, eq=False)
class CoxFit:
    """Cox regression as R's `summary.coxph` prints it. p terms; NaN = not estimable.

    Attributes
    ----------
    terms, variables : tuple of p str
        As in `Design`.
    coef, se : (p,) arrays
        Log hazard ratios and their standard errors from the inverse information.
    hazard_ratio, lower, upper : (p,) arrays
        With Wald limits.
    p_value : (p,) array
        Wald test of each coefficient.
    reasons : tuple of p (Reason or None)
        Why a term is not estimable; None for the others.
    covariance : (p, p) array
    loglik, loglik_null : float
        Log partial likelihood at the maximum and at 0. Under separation the limit that the
        likelihood approaches.
    lr_test, wald_test, score_test : ChiSquareTest
        Global tests; degrees of freedom leave out terms that say nothing of their own. No Wald
        test exists under separation.
    n, n_events : int
    converged : bool
        Whether the likelihood reached its maximum (or limit).
    notes : tuple of Reason
        Everything the reader must know: what was left out, and every reason once.
    ties : {"efron", "breslow"}
    conf_level : float
    method : str
        Sentence for a footnote.
    design : Design
    sets : RiskSets or None
    maximum : Maximum or None
        Working state for tests that continue from the fit; None where there is nothing to fit, and
        in a fit that has forgotten its patients.
    """

    terms: tuple[str, ...]
    variables: tuple[str, ...]
    coef: np.ndarray
    se: np.ndarray
    hazard_ratio: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    p_value: np.ndarray
    reasons: tuple[Reason | None, ...]
    covariance: np.ndarray
    loglik: float
    loglik_null: float
    lr_test: ChiSquareTest
    wald_test: ChiSquareTest
    score_test: ChiSquareTest
    n: int
    n_events: int
    converged: bool
    notes: tuple[Reason, ...]
    ties: str
    conf_level: float
    method: str
    design: Design = field(repr=False)
    sets: RiskSets | None = field(repr=False)
    maximum: Maximum | None = field(repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The notes as sentences, with the technical names of the terms."""
        return tuple(map(str, self.notes))

    @cached_property
    def _concordance(self) -> tuple[float, float]:
        if self.sets is None:
            raise ValueError("this fit has forgotten its patients before its concordance was asked")
        if self.maximum is None:
            return np.nan, np.nan
        return concordance(self.sets, self.maximum.predictor)

    @property
    def concordance(self) -> float:
        """Harrell's C of the linear predictor; computed on first use."""
        return self._concordance[0]

    @property
    def concordance_se(self) -> float:
        """Standard error of the concordance (infinitesimal jackknife)."""
        return self._concordance[1]


def fit_cox(
    time,
    event,
    covariates,
    *,
    ties="efron",
    strata=None,
    conf_level=0.95,
    patients=None,
    sets: RiskSets | None = None,
) -> CoxFit:
    """Fit a Cox regression by Newton–Raphson (Cox 1972; ties: Efron 1977, Breslow 1974).

    Parameters
    ----------
    time : (N,) array-like or TimeAxis
        Follow-up times, finite and not negative.
    event : (N,) array-like of 0 and 1
        1 where the event was observed.
    covariates : numbers, pandas.DataFrame or Design
        See `design_of`: the first level of a factor is its reference.
    ties : {"efron", "breslow"}
    strata : (N,) array-like, optional
        Labels of strata with their own baseline hazards.
    conf_level : float
        Level of the Wald limits.
    patients : (N,) array of int, optional
        How many patients each row stands for; without it each is one.
    sets : RiskSets, optional
        What `sets_of` made of the same times and events.

    Returns
    -------
    CoxFit
        Separation, constant or collinear covariates, a cohort without events and an estimation
        that does not converge are no exceptions: coefficients are NaN, `reasons` and `warnings`
        say why.

    Raises
    ------
    ValueError
        If times, events, covariates or strata are missing or unusable, or lengths differ.
    """
    check_options(ties, conf_level)
    axis = time if isinstance(time, TimeAxis) else time_axis(time)
    design = design_of(covariates)
    n = axis.code.size
    if len(design.columns) != n:
        raise ValueError(f"covariates has {len(design.columns)} rows for {n} patients")
    if sets is None:
        stratum, n_strata = None, 1
        if strata is not None:
            stratum, labels = label_codes(strata, "strata")
            n_strata = len(labels)
            if stratum.size != n:
                raise ValueError(f"strata has {stratum.size} values for {n} patients")
        looked_at = design.columns if n > _LARGE else None
        sets = sets_of(axis, event, ties, stratum, n_strata, patients, looked_at)
    maximum = None
    if sets.n_event.size:
        columns = design.columns.take(sets.patient, axis=0).T
        maximum = maximise(_likelihood(sets), columns, design.terms)
    n_strata = 0 if strata is None else int((sets.table.n > 0).sum())
    return _result(design, sets, maximum, ties, conf_level, n_strata)


def forgetting(fit: CoxFit, concordance: bool = False) -> CoxFit:
    """The fit without what it holds of every patient, to be kept; of a small cohort as it is.

    Parameters
    ----------
    concordance : bool
        Whether its concordance will be asked for.
    """
    if fit.n <= _LARGE:
        return fit
    known = fit._concordance if concordance else None
    design = replace(fit.design, columns=fit.design.columns[:0])
    slim = replace(fit, design=design, sets=None, maximum=None)
    if known is not None:
        slim.__dict__["_concordance"] = known
    return slim


def _likelihood(sets):
    """Log partial likelihood as a function of (columns, coef), in the form that is faster."""
    one_each = len(sets.strata) == 1 and sets.weight is None
    if one_each and sets.patient.size * sets.n_event.sum() <= _DENSE_CELLS:
        return partial(likelihood_of_counts, counts_of_patients(sets))
    return partial(partial_likelihood, sets)


def check_options(ties, conf_level):
    """Refuse an unknown method for ties and an impossible confidence level."""
    if ties not in TIES:
        raise ValueError(f"ties must be one of {', '.join(TIES)}; not {ties!r}")
    check_level(conf_level)


def chi_square_test(name, statistic, df) -> ChiSquareTest:
    """Refer a statistic to the chi-square distribution; no degree of freedom is no test."""
    if not df or not isfinite(statistic):
        return ChiSquareTest(name, np.nan, int(df), np.nan)
    statistic = max(float(statistic), 0.0)  # rounding may leave a tiny negative number
    return ChiSquareTest(name, statistic, int(df), float(chdtrc(df, statistic)))


def _result(design, sets, maximum, ties, conf_level, n_strata) -> CoxFit:
    n_terms = len(design.terms)
    n, n_events = int(sets.table.n.sum()), int(sets.n_event.sum())
    if maximum is None:
        reason = Reason(Why.NOBODY if n == 0 else Why.NO_EVENT)
        coef, covariance = np.full(n_terms, np.nan), np.full((n_terms, n_terms), np.nan)
        reasons, converged, notes = (reason,) * n_terms, False, (*design.notes, reason)
        logliks, statistics, df = (0.0, 0.0), (np.nan, np.nan, np.nan), 0
    else:
        coef, covariance = maximum.coef, maximum.covariance
        reasons, converged = maximum.reasons, maximum.converged
        notes = (*design.notes, *dict.fromkeys(reason for reason in reasons if reason))
        logliks = (maximum.loglik, maximum.loglik_null)
        statistics = (2 * (maximum.loglik - maximum.loglik_null), maximum.wald, maximum.score)
        df = maximum.df
    with np.errstate(invalid="ignore"):
        # Rounding may leave a variance below 0 where terms nearly determine each other: NaN.
        se = np.sqrt(covariance.diagonal())
    margin = two_sided_quantile(conf_level) * se
    tests = (
        chi_square_test(name, statistic, df)
        for name, statistic in zip(("Likelihood ratio", "Wald", "Score"), statistics, strict=True)
    )
    with np.errstate(over="ignore"):
        # A limit too large for a number is infinite.
        hazard_ratio, lower, upper = np.exp(coef), np.exp(coef - margin), np.exp(coef + margin)
    p_value = 2 * ndtr(-np.abs(coef) / se)
    for array in (coef, se, hazard_ratio, lower, upper, p_value, covariance):
        array.flags.writeable = False
    stratified = f", stratified ({n_strata} strata)" if n_strata else ""
    method = (
        f"Cox regression{stratified}, {ties.capitalize()}'s method for ties, "
        f"{100 * conf_level:g} % Wald confidence intervals; {n} patients, {n_events} events."
    )
    return CoxFit(
        design.terms,
        design.variables,
        coef,
        se,
        hazard_ratio,
        lower,
        upper,
        p_value,
        reasons,
        covariance,
        *logliks,
        *tests,
        n,
        n_events,
        converged,
        notes,
        ties,
        conf_level,
        method,
        design,
        sets,
        maximum,
    )
