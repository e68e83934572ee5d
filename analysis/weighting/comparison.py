"""Two arms compared crude, adjusted for covariates and by weights, on the same patients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cox.design import beside, design_of
from analysis.cox.fit import CoxFit, fit_cox, forgetting
from analysis.weighting.cox import WeightedCox, weighted_cox
from analysis.weighting.curve import WeightedCurve, weighted_curve
from analysis.weighting.propensity import Obstacle, Propensity, propensity
from analysis.weighting.weights import Weights, stabilised_weights


@dataclass(frozen=True, eq=False)
class WeightedComparison:
    """Patients with all covariates, compared in three ways; of two arms the compared one first.

    Attributes
    ----------
    n, events : (int, int)
        Of each arm.
    left_out : int
        Patients in view without a value of a covariate.
    crude, adjusted : CoxFit
        The arm alone, and with the covariates.
    score : Propensity
    weights : Weights or None
        None where there are no chances; then also ``cox`` and ``curves``.
    cox : WeightedCox or None
    curves : tuple of WeightedCurve
    crude_curves : tuple of WeightedCurve
        The same with every weight 1.
    used : (N,) array of bool
        Which of the patients in view have all covariates.
    """

    n: tuple[int, int]
    events: tuple[int, int]
    left_out: int
    crude: CoxFit
    adjusted: CoxFit
    score: Propensity
    weights: Weights | None
    cox: WeightedCox | None
    curves: tuple[WeightedCurve, ...]
    crude_curves: tuple[WeightedCurve, ...]
    used: np.ndarray

    @property
    def obstacle(self) -> Obstacle | None:
        return self.score.obstacle


def weighted_comparison(
    time, event, treated, covariates: pd.DataFrame, tail: float = 0.01
) -> WeightedComparison:
    """Compare two arms by stabilised inverse-probability weights beside the other two ways.

    Parameters
    ----------
    time, event : (N,) arrays
        Of the patients in view, in days.
    treated : (N,) array of 0 and 1
        1 for the compared arm.
    covariates : (N, p) DataFrame
        Numbers or categoricals; patients with a missing one are left out everywhere.
    tail : float
        See `stabilised_weights`.
    """
    time, event, treated = np.asarray(time), np.asarray(event), np.asarray(treated)
    used = covariates.notna().all(axis=1).to_numpy().astype(bool)
    left_out = int((~used).sum())
    time, event, treated = time[used], event[used], treated[used]
    arm = design_of(pd.DataFrame({"arm": treated.astype(float)}))
    design = design_of(covariates[used])
    score = propensity(design.columns, treated)
    weights = cox = None
    curves: tuple[WeightedCurve, ...] = ()
    members = (treated == 1, treated == 0)
    if score.obstacle is None:
        weights = stabilised_weights(score.chance, treated, tail)
        cox = weighted_cox(time, event, treated, weights.value)
        curves = tuple(weighted_curve(time[one], event[one], weights.value[one]) for one in members)
    return WeightedComparison(
        n=tuple(int(one.sum()) for one in members),
        events=tuple(int(event[one].sum()) for one in members),
        left_out=left_out,
        crude=forgetting(fit_cox(time, event, arm)),
        adjusted=forgetting(fit_cox(time, event, beside(arm, design))),
        score=score,
        weights=weights,
        cox=cox,
        curves=curves,
        crude_curves=tuple(
            weighted_curve(time[one], event[one], np.ones(int(one.sum()))) for one in members
        ),
        used=used,
    )
