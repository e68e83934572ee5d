"""Objective response by baseline factor: odds ratios of levels and arms, as HTML."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analysis.odds_ratio import OddsRatio
from analysis.response import FactorResponse, LevelResponse
from layouts.arms.context import ArmContext
from layouts.charts.interval import axis_ticks, interval
from layouts.charts.log_axis import log_axis
from layouts.shared.html import BREAK, joined, simulated_mark, tag
from layouts.shared.words import p_words, percent


def response_forest(context: ArmContext) -> str:
    """Objective response by baseline factor: each level against the first, and the arms in it."""
    pairs = compared_pairs(context)
    factors = context.result.factors
    against = log_axis(_known(level.against_first for _, _, one in factors for level in one.levels))
    within = log_axis(_known(level.arms for part in pairs for level in _levels_of(part)))
    heads = joined(
        tag("th", "Baseline factor", scope="col", class_="name"),
        tag("th", "Responders / n", scope="col"),
        tag("th", _head("fewer", "more responders", against), scope="col", class_="drawing forest"),
        tag("th", "Odds ratio against", BREAK, "the first level", scope="col"),
        tag("th", "Fisher p", scope="col"),
    )
    if pairs:
        names, left, right = _pair_heads(context, pairs)
        heads += joined(
            tag("th", names, scope="col", class_="arms"),
            tag("th", _head(left, right, within), scope="col", class_="drawing forest"),
            tag("th", "Odds ratio of the", BREAK, "arm in the level", scope="col"),
        )
    bodies = joined(
        (
            _factor(variable, labels, _by_pair(one, i, pairs), pairs, (against, within))
            for i, (variable, labels, one) in enumerate(factors)
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
                class_=f"subgroups response-forest{' pairs' if context.parts else ''}",
            ),
            class_="scroll-x",
            tabindex="0",
            role="region",
            aria_label="Response by factor",
        ),
    )


def compared_pairs(context: ArmContext) -> list[ArmContext]:
    """The comparisons of which both arms have patients in view."""
    n = context.result.n
    return [
        part
        for part in context.shown
        if part.pair is not None
        and part.result is not None
        and all(n[place] for place in part.pair.places)
    ]


def _levels_of(part: ArmContext) -> Iterator[LevelResponse]:
    for _, _, factor in part.result.factors:
        yield from factor.levels


def _by_pair(factor: FactorResponse, place: int, pairs: list[ArmContext]):
    """A factor, and for each pair the same factor with the arms of the pair compared."""
    return factor, [part.result.factors[place][2] for part in pairs]


def _pair_heads(context: ArmContext, pairs: list[ArmContext]) -> tuple[str, str, str]:
    """The arms of a pair, and whom either side of the drawing favours."""
    if context.each:
        return "Arm · reference", context.study.arms[context.study.reference].label, "the arm"
    compared, reference = (arm.label for arm in pairs[0].arms)
    return joined(BREAK, "· ").join((compared, reference)), reference, compared


def _known(ratios) -> list[tuple[float, float, float]]:
    return [(one.value, one.lower, one.upper) for one in ratios if one is not None]


def _head(left: str, right: str, axis) -> str:
    return joined(
        tag("span", tag("span", f"← {left}"), tag("span", f"{right} →"), class_="favours"),
        tag("span", axis_ticks(axis), class_="axis"),
    )


def _factor(variable, labels, factors, pairs, axes) -> str:
    one, of_pairs = factors
    columns = 2 + 3 * bool(pairs)
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
            _level((level, [of.levels[i] for of in of_pairs]), label, variable, i, pairs, axes)
            for i, (label, level) in enumerate(zip(labels, one.levels, strict=True))
        )
    )
    return tag("tbody", head, rows, data_variable=variable.id)


def _level(levels, label: str, variable, place: int, pairs, axes) -> str:
    level, of_pairs = levels
    level_id = variable.levels[place].id if place < len(variable.levels) else "missing"
    rate = level.rate
    share = (
        joined(" ", tag("span", f"({percent(rate.value)})", class_="interval")) if rate.n else ""
    )
    # What is said of the level stands once beside all of its pairs.
    over = len(pairs) if len(pairs) > 1 else None
    responders = f"{rate.events}/{rate.n}"
    cells = [tag("td", responders, share, data_statistic="responders", rowspan=over)]
    if level.against_first is None:
        words = "reference" if rate.n else "–"
        cells.append(
            joined(
                tag("td", class_="drawing forest", rowspan=over),
                tag("td", words, class_="aside", rowspan=over),
                tag("td", rowspan=over),
            )
        )
    else:
        drawn = _drawn(level.against_first, axes[0], "odds-ratio", over)
        cells += [drawn, tag("td", rowspan=over)]
    state = "emptied" if not rate.n else None
    # Where several arms have a row each, it begins with the name of its own.
    rows = [
        _pair_cells(part, of, axes[1], f"{part.compared.label}: " if over else "")
        for part, of in zip(pairs, of_pairs, strict=True)
    ] or [""]
    name = tag("th", label, scope="row", class_="name level-name", rowspan=over)
    first = tag("tr", name, cells, rows[0], class_=state, data_level=level_id)
    return joined(first, (tag("tr", row, class_=state, data_level=level_id) for row in rows[1:]))


def _pair_cells(part: ArmContext, level: LevelResponse, axis, whose: str) -> str:
    """Responders of two arms in a level, and their odds ratio drawn and in words."""
    places = (part.pair.compared, part.pair.reference)
    counts = " · ".join(f"{level.rates[p].events}/{level.rates[p].n}" for p in places)
    arms = tag("td", whose, counts, class_="arms", data_statistic="arms")
    if level.arms is None:
        nothing = tag("td", "one arm only", class_="reason")
        return joined(arms, tag("td", class_="drawing forest"), nothing)
    return joined(arms, _drawn(level.arms, axis, "arm-odds-ratio"))


def _drawn(ratio: OddsRatio, axis, statistic: str, over: int | None = None) -> str:
    if not math.isfinite(ratio.value):
        reason = tag("td", ratio.reason.clause, class_="reason", rowspan=over)
        return joined(tag("td", class_="drawing forest", rowspan=over), reason)
    estimate = (ratio.value, ratio.lower, ratio.upper)
    return joined(
        tag("td", interval(estimate, axis, null=1, side=8), class_="drawing forest", rowspan=over),
        tag(
            "td",
            tag("b", f"{ratio.value:.2f}"),
            " ",
            tag("span", f"({ratio.lower:.2f}–{ratio.upper:.2f})", class_="interval"),
            data_statistic=statistic,
            rowspan=over,
        ),
    )
