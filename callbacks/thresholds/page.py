"""Thresholds of a number, served: curves, numbers, words and picture."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.thresholds.ask import ask
from callbacks.thresholds.rows import threshold_rows
from callbacks.workbook import MONTHS
from layouts.charts.curve_options import CurveOptions
from layouts.charts.frame import Frame
from layouts.charts.km import km_figure
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.shared.graph import message_figure
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT, Theme
from layouts.shared.words import shown_provenance
from layouts.thresholds.context import ThresholdContext
from layouts.thresholds.finding import threshold_finding
from layouts.thresholds.page import FIGURE_HEIGHT, THRESHOLDS, here, slider, way
from layouts.thresholds.side import threshold_side
from layouts.thresholds.slide import threshold_drawn
from layouts.thresholds.words import cautions, looked_at, method, obstacle, sentence

FRAMES = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=640, text=14),
}
PRESENTED = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=450, text=17),
    "tall": Frame(height=720, text=20),
    SLIDE: Frame(height=280, text=12.5, room=480, least=100),
}


def show(context: ThresholdContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    # Below and at or above, as on the Survival page: never the arms.
    theme = look.theme.for_split(by_arm=False, ordered=2)
    return {
        "figure": draw(context, theme, look.choose(FRAMES, PRESENTED)),
        "side": threshold_side(context, theme),
        "slider": slider(context.options),
        "here": here(context.options),
        "way": way(context),
        "looked-at": looked_at(context),
    }


def draw(context: ThresholdContext, theme: Theme, frame: Frame) -> dict:
    """The curves below and at or above; a sentence in their place where there are none."""
    if blocked := obstacle(context):
        return message_figure(blocked, frame.height, theme.quiet)
    groups = context.result.groups
    name = context.options.variable.label
    return km_figure(
        groups,
        names=tuple(f"{name} {group.label}" for group in groups.groups),
        curve_name=context.endpoint.curve,
        event_name=context.endpoint.event_name,
        origin=context.origin,
        options=CurveOptions(),
        theme=theme,
        frame=frame,
    )


def words(context: ThresholdContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: ThresholdContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = draw(context, LIGHT.for_split(by_arm=False, ordered=2), Frame(height=BODY, text=TEXT))
    return page_picture(
        figure, context.study, context.view, THRESHOLDS, words(context).pictured, kind
    )


SERVED = Served(
    THRESHOLDS,
    ask,
    show,
    words,
    files={"survival-thresholds.csv": File(threshold_rows, units={"median": MONTHS})},
    picture=picture,
    finding=threshold_finding,
    drawn=threshold_drawn,
)
