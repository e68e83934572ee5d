"""One endpoint, one or several groups: everything a survival view states, computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.event_table import EventTable, RiskTable, TimeAxis, at_risk_rows, event_table
from analysis.logrank import LogRank, logrank_from_table
from analysis.restricted_mean import common_horizon, restricted_mean
from analysis.survival import (
    Estimate,
    KaplanMeier,
    RestrictedMean,
    follow_up_from_table,
    kaplan_meier_from_table,
)


@dataclass(frozen=True)
class GroupSurvival:
    """Survival of one group.

    Attributes
    ----------
    position : int
        Place among the levels of the variable, -1 for the whole cohort; fixes colour and order.
    label : str
    curve : KaplanMeier
        Times in days.
    median, follow_up : Estimate
        Days; ``follow_up`` is the reverse Kaplan–Meier median.
    restricted_mean : RestrictedMean
        Days up to the common horizon; NaN for a group too small for it.
    """

    position: int
    label: str
    curve: KaplanMeier
    median: Estimate
    follow_up: Estimate
    restricted_mean: RestrictedMean

    @property
    def n(self) -> int:
        return self.curve.n

    @property
    def events(self) -> int:
        return self.curve.n_events


@dataclass(frozen=True)
class SurvivalGroups:
    """Survival of the groups of one split.

    Attributes
    ----------
    groups : tuple of GroupSurvival
        In the order of the variable's levels; a group without patients keeps its place.
    table : EventTable
        Its rows are the groups in the same order.
    test : LogRank or None
        None when there is nothing to compare (fewer than two groups with patients).
    horizon : float
        Common horizon of the restricted means, in days; see `common_horizon`. NaN where every
        group is too small.
    left_out : int
        Patients of the cohort that are in no group because the split variable is missing.
    """

    groups: tuple[GroupSurvival, ...]
    table: EventTable
    test: LogRank | None
    horizon: float
    left_out: int

    @property
    def n(self) -> int:
        """Patients in any group."""
        return int(self.table.n.sum())

    @property
    def events(self) -> int:
        return sum(group.events for group in self.groups)

    @property
    def shown(self) -> tuple[GroupSurvival, ...]:
        """The groups that have patients."""
        return tuple(group for group in self.groups if group.n)

    @property
    def largest_time(self) -> float:
        """Longest follow-up on screen, in days; 0 for an empty cohort."""
        return max((float(group.curve.time[-1]) for group in self.shown), default=0.0)

    def risk_table(self, times: np.ndarray) -> RiskTable:
        """At risk, censored and events of each group at some times (days)."""
        return at_risk_rows(self.table, times)


def survival_by_group(
    axis: TimeAxis,
    event: np.ndarray,
    group: np.ndarray | None,
    labels: tuple[str, ...],
    rows: np.ndarray,
    *,
    conf_type: str = "log",
    conf_level: float = 0.95,
    patients: np.ndarray | None = None,
) -> SurvivalGroups:
    """Compute curves, medians, follow-up, restricted means and the log-rank test.

    Parameters
    ----------
    axis : TimeAxis
        Of all patients of the study with this endpoint, times in days.
    event : ndarray of int, shape (N,)
        1 event, 0 censored.
    group : ndarray of int, shape (N,), or None
        Position of each patient's group in ``labels``, -1 where the split variable is missing;
        None for the whole cohort as one group.
    labels : tuple of str
        One for each group.
    rows : ndarray of bool, shape (N,)
        Patients in view.
    patients : ndarray of int, shape (N,), optional
        How many patients each entry stands for; without it each is one.
    """
    codes = np.zeros(len(event), np.int64) if group is None else group
    used = rows & (codes >= 0)
    table = event_table(axis, event, codes, len(labels), rows=used, patients=patients)
    curves = [
        kaplan_meier_from_table(table, i, conf_type=conf_type, conf_level=conf_level)
        for i in range(len(labels))
    ]
    horizon = common_horizon(curves)
    groups = tuple(
        GroupSurvival(
            position=-1 if group is None else i,
            label=label,
            curve=curve,
            median=curve.median,
            follow_up=follow_up_from_table(table, i, conf_type=conf_type),
            restricted_mean=restricted_mean(curve, horizon),
        )
        for i, (label, curve) in enumerate(zip(labels, curves, strict=True))
    )
    test = logrank_from_table(table) if int((table.n > 0).sum()) > 1 else None
    left_out = rows & ~used
    n_left_out = int(left_out.sum() if patients is None else patients[left_out].sum())
    return SurvivalGroups(groups, table, test, horizon, n_left_out)
