"""What a view of the response is about: the result of the shown part with all that is said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.contingency import TableTest
from analysis.fisher import ExactTest
from analysis.proportions import Proportion
from analysis.response import FactorResponse
from analysis.response_depth import Spread, Waterfall
from analysis.swimmer import Lanes
from data.address import View
from data.cohort import without_idle
from data.sections.response import Response
from data.study import Endpoint, Study, Variable
from layouts.response.options import ResponseOptions
from layouts.shared.ranges import NOTHING, Across
from layouts.survival.context import SurvivalContext

WHOLE = -1


@dataclass(frozen=True)
class Group:
    """One column of the page: an arm, or all patients in view.

    Attributes
    ----------
    label : str
    position : int
        Place among the study's arms, which fixes the colour; ``WHOLE`` for all patients.
    n : int
        Patients in view.
    """

    label: str
    position: int
    n: int


@dataclass(frozen=True, eq=False)
class ShareRow:
    """One yes or no in every group.

    Attributes
    ----------
    name, label, detail : str
        Id, words, and the levels that count.
    rates : tuple of Proportion
        One for each group.
    fisher, chi_square : tests over the arms in view, or None with fewer than two
    """

    name: str
    label: str
    detail: str
    rates: tuple[Proportion, ...]
    fisher: ExactTest | None = None
    chi_square: TableTest | None = None


@dataclass(frozen=True, eq=False)
class BestResult:
    """Every category of the best response, then the sums of categories that are asked for.

    Attributes
    ----------
    categories : tuple of ShareRow
        In the study's order; the last row, patients without a value, only where there are any.
    sums : tuple of ShareRow
        Objective response, disease control, early shrinkage where it is recorded.
    not_evaluable : tuple of (label, patients)
        Categories that are no assessment and have patients in view.
    """

    categories: tuple[ShareRow, ...]
    sums: tuple[ShareRow, ...]
    not_evaluable: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class DepthResult:
    """Depth of response.

    Attributes
    ----------
    waterfall : Waterfall
        Change in per cent, shrinkage negative.
    spreads : tuple of Spread
        Of the change, one for each group.
    rows : tuple of ShareRow
        Shrinkage by 30 % or more, growth by 20 % or more, early shrinkage where recorded.
    arms : ndarray of int
        Position of the arm of each bar of the waterfall; empty where the study has none.
    """

    waterfall: Waterfall
    spreads: tuple[Spread, ...]
    rows: tuple[ShareRow, ...]
    arms: np.ndarray


@dataclass(frozen=True, eq=False)
class CourseResult:
    """When patients responded, and the course of each.

    Attributes
    ----------
    responders : tuple of int
        Of each group, with or without a known time.
    spreads : tuple of Spread
        Months to the response of the responders whose time is known.
    curves : tuple of (months, share)
        Of the responders whose time is known, who had responded by when.
    lanes : Lanes or None
        None where the study declares no course, or does not allow single patients.
    """

    responders: tuple[int, ...]
    spreads: tuple[Spread, ...]
    curves: tuple[tuple[np.ndarray, np.ndarray], ...]
    lanes: Lanes | None


@dataclass(frozen=True, eq=False)
class ByResult:
    """Objective response by the levels of variables.

    Attributes
    ----------
    whole : Proportion
    factors : tuple of (Variable, labels, FactorResponse)
    """

    whole: Proportion
    factors: tuple[tuple[Variable, tuple[str, ...], FactorResponse], ...]


@dataclass(frozen=True, eq=False)
class LandmarkResult:
    """Survival from a landmark on, by response until then.

    Attributes
    ----------
    survival : SurvivalContext
        The groups are those who had responded by the landmark and those who had not.
    at_event, censored : int
        Patients left out because the event came, or their follow-up ended, by the landmark.
    later : int
        Patients in the analysis who responded after the landmark and count as not having.
    unknown : int
        Responders left out because the day of their response is not recorded.
    raised : bool
        The landmark was moved on because a filter's variable is known only by then.
    """

    survival: SurvivalContext
    at_event: int
    censored: int
    later: int
    unknown: int
    raised: bool


Result = BestResult | DepthResult | CourseResult | ByResult | LandmarkResult | None


@dataclass(frozen=True, eq=False)
class ResponseContext:
    """The shown part and everything that must be said beside it.

    Attributes
    ----------
    endpoint : Endpoint or None
        Of the landmark analysis; the other parts have none.
    groups : tuple of Group
        The arms in view, the compared one first, then all patients; or all patients alone.
    in_cohort : int
        Patients that pass set and filters: the denominator of every share.
    result : one of the results, or None
        None where the part cannot be shown (see ``obstacle``).
    obstacle : str
        Why not, in one sentence; empty otherwise.
    across : Across
        Ranges over the data sets that fit the publication equally well; those of the landmark
        analysis stand in its own result.
    """

    study: Study
    view: View
    options: ResponseOptions
    endpoint: Endpoint | None
    groups: tuple[Group, ...]
    in_cohort: int
    result: Result
    obstacle: str
    across: Across = NOTHING

    @property
    def declared(self) -> Response:
        """The study's section on response; only to be asked where there is one."""
        return self.study.comparison.response

    @property
    def best(self) -> Variable:
        """The variable of the best response."""
        return self.study.variable(self.declared.variable)

    @property
    def whole(self) -> int:
        """Place of all patients among the groups."""
        return len(self.groups) - 1

    @property
    def arms(self) -> tuple[Group, ...]:
        """The arms where more than one is in view."""
        return self.groups[:-1]

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not without_idle(self.study, self.view.cohort).filters

    @property
    def single_patients(self) -> bool:
        """Whether a mark may stand for one patient."""
        return self.study.single_patients


def single_patients_words(study: Study) -> str:
    """Why no chart or file tells patients apart."""
    said = (
        f"{study.title} is disclosure-controlled: no chart has a mark, and no file a row, for each "
        "single patient"
    )
    if study.dosimetry and study.dosimetry.columns.marks:
        return f"{said}; only the charts of the page Dosimetry draw single doses, without names."
    return f"{said}."
