"""How near a number must be to a patient's to count as like it: so much more or less, or so many
times."""

from __future__ import annotations

import math
from dataclasses import dataclass

from data.checking.numerals import plain

MOST = 1e9


@dataclass(frozen=True)
class Window:
    """The window around a number.

    Attributes
    ----------
    size : float
        Above 0; above 1 for a factor.
    factor : bool
        From the number divided by ``size`` to the number times it, instead of plus and minus.
    """

    size: float
    factor: bool = False

    def text(self) -> str:
        """As it stands in a link and in ``study.toml``: ``5``, ``x2``."""
        return f"{'x' if self.factor else ''}{plain(self.size)}"

    def around(self, value: float) -> tuple[float, float]:
        """The smallest and the largest number within it, without digits of mere arithmetic."""
        if self.factor:
            ends = sorted((value / self.size, value * self.size))
        else:
            ends = [value - self.size, value + self.size]
        low, high = (float(f"{end:.9g}") for end in ends)
        return low, high


def read_window(text: str) -> Window | None:
    """A window as `Window.text` writes it; None for anything else."""
    factor = text.startswith("x")
    try:
        size = float(text.removeprefix("x"))
    except ValueError:
        return None
    # "Not between" also catches NaN.
    if not (1 if factor else 0) < size <= MOST or not math.isfinite(size):
        return None
    return Window(size, factor)
