"""The arms of a study, which are the levels of its variable ``arm``."""

from __future__ import annotations

from data.checking.keys import Keys
from data.patient_groups import Arm
from data.sections.section import Declaration, Section
from data.study import ARM


def declare_arms(top: Keys, so_far: Declaration) -> tuple[Arm, ...]:
    """Read ``[[arms]]``."""
    arms = []
    for entry in top.tables("arms", []):
        level = entry.slug("level")
        label = entry.take("label", str)
        short = entry.take("short", str, label)
        arms.append(Arm(level, label, short, entry.take("reference", bool, False)))
        entry.finish()
    if len(arms) > 1 and sum(arm.reference for arm in arms) != 1:
        top.fault(
            "arms",
            "not exactly one arm is the reference",
            "Write reference = true in the arm that others are compared with",
        )
    variable = so_far.variables_by_id.get(ARM)
    declared = tuple(level.id for level in variable.levels) if variable else ()
    if tuple(arm.level for arm in arms) != declared:
        top.fault(
            "arms",
            f"the arms do not match the levels of the variable “{ARM}”",
            f"Give the variable “{ARM}” these levels in this order",
        )
    return tuple(arms)


ARMS = Section("arms", declare_arms, empty=())
