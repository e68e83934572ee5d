"""Differences over time as they leave: of the curves that leave, no exact day, no small stretch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.over_time.comparison import with_curves
from analysis.over_time.hazard import Piece, Pieces
from callbacks.disclosure.about import About
from callbacks.disclosure.curves import released_curve, tenths
from data.disclosure import few
from layouts.arms.more_results import OverTimeResult
from layouts.shared.few import Few


def released_over_time(found: OverTimeResult, about: About) -> OverTimeResult:
    """Two arms over time; not where one of them has too few patients."""
    if any(few(n, about.least) for n in found.n):
        raise about.withheld(filter(None, found.n))
    inner = found.found
    first, last = (float(tenths(day)) for day in (inner.band.first, inner.band.last))
    band = replace(inner.band, first=first, last=last)
    inner = replace(inner, horizon=float(tenths(inner.horizon)), band=band)
    curves = tuple(released_curve(one, about) for one in inner.curves)
    smooth = inner.smooth and replace(inner.smooth, time=tenths(inner.smooth.time))
    inner = with_curves(replace(inner, smooth=smooth), curves)
    return replace(found, found=replace(inner, pieces=_pieces(inner.pieces, about)))


def _pieces(found: Pieces, about: About) -> Pieces:
    """Without the stretches in which an arm has few events or few patients at their beginning.

    What all of them together say would tell of those.
    """
    made = tuple(_piece(one, about) for one in found.pieces)
    if made == found.pieces:
        return found
    return Pieces(made, np.nan, 0, np.nan)


def _piece(one: Piece, about: About) -> Piece:
    told = not any(few(n, about.least) for n in one.n)
    if told and not any(few(n, about.cell) for n in one.events):
        return one
    hidden = Few(about.cell)
    return replace(
        one,
        n=(hidden, hidden),
        events=(hidden, hidden),
        value=np.nan,
        lower=np.nan,
        upper=np.nan,
        p_value=np.nan,
        reason=None,
    )
