"""Where marks of censored patients say something, and where they would only make a curve thick."""

from __future__ import annotations

from dataclasses import replace

from analysis.survival_groups import SurvivalGroups
from layouts.charts.curve_options import CurveOptions
from layouts.charts.thin import thinned

MOST_MARKS = 400
"""Marks on a curve up to which single ones are seen: a mark is two pixels wide."""
NOT_MARKED = "censored patients are too many to be marked"


def with_marks_that_are_seen(
    result: SurvivalGroups, options: CurveOptions
) -> tuple[CurveOptions, str]:
    """The options without marks where a curve has too many of them, and what is said then."""
    if not options.shows("censored") or all(map(_are_seen, result.shown)):
        return options, ""
    show = tuple(one for one in options.show if one != "censored")
    return replace(options, show=show), f"; {NOT_MARKED}"


def _are_seen(group) -> bool:
    curve = thinned(group).curve
    return not curve.marks_censoring or int((curve.n_censor > 0).sum()) <= MOST_MARKS
