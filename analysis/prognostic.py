"""Prognostic factors: one Cox regression for each variable, and one for several together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cox.fit import CoxFit, fit_cox
from analysis.proportional_hazards import ProportionalHazards, proportional_hazards

FOUND = 0.05


@dataclass(frozen=True, eq=False)
class Univariable:
    """One variable alone.

    Attributes
    ----------
    name : str
    fit : CoxFit
    hazards : ProportionalHazards
    p_value : float
        Likelihood-ratio test of the whole variable; for one term its Wald p.
    n, events : (L,) arrays of int
        Per level, also of the reference; one entry for a number.
    """

    name: str
    fit: CoxFit
    hazards: ProportionalHazards
    p_value: float
    n: np.ndarray
    events: np.ndarray


@dataclass(frozen=True, eq=False)
class Prognostic:
    """All variables alone, and the chosen ones together.

    Attributes
    ----------
    univariable : tuple of Univariable
    chosen : tuple of str
        Variables of the multivariable model.
    multivariable : CoxFit or None
        For the patients with all of them; None where nothing is chosen.
    hazards : ProportionalHazards or None
        Of the multivariable model.
    """

    univariable: tuple[Univariable, ...]
    chosen: tuple[str, ...]
    multivariable: CoxFit | None
    hazards: ProportionalHazards | None

    @property
    def events_per_variable(self) -> float:
        """Events of the multivariable model for each of its coefficients."""
        fit = self.multivariable
        return fit.n_events / len(fit.terms) if fit is not None and fit.terms else np.nan


def prognostic_factors(
    time, event, covariates: pd.DataFrame, chosen: tuple[str, ...], *, found: bool
) -> Prognostic:
    """Fit every variable alone and the chosen ones together.

    Parameters
    ----------
    time, event : (N,) arrays
        Of the patients in view, in days.
    covariates : (N, V) DataFrame
        Numbers or categoricals; the first level is the reference. Each model leaves out the
        patients without a value of its variables.
    chosen : tuple of str
        Columns of the multivariable model.
    found : bool
        Also take every variable whose own p is below 0.05.
    """
    time, event = np.asarray(time), np.asarray(event)
    univariable = tuple(_alone(time, event, covariates[name]) for name in covariates.columns)
    small = {one.name for one in univariable if one.p_value < FOUND} if found else set()
    names = tuple(name for name in covariates.columns if name in chosen or name in small)
    if not names:
        return Prognostic(univariable, (), None, None)
    frame = covariates[list(names)]
    used = frame.notna().all(axis=1).to_numpy()
    fit = fit_cox(time[used], event[used], frame[used])
    return Prognostic(univariable, names, fit, proportional_hazards(fit))


def _alone(time, event, column: pd.Series) -> Univariable:
    used = column.notna().to_numpy()
    fit = fit_cox(time[used], event[used], column[used])
    p_value = float(fit.p_value[0]) if len(fit.terms) == 1 else fit.lr_test.p_value
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, size = column.cat.codes.to_numpy()[used], len(column.cat.categories)
    else:
        codes, size = np.zeros(int(used.sum()), int), 1
    return Univariable(
        str(column.name),
        fit,
        proportional_hazards(fit),
        p_value,
        np.bincount(codes, minlength=size),
        np.bincount(codes[event[used] == 1], minlength=size),
    )
