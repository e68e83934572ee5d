"""The head of the Overview page as HTML: what the study is, and its cards."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from analysis.proportions import Proportion
from data.address import address
from layouts.overview import numbers
from layouts.overview.context import EndpointCard, OverviewContext, ShareCard
from layouts.shared.competing_words import first_otherwise, half_by
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Key
from layouts.shared.theme import Theme, group_style
from layouts.shared.words import (
    patients,
    percent,
    percent_interval,
    shown_provenance,
    time_interval,
    time_value,
)


def overview_head(context: OverviewContext, theme: Theme) -> str:
    """Three lines about the study, then the cards."""
    cards = [_size_card(context, theme)]
    if context.n:
        cards += [_endpoint_card(context, one, theme) for one in context.endpoints]
        if context.follow_up:
            cards.append(_follow_up_card(context, theme))
        cards += [_share_card(context, one, theme) for one in context.shares]
    by_arm = " of-arms" if context.arms else ""
    return joined(_about(context), tag("ul", cards, class_=f"cards{by_arm}"))


def _about(context: OverviewContext) -> str:
    study = context.study
    registration = f" {study.registration}." if study.registration else ""
    return tag(
        "div",
        tag("p", tag("b", "Design."), f" {study.design}"),
        tag("p", tag("b", "Question."), f" {study.question}"),
        tag(
            "p",
            tag("b", "Source."),
            f" {study.citation}",
            registration,
            " ",
            tag("b", shown_provenance(study.provenance)),
        ),
        class_="about",
    )


def _card(
    context: OverviewContext,
    card: str,
    page: str,
    title: str,
    big: str,
    detail: list[str],
    arms: list[str],
    **change,
) -> str:
    """One card; a link where its page exists."""
    lines = joined(tag("span", one, class_="card-detail") for one in detail)
    lines += joined(tag("span", one, class_="card-arm") for one in arms)
    inner = joined(
        tag("span", title, class_="card-title"), tag("span", big, class_="card-big"), lines
    )
    # Compared are two arms only; without them that page has nothing to say.
    if page and (page != "arms" or context.arms):
        change.setdefault("options", ())
        view = replace(context.view, page=page, **change)
        target = address(view, context.study)
        inner = tag("a", inner, href=target, data_inside=True)
    return tag("li", inner, data_card=card)


def _arm_lines(context: OverviewContext, theme: Theme, values: list[str]) -> list[str]:
    lines = []
    for (label, position), value in zip(context.arms, values, strict=True):
        colour = group_style(position, theme).colour
        lines.append(
            joined(
                tag("span", class_="dot", style=f"background:{colour}"),
                tag("span", label),
                tag("b", value),
            )
        )
    return lines


def _size_card(context: OverviewContext, theme: Theme) -> str:
    detail = [f"of {patients(context.in_set)}"]
    detail += _across(context, numbers.patients(0), str(context.n), "{:.0f}".format)
    arms = _arm_lines(context, theme, [str(n) for n in context.sizes[1:]])
    return _card(context, "n", "subgroups", "Patients on screen", str(context.n), detail, arms)


def _endpoint_card(context: OverviewContext, one: EndpointCard, theme: Theme) -> str:
    decimals = context.study.decimals
    median = one.whole.median
    value = time_value(median.value, "months", decimals) if one.whole.n else "–"
    limits = time_interval(median.lower, median.upper, "months", decimals)
    words = f"{value} months" if math.isfinite(median.value) else value
    detail = [f"95 % CI {limits}"] if limits != "–" else []
    detail += _across(
        context, numbers.card_median(one.endpoint.id, 0), value, _months(decimals), "NR"
    )
    had = str(one.whole.events)
    key = numbers.card_events(one.endpoint.id, 0)
    beside = context.across.bracket(key, had, "{:.0f}".format)
    word = "event" if had == "1" and not beside else "events"
    detail.append(f"{had}{beside} {word} of {one.whole.n}")
    detail += _half(context, one, 0)
    arms = [_arm_median(context, one, column, arm) for column, arm in enumerate(one.arms, start=1)]
    name = one.endpoint.name
    title = tag("abbr", one.endpoint.label, title=name)
    return _card(
        context,
        f"endpoint-{one.endpoint.id}",
        "survival",
        joined("Median ", title),
        words,
        detail,
        _arm_lines(context, theme, arms) if arms else [],
        endpoint=one.endpoint.id,
    )


def _arm_median(context: OverviewContext, one: EndpointCard, column: int, arm) -> str:
    """Median and events of an arm; the ranges of both stand in a line of their own."""
    months, name = _months(context.study.decimals), one.endpoint.id
    median = months(arm.median.value) if arm.n else "–"
    events = str(arm.events)
    beside = context.across.words(numbers.card_median(name, column), median, months, "NR")
    key = numbers.card_events(name, column)
    counted = context.across.words(key, events, "{:.0f}".format)
    said = [
        f"[{beside}]" if beside else "",
        f"[{counted}] events" if counted else "",
        *_half(context, one, column),
    ]
    ranges = " · ".join(filter(None, said))
    under = tag("small", ranges, class_="card-range") if ranges else ""
    return joined(median, " ", tag("small", "(", events, f"/{arm.n})"), under)


def _half(context: OverviewContext, one: EndpointCard, column: int) -> list[str]:
    """When half have had the event although another competes, which the median does not say."""
    found = one.incidence[column] if one.incidence else None
    if found is None or not found.competing:
        return []
    place = (one.endpoint.id, column)
    words = half_by(found, "months", context.study.decimals, context.across, place)
    if column:
        return [f"Aalen–Johansen: {words}"]
    first = first_otherwise(found, one.endpoint, context.across, place)
    return [f"Aalen–Johansen: {words}; {first}"]


def _months(decimals: int) -> Callable[[float], str]:
    return lambda days: time_value(days, "months", decimals)


def _across(context: OverviewContext, key: Key, shown: str, words, none: str = "–") -> list[str]:
    """The range over the data sets that fit the publication equally well, as a line of a card."""
    text = context.across.words(key, shown, words, none)
    return [f"[{text} across {context.across.n} data sets]"] if text else []


def _follow_up_card(context: OverviewContext, theme: Theme) -> str:
    decimals = context.study.decimals
    one = context.follow_up
    median = one.whole.follow_up
    value = time_value(median.value, "months", decimals)
    words = f"{value} months" if math.isfinite(median.value) else value
    limits = time_interval(median.lower, median.upper, "months", decimals)
    detail = [f"95 % CI {limits}"] if limits != "–" else []
    detail.append(f"{one.endpoint.label}, reverse Kaplan–Meier")
    arms = [time_value(arm.follow_up.value, "months", decimals) for arm in one.arms]
    return _card(
        context,
        "follow-up",
        "survival",
        "Median follow-up",
        words,
        detail,
        _arm_lines(context, theme, arms) if arms else [],
        endpoint=one.endpoint.id,
    )


def _share_card(context: OverviewContext, one: ShareCard, theme: Theme) -> str:
    limits = percent_interval(one.whole.lower, one.whole.upper)
    detail = [f"95 % CI {limits}"] if limits != "–" else []
    if one.page != "safety":
        detail += _across(context, numbers.response(0), percent(one.whole.value), percent)
    detail.append(f"{one.whole.events} of {patients(one.whole.n)}")
    shares = [_share(arm) for arm in one.arms]
    if one.page != "safety":
        shares = [
            share + context.across.bracket(numbers.response(column), percent(arm.value), percent)
            for column, (share, arm) in enumerate(zip(shares, one.arms, strict=True), start=1)
        ]
    arms = _arm_lines(context, theme, shares) if shares else []
    key = "response" if one.page != "safety" else "safety"
    options = (("show", "response"),) if one.page == "arms" else ()
    return _card(
        context, key, one.page, one.label, percent(one.whole.value), detail, arms, options=options
    )


def _share(one: Proportion) -> str:
    return joined(f"{percent(one.value)} ", tag("small", f"({one.events}/{one.n})"))
