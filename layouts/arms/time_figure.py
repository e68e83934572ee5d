"""Difference of survival, mean time gained and hazard ratio over time, as a plain plotly dict."""

from __future__ import annotations

import math

import numpy as np

from layouts.arms.context import ArmContext
from layouts.arms.effect import MONTH
from layouts.arms.panel_layout import Scale, band_trace, panels_layout
from layouts.charts.frame import Frame
from layouts.charts.interval import signed
from layouts.charts.thin import drawn_places
from layouts.shared.figure_text import hover
from layouts.shared.graph import message_figure
from layouts.shared.theme import BAND_OPACITY, Theme, group_style, translucent

_STEPS = (0.5, 1, 2, 3, 5, 10, 20, 25, 50, 100)
_RATIOS = (0.125, 0.25, 0.5, 1, 2, 4, 8)


def time_figure(context: ArmContext, theme: Theme, frame: Frame) -> dict:
    """Three panels; of each arm against the reference a sentence."""
    if context.each:
        words = "Two arms at a time: choose two under Compare for their difference over time."
        return message_figure(words, 220, theme.quiet)
    found, colour = context.result.found, group_style(context.result.compared, theme).colour
    if not found.difference.time.size and found.smooth is None:
        return message_figure("Too few patients or events for curves over time.", 220, theme.quiet)
    origin = context.endpoint.origin
    if context.landmark_days is not None:
        origin = f"day {context.landmark_days} after {origin}"
    ends = [float(one[-1]) for one in _times(found) if one.size]
    difference, means = found.difference, found.means
    scales = (
        _even("Difference, percentage points", [100 * difference.lower, 100 * difference.upper]),
        _even("Mean time gained up to τ, months", [means.lower / MONTH, means.upper / MONTH]),
        _ratio_scale("Hazard ratio, smoothed and in stretches"),
    )
    layout = panels_layout(
        scales,
        max(ends) / MONTH,
        origin,
        theme,
        height=frame.height if frame.narrow else round(0.88 * frame.height),
        text=frame.text,
        # Three beside each other have no room for their axes beside a table; a slide has no other.
        narrow=frame.scrolls,
        room=frame.width or frame.room,
    )
    traces = _difference(difference, colour) + _means(means, colour)
    traces += _hazard(found, colour, theme, max(ends) / MONTH)
    return {"data": traces, "layout": layout}


def _times(found) -> list[np.ndarray]:
    smooth = found.smooth.time if found.smooth is not None else np.zeros(0)
    return [found.difference.time, found.means.tau, smooth]


def _even(title: str, limits) -> Scale:
    """An axis around 0 that holds the limits."""
    known = np.concatenate([np.asarray(one, float) for one in limits])
    known = np.abs(known[np.isfinite(known)])
    wanted = float(np.quantile(known, 0.98)) if known.size else 1.0
    high = next((one for one in _STEPS if one >= wanted), _STEPS[-1])
    ticks = (-high, -high / 2, 0, high / 2, high)
    return Scale(title, ticks, tuple(signed(f"{x:g}") for x in ticks), -high, high, 0)


def _ratio_scale(title: str) -> Scale:
    ticks = tuple(math.log(one) for one in _RATIOS)
    texts = tuple(f"{one:g}" for one in _RATIOS)
    return Scale(title, ticks, texts, ticks[0], ticks[-1], 0)


def _line(x, y, name: str, colour: str, panel: str, unit: str, **more) -> dict:
    line = {"color": colour, "width": 2.2} | more.pop("line", {})
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(x, 3).tolist(),
        "y": np.round(y, 4).tolist(),
        "line": line,
        "hovertemplate": hover("{}: %{{y:.1f}}" + unit, name),
        "showlegend": False,
        "name": name,
        "xaxis": f"x{panel}",
        "yaxis": f"y{panel}",
    } | more


def _steps(days, values) -> tuple[list, list]:
    known = np.isfinite(values)
    x = np.repeat(np.asarray(days)[known] / MONTH, 2)[1:]
    y = np.repeat(np.asarray(values, float)[known], 2)[:-1]
    return x.round(3).tolist(), y.round(3).tolist()


def _difference(one, colour: str) -> list[dict]:
    """The difference with its pointwise limits, and the band that holds everywhere behind them."""
    places = drawn_places(one.time)
    days, traces = one.time[places], []
    for low, high, strength in (
        (one.band_lower, one.band_upper, BAND_OPACITY),
        (one.lower, one.upper, 1.4 * BAND_OPACITY),
    ):
        x, lower = _steps(days, 100 * low[places])
        _, upper = _steps(days, 100 * high[places])
        if len(x) > 1:
            traces.append(band_trace(x, lower, upper, translucent(colour, strength), ""))
    x, y = days / MONTH, 100 * one.value[places]
    line = {"shape": "hv"}
    traces.append(_line(x, y, "Difference", colour, "", " points", line=line))
    return traces


def _means(one, colour: str) -> list[dict]:
    x = np.append(0.0, one.tau / MONTH)
    lower, value, upper = (np.append(0.0, y / MONTH) for y in (one.lower, one.value, one.upper))
    known = np.isfinite(lower)
    fill = translucent(colour, 1.4 * BAND_OPACITY)
    bounds = (y[known].round(3).tolist() for y in (lower, upper))
    traces = [band_trace(x[known].round(3).tolist(), *bounds, fill, "2")] if x.size > 1 else []
    return [*traces, _line(x, value, "Mean time gained", colour, "2", " months")]


def _hazard(found, colour: str, theme: Theme, last: float) -> list[dict]:
    traces, smooth = [], found.smooth
    if smooth is not None:
        x, margin = smooth.time / MONTH, 1.959964 * smooth.se
        low, high = (
            np.clip(y, math.log(_RATIOS[0]), math.log(_RATIOS[-1])).round(4).tolist()
            for y in (smooth.log_ratio - margin, smooth.log_ratio + margin)
        )
        fill = translucent(colour, 1.4 * BAND_OPACITY)
        traces.append(band_trace(x.round(3).tolist(), low, high, fill, "3"))
        ratio = [f"{one:.2f}" for one in np.exp(smooth.log_ratio)]
        drawn = _line(x, smooth.log_ratio, "Hazard ratio", colour, "3", "")
        traces.append(drawn | {"text": ratio, "hovertemplate": hover("Hazard ratio: %{{text}}")})
    for one in found.pieces.pieces:
        if not math.isfinite(one.value) or one.start / MONTH >= last:
            continue
        x = np.array([one.start / MONTH, min(one.end / MONTH, last)])
        y = np.full(2, math.log(one.value))
        name = f"Stretch: {one.value:.2f}"
        line = {"color": theme.ink, "width": 2, "dash": "dash"}
        traces.append(
            _line(x, y, name, theme.ink, "3", "", line=line) | {"hovertemplate": hover("{}", name)}
        )
    return traces
