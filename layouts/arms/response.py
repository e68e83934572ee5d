"""Response by arm as HTML: rates and their comparison, and the forest by baseline factor."""

from __future__ import annotations

import math

from analysis.odds_ratio import OddsRatio
from analysis.response import Comparison
from layouts.arms.context import ArmContext
from layouts.arms.effect import note_html, swatch
from layouts.charts.interval import axis_ticks, interval, signed
from layouts.charts.log_axis import log_axis
from layouts.shared.html import BREAK, joined, tag
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
    heads = joined(
        (
            tag(
                "th",
                swatch(place, theme),
                label,
                BREAK,
                f"n = {context.result.n[place]}",
                _n_across(context, place),
                scope="col",
            )
            for label, place in arms
        )
    )
    compared = len(arms) == 2
    if compared:
        heads += tag("th", "Difference,", BREAK, "points", scope="col")
    bodies = joined(
        (
            _comparison(context, name, words, detail, one, arms)
            for name, words, detail, one in rows_of(context)
        )
    )
    return joined(
        tag(
            "table",
            tag("caption", "Response by arm"),
            tag(
                "thead",
                tag("tr", tag("th", "Patients (95 % CI)", scope="col", class_="name"), heads),
            ),
            tag("tbody", bodies, _depth(context, arms)),
            class_="by-arm response",
        ),
        note_html(context),
    )


def _comparison(
    context: ArmContext, name: str, words: str, detail: str, one: Comparison, arms
) -> str:
    detail = tag("span", detail, class_="detail") if detail else ""
    cells = joined(
        (
            tag(
                "td",
                tag("b", percent(one.rates[place].value, 1)),
                " ",
                tag(
                    "span",
                    f"{one.rates[place].events}/{one.rates[place].n}",
                    BREAK,
                    f"({percent_interval(one.rates[place].lower, one.rates[place].upper, 1)})",
                    class_="interval",
                ),
                _rate_across(context, name, place, one.rates[place].value),
                data_statistic="rate",
            )
            for _, place in arms
        )
    )
    tests = ""
    if len(arms) == 2:
        change = one.difference
        limits = " to ".join(signed(f"{100 * x:.1f}") for x in (change.lower, change.upper))
        cells += tag(
            "td",
            tag("b", signed(f"{100 * change.value:.1f}")),
            BREAK,
            tag("span", f"({limits})", class_="interval"),
            _difference_across(context, name, change),
            data_statistic="difference",
        )
        tests = tag(
            "tr",
            tag(
                "td",
                tag(
                    "span",
                    _odds(one.ratio),
                    _odds_across(context, name, one.ratio),
                    " · Fisher ",
                    _p(one.fisher.p_value),
                    _p_across(context, "fisher", name, one.fisher),
                    " · χ² ",
                    _p(one.chi_square.p_value),
                    _p_across(context, "chi-square", name, one.chi_square),
                    class_="detail",
                ),
                colspan="4",
            ),
            class_="tests-row",
        )
    return joined(
        tag("tr", tag("th", words, detail, scope="row", class_="name"), cells, data_response=name),
        tests,
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
    return context.across.bracket(("odds-ratio", name), f"{ratio.value:.2f}", "{:.2f}".format)


def _p_across(context: ArmContext, statistic: str, name: str, test) -> str:
    shown = p_number(test.p_value)
    return context.across.bracket((statistic, name), shown, p_number, "no test")


def _n_across(context: ArmContext, place: int) -> str:
    return context.across.html(("n", place), str(context.result.n[place]), "{:.0f}".format)


def _p(value: float) -> str:
    equals = "" if not value >= 0.001 else "= "
    return f"p {equals}{p_words(value)}"


def _odds(ratio: OddsRatio) -> str:
    if not math.isfinite(ratio.value):
        return f"Odds ratio not estimable ({ratio.reason.rstrip('.').split(': ')[-1]})"
    return f"Odds ratio {ratio.value:.2f} ({ratio.lower:.2f}–{ratio.upper:.2f})"


def _depth(context: ArmContext, arms) -> str:
    result, declared = context.result, context.study.comparison.response
    if result.depth is None:
        return ""
    variable = context.study.variable(declared.depth)

    def cell(place: int) -> str:
        low, middle, high = result.depth[place]
        if not math.isfinite(middle):
            return tag("td", "–")
        digits = variable.decimals
        return tag(
            "td",
            tag("b", f"{middle:.{digits}f}"),
            " ",
            tag(
                "span",
                f"n = {result.depth_known[place]}",
                BREAK,
                f"({low:.{digits}f}–{high:.{digits}f})",
                class_="interval",
            ),
            data_statistic="depth",
        )

    unit = f", {variable.unit}" if variable.unit else ""
    rest = tag("td") if len(arms) == 2 else ""
    return tag(
        "tr",
        tag(
            "th",
            variable.label + unit,
            tag("span", "median (quartiles), patients with a value", class_="detail"),
            scope="row",
            class_="name",
        ),
        (cell(place) for _, place in arms),
        rest,
        data_response="depth",
    )


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
    p = tag("td", p_words(one.p_value), class_=f"p{strong}", data_statistic="p")
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
        reason = ratio.reason.split(": ")[-1].rstrip(".")
        return joined(tag("td", class_="drawing forest"), tag("td", reason, class_="reason"))
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
