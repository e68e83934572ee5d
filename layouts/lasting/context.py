"""What a view of lasting responses is about: who is in response when, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.competing_risks import CompetingRisks
from analysis.multistate import Occupation
from analysis.survival import KaplanMeier
from data.address import View
from data.study import Study
from layouts.shared.ranges import NOTHING, Across

READ_AT = (6, 12)


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm, or all patients.

    Attributes
    ----------
    label : str
    position : int
        Place among the study's arms; 0 where it has none.
    states : Occupation
        No response yet, in response, progressed or dead.
    rise : CompetingRisks
        Time to response, progression or death without one competing.
    duration : KaplanMeier or None
        From response to progression or death; None without a responder.
    responders : int
    """

    label: str
    position: int
    states: Occupation
    rise: CompetingRisks
    duration: KaplanMeier | None
    responders: int


@dataclass(frozen=True, eq=False)
class LastingContext:
    """Lasting responses by arm; attributes as those of layouts.states.context.StatesContext.

    Attributes
    ----------
    undated : int
        Responders left out because the day of their response is not known.
    """

    study: Study
    view: View
    arms: tuple[Arm, ...]
    tau: float
    in_cohort: int
    known: int
    undated: int
    obstacle: str
    origin: str = ""
    across: Across = NOTHING
