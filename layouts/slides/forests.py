"""Rows of estimates as a forest: its table, and what is drawn beside each row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layouts.shared.theme import LIGHT
from layouts.slides.figure import Axis, Estimate, Forest
from layouts.tables.blocks import Cell, Row, Table
from layouts.tables.cells import Line, Run

NONE = (math.nan, math.nan, math.nan)
_INDENT = 12


@dataclass(frozen=True)
class ForestRow:
    """A row of a forest.

    Attributes
    ----------
    cells : tuple of str
        Behind the label; fewer than the table has columns leave the others empty.
    estimates : tuple of (value, lower, upper)
        One for each kind; NaN where there is none, which draws nothing.
    kind : str
        ``all`` for everybody, ``variable`` for a name of the rows below, ``level`` for one of
        them, or empty.
    colour : str
        Of what is drawn; empty for ink.
    """

    label: str
    cells: tuple[str, ...] = ()
    estimates: tuple[tuple[float, float, float], ...] = ()
    kind: str = ""
    colour: str = ""


def forest_of(
    head: Sequence[str],
    rows: Iterable[ForestRow],
    axis: Axis,
    *,
    null: float = math.nan,
    favours: tuple[str, str] = ("", ""),
    kinds: tuple[str, ...] = ("Estimate",),
    left: int = 1,
) -> Forest:
    """A forest of some rows.

    Parameters
    ----------
    left : int
        How many columns begin on the left.
    """
    made = [Row(tuple(_cell(t, i < left, LIGHT.quiet) for i, t in enumerate(head)), "head")]
    estimates, strong, group = [], set(), ""
    for one in rows:
        number = len(made)
        bold = one.kind in ("all", "variable")
        colour = one.colour or LIGHT.ink
        cells = [_cell(one.label, True, colour, bold, _INDENT * (one.kind == "level"))]
        texts = (*one.cells, *[""] * (len(head) - 1 - len(one.cells)))
        cells += [_cell(t, i + 1 < left, LIGHT.ink, bold) for i, t in enumerate(texts)]
        made.append(
            Row(tuple(cells), "variable" if one.kind == "variable" else "", one.kind == "all")
        )
        group = one.label if one.kind == "variable" else group if one.kind == "level" else ""
        label = f"{group}: {one.label}" if group and one.kind == "level" else one.label
        if one.kind == "all":
            strong.add(number)
        for kind, estimate in enumerate(one.estimates):
            if math.isfinite(estimate[0]):
                estimates.append(Estimate(number, label, *estimate, kind, one.colour))
    return Forest(
        Table(tuple(made)), tuple(estimates), axis, null, favours, kinds, frozenset(strong)
    )


def _cell(text: str, left: bool, colour: str, bold: bool = False, indent: float = 0) -> Cell:
    lines = tuple(Line((Run(part, bold, colour=colour),)) for part in text.split("\n") if part)
    return Cell(lines, align="left" if left else "right", indent=indent)


def ratio_words(estimate: tuple[float, float, float], across: str = "") -> str:
    """``0.69 (0.50–0.95)`` with its range in a line of its own."""
    value, lower, upper = estimate
    if not math.isfinite(value):
        return "not estimable"
    beside = f"\n[{across}]" if across else ""
    return f"{value:.2f} ({lower:.2f}–{upper:.2f}){beside}"
