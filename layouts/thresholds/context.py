"""What a threshold is about: the groups it makes, and all thresholds that were possible."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.cox.two_groups import HazardRatio
from analysis.maximally_selected import MaximallySelected
from analysis.survival_groups import SurvivalGroups
from data.address import View
from data.cohort import without_idle
from data.study import Endpoint, Study
from layouts.shared.ranges import NOTHING, Across
from layouts.thresholds.options import ThresholdOptions


@dataclass(frozen=True, eq=False)
class CutResult:
    """A number against survival.

    Attributes
    ----------
    groups : SurvivalGroups
        Below, then at or above the chosen threshold.
    ratio : HazardRatio or None
        At or above against below; None where one side is empty.
    shrunk : float
        The ratio after shrinkage; NaN without an estimate.
    selected : MaximallySelected
        Every threshold with enough patients on either side.
    possible : int
        Thresholds that split the patients differently, whoever stands beside them.
    best : HazardRatio or None
        At the threshold with the largest statistic.
    best_shrunk : float
    validated : HazardRatio
        Every patient by the best threshold of the others.
    """

    groups: SurvivalGroups
    ratio: HazardRatio | None
    shrunk: float
    selected: MaximallySelected
    possible: int
    best: HazardRatio | None
    best_shrunk: float
    validated: HazardRatio


@dataclass(frozen=True, eq=False)
class ThresholdContext:
    """A threshold of a number and everything that must be said beside it.

    Attributes
    ----------
    result : CutResult or None
        None where the study has no number to cut, or nobody is in view.
    in_cohort, with_endpoint : int
        Patients that pass set and filters, and those of them who have the endpoint (and came to
        the landmark, if there is one).
    landmark_days : int or None
        Day from which time is counted.
    numbers : int
        How many numbers of the study could be cut.
    across : Across
        Ranges over the data sets that fit the publication equally well.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: ThresholdOptions
    result: CutResult | None
    in_cohort: int
    with_endpoint: int
    landmark_days: int | None
    numbers: int
    across: Across = NOTHING

    @property
    def n(self) -> int:
        """Patients analysed."""
        return self.result.groups.n if self.result else 0

    @property
    def origin(self) -> str:
        """From when time is counted."""
        if self.landmark_days is None:
            return self.endpoint.origin
        return f"day {self.landmark_days} after {self.endpoint.origin}"

    @property
    def adjusted(self) -> float:
        """The p-value of the chosen threshold adjusted for all of them; NaN without one."""
        return self.result.selected.adjusted(self.options.cut)

    @property
    def best_cut(self) -> float:
        """The threshold with the largest statistic; NaN without one."""
        selected = self.result.selected
        return math.nan if selected.best is None else float(selected.threshold[selected.best])

    @property
    def is_best(self) -> bool:
        """Whether the chosen threshold splits the patients as the best one does."""
        selected = self.result.selected
        if selected.best is None:
            return False
        place = int((selected.threshold < self.options.cut).sum())
        return place == selected.best and self.options.cut > selected.below_first

    @property
    def illustrative(self) -> bool:
        """Whether the publication leaves open what is shown."""
        study = self.study
        if not study.reconstructed:
            return False
        chosen = study.analysis_set(self.view.cohort.analysis_set)
        unfiltered = chosen.published and not without_idle(study, self.view.cohort).filters
        return not (unfiltered and self.endpoint.id in self.options.variable.published)
