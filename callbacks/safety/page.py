"""The Safety page, served: table, side panels and words."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.safety.ask import ask
from callbacks.safety.counted import ask_counted
from callbacks.safety.rows import adverse_event_rows, exposure_rows, first_severe_rows
from callbacks.workbook import INCIDENCE, SHARE
from layouts.frame.page import Words
from layouts.safety.context import SafetyContext
from layouts.safety.finding import safety_finding
from layouts.safety.page import SAFETY
from layouts.safety.side import safety_side
from layouts.safety.slide import safety_drawn
from layouts.safety.table import safety_table
from layouts.safety.words import cautions, method, sentence
from layouts.shared.look import Look
from layouts.shared.section_links import sections
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance

LIMITS_OF_SHARES = {
    f"{name}_{end}": SHARE for name in ("any", "grade_3_or_more") for end in ("lower", "upper")
} | {"difference": SHARE}


def show(context: SafetyContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "table": safety_table(context, look.theme),
        "side": safety_side(context, look.theme),
        "sections": sections(context.study, context.view),
    }


def words(context: SafetyContext) -> Words:
    """What the page says with its numbers."""
    said = tuple(cautions(context))
    return Words(
        sentence(context), said, method(context), shown_provenance(context.study.provenance)
    )


SERVED = Served(
    SAFETY,
    ask,
    show,
    words,
    files={
        "adverse-events.csv": File(adverse_event_rows, units=LIMITS_OF_SHARES),
        "exposure.csv": File(exposure_rows),
        "first-severe.csv": File(first_severe_rows, units=INCIDENCE),
    },
    picture=picture_of_table(SAFETY, lambda context: safety_table(context, LIGHT), words),
    pictured=("table",),
    finding=safety_finding,
    drawn=safety_drawn,
    counted=ask_counted,
)
