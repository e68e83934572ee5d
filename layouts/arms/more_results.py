"""Results of the sections of Compare arms that compare two arms at a time."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.balance import Balance
from analysis.over_time.comparison import OverTime
from analysis.power import information_of_events
from analysis.weighting.comparison import WeightedComparison
from data.study import Variable


@dataclass(frozen=True)
class AllSizes:
    """Three arms or more, of which two are compared at a time.

    Attributes
    ----------
    n, events : tuple of int
        Of each arm in the study's order.
    """

    n: tuple[int, ...]
    events: tuple[int, ...]


@dataclass(frozen=True)
class VariableBalance:
    """One covariate before and after weighting.

    Attributes
    ----------
    variable : Variable
    balance : Balance
        Before, of the patients with all covariates; the compared arm first.
    after : float
        Standardised mean difference with weights.
    """

    variable: Variable
    balance: Balance
    after: float

    @property
    def before(self) -> float:
        """Standardised mean difference without weights."""
        return self.balance.smd


@dataclass(frozen=True, eq=False)
class WeightedResult:
    """Two arms made alike by weights.

    Attributes
    ----------
    compared, reference : int
        Places of the arms.
    n : tuple of int
        Patients in view of each arm in the study's order; of further arms 0.
    found : WeightedComparison
    balances : tuple of VariableBalance
        Every baseline variable; what the weights are made of is ``ticked``.
    ticked : tuple of str
        Ids of the covariates.
    """

    compared: int
    reference: int
    n: tuple[int, ...]
    found: WeightedComparison
    balances: tuple[VariableBalance, ...]
    ticked: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class OverTimeResult:
    """Two arms over the follow-up.

    Attributes
    ----------
    compared, reference : int
        Places of the arms.
    n : tuple of int
        Patients of each arm in the study's order; of further arms 0.
    found : OverTime
    """

    compared: int
    reference: int
    n: tuple[int, ...]
    found: OverTime


@dataclass(frozen=True)
class InteractionPower:
    """What the events could find of an interaction of the arm with a variable of two levels.

    Attributes
    ----------
    variable : Variable
    labels : (str, str)
    cells : four int
        Events of the compared arm and the reference in the first level, then in the second.
    """

    variable: Variable
    labels: tuple[str, str]
    cells: tuple[int, int, int, int]


@dataclass(frozen=True)
class PowerResult:
    """What the events in view could find.

    Attributes
    ----------
    compared, reference : int
        Places of the arms.
    n : tuple of int
        Patients of each arm in the study's order; of further arms 0.
    events : (int, int)
        Of the compared arm and the reference.
    planned : float
        The protocol's hazard ratio; NaN where none is declared for this endpoint.
    source : str
        Where it is printed.
    interactions : tuple of InteractionPower
    """

    compared: int
    reference: int
    n: tuple[int, ...]
    events: tuple[int, int]
    planned: float
    source: str
    interactions: tuple[InteractionPower, ...]

    @property
    def share(self) -> float:
        """Of the two arms' patients those in the compared arm."""
        ours = self.n[self.compared]
        return ours / (ours + self.n[self.reference])

    @property
    def information(self) -> float:
        """Of the log hazard ratio."""
        return information_of_events(sum(self.events), self.share)
