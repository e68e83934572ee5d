"""The figure as it leaves the product: with its cohort, numbers, test and provenance inside."""

from __future__ import annotations

import math
import textwrap

from layouts.charts.frame import Frame, margins
from layouts.charts.km import km_figure
from layouts.graph import message_figure
from layouts.slide_title import cohort_title
from layouts.survival_context import SurvivalContext
from layouts.survival_words import cautions, empty_sentence, method_and_cohort, sentence
from layouts.theme import LIGHT
from layouts.words import exported_provenance, p_value, time_interval, time_value

WIDTH = 1100
TEXT = 14
LINE = 19
CHARACTERS = 160
PADDING = 16


def export_figure(context: SurvivalContext, fitted: dict, kind: str) -> dict:
    """A self-contained figure for plotly's ``toImage``, always on white.

    Returns
    -------
    dict
        ``figure``, ``kind`` (``svg`` or ``png``), ``width``, ``height`` and ``name`` of the file.
    """
    head = _head(context)
    foot = _foot(context)
    # Above: padding, the lines (the title is taller) and the name of the y axis.
    top = PADDING + LINE * len(head) + 36
    bottom = PADDING + LINE * len(foot)
    body = 560
    height = top + body + bottom
    frame = Frame(height=height, text=TEXT, width=WIDTH)
    if context.result.n:
        result = context.result
        edges = margins(result, frame)
        edges |= {"l": edges["l"] + PADDING, "t": top, "b": bottom}
        frame = Frame(height=height, text=TEXT, width=WIDTH, margin=edges)
        figure = km_figure(
            result,
            names=context.group_names,
            heading=context.heading,
            curve_name=context.endpoint.curve,
            event_name=context.endpoint.event_name,
            origin=context.origin,
            options=context.options,
            theme=LIGHT.for_split(context.by_arm),
            frame=frame,
            fitted=fitted,
            others=context.drawn_beside,
        )
    else:
        figure = message_figure(empty_sentence(context), height, LIGHT.quiet)
        figure["layout"]["margin"] = {"l": PADDING, "r": 24, "t": top, "b": bottom}
        figure["layout"]["width"] = WIDTH
    layout = figure["layout"]
    layout["paper_bgcolor"] = layout["plot_bgcolor"] = LIGHT.page
    left = layout["margin"]["l"]
    layout["annotations"] = [
        *layout.get("annotations", []),
        *_lines(head[:1], y=1, shift=top - PADDING, left=left),
        *_lines(head[1:], y=1, shift=top - PADDING - LINE - 8, left=left),
        *_lines(foot, y=0, shift=-4, left=left),
    ]
    return {
        "figure": figure,
        "kind": kind,
        "width": WIDTH,
        "height": height,
        "name": f"{context.study.id}-{context.endpoint.id}"
        + ("-reconstructed" if context.study.reconstructed else ""),
    }


def _head(context: SurvivalContext) -> list[tuple[str, float, str]]:
    """Title, cohort, groups with n, events and median, test: (text, size, colour)."""
    result, unit = context.result, context.options.unit
    split = f" by {context.split.label}" if context.split else ""
    lines = [(f"<b>{context.endpoint.name}{split}</b>", TEXT + 4, LIGHT.ink)]
    cohort = cohort_title(context.study, context.cohort, result.n)
    lines += [(line, TEXT, LIGHT.quiet) for line in textwrap.wrap(cohort, CHARACTERS)]
    for name, group in zip(context.group_names, result.groups, strict=True):
        if not group.n:
            continue
        median = time_value(group.median.value, unit, context.decimals)
        interval = time_interval(group.median.lower, group.median.upper, unit, context.decimals)
        words = f"median {median}"
        if math.isfinite(group.median.value):
            words += f" {unit} (95 % CI {interval})"
        lines.append((f"{name}: n = {group.n}, {group.events} events, {words}",
                      TEXT, LIGHT.ink))  # fmt: skip
    if result.test is not None:
        lines.append((f"Log-rank {p_value(result.test.p_value)}", TEXT, LIGHT.ink))
    return lines


def _foot(context: SurvivalContext) -> list[tuple[str, float, str]]:
    said = [(text, LIGHT.ink) for text in (sentence(context), *cautions(context))]
    said.append((method_and_cohort(context), LIGHT.quiet))
    said.append((f"<b>{exported_provenance(context.study.provenance)}</b>", LIGHT.caution))
    return [
        (line, TEXT - 1, colour)
        for text, colour in said
        for line in textwrap.wrap(text, CHARACTERS)
    ]


def _lines(lines, *, y: float, shift: float, left: int) -> list[dict]:
    return [
        {
            "text": text,
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": PADDING - left,
            "y": y,
            "yref": "paper",
            "yanchor": "top",
            "yshift": shift - LINE * i,
            "align": "left",
            "showarrow": False,
            "font": {"size": size, "color": colour},
        }
        for i, (text, size, colour) in enumerate(lines)
    ]
