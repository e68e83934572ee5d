"""What stands in a cell of a table: words in lines, each with its weight and colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from layouts.shared.theme import LIGHT
from layouts.tables.text_width import BOLD, fitting, share_width
from layouts.tables.tree import Element

ACCENT, CAUTION_LINE, BAR = "#0b4f8a", "#c98a1a", "#c3d3e2"
# The tokens of the style sheets that a style may name.
COLOURS = {"var(--bar)": BAR, "var(--accent)": ACCENT, "var(--quiet)": LIGHT.quiet}
# What a class of the style sheets says of the words within.
_QUIET = frozenset(
    {"interval", "share", "aside", "across", "place", "detail", "kind", "paper", "reason", "why"}
    | {"axis-title", "favours", "group", "said", "arms", "ph", "emptied", "missing", "looks"}
)
_STRONG = frozenset({"found", "large", "activity-number"})
_OF_CAUTION = frozenset({"mark", "simulated", "doubtful", "caution", "faults"})
_OWN_LINE = frozenset({"across", "place", "detail", "paper", "axis-title", "of-left", "of-right"})
_SMALL = _OWN_LINE | {"mark", "source", "aside", "kind", "why", "group", "favours"}
_SET_OFF = frozenset({"mark", "aside"})
_SWATCHES = {"dot", "swatch", "swatch-box", "key"}
_KEYS = {"alone": ACCENT, "together": CAUTION_LINE}
# Drawn, not written; see marks.
DRAWN = frozenset({"plot", "curves", "share-bars", "hist", "ends", "axis", "bar"})
# Leads to another page, and so says nothing where there is none.
_WAYS = frozenset({"way"})
GAP = "\u00a0\u00a0"
SWATCH = "■\u00a0"


@dataclass(frozen=True)
class Run:
    """Words of one look."""

    text: str
    bold: bool = False
    small: bool = False
    colour: str = LIGHT.ink

    def width(self, size: float) -> float:
        """Pixels at the size of the table's letters."""
        return self.share * self.size(size) * (BOLD if self.bold else 1)

    @cached_property
    def share(self) -> float:
        """The width of its text in parts of the size of its letters."""
        return share_width(self.text)

    def size(self, size: float) -> float:
        """The size of its letters, where the table's is this."""
        return size - 1 if self.small else size


@dataclass(frozen=True)
class Line:
    """Runs one behind the other; ``align`` is of the cell unless the line has its own."""

    runs: tuple[Run, ...]
    align: str = ""

    def width(self, size: float) -> float:
        """Pixels at the size of the table's letters."""
        return sum(run.width(size) for run in self.runs)

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def words(self) -> list[tuple[list[Run], bool]]:
        """Words with the blank before them, each with whether a line may break before it."""
        words: list[tuple[list[Run], bool]] = []
        for run in self.runs:
            for i, part in enumerate(run.text.split(" ")):
                if i or not words:
                    words.append(([replace(run, text=f" {part}" if i else part)], bool(i)))
                elif part:
                    words[-1][0].append(replace(run, text=part))
        return words

    @cached_property
    def bare_words(self) -> list[list[Run]]:
        """Words without the blank before them."""
        return [_bare(word) for word, _ in self.words]


def _bare(word: list[Run]) -> list[Run]:
    return [replace(word[0], text=word[0].text.lstrip(" ")), *word[1:]]


def restyled(run: Run, element: Element) -> Run:
    """The look of words within an element, which has that of what is around it otherwise."""
    classes = element.classes
    if element.name in ("b", "strong", "h2", "h3"):
        run = replace(run, bold=True)
    if classes & _QUIET:
        run = replace(run, colour=LIGHT.quiet, bold=run.bold and "group" in classes)
    if classes & _SMALL:
        run = replace(run, small=True, bold=False)
    if classes & _STRONG:
        run = replace(run, colour=ACCENT, bold=True)
    if classes & _OF_CAUTION:
        run = replace(run, colour=LIGHT.caution, bold="doubtful" in classes)
    return run


def lines_of(element: Element, look: Run) -> list[Line]:
    """The lines of a cell as they are written, before they are wrapped.

    Parameters
    ----------
    look : Run
        How its words look; its own text is not used.
    """
    made: list[tuple[list[Run], str]] = [([], "")]
    _write(element, look, made)
    lines = [Line(_joined(runs), align) for runs, align in made]
    return [line for line in lines if line.text.strip(" \u00a0")]


def _write(element: Element, look: Run, made: list) -> None:
    for child in element.children:
        if isinstance(child, str):
            made[-1][0].append(replace(look, text=child))
            continue
        classes = child.classes
        if classes & _SWATCHES:
            made[-1][0].append(replace(look, text=SWATCH, colour=colour_of(child)))
        elif child.name == "br":
            made.append(([], ""))
        elif "favours" in classes and child.elements:
            _favours(child, restyled(look, child), made)
        elif not classes & (DRAWN | _WAYS):
            _within(child, restyled(look, child), made)


def _within(child: Element, look: Run, made: list) -> None:
    own = bool(child.classes & _OWN_LINE) or child.name in ("li", "p", "div")
    if own:
        made.append(([], "right" if "of-right" in child.classes else ""))
    if child.classes & _SET_OFF and made[-1][0]:
        made[-1][0].append(replace(look, text=GAP))
    _write(child, look, made)
    if own:
        made.append(([], ""))


def _favours(element: Element, look: Run, made: list) -> None:
    """What either side of an axis means, one under the other and each on its side."""
    for side, part in zip(("left", "right"), element.elements, strict=False):
        made.append(([], side))
        _write(part, look, made)
    made.append(([], ""))


def colour_of(element: Element) -> str:
    """The colour in which an element is filled; a dashed one has that of its dashes."""
    for name in element.classes & set(_KEYS):
        return _KEYS[name]
    value = element.style.get("background", "")
    if value in COLOURS:
        return COLOURS[value]
    start = value.find("#")
    return value[start : start + 7] if start >= 0 else ACCENT


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with neighbours of the same look as one, and without blanks at the ends."""
    kept: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if kept and replace(kept[-1], text=run.text) == run:
            kept[-1] = replace(run, text=kept[-1].text + run.text)
        else:
            kept.append(run)
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(run for run in kept if run.text)


def wrapped_line(line: Line, room: float, size: float) -> list[Line]:
    """A line in as many as it needs in a room; a word that is longer is cut."""
    # Widths of columns are sums, and may lack a millionth.
    room += 0.01
    if line.width(size) <= room:
        return [line]
    rows: list[list[Run]] = [[]]
    taken = 0.0
    for word, breaks in line.words:
        width = sum(run.width(size) for run in word)
        if breaks and taken and taken + width > room:
            rows.append([])
            taken = 0.0
            word = _bare(word)
            width = sum(run.width(size) for run in word)
        for piece in _cut(word, room, size) if width > room else [word]:
            if piece is not word and rows[-1]:
                rows.append([])
            rows[-1] += piece
            taken = sum(run.width(size) for run in rows[-1])
    return [Line(runs, line.align) for row in rows if (runs := _joined(row))]


def _cut(word: list[Run], room: float, size: float) -> list[list[Run]]:
    pieces = []
    for run in word:
        text = run.text.strip(" ")
        while text:
            kept = fitting(text, room, run.size(size), bold=run.bold)
            pieces.append([replace(run, text=text[:kept])])
            text = text[kept:]
    return pieces


def longest_word(line: Line, size: float) -> float:
    """Pixels of the widest part of a line in which it cannot break."""
    widths = (sum(run.width(size) for run in word) for word in line.bare_words)
    return max(widths, default=0.0)
