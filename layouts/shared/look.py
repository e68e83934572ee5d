"""How a page is looked at: theme, size of the screen, and whether it is presented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from layouts.shared.theme import Theme

SCREENS = ("narrow", "standard", "tall")
# 960 by 540 pixels, which grow with the screen or the paper: no type in it is smaller than 12.
SLIDE = "slide"
Fitting = TypeVar("Fitting")


@dataclass(frozen=True)
class Look:
    """The reader's screen.

    Attributes
    ----------
    screen : str
        ``narrow`` (a telephone), ``standard`` or ``tall``; ``slide`` of the board, if presented.
    present : bool
        Large type for a projector.
    """

    theme: Theme
    screen: str = "standard"
    present: bool = False

    def choose(self, usual: dict[str, Fitting], presented: dict[str, Fitting]) -> Fitting:
        """What fits this screen: one of two sets by the name of the screen."""
        return (presented if self.present else usual)[self.screen]
