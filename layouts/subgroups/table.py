"""The table of subgroups as HTML: numbers, drawn medians and, for two arms, the forest.

It is text and not a tree of components: two thousand components would take seconds to draw at
every click, the same table as HTML takes milliseconds. Every label from a study is escaped here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from data.address import address
from data.study import MISSING_ID
from layouts.charts.axis import time_ticks
from layouts.charts.log_axis import LogAxis
from layouts.shared.few import whole
from layouts.shared.html import joined, tag
from layouts.shared.numbers import p_key
from layouts.shared.words import (
    DAYS_PER,
    FEW_EVENTS,
    NOT_ESTIMABLE,
    p_number,
    p_words,
    percent,
    percent_interval,
    time_interval,
    time_value,
)
from layouts.subgroups import numbers
from layouts.subgroups.context import LANDMARKS, SubgroupContext
from layouts.subgroups.forest import (
    EFFECT_COLUMNS,
    effect_axis,
    effect_cells,
    effect_heads,
    overall_cells,
)
from layouts.subgroups.options import P_VALUES
from layouts.subgroups.published import printed_count, printed_median, printed_p, printed_rate
from layouts.subgroups.ways import along_way, credibility_way

MONTH = DAYS_PER["months"]


@dataclass(frozen=True)
class Scales:
    """The common axes of the drawings: months, and hazard ratios."""

    months: float
    overall: float
    ratio: LogAxis | None

    def place(self, days: float) -> str:
        """Per cent of the width at which a time stands."""
        return f"{min(max(100 * days / MONTH / self.months, 0), 100):.2f}%"


def subgroup_table(context: SubgroupContext) -> str:
    """The whole table as HTML; empty text when nobody is in view."""
    if not context.n:
        return ""
    scales = _scales(context)
    rows = [_overall_row(context, scales)]
    order = context.order()
    heading = None
    order_kind = context.options.order
    grouped = order_kind == "group" or (order_kind == "published" and context.paper is None)
    for position in order:
        variable = context.variables[position]
        if grouped and variable.group != heading:
            heading = variable.group
            head = tag("th", heading, scope="rowgroup", class_="group", colspan="99")
            rows.append(tag("tbody", tag("tr", head, class_="group-row")))
        rows.append(_variable_rows(context, position, scales))
    if not order:
        nothing = "No variable or level of this selection has such a name."
        rows.append(tag("tbody", tag("tr", tag("th", nothing, class_="name", colspan="99"))))
    caption = f"{context.endpoint.name} by subgroup"
    return tag("table", tag("caption", caption), _head(context, scales), rows, class_="subgroups")


def _scales(context: SubgroupContext) -> Scales:
    screen, overall = context.result.screen, context.result.overall
    medians = screen.median[np.isfinite(screen.median)]
    limits = screen.median_upper[np.isfinite(screen.median_upper)]
    # Nine tenths of the intervals fit; one very wide one must not flatten the others.
    wanted = np.concatenate([medians, [np.quantile(limits, 0.9) if limits.size else 0]])
    largest = 1.05 * float(wanted.max()) / MONTH
    last = float(overall.time[-1]) / MONTH
    months = max(3.0, math.ceil(min(largest, last) / 3) * 3)
    ratio = effect_axis(context) if context.shows_effects else None
    return Scales(months, overall.median.value, ratio)


def _head(context: SubgroupContext, scales: Scales) -> str:
    ticks = time_ticks(0, scales.months, "months", 5 if scales.ratio else 8)
    marks = joined(
        tag("span", f"{tick:g}", class_="tick", style=f"left:{scales.place(tick * MONTH)}")
        for tick in ticks
    )
    cells = [
        tag("th", "Subgroup", scope="col", class_="name"),
        tag("th", "n", scope="col"),
        tag("th", "Events", scope="col"),
    ]
    if context.shows_survival:
        median = f"Median {context.endpoint.label}, months (95 % CI)"
        cells += [
            tag("th", median, scope="col"),
            tag("th", tag("span", marks, class_="axis"), scope="col", class_="drawing"),
            *(tag("th", f"{month} months", scope="col", class_="rate") for month in LANDMARKS),
            tag("th", f"{P_VALUES[context.options.p]} p", scope="col"),
        ]
    if scales.ratio:
        cells += effect_heads(context, scales.ratio)
    return tag("thead", tag("tr", cells))


def _overall_row(context: SubgroupContext, scales: Scales) -> str:
    curve = context.result.overall
    at = curve.at([float(month) * MONTH for month in LANDMARKS])
    rates = [(at.survival[i], at.lower[i], at.upper[i]) for i in range(len(LANDMARKS))]
    paper = context.paper.rows.get(("", "")) if context.shows_paper else None
    cells = _number_cells(
        context,
        curve.n,
        curve.n_events,
        (curve.median.value, curve.median.lower, curve.median.upper),
        rates,
        scales,
        paper,
        numbers.EVERYBODY,
    )
    rest = tag("td", class_="p") if context.shows_survival else ""
    rest += overall_cells(context, scales.ratio) if scales.ratio else ""
    return tag(
        "tbody",
        tag("tr", tag("th", "All patients", scope="row", class_="name"), cells, rest),
        class_="overall",
    )


def _variable_rows(context: SubgroupContext, position: int, scales: Scales) -> str:
    variable = context.variables[position]
    target = address(
        replace(context.view, page="survival", by=variable.id, options=()), context.study
    )
    mark = ""
    if context.options.published and context.endpoint.id not in variable.published:
        mark = tag("span", "not in the paper", class_="mark")
    link = tag("a", variable.label, href=target, data_inside=True, title=variable.meaning or None)
    # Over name, n and events; the other columns keep their cells, as some are hidden at times.
    left_out = _left_out(context, position)
    more = [along_way(context, variable), credibility_way(context, position)]
    cells = [tag("th", link, mark, left_out, more, scope="rowgroup", class_="name", colspan=3)]
    if context.shows_survival:
        rates = tag("td", class_="rate") * len(LANDMARKS)
        cells += [tag("td"), tag("td", class_="drawing"), rates, _p_cell(context, position)]
    if scales.ratio:
        p = context.result.effects[position].p_value
        key = p_key(numbers.interaction(position))
        beside = context.across.html(key, p_number(p), p_number, "no test")
        cells.append(tag("td") * (EFFECT_COLUMNS - 1))
        few = ""
        if context.has_few_events(position):
            reason = f"Fewer than {FEW_EVENTS} events in an arm of a level"
            few = tag("span", "few events", class_="mark", title=reason)
        cells.append(tag("td", p_words(p), few, beside, class_="p", data_statistic="interaction"))
    levels = joined(
        _level_row(context, position, level, scales) for level in range(_levels(context, position))
    )
    head = tag("tr", cells, class_="variable-row")
    return tag("tbody", head, levels, data_variable=variable.id)


def _levels(context: SubgroupContext, position: int) -> int:
    return len(context.labels[position])


def _left_out(context: SubgroupContext, position: int) -> str:
    left_out = whole(context.result.screen.left_out[position])
    return tag("span", left_out, " without a value", class_="aside") if left_out else ""


def _p_cell(context: SubgroupContext, position: int) -> str:
    p = float(context.p_values(context.options.p)[position])
    strong = " found" if p < 0.05 else ""
    paper = printed_p(context, position)
    key = p_key(numbers.test(context.options.p, position))
    beside = context.across.html(key, p_number(p), p_number, "no test")
    return tag("td", p_words(p), beside, paper, class_=f"p{strong}", data_statistic="p")


def _level_row(context: SubgroupContext, position: int, level: int, scales: Scales) -> str:
    screen = context.result.screen
    row = int(screen.variables.first[position]) + level
    variable = context.variables[position]
    level_id = variable.levels[level].id if level < len(variable.levels) else MISSING_ID
    n, events = whole(screen.n[row]), whole(screen.events[row])
    paper = context.paper.rows.get((variable.id, level_id)) if context.shows_paper else None
    rates = [
        (screen.survival[row, i], screen.survival_lower[row, i], screen.survival_upper[row, i])
        for i in range(len(LANDMARKS))
    ]
    median = (screen.median[row], screen.median_lower[row], screen.median_upper[row])
    cells = _number_cells(context, n, events, median, rates, scales, paper, row)
    mark = ""
    if n and events < FEW_EVENTS:
        reason = f"{events} event{'' if events == 1 else 's'}: too few for a stable estimate"
        mark = tag("span", "few events", class_="mark", title=reason)
    effect = effect_cells(context, position, level, scales.ratio) if scales.ratio else ""
    p = tag("td") if context.shows_survival else ""
    return tag(
        "tr",
        tag("th", context.labels[position][level], mark, scope="row", class_="name level-name"),
        cells,
        p,
        effect,
        class_="emptied" if not n else None,
        data_level=level_id,
    )


def _number_cells(context, n, events, median, rates, scales: Scales, paper, row) -> str:
    value, low, high = (float(x) for x in median)
    months = partial(time_value, unit="months", decimals=context.study.decimals)
    words = months(value) if n else "–"
    interval = time_interval(low, high, "months", context.study.decimals)
    interval = (
        joined(" ", tag("span", f"({interval})", class_="interval")) if interval != "–" else ""
    )
    printed = paper.cells if paper else None

    # Only a median is "not reached"; a rate beyond the follow-up is not estimable.
    beside, count = context.across.html, "{:.0f}".format
    shown = (n, beside(numbers.patients(row), str(n), count))
    cells = [_cell(shown, "n", printed_count(printed, "n"))]
    shown = (events, beside(numbers.events(row), str(events), count))
    cells.append(_cell(shown, "events", printed_count(printed, "events")))
    if not context.shows_survival:
        return joined(cells)
    cells += [
        _cell(
            (tag("b", words), interval, beside(numbers.median(row), words, months, "NR")),
            "median",
            printed_median(printed),
        ),
        tag("td", _median_drawing(n, events, (value, low, high), scales), class_="drawing"),
    ]
    for i, (month, rate) in enumerate(zip(LANDMARKS, rates, strict=True), start=1):
        share, lower, upper = (float(x) for x in rate)
        key = numbers.survival(month, row)
        limits = percent_interval(lower, upper)
        limits = joined(" ", tag("span", f"({limits})", class_="interval")) if limits != "–" else ""
        cells.append(
            _cell(
                (percent(share), limits, beside(key, percent(share), percent, NOT_ESTIMABLE)),
                f"survival-{month}",
                printed_rate(printed, f"y{i}"),
                "rate",
            )
        )
    return joined(cells)


def _cell(content: tuple, statistic: str, printed: str, kind: str = "") -> str:
    return tag("td", content, printed, class_=kind, data_statistic=statistic)


def _median_drawing(n: int, events: int, median, scales: Scales) -> str:
    """Dot and interval on the common axis; an open end is an arrow, few events are grey."""
    value, low, high = median
    parts = []
    if math.isfinite(scales.overall):
        parts.append(tag("span", class_="all", style=f"left:{scales.place(scales.overall)}"))
    if n and math.isfinite(low):
        clipped = not math.isfinite(high) or high / MONTH > scales.months
        right = "100%" if clipped else scales.place(high)
        kind = "range open" if clipped else "range"
        parts.append(
            tag("span", class_=kind, style=f"left:{scales.place(low)};right:calc(100% - {right})")
        )
    if n and math.isfinite(value) and value / MONTH <= scales.months:
        parts.append(tag("span", class_="dot", style=f"left:{scales.place(value)}"))
    few = " few" if events < FEW_EVENTS else ""
    return tag("span", parts, class_=f"plot{few}")
