"""The Survival page, served: curves, numbers, words, drawers and picture."""

from __future__ import annotations

from analysis.weibull import weibull_fit
from analysis.witness import lifelines_witness
from callbacks.files import File
from callbacks.page import Served
from callbacks.survival.ask import ask
from callbacks.survival.counted import counted
from callbacks.survival.rows import curves, log_rank, summary
from callbacks.workbook import CURVE, MONTHS, SHARE
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.frame.page import Words
from layouts.shared.graph import message_figure
from layouts.shared.look import SLIDE, Look
from layouts.shared.words import shown_provenance
from layouts.survival.context import SurvivalContext, empty_sentence
from layouts.survival.cut import cut_ways
from layouts.survival.finding import survival_finding
from layouts.survival.method import method_in_words, method_page
from layouts.survival.page import FIGURE_HEIGHT, SURVIVAL, all_link, csv_address
from layouts.survival.picture import export_figure
from layouts.survival.side import survival_side
from layouts.survival.slide import survival_drawn
from layouts.survival.table import data_table
from layouts.survival.witness import witness_panel
from layouts.survival.words import cautions, method, sentence

# Of the columns of the summary.
TIMES = dict.fromkeys(("median", "follow_up", "restricted_mean", "aalen_johansen_median"), MONTHS)
# By the reader's screen; larger type for a projector, the same drawing otherwise.
FRAMES = {
    "narrow": Frame(height=500, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=700, text=14),
}
PRESENTED = {
    "narrow": Frame(height=500, text=11.5, narrow=True, room=340),
    "standard": Frame(height=450, text=17),
    "tall": Frame(height=760, text=20),
    SLIDE: Frame(height=340, text=12.5, room=480, least=120),
}


def show(context: SurvivalContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": draw(context, look),
        "numbers": survival_side(context, look.theme),
        "all": all_link(context.study, context.view),
        "cut": cut_ways(context.study, context.view),
    }


def words(context: SurvivalContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def draw(context: SurvivalContext, look: Look) -> dict:
    """The figure of a survival view for the reader's screen."""
    frame = look.choose(FRAMES, PRESENTED)
    if not context.result.n:
        return message_figure(empty_sentence(context), frame.height, look.theme.quiet)
    return km_figure(
        context.result,
        names=context.group_names,
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=context.origin,
        options=context.options.drawn,
        theme=context.coloured(look.theme),
        frame=frame,
        fitted=fitted(context),
        others=context.drawn_beside,
    )


def fitted(context: SurvivalContext) -> dict:
    """Weibull curves by group position, if the reader asked for them."""
    if not context.options.shows("weibull"):
        return {}
    found = {}
    for index, group in enumerate(context.result.groups):
        fit = weibull_fit(context.result.table, index)
        if group.n and not fit.reason:
            found[group.position] = (fit.time, fit.survival)
    return found


def picture(context: SurvivalContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    return export_figure(context, fitted(context), kind)


def _table(context: SurvivalContext):
    return data_table(context)


def _method(context: SurvivalContext):
    if context.study.disclosure.protects:
        return method_in_words(context)
    address = csv_address("km.csv", context.study, context.view)
    witness = lifelines_witness(context.result) if context.result.n else None
    return method_page(context, witness_panel(witness), address)


SERVED = Served(
    SURVIVAL,
    ask,
    show,
    words,
    files={
        "km.csv": File(curves, units=CURVE),
        "survival-summary.csv": File(summary, units=TIMES | {"survival": SHARE}),
        "logrank.csv": File(log_rank),
    },
    picture=picture,
    drawers={
        "table": ("Data table", _table),
        "method": ("How was this computed?", _method),
    },
    finding=survival_finding,
    drawn=survival_drawn,
    counted=counted,
)
