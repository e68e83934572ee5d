"""The Monitoring page, served: boundary, tables, words, file and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.monitoring.ask import ask
from callbacks.monitoring.rows import monitoring_rows
from callbacks.page import Served
from callbacks.workbook import SHARE
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.monitoring.context import MonitoringContext
from layouts.monitoring.figure import monitoring_figure
from layouts.monitoring.finding import monitoring_finding
from layouts.monitoring.page import FIGURE_HEIGHT, MONITORING
from layouts.monitoring.slide import monitoring_drawn
from layouts.monitoring.tables import monitoring_side, operating_table
from layouts.monitoring.words import cautions, method, sentence
from layouts.shared.look import SLIDE, Look
from layouts.shared.section_links import sections
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


def show(context: MonitoringContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": monitoring_figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "sections": sections(context.study, context.view),
        "side": monitoring_side(context, look.theme),
        "below": operating_table(context),
    }


def words(context: MonitoringContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: MonitoringContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = monitoring_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    said = words(context).pictured
    return page_picture(figure, context.study, context.view, MONITORING, said, kind)


SERVED = Served(
    MONITORING,
    ask,
    show,
    words,
    files={
        "monitoring.csv": File(
            monitoring_rows,
            units=dict.fromkeys(("rate", "probability", "predictive", "share", "stop"), SHARE),
        )
    },
    picture=picture,
    finding=monitoring_finding,
    drawn=monitoring_drawn,
)
