"""The Overview page, served: cards, table, flow and words."""

from __future__ import annotations

from callbacks.files import File
from callbacks.overview.ask import ask
from callbacks.overview.counted import ask_counted
from callbacks.overview.rows import baseline_rows, flow_rows
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.workbook import SHARE
from layouts.frame.page import Words
from layouts.overview.context import OverviewContext
from layouts.overview.finding import overview_finding
from layouts.overview.head import overview_head
from layouts.overview.page import OVERVIEW
from layouts.overview.slide import overview_drawn
from layouts.overview.table import overview_flow, overview_table
from layouts.overview.words import cautions, flow_sentence, method, sentence
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance


def show(context: OverviewContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "head": overview_head(context, look.theme),
        "table": overview_table(context, look.theme),
        "flow": overview_flow(context, look.theme),
        "flow-sentence": flow_sentence(context),
    }


def words(context: OverviewContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    OVERVIEW,
    ask,
    show,
    words,
    files={
        "baseline.csv": File(baseline_rows, units={"share": SHARE}),
        "flow.csv": File(flow_rows),
    },
    picture=picture_of_table(
        OVERVIEW, lambda context: overview_table(context, LIGHT), words, "Baseline characteristics"
    ),
    pictured=("table",),
    finding=overview_finding,
    drawn=overview_drawn,
    counted=ask_counted,
)
