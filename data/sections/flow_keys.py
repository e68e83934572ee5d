"""Sections of ``study.toml`` about the patients' way through the study."""

from __future__ import annotations

from data.checking.keys import Keys, shown
from data.checking.problems import use_one_of
from data.sections.flow import FlowStep
from data.sections.section import Declaration, Section

MOST_PATIENTS = 10**7


def declare_flow(top: Keys, so_far: Declaration) -> tuple[FlowStep, ...]:
    """Read ``[[flow]]``."""
    set_ids = so_far.set_ids
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
                use_one_of(set_ids),
            )
        steps.append(step)
        entry.finish()
    return tuple(steps)


def declare_exposure(top: Keys, so_far: Declaration) -> tuple[str, ...]:
    """Read ``exposure``: the variables that say what treatment was received."""
    names = top.texts("exposure", [])
    known = so_far.variables_by_id
    for name in names:
        if name not in known:
            top.fault("exposure", f"there is no variable {shown(name)}", "Correct the id")
    return names


FLOW = Section("flow", declare_flow, empty=())
EXPOSURE = Section("exposure", declare_exposure, empty=())
