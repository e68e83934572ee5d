"""What a view of the states is about: who is in which state, and for how long."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.multistate import Occupation
from data.address import View
from data.study import Study
from layouts.shared.ranges import NOTHING, Across

STATES = ("alive without progression", "alive after progression", "dead")
READ_AT = (12, 24)


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm, or all patients.

    Attributes
    ----------
    label : str
    position : int
        Place among the study's arms; 0 where it has none.
    """

    label: str
    position: int
    found: Occupation


@dataclass(frozen=True, eq=False)
class StatesContext:
    """Occupation by arm.

    Attributes
    ----------
    arms : tuple of Arm
        Those with patients, the compared ones before the reference.
    tau : float
        Days up to which mean times are taken: the shortest of the arms' follow-ups,
        in every data set that fits the publication.
    in_cohort, known : int
        Patients who pass the filters, and those with both endpoints.
    obstacle : str
        Why there is nothing, in a sentence; empty otherwise.
    """

    study: Study
    view: View
    arms: tuple[Arm, ...]
    tau: float
    in_cohort: int
    known: int
    obstacle: str
    origin: str = ""
    across: Across = NOTHING
