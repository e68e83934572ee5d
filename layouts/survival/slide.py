"""The curves of a survival view as they are put before a room."""

from __future__ import annotations

from layouts.shared.theme import LIGHT
from layouts.slides.curves import survival_curves
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table
from layouts.survival.context import SurvivalContext
from layouts.survival.side import survival_side


def survival_drawn(context: SurvivalContext) -> Drawn | None:
    """Curves, numbers at risk, and the table of the groups; None where nobody is in view."""
    result, options = context.result, context.options
    if not result.n:
        return None
    title = f"{context.endpoint.curve}, %"
    if options.curve == "incidence":
        title = f"{context.endpoint.event_name}, cumulative %"
    figure = survival_curves(
        result,
        context.group_names,
        title=title,
        origin=context.origin,
        options=options.drawn,
        theme=context.coloured(LIGHT),
    )
    test = ", log-rank test" if result.test else ""
    ratio = ", Cox regression" if context.ratio else ""
    return Drawn(
        figure,
        first_table("".join(map(str, survival_side(context, LIGHT)))),
        f"Kaplan–Meier, 95 % CI ({options.ci}){test}{ratio}",
        f"Curves of {context.endpoint.name} over {options.unit}, with numbers at risk",
        context.split.label if context.split else "",
        result.n,
    )
