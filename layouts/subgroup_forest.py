"""The forest: the effect of the arm within each level, as cells of the table of subgroups."""

from __future__ import annotations

import math
from html import escape

from layouts.charts.log_axis import LogAxis, log_axis
from layouts.subgroup_context import SubgroupContext

EFFECT_COLUMNS = 4
_NORMAL_975 = 1.959963984540054


def effect_axis(context: SubgroupContext) -> LogAxis:
    """The common axis of all hazard ratios."""
    effects = [level for one in context.result.effects for level in one.levels]
    return log_axis([(e.hazard_ratio, e.lower, e.upper) for e in effects])


def effect_heads(context: SubgroupContext, axis: LogAxis) -> list[str]:
    """Heads of the forest's columns: events, drawing, numbers, interaction."""
    arm, reference = context.arms
    marks = "".join(
        f'<span class="tick" style="left:{axis.place(tick)}">{tick:g}</span>' for tick in axis.ticks
    )
    return [
        f'<th scope="col" class="arms">Events / n<br>{escape(arm)}<br>· {escape(reference)}</th>',
        '<th scope="col" class="drawing forest"><span class="favours">'
        f"<span>← favours {escape(arm)}</span><span>{escape(reference)} →</span></span>"
        f'<span class="axis">{marks}</span></th>',
        '<th scope="col">Hazard ratio<br>(95 % CI)</th>',
        '<th scope="col">Inter-<br>action p</th>',
    ]


def effect_cells(context: SubgroupContext, position: int, level: int, axis: LogAxis) -> str:
    """The forest's cells of one level; what cannot be estimated is said in words."""
    effect = context.result.effects[position].levels[level]
    # The reference is the first of the pair, the compared arm is named first on screen.
    reference, arm = zip(effect.events, effect.n, strict=True)
    counts = (
        f'<td class="arms" data-statistic="arms">{arm[0]}/{arm[1]} · '
        f"{reference[0]}/{reference[1]}</td>"
    )
    if not math.isfinite(effect.hazard_ratio):
        reason = escape(effect.reason or "Not estimable.")
        return f'{counts}<td class="reason" colspan="3">{reason}</td>'
    numbers = f"({effect.lower:.2f}–{effect.upper:.2f})"
    ratio = f"{effect.hazard_ratio:.2f}"
    beside = context.across.html(("hazard-ratio", position, level), ratio, "{:.2f}".format)
    return (
        f'{counts}<td class="drawing forest">{_drawing(effect, axis)}</td>'
        f'<td data-statistic="hazard-ratio"><b>{ratio}</b> '
        f'<span class="interval">{numbers}</span>{beside}</td><td></td>'
    )


def _drawing(effect, axis: LogAxis) -> str:
    """Box and interval; an arrow where the interval leaves the axis."""
    arrows = " left" * (effect.lower < axis.low) + " right" * (effect.upper > axis.high)
    low, high = axis.place(effect.lower), axis.place(effect.upper)
    # Area by information: the inverse of the variance of log HR, so the side goes by its root.
    std_err = math.log(effect.upper / effect.lower) / (2 * _NORMAL_975)
    side = min(max(2.2 / std_err, 3), 13)
    box = f"left:{axis.place(effect.hazard_ratio)};--side:{side:.1f}px"
    return (
        f'<span class="plot"><span class="all" style="left:{axis.place(1)}"></span>'
        f'<span class="range{arrows}" style="left:{low};right:calc(100% - {high})"></span>'
        f'<span class="box" style="{box}"></span></span>'
    )
