"""The figure of each part of the Response page."""

from __future__ import annotations

from dataclasses import replace

from data.study import MISSING_LABEL
from layouts.charts.category_bars import response_figure
from layouts.charts.category_ramp import ramp, ramp_steps
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.response.context import ResponseContext, single_patients_words
from layouts.response.swimmer import swimmer_figure
from layouts.response.waterfall import waterfall_figure
from layouts.shared.graph import blank_layout, message_figure
from layouts.shared.theme import Theme, group_style
from layouts.survival.context import empty_sentence

MESSAGE_HEIGHT = 220
# Pixels that a lane takes on a telephone, which scrolls, and on a screen, with all around them.
LANE_NARROW, LANE, AROUND = 5, 2.8, 110
TALLEST_COURSE = 1.22


def response_view_figure(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    """The figure of the shown part; a sentence in its place where there is none."""
    if context.result is None:
        return message_figure(context.obstacle, MESSAGE_HEIGHT, theme.quiet)
    return _FIGURES[context.options.view](context, theme, frame)


def categories_of(context: ResponseContext) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Names of the categories and their places on the ramp, patients without a value last."""
    levels = context.best.levels
    evaluable = tuple(level.id not in context.declared.not_evaluable for level in levels)
    return (*(level.label for level in levels), MISSING_LABEL), ramp_steps((*evaluable, False))


def _best(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    names, steps = categories_of(context)
    rows = context.result.categories
    return response_figure(
        tuple(tuple(rate.events for rate in row.rates) for row in rows),
        names[: len(rows)],
        tuple((group.label, i, group.n) for i, group in enumerate(context.groups)),
        theme,
        text=frame.text,
        narrow=frame.narrow,
        room=frame.width or frame.room,
        steps=steps[: len(rows)],
    )


def _depth(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    if not context.single_patients:
        return message_figure(single_patients_words(context.study), MESSAGE_HEIGHT, theme.quiet)
    shown = context.result.waterfall
    if not shown.n:
        words = "No patient in view has a measurement of the depth of response."
        return message_figure(words, MESSAGE_HEIGHT, theme.quiet)
    if context.options.colour == "arm" and context.result.arms.size:
        arms = [arm.label for arm in context.study.arms]
        colours = tuple(group_style(place, theme).colour for place in range(len(arms)))
        return waterfall_figure(shown, context.result.arms, tuple(arms), colours, theme, frame)
    names, steps = categories_of(context)
    tones, _ = ramp(theme)
    colours = tuple(tones[step] for step in steps)
    return waterfall_figure(shown, shown.category % len(names), names, colours, theme, frame)


def _course(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    shown = context.result.lanes
    if shown is None:
        return message_figure(_no_course(context), MESSAGE_HEIGHT, theme.quiet)
    if not shown.n:
        who = "responded" if context.options.show == "responders" else "has a time on study"
        return message_figure(f"No patient in view {who}.", MESSAGE_HEIGHT, theme.quiet)
    frame = replace(frame, height=_course_height(shown.n, frame))
    origin = context.study.endpoint(context.declared.survival).origin
    return swimmer_figure(shown, *categories_of(context), origin, theme, frame)


def _course_height(n: int, frame: Frame) -> int:
    """Room for the lanes: as many pixels as they need, on a screen within bounds."""
    if frame.narrow:
        return max(frame.height, LANE_NARROW * n + AROUND)
    wanted = AROUND + LANE * n
    tallest = TALLEST_COURSE if frame.scrolls else 1
    return round(min(max(wanted, 0.8 * frame.height), tallest * frame.height))


def _no_course(context: ResponseContext) -> str:
    if not context.single_patients:
        return single_patients_words(context.study)
    return f"{context.study.title} does not declare the course of its patients."


def _landmark(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    survival = context.result.survival
    if not survival.result.n:
        return message_figure(empty_sentence(survival), frame.height, theme.quiet)
    return km_figure(
        survival.result,
        names=tuple(f"{g.label} by day {survival.landmark_days}" for g in survival.result.groups),
        curve_name=survival.endpoint.curve,
        event_name=survival.endpoint.event_name,
        origin=survival.origin,
        options=survival.options.drawn,
        theme=survival.coloured(theme),
        frame=frame,
    )


def _by(context: ResponseContext, theme: Theme, frame: Frame) -> dict:
    """The intervals stand in the table: no figure of its own."""
    return {"data": [], "layout": blank_layout(1)}


_FIGURES = {
    "best": _best,
    "depth": _depth,
    "course": _course,
    "by": _by,
    "landmark": _landmark,
}
