"""The states page, served: stacked curves, numbers, words, file and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.states.ask import ask
from callbacks.states.rows import states_rows
from callbacks.workbook import SHARE
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance
from layouts.states.context import StatesContext
from layouts.states.figure import states_figure
from layouts.states.page import FIGURE_HEIGHT, STATES, sections
from layouts.states.slide import states_drawn
from layouts.states.table import states_table
from layouts.states.words import cautions, method, sentence, states_finding

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


def show(context: StatesContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": states_figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "sections": sections(context.study, context.view),
        "side": states_table(context, look.theme),
    }


def words(context: StatesContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: StatesContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = states_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    said = words(context).pictured
    return page_picture(figure, context.study, context.view, STATES, said, kind)


SERVED = Served(
    STATES,
    ask,
    show,
    words,
    files={"states.csv": File(states_rows, units=dict.fromkeys(("share", "se"), SHARE))},
    picture=picture,
    finding=states_finding,
    drawn=states_drawn,
)
