"""Maximum of Cox's partial likelihood by Newton–Raphson, and what to say where there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.linalg.lapack import dposv, dpotrf

from analysis.cox.likelihood import PartialLikelihood
from analysis.reason import Reason, Why

MAX_STEPS = 60
MAX_HALVINGS = 30
# Squared length of the last Newton step in standard errors. Convergence is quadratic: after a
# step of 1e-6 standard errors the error left is of the order 1e-12. Once the step itself is 1e-9,
# information and likelihood are not worth another evaluation either.
_LAST_STEP = 1e-12
_NEGLIGIBLE_STEP = 1e-18
# Once the likelihood is flat to this degree, a step that still moves patients apart runs off to
# infinity: a finite maximum would need a standard error above 100.
_FLAT = 1e-9
_STILL_MOVING = 1e-2
_SHARE_OF_DIRECTION = 1e-3
_COLLINEAR = np.finfo(float).eps ** 0.75  # R's `toler.chol`
_UNDETERMINED = 1e-6


@dataclass(frozen=True, eq=False)
class Maximum:
    """Where the likelihood is largest. p terms; M patients (or groups of them) in risk sets.

    Attributes
    ----------
    coef : (p,) array
        NaN where not estimable.
    covariance : (p, p) array
    reasons : tuple of p (Reason or None)
        Why a coefficient is NaN, else None.
    loglik, loglik_null : float
    score, wald : float
        Global statistics; NaN where they do not exist.
    df : int
        Terms that say something of their own.
    converged : bool
    separated : bool
        Whether some coefficient runs off to infinity.
    predictor : (M,) array
        Linear predictor, up to a constant; finite under separation too.
    columns : (q, M) array
        The q = df columns in use, centred and scaled.
    standardised_coef : (q,) array
    used : (q,) array of int
        Positions of those columns among the p terms.
    """

    coef: np.ndarray
    covariance: np.ndarray
    reasons: tuple[Reason | None, ...]
    loglik: float
    loglik_null: float
    score: float
    wald: float
    df: int
    converged: bool
    separated: bool
    predictor: np.ndarray
    columns: np.ndarray
    standardised_coef: np.ndarray
    used: np.ndarray


def maximise(likelihood: Callable[..., PartialLikelihood], columns, terms) -> Maximum:
    """Fit the coefficients.

    Columns are centred and scaled first; a column that is constant, or that earlier columns
    determine within every risk set, is left out with its reason, as R does.

    Parameters
    ----------
    likelihood : function of (columns, coef)
        Of at least one event.
    columns : (p, M) array
        Covariates of the patients at risk.
    terms : tuple of p str
    """
    columns, scale, used, null, reasons = _identified(likelihood, columns, terms)
    score = float(null.gradient @ _solve(null.information, null.gradient)) if used.size else 0.0
    with np.errstate(all="ignore"):  # a step too far may empty a risk set: it is halved
        coef, at, direction, converged = _newton(likelihood, columns, null)
    covariance, flat = _inverse(at.information, null.information, direction is not None)
    for position in flat.nonzero()[0]:
        reasons[used[position]] = _separation(terms[used[position]], position, direction)
    if not converged:
        flat[:] = True
        for position in used:
            reasons[position] = Reason(Why.NOT_CONVERGED, terms[position])
    finite = converged and direction is None
    wald = float(coef @ at.information @ coef) if finite else np.nan
    return Maximum(
        *_of_all_terms(coef / scale, covariance / (scale[:, None] * scale), used, flat, len(terms)),
        tuple(reasons),
        at.loglik if converged else np.nan,
        null.loglik,
        score,
        wald,
        int(used.size),
        converged,
        direction is not None,
        coef @ columns,
        columns,
        coef,
        used,
    )


def _of_all_terms(coef, covariance, used, flat, n_terms):
    """Coefficients and covariance with NaN for the terms that have no estimate."""
    estimable = (~flat).nonzero()[0]
    if estimable.size == n_terms:
        return coef, covariance
    kept = used[estimable]
    full_coef, full_covariance = np.full(n_terms, np.nan), np.full((n_terms, n_terms), np.nan)
    full_coef[kept] = coef[estimable]
    full_covariance[kept[:, None], kept] = covariance[estimable[:, None], estimable]
    return full_coef, full_covariance


def _identified(likelihood, columns, terms):
    """Standardised columns that say something of their own, the fit at 0, reasons for the rest."""
    columns, scale = _standardise(columns)
    reasons = [
        None if size else Reason(Why.SAME_FOR_ALL, term)
        for term, size in zip(terms, scale, strict=True)
    ]
    used = scale.nonzero()[0]
    null = likelihood(columns, np.zeros(len(terms)))
    if not _well_conditioned(null.information, scale):
        used = _independent(null.information, used, terms, reasons)
    if used.size < len(terms):
        columns, scale = columns[used], scale[used]
        information = null.information[used[:, None], used]
        null = PartialLikelihood(null.loglik, null.gradient[used], information)
    return columns, scale, used, null, reasons


def _newton(likelihood, columns, null):
    """Climb to the maximum; the direction is given if the climb has no end."""
    coef, at = np.zeros(null.gradient.size), null
    if not coef.size:
        return coef, at, None, True
    for _ in range(MAX_STEPS):
        step = _solve(at.information, at.gradient)
        gain = float(at.gradient @ step)
        if not isfinite(gain):
            return coef, at, None, False
        if gain < _FLAT and np.ptp(step @ columns) > _STILL_MOVING:
            return coef, at, step, True
        if 0 <= gain < _NEGLIGIBLE_STEP:
            return coef + step, at, None, True
        after = _climb(likelihood, columns, coef, at, step)
        if after is None:
            return coef, at, None, gain < _FLAT
        coef, at = after
        if gain < _LAST_STEP:
            return coef, at, None, True
    return coef, at, None, False


def _climb(likelihood, columns, coef, at, step):
    """Take the step, or the first of its halves that does not descend; None if all descend."""
    rounding = 1e-11 * max(1.0, abs(at.loglik))
    for _ in range(MAX_HALVINGS):
        there = coef + step
        after = likelihood(columns, there)
        if after.loglik >= at.loglik - rounding and np.isfinite(after.information).all():
            return there, after
        step = step / 2
    return None


def _standardise(columns):
    """Centre and scale rows; scale 0 marks a constant row."""
    n_patients = columns.shape[1]
    centred = np.array(columns, order="C")  # rows contiguous, whatever the order of the input
    largest = np.maximum(centred.max(axis=1, initial=0), -centred.min(axis=1, initial=0))
    centred -= np.add.reduce(centred, axis=1, keepdims=True) / n_patients
    scale = np.sqrt(np.einsum("ij,ij->i", centred, centred) / n_patients)
    scale[scale <= 1e-13 * largest] = 0.0
    centred /= np.where(scale > 0, scale, 1.0)[:, None]
    return centred, scale


def _well_conditioned(information, scale):
    """Whether all columns are clearly independent, which spares looking at them one by one."""
    if not scale.all() or not scale.size:
        return False
    diagonal = information.diagonal()
    if not diagonal.min() > 1e-6 * max(diagonal.max(), 1.0):
        return False
    size = np.sqrt(diagonal)
    factor, failed = dpotrf(information / (size[:, None] * size))
    return not failed and bool(factor.diagonal().min() > 1e-3)


def _independent(information, used, terms, reasons):
    """Keep the columns that vary within risk sets beyond those before them (pivots of Cholesky)."""
    kept, rest = [], information.copy()
    diagonal = information.diagonal().copy()
    largest = diagonal.max(initial=0)
    for position in used:
        if diagonal[position] <= _COLLINEAR * max(largest, 1.0):
            reasons[position] = Reason(Why.NO_CONTRAST, terms[position])
        elif rest[position, position] <= _COLLINEAR * diagonal[position]:
            reasons[position] = Reason(Why.DETERMINED, terms[position])
        else:
            kept.append(position)
            row = rest[position] / rest[position, position]
            rest = rest - np.outer(rest[:, position], row)
    return np.array(kept, dtype=np.intp)


def _solve(matrix, vector):
    """Newton step; with a (nearly) singular matrix the shortest one."""
    _, solution, failed = dposv(matrix, vector)
    if not failed:
        return solution
    if len(matrix) == 1 or not np.isfinite(matrix).all():
        return vector * np.nan
    try:
        return np.linalg.solve(matrix, vector)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(matrix, vector, rcond=None)[0]


def _inverse(information, at_null, separated):
    """Covariance, and which terms are not determined because the likelihood is flat in them.

    Under separation the covariance is that of the directions in which the likelihood is curved,
    measured against its curvature at 0.
    """
    if not separated:
        return np.linalg.inv(information), np.zeros(len(information), dtype=bool)
    size = np.sqrt(at_null.diagonal())
    values, vectors = np.linalg.eigh(information / np.outer(size, size))
    curved = values > _UNDETERMINED
    flat = (vectors[:, ~curved] ** 2).sum(axis=1) > _SHARE_OF_DIRECTION**2
    inverse = (vectors[:, curved] / values[curved]) @ vectors[:, curved].T
    return inverse / np.outer(size, size), flat


def _separation(term, position, direction) -> Reason:
    if np.abs(direction[position]) <= _SHARE_OF_DIRECTION * np.abs(direction).max():
        return Reason(Why.SEPARATED_ELSEWHERE, term)
    limit = "infinity" if direction[position] > 0 else "0"
    return Reason(Why.SEPARATED, term, (limit,))
