"""The figure of a survival view as it leaves the product."""

from __future__ import annotations

import math
import textwrap

from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.charts.picture import (
    BODY,
    CHARACTERS,
    PADDING,
    TEXT,
    WIDTH,
    Caption,
    file_name,
    finding,
    picture,
    provenance_line,
)
from layouts.shared.figure_text import bold
from layouts.shared.graph import message_figure
from layouts.shared.numbers import p_key
from layouts.shared.slide_title import cohort_title
from layouts.shared.theme import LIGHT
from layouts.shared.words import events, p_value, time_interval, time_value
from layouts.survival.context import (
    SurvivalContext,
    empty_sentence,
    median_across,
    ratio_across,
    ratio_interval,
    test_across,
)
from layouts.survival.numbers import LOG_RANK
from layouts.survival.printed_words import count_printed, group_printed
from layouts.survival.words import cautions, method, sentence


def export_figure(context: SurvivalContext, fitted: dict, kind: str) -> dict:
    """The picture of a survival view; Weibull curves by group position in ``fitted``."""
    frame = Frame(height=BODY, text=TEXT, width=WIDTH - PADDING)
    if context.result.n:
        figure = km_figure(
            context.result,
            names=context.group_names,
            curve_name=context.endpoint.curve,
            event_name=context.endpoint.event_name,
            origin=context.origin,
            options=context.options.drawn,
            theme=context.coloured(LIGHT),
            frame=frame,
            fitted=fitted,
            others=context.drawn_beside,
        )
    else:
        figure = message_figure(empty_sentence(context), BODY, LIGHT.quiet)
    caption = Caption(_head(context), _foot(context))
    return picture(figure, caption, kind, file_name(context.study, context.view, True))


def _head(context: SurvivalContext) -> list[tuple[str, float, str]]:
    """Title, cohort, groups with n, events and median, test: (text, size, colour)."""
    result, unit = context.result, context.options.unit
    split = f" by {context.split.label}" if context.split else ""
    lines = [(bold(f"{context.endpoint.name}{split}"), TEXT + 4, LIGHT.ink)]
    cohort = cohort_title(context.study, context.cohort, result.n)
    lines += [(line, TEXT, LIGHT.quiet) for line in textwrap.wrap(cohort, CHARACTERS)]
    lines += finding(sentence(context))
    for place, (name, group) in enumerate(zip(context.group_names, result.groups, strict=True)):
        if not group.n:
            continue
        median = time_value(group.median.value, unit, context.decimals)
        interval = time_interval(group.median.lower, group.median.upper, unit, context.decimals)
        words = f"median {median}"
        if math.isfinite(group.median.value):
            words += f" {unit} (95 % CI {interval})"
        words += _across(context, median_across(context, place, unit))
        lines.append((f"{name}: n = {group.n}, {events(group.events)}, {words}", TEXT, LIGHT.ink))
        lines += [(f"{name}, {text}", TEXT, LIGHT.quiet) for text in group_printed(context, place)]
    if context.ratio is not None and math.isfinite(context.ratio.value):
        words = f"Hazard ratio {context.ratio.value:.2f} (95 % CI {ratio_interval(context)})"
        lines.append((words + _across(context, ratio_across(context)), TEXT, LIGHT.ink))
    if result.test is not None:
        words = f"Log-rank {p_value(result.test.p_value)}"
        words += _across(context, test_across(context))
        printed = count_printed(context, p_key(LOG_RANK))
        words += f"; {printed} printed" if printed else ""
        lines.append((words, TEXT, LIGHT.ink))
    return lines


def _across(context: SurvivalContext, words: str) -> str:
    """The range of a number behind it."""
    return f" [{words} across {context.across.n} data sets]" if words else ""


def _foot(context: SurvivalContext) -> list[tuple[str, str]]:
    said = [(text, LIGHT.ink) for text in cautions(context)]
    return [*said, (method(context), LIGHT.quiet), provenance_line(context.study)]
