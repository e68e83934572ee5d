"""Colours, line styles and type: the visual language in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

FONT = "Inter Variable, Inter, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Theme:
    """Colours of one colour scheme, as CSS colours.

    ``ink`` is text and the whole cohort, ``quiet`` secondary text, ``line`` axes and rules,
    ``grid`` gridlines, ``page`` the background, ``caution`` what must not be overlooked,
    ``groups`` the arms and what stands beside them, ``others`` the groups of any other split (the
    colours of the arms mean the arms and nothing else), ``severity`` the grades 1 to 5 of adverse
    events with the colour of a number upon each, and ``severity_line`` the same as thin lines,
    which the palest would not be seen as. ``order`` are the ends and the middle of the ramp of
    ordered groups, from the first to the last. ``only`` are the positions of the groups that have a
    colour, in the order in which they take it; the others are grey. None gives all of them one.
    """

    name: str
    ink: str
    quiet: str
    line: str
    grid: str
    page: str
    caution: str
    groups: tuple[str, ...]
    others: tuple[str, ...]
    severity: tuple[str, ...]
    severity_text: tuple[str, ...]
    severity_line: tuple[str, ...]
    order: tuple[str, ...]
    only: tuple[int, ...] | None = None

    def for_split(self, by_arm: bool, ordered: int = 0) -> Theme:
        """The theme in which groups are drawn: only a split by arm has the colours of the arms.

        Parameters
        ----------
        ordered : int
            Levels of a variable that has an order, which is seen in their lightness; 0 for one
            without.
        """
        if by_arm:
            return self
        return replace(self, groups=_between(self.order, ordered) if ordered else self.others)

    def picking(self, positions: tuple[int, ...]) -> Theme:
        """The theme with the groups at these positions in colour and all others grey."""
        return replace(self, groups=self.others, only=positions)


def _between(stops: tuple[str, ...], size: int) -> tuple[str, ...]:
    """As many colours at equal steps along a ramp through some stops."""
    found = []
    for i in range(size):
        along = i * (len(stops) - 1) / max(1, size - 1)
        place = min(int(along), len(stops) - 2)
        mixed = (
            round(int(a, 16) + (int(b, 16) - int(a, 16)) * (along - place))
            for a, b in zip(_channels(stops[place]), _channels(stops[place + 1]), strict=True)
        )
        found.append("#" + "".join(f"{channel:02x}" for channel in mixed))
    return tuple(found)


def _channels(colour: str) -> tuple[str, ...]:
    """Red, green and blue of a colour in hexadecimal digits."""
    return tuple(colour[i : i + 2] for i in (1, 3, 5))


LIGHT = Theme(
    name="light",
    ink="#15202b",
    quiet="#5b6672",
    line="#9aa5b1",
    grid="#e9edf1",
    page="#ffffff",
    caution="#8a5a00",
    groups=("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56606B"),
    others=("#009E73", "#CC79A7", "#56606B", "#7A4FB5"),
    severity=("#e9e0f3", "#cdb9e3", "#8a5bb8", "#6a3a9e", "#3d1768"),
    severity_text=("#15202b", "#15202b", "#ffffff", "#ffffff", "#ffffff"),
    severity_line=("#a182c8", "#9a74c4", "#8a5bb8", "#6a3a9e", "#3d1768"),
    order=("#cc6a94", "#a02a66", "#45102f"),
)
# The same hues, lightened until text and lines pass 4.5:1 on the dark page.
DARK = Theme(
    name="dark",
    ink="#e8edf2",
    quiet="#9eabb8",
    line="#5c6873",
    grid="#232c35",
    page="#12181e",
    caution="#f0c069",
    groups=("#4aa8e0", "#f08a3c", "#2fc79a", "#e29ac3", "#a5b0bb"),
    others=("#2fc79a", "#e29ac3", "#a5b0bb", "#b394ec"),
    severity=("#3b3050", "#56447a", "#8a6cc0", "#b79fe0", "#e6dcf6"),
    severity_text=("#ffffff", "#ffffff", "#12181e", "#12181e", "#12181e"),
    severity_line=("#6f5a9c", "#7560a6", "#8a6cc0", "#b79fe0", "#e6dcf6"),
    order=("#b84a80", "#e28db4", "#f9dbe8"),
)
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
# Pixels drawn and left out, in turns, of a swatch beside a name.
_SWATCH = {
    "dash": (6, 3),
    "dot": (2, 2),
    "dashdot": (8, 2, 2, 2),
    "longdash": (10, 2),
    "longdashdot": (12, 2, 2, 2),
}
BAND_OPACITY = 0.13


def theme_named(name: str | None) -> Theme:
    """The theme of this name; light unless dark is asked for."""
    return DARK if name == "dark" else LIGHT


@dataclass(frozen=True)
class LineStyle:
    """How one group is drawn, everywhere."""

    colour: str
    dash: str


def group_style(position: int, theme: Theme) -> LineStyle:
    """Colour and dash of the group at a position of its variable; -1 is the whole cohort.

    The position is that of the level in the study, not of the groups left, so that a group keeps
    its colour when a filter empties another. After each round of colours the dashes move on by
    one, which gives more than twenty distinct styles.
    """
    if position < 0:
        return LineStyle(theme.ink, "solid")
    if theme.only is not None:
        if position not in theme.only:
            return LineStyle(theme.line, "solid")
        position = theme.only.index(position)
    colours = len(theme.groups)
    dash = DASHES[(position % colours + position // colours) % len(DASHES)]
    return LineStyle(theme.groups[position % colours], dash)


def swatch_background(style: LineStyle) -> str:
    """The line of a group as a CSS background, with the dashes of the figure."""
    place, stops = 0, []
    for i, length in enumerate(_SWATCH.get(style.dash, ())):
        colour = "transparent" if i % 2 else style.colour
        stops.append(f"{colour} {place}px {place + length}px")
        place += length
    return f"repeating-linear-gradient(90deg,{','.join(stops)})" if stops else style.colour


def translucent(colour: str, opacity: float) -> str:
    """A hex colour as rgba()."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
