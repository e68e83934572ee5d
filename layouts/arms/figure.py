"""The figure of each section of the Compare arms page."""

from __future__ import annotations

import math

from layouts.arms.balance_rows import between
from layouts.arms.competing import competing_names
from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.incidence import incidence_figure
from layouts.arms.love import CLOSE_ROW, ROW, love_figure
from layouts.arms.power_figure import power_figure
from layouts.arms.response import present
from layouts.arms.time_figure import time_figure
from layouts.arms.weighted_figure import weighted_figure
from layouts.charts.category_bars import response_figure
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.shared.graph import message_figure
from layouts.shared.theme import Theme

NOT_EVALUABLE = "Not evaluable"


def arm_figure(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    """The figure of the shown section; a sentence in its place where there is none."""
    if context.result is None:
        return message_figure(context.obstacle, 220, theme.quiet)
    return _FIGURES[context.options.show](context, theme, frame)


def _curves(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    groups = (context.everyone or context.result).groups
    origin = context.endpoint.origin
    if context.landmark_days is not None:
        origin = f"day {context.landmark_days} after {origin}"
    figure = km_figure(
        groups,
        names=tuple(arm.label for arm in context.study.arms),
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=origin,
        options=CurveOptions(),
        theme=theme,
        frame=frame,
    )
    if context.options.tau is not None:
        for tau in _ends(context):
            _mark_tau(figure["layout"], tau, theme, frame)
    return figure


def _ends(context: ArmContext) -> list[float]:
    """Months at which the means of the comparisons stop, each once."""
    taus = [part.result.restricted_mean.tau for part in context.shown if part.result is not None]
    return sorted({round(tau / MONTH, 3) for tau in taus if math.isfinite(tau)})


def _mark_tau(layout: dict, tau: float, theme: Theme, frame: Frame) -> None:
    """A line where the means stop, drawn only when the reader chose it."""
    layout["shapes"] = [
        *layout.get("shapes", ()),
        {
            "type": "line",
            "x0": tau,
            "x1": tau,
            "y0": 0,
            "y1": 100,
            "line": {"color": theme.quiet, "width": 1, "dash": "dot"},
        },
    ]
    layout["annotations"].append(
        {
            "text": "τ",
            "x": tau,
            "y": 100,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": frame.text, "color": theme.quiet},
        }
    )


def _love(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    pairs = [between(context, one) for one in context.result.balances] if context.each else ()
    return love_figure(
        context.result,
        theme,
        text=frame.text,
        narrow=frame.narrow,
        room=frame.width or frame.room,
        row=ROW if frame.scrolls else CLOSE_ROW,
        between=pairs,
    )


def _incidence(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    labels = tuple(arm.label for arm in context.study.arms) or ("All patients",)
    return incidence_figure(
        context.result,
        labels,
        competing_names(context),
        context.endpoint.origin,
        theme,
        height=frame.height if frame.narrow else round(0.88 * frame.height),
        text=frame.text,
        narrow=frame.narrow,
        room=frame.width or frame.room,
    )


def _bars(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    variable = context.study.variable(context.study.comparison.response.variable)
    names = (*(level.label for level in variable.levels), NOT_EVALUABLE)
    arms = tuple((label, place, context.result.n[place]) for label, place in present(context))
    return response_figure(
        context.result.categories,
        names,
        arms,
        theme,
        text=frame.text,
        narrow=frame.narrow,
        room=frame.width or frame.room,
    )


_FIGURES = {
    "effect": _curves,
    "balance": _love,
    "adjusted": weighted_figure,
    "time": time_figure,
    "competing": _incidence,
    "response": _bars,
    "power": power_figure,
}
