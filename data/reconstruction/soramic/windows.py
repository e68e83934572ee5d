"""Between which values a number must lie so that it is printed as it was.

Where the paper may have rounded or cut off, the search aims at values that are printed the same
either way or, where that is a narrow aim, at those that round. It keeps a little away from the
edges of every interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.stats import norm

Window = tuple[float, float]
# Share of an interval that is kept free at each edge, so that no last digit decides.
_EDGE = 0.002
_FAR = 1e9


def unit(text: str) -> float:
    """The last printed place: 0.1 for ``14.3``, 1 for ``59``."""
    return 10.0 ** -len(text.partition(".")[2])


def _inside(lowest: float, highest: float) -> Window:
    edge = _EDGE * (highest - lowest)
    return round(lowest + edge, 9), round(highest - edge, 9)


def rounded(text: str) -> Window:
    """Values that round to the printed number at its last place."""
    value, half = float(text), unit(text) / 2
    return _inside(value - half, value + half)


def cut_and_rounded(text: str) -> Window:
    """Values that give the printed number whether they are cut off or rounded."""
    value = float(text)
    return _inside(value, value + unit(text) / 2)


def significant(text: str) -> Window:
    """Values that R's ``signif(x, 2)`` prints so; of three printed digits, three count.

    Below a power of ten the digits are ten times as fine: 1 stands for 0.995 to 1.05.
    """
    value = float(text)
    digits = max(2, len(text.lstrip("0.").replace(".", "")))
    above = 10.0 ** (math.floor(math.log10(value)) - digits + 1)
    power = math.isclose(value, 10.0 ** round(math.log10(value)))
    below = above / 10 if power else above
    return _inside(value - below / 2, value + above / 2)


def logarithms(window: Window) -> Window:
    """The window of a ratio as one of its natural logarithm."""
    return round(math.log(window[0]), 9), round(math.log(window[1]), 9)


def z_of_p(text: str, window: Callable[[str], Window]) -> Window:
    """Absolute normal deviates of which a two-sided p is printed so.

    Parameters
    ----------
    text : str
        ``<0.001`` has no upper end.
    window : callable
        How the p was printed: one of the functions above.
    """
    text = text.rstrip("*")
    if text.startswith("<"):
        return round(float(norm.isf(float(text[1:]) / 2)) + 1e-3, 9), _FAR
    lowest, highest = window(text)
    return round(float(norm.isf(highest / 2)), 9), round(float(norm.isf(lowest / 2)), 9)
