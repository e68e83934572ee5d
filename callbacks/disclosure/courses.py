"""Courses of patients through states, of which a protected study tells nothing."""

from __future__ import annotations

from callbacks.disclosure.about import About, NotShown
from layouts.lasting.context import LastingContext
from layouts.states.context import StatesContext

WITHHELD = (
    "Not shown in a study that protects single patients: each step of these curves, and of the "
    "times made of them, is a day of one patient. {instead}"
)
STATES = "Competing risks, on Compare arms, are shown in steps of several patients."
LASTING = "Response is shown in shares of the arms."


def released_states(context: StatesContext, about: About) -> StatesContext:
    """Only why there is nothing. NotShown where there is something."""
    if context.obstacle:
        return context
    raise NotShown(WITHHELD.format(instead=STATES))


def released_lasting(context: LastingContext, about: About) -> LastingContext:
    """Only why there is nothing. NotShown where there is something."""
    if context.obstacle:
        return context
    raise NotShown(WITHHELD.format(instead=LASTING))
