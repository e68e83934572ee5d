"""Lasting responses before a room: the table, for the curves need their bands."""

from __future__ import annotations

from layouts.lasting.context import LastingContext
from layouts.lasting.table import lasting_table
from layouts.shared.theme import LIGHT
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def lasting_drawn(context: LastingContext) -> Drawn | None:
    """The numbers of each arm; None where there is nothing."""
    if context.obstacle:
        return None
    return Drawn(
        None,
        first_table(lasting_table(context, LIGHT)),
        "Aalen–Johansen (in response), Kaplan–Meier (duration)",
        "Response over time by arm",
        "arm" if len(context.arms) > 1 else "",
        context.known,
    )
