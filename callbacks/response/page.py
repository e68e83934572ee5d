"""The Response page, served: figure, numbers, table, words and picture of each part."""

from __future__ import annotations

from dataclasses import replace

from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.response.ask import ask
from callbacks.response.rows import (
    by_rows,
    share_rows,
    survival_rows,
    time_rows,
    waterfall_rows,
)
from callbacks.workbook import CURVE, MONTHS, PERCENT
from data.address import View
from data.study import Study
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.response.by import response_by_table
from layouts.response.cautions import cautions, looks, method
from layouts.response.context import ResponseContext, single_patients_words
from layouts.response.course_side import course_side
from layouts.response.figure import response_view_figure
from layouts.response.finding import response_finding
from layouts.response.options import read_options
from layouts.response.page import FIGURE_HEIGHT, RESPONSE
from layouts.response.side import best_side, depth_side
from layouts.response.slide import response_drawn
from layouts.response.words import sentence
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT, Theme
from layouts.shared.words import shown_provenance
from layouts.survival.side import survival_side

PERCENTAGES = {"percent": PERCENT, "lower": PERCENT, "upper": PERCENT}
QUARTILES = ("median", "lower_quartile", "upper_quartile", "shortest", "longest", "mean")
TIMES_TO = dict.fromkeys(QUARTILES, MONTHS)
FRAMES = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=660, text=14),
}
PRESENTED = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=540, text=16),
    "tall": Frame(height=720, text=19),
    SLIDE: Frame(height=330, text=12.5, room=480, least=120),
}


def show(context: ResponseContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    part = context.options.view
    return {
        "figure": response_view_figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "side": side(context, look.theme),
        "below": response_by_table(context) if part == "by" else "",
        "numbers": survival_numbers(context, look.theme),
        "looks": looks(context),
        "part": f"response {part}" + ("" if context.result is not None else " nothing"),
    }


def side(context: ResponseContext, theme: Theme) -> str:
    """The numbers beside the figure, as HTML."""
    sides = {"best": best_side, "depth": depth_side, "course": course_side}
    made = sides.get(context.options.view)
    return made(context, theme) if made and context.result is not None else ""


def survival_numbers(context: ResponseContext, theme: Theme) -> list:
    """The numbers beside the curves of the landmark analysis."""
    if context.options.view != "landmark" or context.result is None:
        return []
    survival = context.result.survival
    return survival_side(survival, theme) if survival.result.n else []


def words(context: ResponseContext) -> Words:
    """What the page says with its numbers."""
    said = tuple(cautions(context))
    return Words(
        sentence(context), said, method(context), shown_provenance(context.study.provenance)
    )


def picture(context: ResponseContext, kind: str) -> dict:
    """The figure, or the table where there is none, as it leaves the product."""
    if context.options.view == "by":
        return _by_picture(context, kind)
    figure = response_view_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    return page_picture(
        figure, context.study, context.view, RESPONSE, words(context).pictured, kind
    )


_by_picture = picture_of_table(RESPONSE, response_by_table, words)


def of_part(part: str):
    """A file is of its own part, whichever one the link shows."""

    def read(study: Study, view: View):
        options, notes = read_options(study, view)
        return view, replace(options, view=part), notes

    return read


def _of_waterfall(study: Study, view: View):
    """One row for each patient, where the study allows it."""
    view, options, notes = of_part("depth")(study, view)
    if not study.single_patients:
        notes = [single_patients_words(study)]
    return view, options, notes


SERVED = Served(
    RESPONSE,
    ask,
    show,
    words,
    files={
        "response-categories.csv": File(share_rows, of_part("best"), PERCENTAGES),
        "response-by.csv": File(by_rows, of_part("by"), PERCENTAGES),
        "waterfall.csv": File(waterfall_rows, _of_waterfall, PERCENTAGES),
        "time-to-response.csv": File(time_rows, of_part("course"), TIMES_TO),
        "response-survival.csv": File(survival_rows, of_part("landmark"), CURVE),
    },
    picture=picture,
    pictured=("figure", "below"),
    finding=response_finding,
    drawn=response_drawn,
)
