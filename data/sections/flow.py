"""The patients' way into a study."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FlowStep:
    """One step of the cohort flow before filters.

    Attributes
    ----------
    n : int or None
        Patients as published, for a step whose patients are not in the file.
    analysis_set : str
        Id of the set that is counted; empty where ``n`` is given.
    note : str
        Why fewer go on than came.
    """

    label: str
    n: int | None
    analysis_set: str
    note: str
