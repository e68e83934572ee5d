"""The baseline table before a room."""

from __future__ import annotations

from layouts.overview.context import OverviewContext
from layouts.overview.table import overview_table
from layouts.shared.theme import LIGHT
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def overview_drawn(context: OverviewContext) -> Drawn | None:
    """As much of Table 1 as has room; None where nobody is in view."""
    if not context.n:
        return None
    smd = "; standardised differences without their sign" if context.arms else ""
    return Drawn(
        None,
        first_table(overview_table(context, LIGHT)),
        f"Per cent of all patients of the column{smd}",
        split="arm" if context.arms else "",
    )
