"""What a view of all endpoints is about: the survival view of each, and two groups compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.arm_difference import Difference
from analysis.survival_groups import GroupSurvival
from data.address import View
from data.study import Study, Variable
from layouts.charts.frame import MOST_GROUPS_NAMED
from layouts.shared.ranges import NOTHING, Across
from layouts.survival.context import SurvivalContext


@dataclass(frozen=True, eq=False)
class OneEndpoint:
    """One endpoint of the study.

    Attributes
    ----------
    survival : SurvivalContext
        Its survival view, with the hazard ratio of two groups.
    gained : Difference or None
        Difference of restricted means of those two up to their common horizon, in days; None where
        there is no such comparison or a group is too small for a mean.
    """

    survival: SurvivalContext
    gained: Difference | None = None

    @property
    def id(self) -> str:
        return self.survival.endpoint.id

    @property
    def word(self) -> str:
        """The endpoint within a sentence."""
        return self.survival.endpoint_word


@dataclass(frozen=True, eq=False)
class EndpointsContext:
    """All endpoints of a study for one cohort and one split.

    Attributes
    ----------
    split : Variable or None
        The variable that makes the groups.
    parts : tuple of OneEndpoint
        In the study's order; without those of which nothing may be told.
    in_cohort : int
        Patients that pass set and filters.
    across : Across
        Ranges over the data sets that fit the publication equally well; a key ends with the id of
        its endpoint (see layouts.endpoints.numbers).
    """

    study: Study
    view: View
    split: Variable | None
    parts: tuple[OneEndpoint, ...]
    in_cohort: int
    across: Across = NOTHING

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Places of the groups that have patients in any endpoint."""
        shown = {
            place
            for one in self.parts
            for place, group in enumerate(one.survival.result.groups)
            if group.n
        }
        return tuple(sorted(shown))

    @property
    def many(self) -> bool:
        """Whether there are more groups than colours can tell apart."""
        return len(self.places) > MOST_GROUPS_NAMED

    @property
    def compared(self) -> tuple[int, int] | None:
        """Places of the one group that is compared and of its reference; None without two."""
        pairs = {one.survival.compared for one in self.parts} - {None}
        return next(iter(pairs)) if len(pairs) == 1 and len(self.places) == 2 else None

    @property
    def with_patients(self) -> tuple[OneEndpoint, ...]:
        """The endpoints that anybody in view has."""
        return tuple(one for one in self.parts if one.survival.result.n)

    @property
    def last(self) -> float:
        """The longest follow-up for any endpoint, in days."""
        return max((one.survival.result.largest_time for one in self.parts), default=0.0)

    def group(self, place: int) -> GroupSurvival:
        """A group as it is named, by its place."""
        return self.parts[0].survival.result.groups[place]

    def who(self, place: int) -> str:
        """A group in a sentence: ``with sorafenib``."""
        return self.parts[0].survival.who(self.group(place))

    @property
    def names(self) -> tuple[str, str]:
        """The compared group and its reference, as they are named without a heading."""
        named = self.parts[0].survival.group_names
        return tuple(named[place] for place in self.compared)
