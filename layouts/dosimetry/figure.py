"""The figure of each view of the Dosimetry page."""

from __future__ import annotations

from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.dosimetry.agreement import agreement_figure
from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.dose_response import response_figure, toxicity_figure
from layouts.dosimetry.options import ACTIVITY, AGREEMENT, RESPONSE, SURVIVAL
from layouts.dosimetry.words import obstacle
from layouts.shared.graph import blank_layout, message_figure
from layouts.shared.theme import Theme


def dosimetry_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    """The figure of the shown view; a sentence in its place where there is none."""
    view = context.options.view
    if view == ACTIVITY:
        return {"data": [], "layout": blank_layout(10)}
    if blocked := obstacle(context):
        return message_figure(blocked, 220, theme.quiet)
    if view == SURVIVAL:
        return _survival_figure(context, theme, frame)
    figures = {AGREEMENT: agreement_figure, RESPONSE: response_figure}
    return figures.get(view, toxicity_figure)(context, theme, frame)


def _survival_figure(context: DosimetryContext, theme: Theme, frame: Frame) -> dict:
    found = context.result
    origin = found.endpoint.origin
    if found.landmark_days is not None:
        origin = f"day {found.landmark_days} after {origin}"
    return km_figure(
        found.groups,
        names=tuple(group.label for group in found.groups.groups),
        curve_name=found.endpoint.curve,
        event_name=found.endpoint.event_name,
        origin=origin,
        options=CurveOptions(),
        theme=theme,
        frame=frame,
    )
