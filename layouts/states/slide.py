"""The states before a room: mean time in each, by arm, as bars."""

from __future__ import annotations

from layouts.shared.numbers import by_key
from layouts.shared.theme import LIGHT
from layouts.slides.axes import even_axis
from layouts.slides.figure import Bar, Bars
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table
from layouts.states import numbers
from layouts.states.context import STATES, StatesContext
from layouts.states.figure import colours
from layouts.states.table import states_table
from layouts.states.words import months


def states_drawn(context: StatesContext) -> Drawn | None:
    """A stacked bar for each arm; None where there is nothing."""
    if context.obstacle:
        return None
    found = by_key(numbers.numbers_of(context.arms, context.tau))
    series = []
    for state, (name, colour) in enumerate(zip(STATES, colours(LIGHT), strict=True)):
        days = [found[numbers.mean_time(one.position, state)].value for one in context.arms]
        values = tuple(x / numbers.MONTH for x in days)
        series.append(Bar(name, values, colour, tuple(months(x) for x in days), LIGHT.page))
    title = f"Mean months of the first {months(context.tau)}"
    axis = even_axis([context.tau / numbers.MONTH], title)
    return Drawn(
        Bars(tuple(one.label for one in context.arms), tuple(series), axis),
        first_table(states_table(context, LIGHT)),
        "Aalen–Johansen estimate of three states; areas under it",
        "Mean time alive without progression, alive after it, and dead, by arm",
        "arm" if len(context.arms) > 1 else "",
        context.known,
    )
