"""The stopping boundary before a room: its steps, and where each arm ended."""

from __future__ import annotations

from layouts.monitoring.context import MonitoringContext
from layouts.monitoring.figure import colour_of, edge
from layouts.monitoring.tables import now_table
from layouts.shared.theme import LIGHT
from layouts.slides.axes import even_axis
from layouts.slides.figure import Chart, Series
from layouts.slides.slide import Drawn
from layouts.slides.tables import first_table


def monitoring_drawn(context: MonitoringContext) -> Drawn | None:
    """The boundary as a line, an arm as a mark at its end; None where there is nothing."""
    if context.obstacle:
        return None
    x, y = edge(context)
    line = Series("Boundary", tuple(x.tolist()), tuple(y.tolist()), LIGHT.caution, 2.25)
    told = [one for one in context.groups if one.told]
    marks = [
        Series(
            one.label,
            (float(one.share.n),),
            (float(one.share.events),),
            colour_of(context, one, LIGHT),
            mark="circle",
            size=11,
            label=one.label,
            side="l",
        )
        for one in told
    ]
    highest = [*y.tolist(), *(one.share.events for one in told)]
    series = ([line] if x.size else []) + marks
    figure = Chart(
        tuple(series),
        even_axis([float(context.limits.n[-1])], "Patients treated"),
        even_axis(highest, "Patients with the event", grid=True),
    )
    return Drawn(
        figure if series else None,
        first_table(now_table(context, LIGHT)),
        f"Bayesian monitoring (Thall & Simon): stop {context.side} the line; rule chosen here",
        f"Stopping boundary for {context.event}, and where each arm ended",
        "arm" if len(context.groups) > 1 else "",
        context.measured,
    )
