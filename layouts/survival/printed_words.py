"""The printed numbers of a survival view in words: the headline takes print where both exist."""

from __future__ import annotations

import math

from analysis.verdict import NOT_REACHED
from layouts.shared.numbers import Key, p_key
from layouts.shared.words import DAYS_PER, listed, p_value, percent, time_interval, time_value
from layouts.survival import numbers
from layouts.survival.context import SurvivalContext
from layouts.survival.printed import PrintedNumber

NON_BREAKING = "\u00a0"
# Said of a number that is not what is recomputed.
PRINTED = "printed"
NAMED_AT_MOST = 4
# Where the publication prints that there is no number.
NOTHING = ("", NOT_REACHED)


def place_of(context: SurvivalContext, group) -> int:
    """The place of a group in its view."""
    return next(i for i, one in enumerate(context.result.groups) if one is group)


def median_said(context: SurvivalContext, group) -> tuple[float, float, float, str]:
    """Median with its limits in days, and what is said behind it: as printed where that differs."""
    other = context.printed.other(numbers.median(place_of(context, group)))
    if other is None:
        return group.median.value, group.median.lower, group.median.upper, ""
    return other.days, *other.limits, PRINTED


def events_said(context: SurvivalContext, group) -> str:
    """Events of a group, as printed where that differs."""
    other = context.printed.other(numbers.events(place_of(context, group)))
    return str(group.events) if other is None else other.text


def events_printed(context: SurvivalContext, groups) -> str:
    """``, as printed`` where the events of any of some groups are not those recomputed."""
    keys = [numbers.events(place_of(context, group)) for group in groups]
    return ", as printed" if any(context.printed.other(key) for key in keys) else ""


def p_said(context: SurvivalContext) -> tuple[str, str]:
    """The p of the log-rank test in words, and what is said behind it."""
    other = context.printed.other(p_key(numbers.LOG_RANK))
    if other is None or other.text in NOTHING:
        return p_value(context.result.test.p_value), ""
    sign = "" if other.text.startswith("<") else f"={NON_BREAKING}"
    text = other.text.replace("<", f"<{NON_BREAKING}")
    return f"p{NON_BREAKING}{sign}{text}", f", {PRINTED}"


def median_printed(context: SurvivalContext, place: int) -> str:
    """A printed median with its limits, for the side of the page; empty where none is printed."""
    found = context.printed.numbers.get(numbers.median(place))
    if found is None:
        return ""
    unit = context.options.unit
    text = time_value(found.days, unit, context.decimals)
    interval = time_interval(*found.limits, unit, context.decimals)
    return text if interval == "–" else f"{text} ({interval})"


def group_printed(context: SurvivalContext, place: int) -> list[str]:
    """``as printed: n = 73, median 6.4 months (95 % CI 5.6–7.9)``; empty where nothing is."""
    n, had = (count_printed(context, key(place)) for key in (numbers.patients, numbers.events))
    median, unit = context.printed.numbers.get(numbers.median(place)), context.options.unit
    parts = [n and f"n = {n}", had and f"{had} event{'' if had == '1' else 's'}"]
    if median is not None:
        words = f"median {time_value(median.days, unit, context.decimals)}"
        if math.isfinite(median.days):
            interval = time_interval(*median.limits, unit, context.decimals)
            words += f" {unit}" + ("" if interval == "–" else f" (95 % CI {interval})")
        parts.append(words)
    said = ", ".join(filter(None, parts))
    return [f"as printed: {said}"] if said else []


def count_printed(context: SurvivalContext, key: Key) -> str:
    """A printed count, or p."""
    found = context.printed.numbers.get(key)
    if found is None:
        return ""
    return "–" if found.text in NOTHING else found.text


def rate_printed(context: SurvivalContext, month: str, place: int) -> str:
    """A printed rate with its limits, in per cent."""
    found = context.printed.numbers.get(numbers.survival(month, place))
    if found is None:
        return ""
    return _share(context, found)


def _share(context: SurvivalContext, found: PrintedNumber) -> str:
    texts = [_percent(context, one) for one in (found.text, found.lower, found.upper)]
    if context.options.curve == "incidence":
        texts[1:] = texts[:0:-1]
    value, lower, upper = texts
    known = lower != "–" and upper != "–"
    return value + (f" ({lower.rstrip(' %')}–{upper})" if known else "")


def _percent(context: SurvivalContext, text: str) -> str:
    if text in NOTHING:
        return "–"
    share = float(text)
    return percent(1 - share if context.options.curve == "incidence" else share)


def determined_words(context: SurvivalContext) -> str:
    """Whether the publication determines the view: by the verdicts of its printed cells."""
    if not context.determined:
        return "The publication does not determine this view."
    printed = context.printed
    if printed.differing:
        return (
            f"The publication prints this view; {printed.differing} of its {printed.cells} cells "
            f"differ here{_named(context)}."
        )
    if context.across.any:
        return (
            "The publication prints medians or the test of this view; numbers with a range in "
            "brackets it does not fix."
        )
    if printed.near:
        return (
            f"The publication prints this view; {printed.near} of its {printed.cells} cells come "
            "out within tolerance, the others exactly."
        )
    if not printed.cells:
        return "The publication has this view; its cells are not recorded here."
    return "The publication determines this view."


def _named(context: SurvivalContext) -> str:
    """``: events of Hepatitis B only (printed 1, here 3), …``."""
    words = []
    for place, group in enumerate(context.result.groups):
        who = "" if context.split is None else f" of {context.group_names[place]}"
        words += [
            f"{name}{who} (printed {was}, here {now})"
            for name, key, was, now in _compared(context, place, group)
            if key in context.printed.different
        ]
    test = p_key(numbers.LOG_RANK)
    if test in context.printed.different:
        was = context.printed.numbers[test].text
        words.append(f"log-rank p (printed {was}, here {context.result.test.p_value:.3f})")
    if not words:
        return " (limits of intervals)"
    more = len(words) - NAMED_AT_MOST
    shown = listed(words) if more <= 0 else f"{', '.join(words[:NAMED_AT_MOST])} and more"
    return f": {shown}"


def _compared(context: SurvivalContext, place: int, group):
    """Each statistic of a group with its key, its print and its recomputed number."""
    unit = context.options.unit
    for name, key, now in (
        ("patients", numbers.patients(place), group.n),
        ("events", numbers.events(place), group.events),
    ):
        yield name, key, count_printed(context, key), str(now)
    median = median_printed(context, place).partition(" (")[0]
    now = time_value(group.median.value, unit, context.decimals)
    yield f"median in {unit}", numbers.median(place), median, now
    for month in context.options.landmark_texts():
        rate = float(group.curve.at([float(month) * DAYS_PER["months"]]).survival[0])
        rate = 1 - rate if context.options.curve == "incidence" else rate
        was = rate_printed(context, month, place).partition(" (")[0]
        now = percent(rate) if math.isfinite(rate) else "–"
        yield f"{month}-month rate", numbers.survival(month, place), was, now
