"""A curve as points of a figure: times in the reader's unit, heights in per cent."""

from __future__ import annotations

import numpy as np

from analysis.survival_groups import GroupSurvival
from layouts.charts.curve_options import CurveOptions
from layouts.shared.words import DAYS_PER


def height_on_curve(survival: np.ndarray, options: CurveOptions) -> np.ndarray:
    """Percent on the y axis for survival between 0 and 1."""
    share = 1 - survival if options.curve == "incidence" else survival
    return np.round(100 * np.asarray(share, float), 3)


def steps(group: GroupSurvival, options: CurveOptions) -> tuple[np.ndarray, np.ndarray]:
    """Times in the reader's unit, starting at 0, and survival from 1."""
    curve = group.curve
    times = np.concatenate([[0.0], curve.time / DAYS_PER[options.unit]])
    return np.round(times, 4), np.concatenate([[1.0], curve.survival])


def corners(times: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The corners of a right-continuous step function."""
    return np.repeat(times, 2)[1:], np.repeat(values, 2)[:-1]
