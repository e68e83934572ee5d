"""What an overview is about: flow, table and cards together with study and cohort."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.balance_chance import ChanceImbalance
from analysis.baseline import LevelSummary, NumberSummary
from analysis.competing_risks import CompetingRisks
from analysis.proportions import Proportion
from analysis.survival_groups import GroupSurvival
from data.address import View
from data.cohort import without_idle
from data.study import Endpoint, Study, Variable
from layouts.overview.options import OverviewOptions
from layouts.shared.ranges import NOTHING, Across


@dataclass(frozen=True)
class FlowLine:
    """One step of the cohort flow.

    Attributes
    ----------
    n : int
    arms : tuple of int
        Patients of each arm; empty where the file does not have the patients.
    left_out : int or None
        Patients who do not go on from the step before.
    missing : int
        Those of them who have no value of the filtered variable.
    note : str
        Why they do not go on, in the study's words.
    kind : str
        ``printed``, ``set``, ``filter`` or ``screen``.
    """

    label: str
    n: int
    arms: tuple[int, ...]
    left_out: int | None
    missing: int
    note: str
    kind: str


@dataclass(frozen=True, eq=False)
class EndpointCard:
    """One endpoint of the patients on screen, and of each arm where there are two.

    Attributes
    ----------
    incidence : tuple of CompetingRisks or None
        All patients first, then each arm, where the study declares what competes with the event;
        else empty.
    """

    endpoint: Endpoint
    whole: GroupSurvival
    arms: tuple[GroupSurvival, ...]
    incidence: tuple[CompetingRisks | None, ...] = ()


@dataclass(frozen=True, eq=False)
class ShareCard:
    """A share of the patients on screen, and of each arm where there are two."""

    label: str
    page: str
    whole: Proportion
    arms: tuple[Proportion, ...]


@dataclass(frozen=True, eq=False)
class TableRow:
    """One variable of Table 1: all patients first, then each arm."""

    variable: Variable
    summary: LevelSummary | NumberSummary


@dataclass(frozen=True, eq=False)
class OverviewContext:
    """Everything the Overview page states.

    Attributes
    ----------
    arms : tuple of (label, position)
        Arms of the set, in the order of their columns; empty with fewer than two.
    sizes : tuple of int
        Patients of all columns, the whole cohort first.
    follow_up : EndpointCard or None
        The endpoint whose reverse Kaplan–Meier median is the follow-up.
    landmark_days : int or None
        Day from which the times of the cards are counted because of a filter.
    chance : ChanceImbalance or None
        How many differences of Table 1 above 0.1 chance alone would give; None without two arms.
    across : Across
        Ranges over the data sets that fit the publication equally well; keys are a statistic, a
        variable and level, and a column, or the endpoint of a card.
    """

    study: Study
    view: View
    options: OverviewOptions
    arms: tuple[tuple[str, int], ...]
    sizes: tuple[int, ...]
    in_set: int
    flow: tuple[FlowLine, ...]
    rows: tuple[TableRow, ...]
    endpoints: tuple[EndpointCard, ...]
    follow_up: EndpointCard | None
    shares: tuple[ShareCard, ...]
    landmark_days: int | None
    chance: ChanceImbalance | None = None
    across: Across = NOTHING

    def farthest(self, row: TableRow) -> str:
        """The two arms that differ most in a variable: of two arms nothing need be said."""
        pair = row.summary.pair
        if len(self.arms) < 3 or pair is None or not row.summary.smd > 0:
            return ""
        return " and ".join(self.arms[group - 1][0] for group in pair)

    @property
    def n(self) -> int:
        """Patients on screen."""
        return self.sizes[0]

    @property
    def unfiltered(self) -> bool:
        """Whether the publication's own cohort is on screen."""
        chosen = self.study.analysis_set(self.view.cohort.analysis_set)
        return chosen.published and not without_idle(self.study, self.view.cohort).filters
