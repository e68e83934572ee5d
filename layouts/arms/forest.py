"""Objective response by baseline factor: odds ratios of levels and arms, as HTML."""

from __future__ import annotations

import math

from analysis.odds_ratio import OddsRatio
from layouts.arms.context import ArmContext
from layouts.arms.response import present
from layouts.charts.interval import axis_ticks, interval
from layouts.charts.log_axis import log_axis
from layouts.shared.html import BREAK, joined, simulated_mark, tag
from layouts.shared.words import p_words, percent


def response_forest(context: ArmContext) -> str:
    """Objective response by baseline factor: each level against the first, and the arms in it."""
    arms = present(context)
    two = len(arms) == 2
    factors = context.result.factors
    against = log_axis(_known(level.against_first for _, _, one in factors for level in one.levels))
    within = log_axis(_known(level.arms for _, _, one in factors for level in one.levels))
    heads = joined(
        tag("th", "Baseline factor", scope="col", class_="name"),
        tag("th", "Responders / n", scope="col"),
        tag("th", _head("fewer", "more responders", against), scope="col", class_="drawing forest"),
        tag("th", "Odds ratio against", BREAK, "the first level", scope="col"),
        tag("th", "Fisher p", scope="col"),
    )
    if two:
        names = joined(BREAK, "· ").join(label for label, _ in arms)
        left, right = arms[1][0], arms[0][0]
        heads += joined(
            tag("th", names, scope="col", class_="arms"),
            tag("th", _head(left, right, within), scope="col", class_="drawing forest"),
            tag("th", "Odds ratio of the", BREAK, "arm in the level", scope="col"),
        )
    bodies = joined(
        (
            _factor(variable, labels, one, arms, (against, within))
            for variable, labels, one in factors
        )
    )
    return joined(
        tag("h2", "Objective response by baseline factor", class_="section-head"),
        tag(
            "div",
            tag(
                "table",
                tag("caption", "Objective response by baseline factor"),
                tag("thead", tag("tr", heads)),
                bodies,
                class_="subgroups response-forest",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label="Response by factor",
        ),
    )


def _known(ratios) -> list[tuple[float, float, float]]:
    return [(one.value, one.lower, one.upper) for one in ratios if one is not None]


def _head(left: str, right: str, axis) -> str:
    return joined(
        tag("span", tag("span", f"← {left}"), tag("span", f"{right} →"), class_="favours"),
        tag("span", axis_ticks(axis), class_="axis"),
    )


def _factor(variable, labels, one, arms, axes) -> str:
    columns = 2 + 3 * (len(arms) == 2)
    strong = " found" if one.p_value < 0.05 else ""
    name = tag(
        "th",
        variable.label,
        scope="rowgroup",
        class_="name",
        colspan=2,
        title=variable.meaning or None,
    )
    p = tag(
        "td",
        p_words(one.p_value),
        simulated_mark(one.fisher.exact),
        class_=f"p{strong}",
        data_statistic="p",
    )
    rest = tag("td") * (columns - 2)
    head = tag("tr", name, tag("td", colspan=2), p, rest, class_="variable-row")
    rows = joined(
        (
            _level(level, label, variable, i, arms, axes)
            for i, (label, level) in enumerate(zip(labels, one.levels, strict=True))
        )
    )
    return tag("tbody", head, rows, data_variable=variable.id)


def _level(level, label: str, variable, place: int, arms, axes) -> str:
    level_id = variable.levels[place].id if place < len(variable.levels) else "missing"
    rate = level.rate
    share = (
        joined(" ", tag("span", f"({percent(rate.value)})", class_="interval")) if rate.n else ""
    )
    cells = [tag("td", f"{rate.events}/{rate.n}", share, data_statistic="responders")]
    if level.against_first is None:
        words = "reference" if rate.n else "–"
        cells.append(
            joined(tag("td", class_="drawing forest"), tag("td", words, class_="aside"), tag("td"))
        )
    else:
        cells += [_drawn(level.against_first, axes[0], "odds-ratio"), tag("td")]
    if len(arms) == 2:
        counts = " · ".join(f"{level.rates[p].events}/{level.rates[p].n}" for _, p in arms)
        cells.append(tag("td", counts, class_="arms", data_statistic="arms"))
        if level.arms is None:
            cells.append(
                joined(
                    tag("td", class_="drawing forest"), tag("td", "one arm only", class_="reason")
                )
            )
        else:
            cells.append(_drawn(level.arms, axes[1], "arm-odds-ratio"))
    return tag(
        "tr",
        tag("th", label, scope="row", class_="name level-name"),
        cells,
        class_="emptied" if not rate.n else None,
        data_level=level_id,
    )


def _drawn(ratio: OddsRatio, axis, statistic: str) -> str:
    if not math.isfinite(ratio.value):
        reason = tag("td", ratio.reason.clause, class_="reason")
        return joined(tag("td", class_="drawing forest"), reason)
    estimate = (ratio.value, ratio.lower, ratio.upper)
    return joined(
        tag("td", interval(estimate, axis, null=1, side=8), class_="drawing forest"),
        tag(
            "td",
            tag("b", f"{ratio.value:.2f}"),
            " ",
            tag("span", f"({ratio.lower:.2f}–{ratio.upper:.2f})", class_="interval"),
            data_statistic=statistic,
        ),
    )
