"""The curves of a threshold as they are put before a room."""

from __future__ import annotations

from layouts.shared.theme import LIGHT
from layouts.slides.curves import survival_curves
from layouts.slides.slide import Drawn
from layouts.slides.tables import tables_of
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.side import threshold_side
from layouts.thresholds.words import obstacle


def threshold_drawn(context: ThresholdContext) -> Drawn | None:
    """Curves below and at or above, with the hazard ratios; None where nothing can be drawn."""
    if obstacle(context):
        return None
    groups = context.result.groups
    theme = LIGHT.for_split(by_arm=False, ordered=2)
    name = context.options.variable.label
    figure = survival_curves(
        groups,
        [f"{name} {group.label}" for group in groups.groups],
        title=f"{context.endpoint.curve}, %",
        origin=context.origin,
        theme=theme,
    )
    return Drawn(
        figure,
        tables_of(threshold_side(context, theme))[1],
        "Kaplan–Meier; maximally selected log-rank test adjusted for all thresholds; Cox "
        "regression, shrunk by van Houwelingen and le Cessie's factor",
        f"Curves of {context.endpoint.name} by {name}",
        name,
        groups.n,
    )
