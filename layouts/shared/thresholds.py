"""Where a number can be cut: the scale of a slider, the slider, and what stands beside it.

How many thresholds a reader has looked at only the reader's own browser knows: assets/thresholds.js
counts them, and moves the words with the thumb.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from data.study import Variable
from layouts.shared.controls import control
from layouts.shared.html import joined, tag
from layouts.shared.words import minus, span

_STEPS_AT_MOST = 60
_NEAT = (1, 2, 5, 10)


@dataclass(frozen=True)
class ThresholdScale:
    """A slider's bounds, its step, and where it stands unless the reader moves it."""

    low: float
    high: float
    step: float
    start: float

    @property
    def decimals(self) -> int:
        """Digits after the point that tell neighbouring steps apart."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def text(self, threshold: float) -> str:
        """A threshold for a reader."""
        return minus(f"{round(threshold, 6):g}")


def can_be_cut(variable: Variable) -> bool:
    """Whether survival may be looked at by a number: it is known by a day that is said."""
    known = not variable.after_baseline or variable.landmark_days is not None
    return variable.is_number and known


def scale_of(values: np.ndarray) -> ThresholdScale | None:
    """The scale of a slider over some values; None where fewer than two different ones are known.

    Parameters
    ----------
    values : (N,) array of float
        NaN where not known. The slider starts at their median.
    """
    values = values[np.isfinite(values)]
    if values.size < 2 or np.ptp(values) == 0:
        return None
    step = _neat_step(float(np.ptp(values)) / _STEPS_AT_MOST)
    low, high = math.floor(values.min() / step), math.ceil(values.max() / step)
    start = round(float(np.median(values)) / step)
    # Rounded: 84 steps of 0.1 are not quite 8.4.
    return ThresholdScale(*(round(x * step, 6) for x in (low, high, 1, start)))


def _neat_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least this."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(neat * power for neat in _NEAT if neat * power >= least * (1 - 1e-9))


def threshold_here(scale: ThresholdScale | None, threshold: float | None, unit: str) -> Markup:
    """What stands before the slider: words, where it is, and its unit with the ends.

    Parameters
    ----------
    unit : str
        Behind a blank; empty where the number has none.
    """
    if scale is None:
        return joined("Threshold")
    ends = span(scale.text(scale.low), scale.text(scale.high))
    here = tag("span", scale.text(threshold), class_="threshold-here")
    return joined("Threshold: ≥ ", here, f"{unit}, of {ends}")


def threshold_slider(
    name: str, scale: ThresholdScale | None, spoken: str, words_place: str
) -> Markup:
    """The slider, without its value: that is written into it with every answer, as its words are.

    Parameters
    ----------
    name : str
        Of the option in a link.
    spoken : str
        What the slider is called.
    words_place : str
        Id of the place of its words.
    """
    bounds = {"min": "0", "max": "1", "step": "1"}
    if scale is not None:
        ends = {"min": scale.low, "max": scale.high, "step": scale.step}
        bounds = {end: f"{value:.12g}" for end, value in ends.items()}
    slider = tag(
        "input",
        type="range",
        aria_label=spoken,
        data_decimals=scale.decimals if scale else 0,
        **bounds,
        **control(name, "value"),
    )
    words = tag("span", id=words_place, class_="field-label")
    return tag("div", words, slider, class_="of-threshold")


def looks_place(place: str) -> Markup:
    """Where the browser says how many thresholds were looked at."""
    return tag("p", id=place, class_="looks", role="status", data_looks=True)


def looked_at(version: str, kind: str, key: list[str], over: str, possible: str) -> dict:
    """What the browser needs to count the thresholds that were looked at.

    Parameters
    ----------
    version : str
        Of the study's files.
    kind : str
        What is counted together.
    key : list of str
        What makes this look another one than those before.
    over : str
        What the count is over: "doses, endpoints and filters".
    possible : str
        Sentences behind the count.
    """
    study = f"{version}/{kind}" if kind else version
    return {"study": study, "key": "&".join(key), "over": over, "possible": possible}
