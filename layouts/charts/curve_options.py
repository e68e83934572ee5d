"""How survival curves are drawn."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_BY_DEFAULT = ("band", "censored", "median", "risk")


@dataclass(frozen=True)
class CurveOptions:
    """What the drawing of curves needs to know of a reader's options.

    Attributes
    ----------
    unit : str
        Unit of the time axis: ``months``, ``days`` or ``years``.
    curve : str
        ``survival`` or ``incidence`` (1 minus survival).
    show : tuple of str
        What is drawn beside the curve.
    x : tuple of float or None
        First and last month of the axis; None for the whole follow-up.
    """

    unit: str = "months"
    curve: str = "survival"
    show: tuple[str, ...] = SHOWN_BY_DEFAULT
    x: tuple[float, float] | None = None

    def shows(self, what: str) -> bool:
        return what in self.show
