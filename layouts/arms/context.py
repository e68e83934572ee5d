"""What a view of the arms is about: the result of the shown section with all that is said."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from analysis.adjusted import Adjusted
from analysis.arms import ArmComparison
from analysis.balance import Balance
from analysis.balance_chance import ChanceImbalance
from analysis.competing_risks import CompetingRisks
from analysis.gray import GrayTest
from analysis.logrank import LogRank
from analysis.permutation import PermutationTest
from analysis.response import Comparison, FactorResponse
from analysis.survival_groups import SurvivalGroups
from data.address import View
from data.causes import Cause
from data.patient_groups import Arm, Pair
from data.study import Endpoint, Study, Variable
from layouts.arms.more_results import AllSizes, OverTimeResult, PowerResult, WeightedResult
from layouts.arms.options import ArmOptions
from layouts.shared.late_words import late_filters
from layouts.shared.ranges import NOTHING, Across


@dataclass(frozen=True, eq=False)
class BalanceResult:
    """Balance of every baseline variable, and the adjusted comparison.

    Attributes
    ----------
    variables : tuple of Variable
    labels : tuple of tuple of str
        Names of each variable's levels; empty for a number.
    balances : tuple of Balance
        First arm of the pair is the compared one.
    adjusted : Adjusted
    chance : ChanceImbalance or None
        How many large differences random allocation gives; None where that is not asked.
    """

    variables: tuple[Variable, ...]
    labels: tuple[tuple[str, ...], ...]
    balances: tuple[Balance, ...]
    adjusted: Adjusted
    chance: ChanceImbalance | None = None


@dataclass(frozen=True, eq=False)
class AllArms:
    """Three arms or more for one endpoint.

    Attributes
    ----------
    groups : SurvivalGroups
        Every arm in the study's order, with the log-rank test over all of them.
    permutation : PermutationTest
        Of all arms.
    """

    groups: SurvivalGroups
    permutation: PermutationTest


@dataclass(frozen=True, eq=False)
class AllBalance:
    """Balance of every baseline variable in three arms or more.

    Attributes
    ----------
    variables, labels
        As in `BalanceResult`.
    balances : tuple of Balance
        Arms in the study's order, each with the largest difference between two of them.
    n : tuple of int
        Patients per arm.
    events : int
        In all arms.
    logrank : LogRank or None
        Over all arms; None where fewer than two have patients.
    chance : ChanceImbalance or None
    """

    variables: tuple[Variable, ...]
    labels: tuple[tuple[str, ...], ...]
    balances: tuple[Balance, ...]
    n: tuple[int, ...]
    events: int
    logrank: LogRank | None
    chance: ChanceImbalance | None = None


@dataclass(frozen=True, eq=False)
class CompetingResult:
    """Competing risks of each arm.

    Attributes
    ----------
    causes : tuple of Cause
        The event of interest first.
    groups : tuple of CompetingRisks or None
        In the study's order; None for an arm without patients.
    tests : tuple of GrayTest
        Of each cause over all arms.
    without : int
        Patients who passed no landmark.
    """

    causes: tuple[Cause, ...]
    groups: tuple[CompetingRisks | None, ...]
    tests: tuple[GrayTest, ...]
    without: int


@dataclass(frozen=True, eq=False)
class ResponseResult:
    """Response by arm.

    Attributes
    ----------
    n : tuple of int
        Patients per arm.
    categories : tuple of tuple of int
        Patients per level of the best response (rows; the last row not evaluable) and arm.
    objective, complete, control : Comparison
        ``complete`` is the first of the responding levels alone.
    shrinkage : Comparison or None
    depth : tuple of tuple of float, or None
        Quartiles per arm.
    depth_known : tuple of int
    factors : tuple of (Variable, labels, FactorResponse)
        Empty where nobody is in view.
    """

    n: tuple[int, ...]
    categories: tuple[tuple[int, ...], ...]
    objective: Comparison
    complete: Comparison
    control: Comparison
    shrinkage: Comparison | None
    depth: tuple[tuple[float, float, float], ...] | None
    depth_known: tuple[int, ...]
    factors: tuple[tuple[Variable, tuple[str, ...], FactorResponse], ...]


Result = (
    ArmComparison
    | AllArms
    | BalanceResult
    | AllBalance
    | CompetingResult
    | ResponseResult
    | AllSizes
    | WeightedResult
    | OverTimeResult
    | PowerResult
    | None
)


@dataclass(frozen=True, eq=False)
class ArmContext:
    """The shown section and everything that must be said beside it.

    Attributes
    ----------
    result : one of the results, or None
        None where the section cannot be shown (see ``obstacle``).
    obstacle : str
        Why not, in one sentence; empty otherwise.
    wider : str
        Analysis set in which both arms have patients, when this one has one arm; else empty.
    in_cohort : int
        Patients that pass set and filters.
    with_endpoint : int
        Of these, patients in the shown analysis (who have the endpoint and passed the landmark).
    landmark_days : int or None
    incidence : tuple of CompetingRisks or None
        Of each arm beside its median, where the study declares what competes with the event of
        the endpoint; else empty.
    pair : Pair or None
        The arms that the result compares; None where it is about all of them.
    everyone : one of the results, or None
        Of all arms where there are three or more: what ``result`` is without a pair. None where
        two arms are all, or where nothing is compared.
    parts : tuple of ArmContext
        The comparisons of two arms whose p-values are adjusted together, where there are three
        arms or more; the chosen pair is one of them.
    across : Across
        Ranges over the data sets that fit the publication equally well; keys are those of the
        shown section.
    """

    study: Study
    view: View
    endpoint: Endpoint
    options: ArmOptions
    result: Result
    obstacle: str
    wider: str
    in_cohort: int
    with_endpoint: int
    landmark_days: int | None
    incidence: tuple[CompetingRisks | None, ...] = ()
    pair: Pair | None = None
    everyone: Result = None
    parts: tuple[ArmContext, ...] = ()
    across: Across = NOTHING

    @property
    def each(self) -> bool:
        """Whether each arm is compared with the reference, so that no two stand out."""
        return bool(self.parts) and self.options.pair is None

    @property
    def shown(self) -> tuple[ArmContext, ...]:
        """The comparisons on the screen: of each arm with the reference, or the one of the pair."""
        return self.parts if self.each else (self,)

    @property
    def with_medians(self) -> tuple[int, ...]:
        """Places of the arms whose median is on the screen; of two the compared arm first."""
        found = self.everyone or self.result
        if not isinstance(found, ArmComparison | AllArms):
            return ()
        arms = self.study.arms if self.everyone else self.arms
        groups = found.groups.groups
        places = (self.position(arm) for arm in arms)
        return tuple(place for place in places if isfinite(groups[place].median.value))

    @property
    def reference(self) -> Arm:
        return self.study.arms[self.pair.reference]

    @property
    def compared(self) -> Arm:
        return self.study.arms[self.pair.compared]

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """The compared arm, then the reference."""
        return self.compared, self.reference

    def position(self, arm: Arm) -> int:
        """Place of an arm in the study's order, which fixes its colour."""
        return self.study.arms.index(arm)

    @property
    def late_filters(self) -> tuple[Variable, ...]:
        """Variables filtered by that were known only after treatment began."""
        return late_filters(self.study, self.view.cohort)
