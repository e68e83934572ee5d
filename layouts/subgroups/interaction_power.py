"""What the events in view could find of an interaction, in one sentence."""

from __future__ import annotations

from statistics import median

from analysis.power import detectable_ratio, information_of_interaction
from layouts.shared.few import Few
from layouts.shared.words import counted
from layouts.subgroups.context import SubgroupContext


def interaction_power(context: SubgroupContext) -> str:
    """By which factor hazard ratios must differ to be found, at best and in the middle.

    Empty where no variable of two levels has events in both arms of both.
    """
    found = []
    for variable, effect in zip(context.variables, context.result.effects, strict=True):
        held = [level.events for level in effect.levels if level.n and any(map(_some, level.n))]
        cells = [n for events in held for n in events]
        if not effect.tested or len(cells) != 4 or any(isinstance(n, Few) for n in cells):
            continue
        information = information_of_interaction(cells)
        if information > 0:
            found.append((1 / detectable_ratio(information), variable.label))
    if not found:
        return ""
    best, label = min(found)
    shown = " in the data set shown" if context.across.n else ""
    middle = ""
    if len(found) > 1:
        middle = (
            f", and by {_factor(median(factor for factor, _ in found))} in the middle of "
            f"{counted(len(found), 'variable')}"
        )
    return (
        f"With the events in view{shown} an interaction of two levels is found with 80 % power "
        f"where the hazard ratios differ by a factor of {_factor(best)} at best ({label}){middle} "
        "(Peterson & George 1993)."
    )


def _factor(factor: float) -> str:
    """With a digit more where the hazard ratios hardly differ: 1.0 would be no difference."""
    return f"{factor:.1f}" if factor >= 1.15 else f"{factor:.2f}"


def _some(n) -> bool:
    return isinstance(n, Few) or n > 0
