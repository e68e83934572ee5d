"""Thresholds of a number as they leave: not at all where few patients are protected."""

from __future__ import annotations

from dataclasses import replace

from callbacks.disclosure.about import TOLD, About, NotShown
from layouts.thresholds.context import ThresholdContext


def released_thresholds(context: ThresholdContext, about: About) -> ThresholdContext:
    """The page without a threshold, which says why; nothing of one that was asked for.

    Two neighbouring thresholds differ by a patient or two, and so would tell of them. The study's
    own cuts are splits of the Survival page.
    """
    if context.result is not None:
        raise NotShown(f"Not shown: {TOLD}.")
    return replace(context, with_endpoint=about.count(context.with_endpoint))
