"""Response by arm as HTML: rates and their comparison, and the forest by baseline factor."""

from __future__ import annotations

import math
from html import escape

from analysis.odds_ratio import OddsRatio
from analysis.response import Comparison
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, swatch
from layouts.charts.interval import axis_ticks, interval, signed
from layouts.charts.log_axis import log_axis
from layouts.shared.theme import Theme
from layouts.shared.words import p_number, percent, percent_interval
from layouts.subgroups.published import p_words


def present(context: ArmContext) -> list[tuple[str, int]]:
    """(label, position) of the arms with patients, the compared one first."""
    if not context.study.arms:
        return [("All patients", 0)]
    arms = context.arms if len(context.study.arms) == 2 else context.study.arms
    placed = [(arm.label, context.position(arm)) for arm in arms]
    return [(label, place) for label, place in placed if context.result.n[place]]


def rows_of(context: ArmContext) -> list[tuple[str, str, str, Comparison]]:
    """(id, words, detail, Comparison) of what is compared between the arms."""
    declared = context.study.comparison.response
    variable = context.study.variable(declared.variable)
    result = context.result

    def levels(ids):
        return ", ".join(variable.level(name).label for name in ids)

    rows = [("objective", "Objective response", levels(declared.responders), result.objective)]
    if len(declared.responders) > 1:
        first = declared.responders[:1]
        rows.append(("best", f"{levels(first)} alone", "", result.complete))
    rows.append(("control", "Disease control", levels(declared.controlled), result.control))
    if result.shrinkage is not None:
        shrinkage = context.study.variable(declared.early_shrinkage)
        rows.append(("shrinkage", shrinkage.label, "", result.shrinkage))
    return rows


def response_side(context: ArmContext, theme: Theme) -> str:
    """Rates by arm; for two arms difference, odds ratio and tests."""
    arms = present(context)
    heads = "".join(
        f'<th scope="col">{swatch(place, theme)}{escape(label)}<br>n = {context.result.n[place]}'
        f"{_n_across(context, place)}</th>"
        for label, place in arms
    )
    compared = len(arms) == 2
    if compared:
        heads += '<th scope="col">Difference,<br>points</th>'
    bodies = "".join(
        _comparison(context, name, words, detail, one, arms)
        for name, words, detail, one in rows_of(context)
    )
    return (
        '<table class="by-arm response"><caption>Response by arm</caption><thead><tr>'
        f'<th scope="col" class="name">Patients (95 % CI)</th>{heads}</tr></thead>'
        f"<tbody>{bodies}{_depth(context, arms)}</tbody></table>{note_html(context)}"
    )


def _comparison(
    context: ArmContext, name: str, words: str, detail: str, one: Comparison, arms
) -> str:
    detail = f'<span class="detail">{escape(detail)}</span>' if detail else ""
    cells = "".join(
        f'<td data-statistic="rate"><b>{percent(one.rates[place].value, 1)}</b> '
        f'<span class="interval">{one.rates[place].events}/{one.rates[place].n}<br>'
        f"({percent_interval(one.rates[place].lower, one.rates[place].upper, 1)})</span>"
        f"{_rate_across(context, name, place, one.rates[place].value)}</td>"
        for _, place in arms
    )
    tests = ""
    if len(arms) == 2:
        change = one.difference
        limits = " to ".join(signed(f"{100 * x:.1f}") for x in (change.lower, change.upper))
        cells += (
            f'<td data-statistic="difference"><b>{signed(f"{100 * change.value:.1f}")}</b><br>'
            f'<span class="interval">({limits})</span>'
            f"{_difference_across(context, name, change)}</td>"
        )
        tests = (
            f'<tr class="tests-row"><td colspan="4"><span class="detail">{_odds(one.ratio)}'
            f"{_odds_across(context, name, one.ratio)} · "
            f"Fisher {_p(one.fisher.p_value)}{_p_across(context, 'fisher', name, one.fisher)} · "
            f"χ² {_p(one.chi_square.p_value)}"
            f"{_p_across(context, 'chi-square', name, one.chi_square)}</span></td></tr>"
        )
    return (
        f'<tr data-response="{name}"><th scope="row" class="name">{escape(words)}{detail}</th>'
        f"{cells}</tr>{tests}"
    )


def _rate_across(context: ArmContext, name: str, place: int, value: float) -> str:
    def words(share: float) -> str:
        return percent(share, 1)

    return context.across.html(("rate", name, place), words(value), words)


def _difference_across(context: ArmContext, name: str, change) -> str:
    def words(share: float) -> str:
        return signed(f"{100 * share:.1f}")

    return context.across.html(("rate-difference", name), words(change.value), words)


def _odds_across(context: ArmContext, name: str, ratio: OddsRatio) -> str:
    words = context.across.bracket(("odds-ratio", name), f"{ratio.value:.2f}", "{:.2f}".format)
    return escape(words)


def _p_across(context: ArmContext, statistic: str, name: str, test) -> str:
    shown = p_number(test.p_value)
    return escape(context.across.bracket((statistic, name), shown, p_number, "no test"))


def _n_across(context: ArmContext, place: int) -> str:
    return context.across.html(("n", place), str(context.result.n[place]), "{:.0f}".format)


def _p(value: float) -> str:
    words = p_words(value)
    return "p –" if words == "–" else (f"p {words}" if words.startswith("&lt;") else f"p = {words}")


def _odds(ratio: OddsRatio) -> str:
    if not math.isfinite(ratio.value):
        return f"Odds ratio not estimable ({escape(ratio.reason.rstrip('.').split(': ')[-1])})"
    return f"Odds ratio {ratio.value:.2f} ({ratio.lower:.2f}–{ratio.upper:.2f})"


def _depth(context: ArmContext, arms) -> str:
    result, declared = context.result, context.study.comparison.response
    if result.depth is None:
        return ""
    variable = context.study.variable(declared.depth)

    def cell(place: int) -> str:
        low, middle, high = result.depth[place]
        if not math.isfinite(middle):
            return "<td>–</td>"
        digits = variable.decimals
        return (
            f'<td data-statistic="depth"><b>{middle:.{digits}f}</b> '
            f'<span class="interval">n = {result.depth_known[place]}<br>'
            f"({low:.{digits}f}–{high:.{digits}f})</span></td>"
        )

    unit = f", {variable.unit}" if variable.unit else ""
    rest = "<td></td>" if len(arms) == 2 else ""
    return (
        f'<tr data-response="depth"><th scope="row" class="name">{escape(variable.label + unit)}'
        '<span class="detail">median (quartiles), patients with a value</span></th>'
        f"{''.join(cell(place) for _, place in arms)}{rest}</tr>"
    )


def response_forest(context: ArmContext) -> str:
    """Objective response by baseline factor: each level against the first, and the arms in it."""
    arms = present(context)
    two = len(arms) == 2
    factors = context.result.factors
    against = log_axis(_known(level.against_first for _, _, one in factors for level in one.levels))
    within = log_axis(_known(level.arms for _, _, one in factors for level in one.levels))
    heads = (
        '<th scope="col" class="name">Baseline factor</th><th scope="col">Responders / n</th>'
        f'<th scope="col" class="drawing forest">{_head("fewer", "more responders", against)}</th>'
        '<th scope="col">Odds ratio against<br>the first level</th><th scope="col">Fisher p</th>'
    )
    if two:
        names = "<br>· ".join(escape(label) for label, _ in arms)
        left, right = escape(arms[1][0]), escape(arms[0][0])
        heads += (
            f'<th scope="col" class="arms">{names}</th>'
            f'<th scope="col" class="drawing forest">{_head(f"{left}", f"{right}", within)}</th>'
            '<th scope="col">Odds ratio of the<br>arm in the level</th>'
        )
    bodies = "".join(
        _factor(variable, labels, one, arms, (against, within)) for variable, labels, one in factors
    )
    return (
        '<h2 class="section-head">Objective response by baseline factor</h2>'
        '<div class="scroll-x" tabindex="0" role="region" aria-label="Response by factor">'
        '<table class="subgroups response-forest">'
        "<caption>Objective response by baseline factor</caption>"
        f"<thead><tr>{heads}</tr></thead>{bodies}</table></div>"
    )


def _known(ratios) -> list[tuple[float, float, float]]:
    return [(one.value, one.lower, one.upper) for one in ratios if one is not None]


def _head(left: str, right: str, axis) -> str:
    return (
        f'<span class="favours"><span>← {left}</span><span>{right} →</span></span>'
        f'<span class="axis">{axis_ticks(axis)}</span>'
    )


def _factor(variable, labels, one, arms, axes) -> str:
    columns = 2 + 3 * (len(arms) == 2)
    strong = " found" if one.p_value < 0.05 else ""
    title = f' title="{escape(variable.meaning, quote=True)}"' if variable.meaning else ""
    head = (
        f'<tr class="variable-row"><th scope="rowgroup" class="name" colspan="2"{title}>'
        f'{escape(variable.label)}</th><td colspan="2"></td>'
        f'<td class="p{strong}" data-statistic="p">{p_words(one.p_value)}</td>'
        + "<td></td>" * (columns - 2)
        + "</tr>"
    )
    rows = "".join(
        _level(level, label, variable, i, arms, axes)
        for i, (label, level) in enumerate(zip(labels, one.levels, strict=True))
    )
    return f'<tbody data-variable="{variable.id}">{head}{rows}</tbody>'


def _level(level, label: str, variable, place: int, arms, axes) -> str:
    level_id = variable.levels[place].id if place < len(variable.levels) else "missing"
    rate = level.rate
    share = f' <span class="interval">({percent(rate.value)})</span>' if rate.n else ""
    cells = [f'<td data-statistic="responders">{rate.events}/{rate.n}{share}</td>']
    if level.against_first is None:
        words = "reference" if rate.n else "–"
        cells.append(f'<td class="drawing forest"></td><td class="aside">{words}</td><td></td>')
    else:
        cells += [_drawn(level.against_first, axes[0], "odds-ratio"), "<td></td>"]
    if len(arms) == 2:
        counts = " · ".join(f"{level.rates[p].events}/{level.rates[p].n}" for _, p in arms)
        cells.append(f'<td class="arms" data-statistic="arms">{counts}</td>')
        if level.arms is None:
            cells.append('<td class="drawing forest"></td><td class="reason">one arm only</td>')
        else:
            cells.append(_drawn(level.arms, axes[1], "arm-odds-ratio"))
    state = ' class="emptied"' if not rate.n else ""
    return (
        f'<tr{state} data-level="{level_id}"><th scope="row" class="name level-name">'
        f"{escape(label)}</th>{''.join(cells)}</tr>"
    )


def _drawn(ratio: OddsRatio, axis, statistic: str) -> str:
    if not math.isfinite(ratio.value):
        reason = escape(ratio.reason.split(": ")[-1].rstrip("."))
        return f'<td class="drawing forest"></td><td class="reason">{reason}</td>'
    estimate = (ratio.value, ratio.lower, ratio.upper)
    return (
        f'<td class="drawing forest">{interval(estimate, axis, null=1, side=8)}</td>'
        f'<td data-statistic="{statistic}"><b>{ratio.value:.2f}</b> '
        f'<span class="interval">({ratio.lower:.2f}–{ratio.upper:.2f})</span></td>'
    )
