"""Sections of ``study.toml`` about the patients' way through the study."""

from __future__ import annotations

from dataclasses import dataclass

from data.checking.keys import Keys, shown

MOST_PATIENTS = 10**7


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


def read_flow(top: Keys, set_ids: tuple[str, ...]) -> tuple[FlowStep, ...]:
    """Read ``[[flow]]``."""
    steps = []
    for entry in top.tables("flow", []):
        step = FlowStep(
            label=entry.take("label", str),
            n=entry.whole("n", None, 0, MOST_PATIENTS),
            analysis_set=entry.take("set", str, ""),
            note=entry.take("note", str, ""),
        )
        if (step.n is None) == (not step.analysis_set):
            entry.fault("n", "a step has either n or set", "Write one of them")
        elif step.analysis_set and step.analysis_set not in set_ids:
            entry.fault(
                "set",
                f"there is no analysis set {shown(step.analysis_set)}",
                f"Use {', '.join(set_ids)}",
            )
        steps.append(step)
        entry.finish()
    return tuple(steps)


def read_exposure(top: Keys, variable_ids) -> tuple[str, ...]:
    """Read ``exposure``: the variables that say what treatment was received."""
    names = top.texts("exposure", [])
    for name in names:
        if name not in variable_ids:
            top.fault("exposure", f"there is no variable {shown(name)}", "Correct the id")
    return names
