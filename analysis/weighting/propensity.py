"""The chance of being in an arm, given covariates: logistic regression, equal to R's `glm`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from scipy.special import expit

MAX_STEPS = 60
# What a step still gains of log-likelihood; the error left is of its square.
_LAST_GAIN = 1e-14
# Once the likelihood is flat to this degree, a step that still moves patients apart has no end.
_FLAT = 1e-9
_STILL_MOVING = 1e-2
# A chance so near to 0 or 1 that R's `glm` warns of it: its weight would be without limit.
_NEARLY_CERTAIN = 1e-8
_COLLINEAR = 1e-9


class Obstacle(Enum):
    """Why there are no chances."""

    ONE_ARM = "one arm has no patients with all covariates"
    SEPARATED = "the covariates tell the arms apart completely"
    TOO_MANY = "the covariates have as many terms as there are patients"
    NOT_CONVERGED = "the estimation did not converge"


@dataclass(frozen=True, eq=False)
class Propensity:
    """Chances of the compared arm.

    Attributes
    ----------
    chance : (N,) array
        Of each patient; NaN where there is an obstacle.
    share : float
        Of the patients who are in the compared arm.
    terms : int
        Columns of the model that say something of their own, without the constant.
    obstacle : Obstacle or None
    """

    chance: np.ndarray
    share: float
    terms: int
    obstacle: Obstacle | None


def propensity(columns, treated) -> Propensity:
    """Fit the chance of the compared arm by maximum likelihood (Newton–Raphson).

    Columns that others determine add nothing to the chances, which are those of the model without
    them. Under complete or quasi-complete separation (Albert & Anderson 1984) no maximum exists,
    and there are no chances.

    Parameters
    ----------
    columns : (N, p) array
        Covariates as numbers, finite.
    treated : (N,) array of 0 and 1
        1 for the compared arm.
    """
    columns, treated = np.asarray(columns, float), np.asarray(treated, float)
    n = treated.size
    share = float(treated.mean()) if n else np.nan
    if not 0 < share < 1:
        return _without(n, share, 0, Obstacle.ONE_ARM)
    basis = _independent(columns)
    terms = basis.shape[1] - 1
    if terms >= n - 1:
        return _without(n, share, terms, Obstacle.TOO_MANY)
    chance, obstacle = _fitted(basis, treated, share)
    if obstacle is not None:
        return _without(n, share, terms, obstacle)
    chance.flags.writeable = False
    return Propensity(chance, share, terms, None)


def _without(n: int, share: float, terms: int, obstacle: Obstacle) -> Propensity:
    return Propensity(np.full(n, np.nan), share, terms, obstacle)


def _independent(columns) -> np.ndarray:
    """An orthogonal basis of a constant and the columns; (N, 1 + terms)."""
    n = len(columns)
    centred = columns - columns.mean(axis=0)
    size = np.sqrt((centred**2).mean(axis=0))
    used = size > 1e-13 * np.abs(columns).max(axis=0, initial=0)
    constant = np.full((n, 1), 1 / np.sqrt(n))
    if not used.any():
        return constant
    left, values, _ = np.linalg.svd(centred[:, used] / size[used], full_matrices=False)
    return np.concatenate([constant, left[:, values > _COLLINEAR * values[0]]], axis=1)


def _fitted(basis, treated, share: float):
    """Chances, and why there are none."""
    coef = np.zeros(basis.shape[1])
    coef[0] = np.log(share / (1 - share)) * np.sqrt(len(basis))
    predictor = basis @ coef
    level = _loglik(predictor, treated)
    for _ in range(MAX_STEPS):
        chance = expit(predictor)
        gradient = basis.T @ (treated - chance)
        information = (basis * (chance * (1 - chance))[:, None]).T @ basis
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        gain = float(gradient @ step)
        if gain < _FLAT and np.ptp(basis @ step) > _STILL_MOVING:
            return chance, Obstacle.SEPARATED
        while True:
            there = predictor + basis @ step
            after = _loglik(there, treated)
            if after >= level - 1e-11 * max(1.0, abs(level)) or np.abs(step).max() < 1e-12:
                break
            step = step / 2
        predictor, level = there, after
        if gain < _LAST_GAIN:
            chance = expit(predictor)
            certain = np.minimum(chance, 1 - chance).min() < _NEARLY_CERTAIN
            return chance, Obstacle.SEPARATED if certain else None
    return expit(predictor), Obstacle.NOT_CONVERGED


def _loglik(predictor, treated) -> float:
    return float((treated * predictor - np.logaddexp(0, predictor)).sum())
