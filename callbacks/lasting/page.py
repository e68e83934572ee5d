"""Lasting responses, served: curves, numbers, words, file and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.lasting.ask import ask
from callbacks.lasting.rows import lasting_rows
from callbacks.page import Served
from callbacks.workbook import SHARE
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.lasting.context import LastingContext
from layouts.lasting.figure import lasting_figure
from layouts.lasting.page import FIGURE_HEIGHT, LASTING, sections
from layouts.lasting.slide import lasting_drawn
from layouts.lasting.table import lasting_table
from layouts.lasting.words import cautions, lasting_finding, method, sentence
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance

FRAMES = {
    "narrow": Frame(height=380, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=560, text=14),
}
PRESENTED = {
    "narrow": Frame(height=380, text=11.5, narrow=True, room=340),
    "standard": Frame(height=470, text=16),
    "tall": Frame(height=680, text=19),
    SLIDE: Frame(height=306, text=13, room=480, least=120),
}


def show(context: LastingContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": lasting_figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "sections": sections(context.study, context.view),
        "side": lasting_table(context, look.theme),
    }


def words(context: LastingContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: LastingContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = lasting_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    said = words(context).pictured
    return page_picture(figure, context.study, context.view, LASTING, said, kind)


SERVED = Served(
    LASTING,
    ask,
    show,
    words,
    files={"response-duration.csv": File(lasting_rows, units={"se": SHARE})},
    picture=picture,
    finding=lasting_finding,
    drawn=lasting_drawn,
)
