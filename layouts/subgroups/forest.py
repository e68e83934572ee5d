"""The forest: the effect of the arm within each level, as cells of the table of subgroups."""

from __future__ import annotations

import math
from html import escape

from layouts.charts.log_axis import LogAxis, log_axis
from layouts.subgroups.context import SubgroupContext

EFFECT_COLUMNS = 4
_NORMAL_975 = 1.959963984540054


def effect_axis(context: SubgroupContext) -> LogAxis:
    """The common axis of all hazard ratios."""
    effects = [level for one in context.result.effects for level in one.levels]
    effects.append(context.result.overall_effect)
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
    return _cells(context, effect, (position, level), axis)


def overall_cells(context: SubgroupContext, axis: LogAxis) -> str:
    """The forest's cells of all patients, with a diamond as wide as the interval."""
    effect = context.result.overall_effect
    return _cells(context, effect, ("all",), axis, diamond=True)


def _cells(context, effect, where: tuple, axis: LogAxis, *, diamond: bool = False) -> str:
    # The reference is the first of the pair, the compared arm is named first on screen.
    reference, arm = zip(effect.events, effect.n, strict=True)
    counts = (
        f'<td class="arms" data-statistic="arms">{arm[0]}/{arm[1]} · '
        f"{reference[0]}/{reference[1]}{_counts_beside(context, effect, where)}</td>"
    )
    if not math.isfinite(effect.hazard_ratio):
        reason = escape(effect.reason or "Not estimable.")
        beside = context.across.html(("hazard-ratio", *where), "", "{:.2f}".format)
        return f'{counts}<td class="reason" colspan="3">{reason}{beside}</td>'
    numbers = f"({effect.lower:.2f}–{effect.upper:.2f})"
    ratio = f"{effect.hazard_ratio:.2f}"
    beside = context.across.html(("hazard-ratio", *where), ratio, "{:.2f}".format)
    overall = context.result.overall_effect.hazard_ratio
    drawing = _diamond(effect, axis) if diamond else _drawing(effect, axis, overall)
    return (
        f'{counts}<td class="drawing forest">{drawing}</td>'
        f'<td data-statistic="hazard-ratio"><b>{ratio}</b> '
        f'<span class="interval">{numbers}</span>{beside}</td><td></td>'
    )


def _counts_beside(context: SubgroupContext, effect, where: tuple) -> str:
    """The ranges of events and patients of both arms, in the order of the numbers above."""

    def words(name: str, side: int, shown: int) -> str:
        key = (name, *where, side)
        return context.across.words(key, str(shown), "{:.0f}".format) or str(shown)

    sides = [
        f"{words('arm-events', side, effect.events[side])}/{words('arm-n', side, effect.n[side])}"
        for side in (1, 0)
    ]
    plain = [f"{effect.events[side]}/{effect.n[side]}" for side in (1, 0)]
    return f'<span class="across">{"<br>· ".join(sides)}</span>' if sides != plain else ""


def _lines(axis: LogAxis, overall: float) -> str:
    """The line of no difference, and a dotted one at the ratio of all patients."""
    lines = f'<span class="none" style="left:{axis.place(1)}"></span>'
    if math.isfinite(overall):
        lines += f'<span class="all" style="left:{axis.place(overall)}"></span>'
    return lines


def _diamond(effect, axis: LogAxis) -> str:
    low, high = axis.place(effect.lower), axis.place(effect.upper)
    shape = f'<span class="diamond" style="left:{low};right:calc(100% - {high})"></span>'
    return f'<span class="plot">{_lines(axis, effect.hazard_ratio)}{shape}</span>'


def _drawing(effect, axis: LogAxis, overall: float) -> str:
    """Box and interval; an arrow where the interval leaves the axis."""
    arrows = " left" * (effect.lower < axis.low) + " right" * (effect.upper > axis.high)
    low, high = axis.place(effect.lower), axis.place(effect.upper)
    # Area by information: the inverse of the variance of log HR, so the side goes by its root.
    std_err = math.log(effect.upper / effect.lower) / (2 * _NORMAL_975)
    side = min(max(2.2 / std_err, 3), 13)
    box = f"left:{axis.place(effect.hazard_ratio)};--side:{side:.1f}px"
    return (
        f'<span class="plot">{_lines(axis, overall)}'
        f'<span class="range{arrows}" style="left:{low};right:calc(100% - {high})"></span>'
        f'<span class="box" style="{box}"></span></span>'
    )
