"""Effect along a number, served: figure, numbers, windows, words and picture."""

from __future__ import annotations

from callbacks.along.ask import ask
from callbacks.along.rows import along_rows
from callbacks.files import File
from callbacks.page import Served
from layouts.along.context import AlongContext
from layouts.along.figure import along_figure
from layouts.along.finding import along_finding
from layouts.along.method import method
from layouts.along.page import ALONG, FIGURE_HEIGHT, ways, window_control
from layouts.along.side import along_side, windows_table
from layouts.along.slide import along_drawn
from layouts.along.words import cautions, sentence
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance

FRAMES = {
    "narrow": Frame(height=380, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=600, text=14),
}
PRESENTED = {
    "narrow": Frame(height=380, text=11.5, narrow=True, room=340),
    "standard": Frame(height=450, text=16),
    "tall": Frame(height=700, text=19),
    SLIDE: Frame(height=262, text=13, room=480, least=120),
}


def show(context: AlongContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    figure = along_figure(context, look.theme, look.choose(FRAMES, PRESENTED))
    return {
        "figure": figure,
        "side": along_side(context),
        "window": window_control(context),
        "ways": ways(context),
    }


def words(context: AlongContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: AlongContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = along_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    return page_picture(figure, context.study, context.view, ALONG, words(context).pictured, kind)


SERVED = Served(
    ALONG,
    ask,
    show,
    words,
    files={"stepp.csv": File(along_rows)},
    picture=picture,
    drawers={"windows": ("Every window", windows_table)},
    finding=along_finding,
    drawn=along_drawn,
)
