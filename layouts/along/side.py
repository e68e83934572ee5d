"""The numbers beside the figure of an effect along a number, and its windows as a table."""

from __future__ import annotations

import math

from markupsafe import Markup

from layouts.along import numbers
from layouts.along.context import AlongContext
from layouts.along.words import few_windows, obstacle
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Key, p_key
from layouts.shared.words import counted, p_number, p_words, span

QUARTILES = ("Lower quartile", "Median", "Upper quartile")


def along_side(context: AlongContext) -> Markup:
    """Hazard ratios at the quartiles, and the tests; empty where there is nothing to show."""
    if obstacle(context):
        return joined()
    return joined(_quartiles(context), _tests(context))


def _table(caption: str, heads: list[str], rows: list[Markup]) -> Markup:
    cells = [tag("th", head, scope="col") if head else tag("td") for head in heads]
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", rows),
        class_="numbers",
    )


def _ratio(context: AlongContext, key: Key, estimate: tuple[float, float, float]) -> list[Markup]:
    value, lower, upper = estimate
    if not math.isfinite(value):
        return [tag("td", "–"), tag("td", "–")]
    words = f"{value:.2f}"
    beside = context.across.html(key, words, "{:.2f}".format)
    limits = tag("span", f"{lower:.2f}–{upper:.2f}", class_="interval")
    return [tag("td", tag("b", words), beside), tag("td", limits)]


def _quartiles(context: AlongContext) -> Markup:
    found = context.effect.quartiles
    rows = []
    for place, name in enumerate(QUARTILES):
        at = f"{context.number(found.at[place])}{context.unit}"
        cells = _ratio(context, numbers.ratio(place), found.estimate(place))
        if context.arms is None and place == 1:
            cells = [tag("td", "1"), tag("td", "reference")]
        head = tag("th", name, f", {at}", scope="row")
        rows.append(tag("tr", head, cells, data_statistic=f"quartile-{place + 1}"))
    caption = "Hazard ratio along the number"
    return _table(caption, [context.options.variable.label, "Hazard ratio", "95 % CI"], rows)


def _tests(context: AlongContext) -> Markup:
    effect = context.effect
    first = "The effect changes along the number" if context.arms else "The number matters"
    rows = [
        _test(context, first, effect.test.df, effect.test.p_value, numbers.CHANGE),
        _test(
            context,
            "Other than on a straight line",
            effect.bend.df,
            effect.bend.p_value,
            numbers.BEND,
        ),
    ]
    found = context.stepp
    if found is not None and len(found.windows):
        name = f"Largest departure of {counted(len(found.windows), 'window')}"
        p = p_words(found.p_value)
        rows.append(_row(name, [tag("td"), tag("td", p)], "windows"))
    return _table("Tests", ["Exploratory", "df", "p"], rows)


def _test(context: AlongContext, name: str, df: int, p: float, key: Key) -> Markup:
    beside = context.across.html(p_key(key), p_number(p), p_number, "no test")
    return _row(name, [tag("td", df or "–"), tag("td", p_words(p), beside)], key[0])


def _row(name: object, cells: list[Markup], statistic: str) -> Markup:
    return tag("tr", tag("th", name, scope="row"), cells, data_statistic=statistic)


def windows_table(context: AlongContext) -> list[Markup]:
    """Every window with its patients, events and hazard ratio, for a drawer."""
    found = context.stepp
    if obstacle(context) or found is None or not len(found.windows):
        return [tag("p", _without_windows(context))]
    arm, reference = context.arms
    heads = [context.axis_words, f"{arm}, events / n", reference, "Hazard ratio", "95 % CI"]
    rows = []
    for place, one in enumerate(found.ratios):
        (theirs, ours), (n_theirs, n_ours) = found.events[place], found.n[place]
        low, high = (context.number(x[place]) for x in (found.windows.low, found.windows.high))
        few = few_windows(context, place)
        mark = tag("span", "few events", class_="mark") if few else None
        events = (f"{ours}/{n_ours}", f"{theirs}/{n_theirs}")
        cells = [tag("td", text) for text in events]
        cells += _ratio(context, numbers.window(place), one.estimate)
        rows.append(tag("tr", tag("th", span(low, high), mark, scope="row"), cells))
    return [_table(f"Windows of at least {found.windows.events} events", heads, rows)]


def _without_windows(context: AlongContext) -> str:
    if context.study.disclosure.protects:
        return "Windows are not shown in this study: they would differ by few patients."
    if context.arms is None:
        return "There are no windows without two arms to compare in them."
    return f"There are fewer than {context.options.window} events, too few for a window."
