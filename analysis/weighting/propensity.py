"""The chance of being in an arm, given covariates: logistic regression, equal to R's `glm`."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import Enum

import numpy as np

MAX_STEPS = 60
# Of the deviance between the last two steps.
_LAST_CHANGE = 1e-12
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
    """Fit the chance of the compared arm by maximum likelihood (statsmodels' GLM).

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
    chance, obstacle = _fitted(basis, treated)
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


def _fitted(basis, treated):
    """Chances, and why there are none."""
    # Loaded when somebody weighs, not at each start.
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        # Separation is found below, whatever statsmodels says of it.
        warnings.simplefilter("ignore")
        found = GLM(treated, basis, family=Binomial()).fit(maxiter=MAX_STEPS, tol=_LAST_CHANGE)
    chance = np.array(found.fittedvalues)
    if np.minimum(chance, 1 - chance).min() < _NEARLY_CERTAIN:
        return chance, Obstacle.SEPARATED
    return chance, None if found.converged else Obstacle.NOT_CONVERGED
