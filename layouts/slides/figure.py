"""Figures of a slide as numbers: charts of two axes, bars, curves with numbers at risk, forests.

A figure is made of the result itself, so that the chart in a file holds the numbers of the page's
CSV and not those of a drawing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from layouts.shared.theme import LIGHT
from layouts.tables.blocks import Table
from layouts.tables.text_width import text_width

# A value that a chart leaves out: a line has a gap there.
GAP = None
# Points of the letters of a name before the numbers at risk, and of its room at most.
NAME, MOST_NAME = 12, 190


@dataclass(frozen=True)
class Axis:
    """An axis of numbers.

    Attributes
    ----------
    title : str
        With its unit.
    low, high, step : float
        Ends, and distance of the ticks; of a logarithmic axis ``low`` and ``high`` are powers of
        ``log``, whose powers the ticks are.
    log : float
        Base of a logarithmic axis; 0 for an even one.
    shown : bool
        Whether it has numbers.
    form : str
        How an office program writes its numbers: ``0``, ``0.0``, ``General``.
    grid : bool
        Whether lines go across from its ticks.
    """

    title: str = ""
    low: float = 0.0
    high: float = 1.0
    step: float = 1.0
    log: float = 0.0
    shown: bool = True
    form: str = "General"
    grid: bool = False


@dataclass(frozen=True)
class Series:
    """Points of a chart of two axes, joined by a line or marked or both.

    Attributes
    ----------
    x, y : tuple of float or None
        ``GAP`` in both parts the line.
    width : float
        Of the line in points; 0 draws none.
    dash : str
        As in ``layouts.shared.theme``.
    mark : str
        ``square``, ``circle``, ``diamond``, ``triangle``, ``tick`` (upright) or empty.
    size : float
        Of the mark in points.
    hollow : bool
        A mark with an edge only.
    opacity : float
    label : str
        Words at one of its points.
    at : int
        Which one; -1 is the last.
    side : str
        Where the label stands: ``r``, ``l``, ``t``, ``b``.
    labels : tuple of str
        Words at each point, or none.
    """

    name: str
    x: tuple
    y: tuple
    colour: str = LIGHT.ink
    width: float = 0.0
    dash: str = "solid"
    mark: str = ""
    size: float = 7.0
    hollow: bool = False
    opacity: float = 1.0
    label: str = ""
    at: int = -1
    side: str = "r"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart of two axes of numbers.

    Attributes
    ----------
    legend : bool
        Whether it names its series.
    room : tuple of four float
        Points left of, above, right of and below the plot.
    """

    series: tuple[Series, ...]
    x: Axis
    y: Axis
    legend: bool = False
    room: tuple[float, float, float, float] = (48, 14, 20, 46)


@dataclass(frozen=True)
class Bar:
    """One colour of a chart of bars.

    Attributes
    ----------
    values : tuple of float or None
        One for each bar.
    labels : tuple of str
        Words within; empty where there is no room.
    ink : str
        Colour of the words.
    """

    name: str
    values: tuple
    colour: str
    labels: tuple[str, ...] = ()
    ink: str = LIGHT.ink


@dataclass(frozen=True)
class Bars:
    """Stacked bars.

    Attributes
    ----------
    categories : tuple of str
        From top to bottom, or from left to right.
    upright : bool
        Columns instead of bars that lie.
    gap : int
        Between bars, in per cent of their width.
    named : bool
        Whether the categories stand at the axis.
    """

    categories: tuple[str, ...]
    series: tuple[Bar, ...]
    axis: Axis
    upright: bool = False
    gap: int = 45
    named: bool = True
    legend: bool = True


@dataclass(frozen=True)
class Curves:
    """Curves over time with the numbers at risk under their ticks.

    Attributes
    ----------
    ticks : tuple of float
        On the x axis of the chart.
    at_risk : tuple of (name, colour, counts)
        One count, as a text, for each tick.
    """

    chart: Chart
    ticks: tuple[float, ...]
    at_risk: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def columns(self, width: float) -> tuple[float, float, Chart]:
        """Where the columns of the numbers at risk stand under their ticks.

        Parameters
        ----------
        width : float
            Points of chart and table.

        Returns
        -------
        float, float, Chart
            Points before the first column, points from tick to tick, and the chart with room at
            the left for the names, which reach up to half a step before the first tick.
        """
        left, top, right, bottom = self.chart.room
        x, spacing = self.chart.x, 0.0
        span = x.high - x.low
        names = max((text_width(name, NAME) for name, _, _ in self.at_risk), default=0)
        for _ in range(3):
            inner = width - left - right
            spacing = inner * x.step / span
            left = max(self.chart.room[0], min(names, MOST_NAME) + 6 + spacing / 2)
        inner = width - left - right
        spacing = inner * x.step / span
        start = self.ticks[0] if self.ticks else x.low
        first = left + (start - x.low) / span * inner - spacing / 2
        return first, spacing, replace(self.chart, room=(left, top, right, bottom))


@dataclass(frozen=True)
class Estimate:
    """An estimate with its interval, in a row of a forest.

    Attributes
    ----------
    row : int
        Of the table, heads included.
    series : int
        Which of the kinds of estimates that the forest names.
    """

    row: int
    label: str
    value: float
    lower: float
    upper: float
    series: int = 0
    colour: str = ""


@dataclass(frozen=True)
class Forest:
    """Rows of a table, each with its estimate drawn beside it.

    Attributes
    ----------
    axis : Axis
    null : float
        Where there is no difference.
    favours : tuple of two str
        Which side means what; empty where none does.
    kinds : tuple of str
        Names of the series.
    strong : frozenset of int
        Rows of everybody, whose mark is a diamond.
    """

    table: Table
    estimates: tuple[Estimate, ...]
    axis: Axis
    null: float
    favours: tuple[str, str] = ("", "")
    kinds: tuple[str, ...] = ("Estimate",)
    strong: frozenset[int] = frozenset()


Figure = Chart | Bars | Curves | Forest
