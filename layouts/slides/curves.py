"""Curves over time as numbers for a chart: steps, bands, censored patients, and who is at risk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from analysis.survival_groups import GroupSurvival, SurvivalGroups
from layouts.charts.axis import axis_end, time_ticks
from layouts.charts.censored import with_marks_that_are_seen
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import named_groups
from layouts.charts.steps import corners
from layouts.shared.theme import LIGHT, LineStyle, Theme, group_style
from layouts.shared.words import DAYS_PER
from layouts.slides.figure import Axis, Chart, Curves, Series
from layouts.tables.text_width import text_width

TICKS = 9
BAND = 0.35
USUAL = CurveOptions()
# Points of per cent that two names need between them.
APART = 8
# Letters that have room beside a curve.
LONGEST = 18


def survival_curves(
    result: SurvivalGroups,
    names: Sequence[str],
    *,
    title: str,
    origin: str,
    options: CurveOptions = USUAL,
    theme: Theme = LIGHT,
) -> Curves:
    """The curves of a result that has at least one patient.

    Parameters
    ----------
    names : sequence of str
        Of the groups, understood without a heading.
    title : str
        Of the y axis: "Progression-free, %".
    origin : str
        Where time starts.
    """
    unit = DAYS_PER[options.unit]
    options, unmarked = with_marks_that_are_seen(result, options)
    last = axis_end(1.01 * result.largest_time / unit, options.unit)
    first = 0.0
    if options.x is not None:
        first, last = (x * DAYS_PER["months"] / unit for x in options.x)
    ticks = time_ticks(first, last, options.unit, TICKS)
    coloured = named_groups(result, theme)
    named = _places(result, names, coloured, options)
    series: list[Series] = []
    for place, group in enumerate(result.groups):
        if group.n:
            style = group_style(group.position, theme)
            series += _of_group(group, names[place], style, options, named.get(place))
    step = ticks[1] - ticks[0] if len(ticks) > 1 else last
    form = "0" if float(step).is_integer() else "0.##"
    x = Axis(f"{options.unit.capitalize()} since {origin}", first, last, step, form=form)
    longest = max((text_width(one.label, 12) for one in series if one.at < 0), default=0)
    chart = Chart(
        tuple(series), x, per_cent(f"{title}{unmarked}"), room=(48, 26, min(20 + longest, 170), 46)
    )
    return Curves(chart, tuple(ticks), _at_risk(result, names, ticks, unit, theme))


def _places(
    result: SurvivalGroups, names: Sequence[str], coloured: list, options: CurveOptions
) -> dict[int, tuple[int, str]]:
    """Where the name of each curve stands, by the place of its group: a point, and its side of it.

    At the end of the curve where the ends lie apart. Of two that end together one is named from
    above and one from below, where they lie farthest apart. The names of all stand under the curves
    too, beside the numbers at risk.
    """
    if len(result.shown) < 2:
        return {}
    places = [i for i, one in enumerate(result.groups) if one.n and one in coloured]
    ends = sorted(_heights(result.groups[i].curve.survival[-1:], options)[0] for i in places)
    if all(b - a >= APART for a, b in pairwise(ends)):
        return dict.fromkeys(places, (-1, "r"))
    if len(places) != 2 or max(len(names[place]) for place in places) > LONGEST:
        return {}
    last = min(float(result.groups[i].curve.time[-1]) for i in places)
    # Nearer to the axis a name has no room on the left.
    days = np.linspace(0.25 * last, 0.6 * last, 60)
    read = [_heights(result.groups[i].curve.at(days).survival, options) for i in places]
    apart = np.nan_to_num(np.abs(read[0] - read[1]))
    day = days[int(np.argmax(apart))]
    upper = int(np.nan_to_num(read[0] - read[1])[int(np.argmax(apart))] < 0)
    named = {}
    for i, place in enumerate(places):
        # Of the corners of the steps those before a drop are even.
        step = int(np.searchsorted(result.groups[place].curve.time, day, "right"))
        # Above a falling curve there is room on the right, below it on the left.
        rises = options.curve == "incidence"
        named[place] = (2 * step, "r" if (i == upper) != rises else "l")
    return named


def per_cent(title: str) -> Axis:
    """An axis from 0 to 100 per cent."""
    return Axis(title, 0, 100, 25, form="0", grid=True)


def stepped(times, values) -> tuple[tuple, tuple]:
    """The corners of a step function, to be joined by straight lines."""
    x, y = corners(np.asarray(times, float), np.asarray(values, float))
    return tuple(x.tolist()), tuple(y.tolist())


def _of_group(
    group: GroupSurvival, name: str, style: LineStyle, options: CurveOptions, label: tuple | None
) -> list[Series]:
    curve, unit = group.curve, DAYS_PER[options.unit]
    times = np.concatenate([[0.0], curve.time / unit])
    height = _heights(np.concatenate([[1.0], curve.survival]), options)
    x, y = stepped(times, height)
    made = []
    if options.shows("band"):
        for limit, words in ((curve.lower, "lower"), (curve.upper, "upper")):
            known = np.isfinite(limit)
            # Where R gives no interval the band ends; a hole is never bridged.
            end = len(known) if known.all() else int(np.argmin(known))
            if end:
                ends = _heights(np.concatenate([[1.0], limit[:end]]), options)
                at, limits = stepped(times[: end + 1], ends)
                made.append(
                    Series(f"{name}, 95 % CI {words}", at, limits, style.colour, 1, opacity=BAND)
                )
    made.append(
        Series(name, x, y, style.colour, 2.25, style.dash)
        if label is None
        else Series(
            name, x, y, style.colour, 2.25, style.dash, label=name, at=label[0], side=label[1]
        )
    )
    if options.shows("censored") and curve.marks_censoring:
        censored = curve.n_censor > 0
        if censored.any():
            made.append(
                Series(
                    f"{name}, censored",
                    tuple((curve.time[censored] / unit).tolist()),
                    tuple(_heights(curve.survival[censored], options).tolist()),
                    style.colour,
                    mark="tick",
                    size=6,
                )
            )
    return made


def _heights(survival: np.ndarray, options: CurveOptions) -> np.ndarray:
    return 100 * (1 - survival if options.curve == "incidence" else survival)


def _at_risk(result: SurvivalGroups, names, ticks, unit: float, theme: Theme) -> tuple:
    counts = result.risk_table(np.asarray(ticks) * unit).at_risk
    shown = named_groups(result, theme)
    return tuple(
        (
            names[place] if len(result.shown) > 1 else "At risk",
            group_style(group.position, theme).colour,
            tuple(str(one) for one in counts[place]),
        )
        for place, group in enumerate(result.groups)
        if group in shown
    )
