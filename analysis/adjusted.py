"""The effect of an arm crude, adjusted for covariates and within strata, on the same patients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cox.design import beside, design_of
from analysis.cox.fit import CoxFit, fit_cox, forgetting
from analysis.event_table import event_table, time_axis
from analysis.logrank import LogRank, logrank_from_table, logrank_stratified


@dataclass(frozen=True, eq=False)
class Adjusted:
    """Crude and adjusted Cox regressions, crude and stratified log-rank tests.

    Attributes
    ----------
    crude : CoxFit
        The arm alone, all patients in view.
    crude_complete, adjusted : CoxFit or None
        The arm alone, and with the covariates, both for the patients with all covariates; None
        without covariates.
    logrank : LogRank
        All patients in view.
    stratified, stratified_cox : LogRank and CoxFit, or None
        Within strata of the patients with all stratification variables; None without any.
    n_strata : int
    """

    crude: CoxFit
    crude_complete: CoxFit | None
    adjusted: CoxFit | None
    logrank: LogRank
    stratified: LogRank | None
    stratified_cox: CoxFit | None
    n_strata: int


def adjusted_comparison(
    time, event, arm, covariates: pd.DataFrame, strata: pd.DataFrame, patients=None
) -> Adjusted:
    """Compare two arms crude, adjusted and stratified.

    Parameters
    ----------
    time, event : (N,) arrays
        Of the patients in view, in days.
    arm : (N,) array of int
        1 the arm compared, 0 the reference.
    covariates : (N, p) DataFrame
        Numbers or categoricals; patients with a missing one are left out of the adjusted model.
    strata : (N, s) DataFrame of categoricals
        Every combination that occurs is a stratum; patients with a missing one are left out.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    event, arm = np.asarray(event), np.asarray(arm)

    def each(rows):
        return None if patients is None else patients[rows]

    treated = design_of(pd.DataFrame({"arm": arm.astype(float)}))
    crude = fit_cox(time, event, treated, patients=patients)
    test = logrank_from_table(event_table(time_axis(time), event, arm, 2, patients=patients))
    complete = adjusted = None
    if len(covariates.columns):
        used = covariates.notna().all(axis=1).to_numpy()
        alone = design_of(pd.DataFrame({"arm": arm[used].astype(float)}))
        complete = fit_cox(time[used], event[used], alone, patients=each(used))
        both = beside(alone, design_of(covariates[used]))
        adjusted = fit_cox(time[used], event[used], both, patients=each(used))
    stratified = within = None
    n_strata = 0
    if len(strata.columns):
        used = strata.notna().all(axis=1).to_numpy()
        codes = strata[used].groupby(list(strata.columns), observed=True).ngroup().to_numpy()
        n_strata = len(np.unique(codes))
        axis = time_axis(time[used])
        tables = [
            event_table(axis, event[used], arm[used], 2, rows=codes == one, patients=each(used))
            for one in range(n_strata)
        ]
        if tables:
            stratified = logrank_stratified(tables)
            alone = design_of(pd.DataFrame({"arm": arm[used].astype(float)}))
            within = fit_cox(axis, event[used], alone, strata=codes, patients=each(used))
    crude, complete, adjusted, within = (
        one and forgetting(one) for one in (crude, complete, adjusted, within)
    )
    return Adjusted(crude, complete, adjusted, test, stratified, within, n_strata)
