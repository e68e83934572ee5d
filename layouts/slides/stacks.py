"""Best response as stacked bars, by arm or of all patients."""

from __future__ import annotations

import math
from collections.abc import Sequence

from layouts.charts.category_ramp import ramp
from layouts.shared.theme import LIGHT
from layouts.slides.figure import Axis, Bar, Bars

# Per cent of a bar that its number needs.
_ROOM = 6.0


def response_bars(
    categories: Sequence[Sequence[int]],
    names: Sequence[str],
    groups: Sequence[tuple[str, int, int]],
    steps: Sequence[int],
) -> Bars:
    """One bar for each group.

    Parameters
    ----------
    categories : sequence of sequence of int
        Patients per category (rows) and group.
    groups : sequence of (label, place, n)
        Those to draw, from top to bottom.
    steps : sequence of int
        Place of each category on the ramp.
    """
    colours, inks = ramp(LIGHT)
    groups = [one for one in groups if one[2]]
    series = []
    for row, name in enumerate(names):
        counts = [categories[row][place] for _, place, _ in groups]
        if not any(counts):
            continue
        # What is not told has no length.
        shares = tuple(
            100 * count / n if math.isfinite(count) else None
            for count, (_, _, n) in zip(counts, groups, strict=True)
        )
        words = tuple(
            str(count) if share is not None and share >= _ROOM else ""
            for count, share in zip(counts, shares, strict=True)
        )
        series.append(Bar(name, shares, colours[steps[row]], words, inks[steps[row]]))
    labels = tuple(f"{label} (n = {n})" for label, _, n in groups)
    axis = Axis("Patients, %", 0, 100, 25, form="0", grid=True)
    return Bars(labels, tuple(series), axis)
