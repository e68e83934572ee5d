"""The Compare arms page, served: figure, numbers, tables, words and picture of each section."""

from __future__ import annotations

from dataclasses import replace

from callbacks.arms.ask import ask
from callbacks.arms.counted import counted
from callbacks.arms.event_rows import incidence_rows, response_factor_rows, response_rows
from callbacks.arms.over_time import over_time_rows
from callbacks.arms.power import power_rows
from callbacks.arms.rows import adjusted_rows, balance_rows, estimates
from callbacks.arms.weighted import weighted_rows
from callbacks.files import File
from callbacks.page import Served
from callbacks.workbook import INCIDENCE, SHARE
from data.address import View
from data.study import Study
from layouts.arms.balance import balance_side, balance_table
from layouts.arms.cautions import cautions
from layouts.arms.competing import competing_side
from layouts.arms.context import ArmContext
from layouts.arms.each import each_side
from layouts.arms.effect import effect_side
from layouts.arms.figure import arm_figure
from layouts.arms.finding import arm_finding
from layouts.arms.forest import response_forest
from layouts.arms.method import method
from layouts.arms.options import read_options
from layouts.arms.page import ARMS, FIGURE_HEIGHT, section_class, wider_link
from layouts.arms.power_side import power_side
from layouts.arms.response import response_side
from layouts.arms.slide import arm_drawn
from layouts.arms.time_side import time_side
from layouts.arms.weighted_side import love_table, weighted_side
from layouts.arms.words import sentence
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.frame.page import Words
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT, Theme
from layouts.shared.words import shown_provenance

FRAMES = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=620, text=14),
}
PRESENTED = {
    "narrow": Frame(height=470, text=11.5, narrow=True, room=340),
    "standard": Frame(height=470, text=16),
    "tall": Frame(height=700, text=19),
    SLIDE: Frame(height=330, text=12.5, room=480, least=120),
}


def show(context: ArmContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": arm_figure(context, look.theme, look.choose(FRAMES, PRESENTED)),
        "side": side(context, look.theme),
        "below": below(context),
        "wider": wider_link(context),
        "section": section_class(context.study, context.options),
    }


def side(context: ArmContext, theme: Theme) -> str:
    """The numbers beside the figure, as HTML."""
    if context.result is None:
        return ""
    if context.options.show == "balance":
        return balance_side(context)
    effect = each_side if context.each else effect_side
    sides = {
        "effect": effect,
        "adjusted": weighted_side,
        "time": time_side,
        "competing": competing_side,
        "response": response_side,
        "power": power_side,
    }
    return sides[context.options.show](context, theme)


def below(context: ArmContext) -> str:
    """The table under the figure, as HTML; most sections have none."""
    tables = {"balance": balance_table, "adjusted": love_table, "response": response_forest}
    table = tables.get(context.options.show)
    return table(context) if table and context.result is not None else ""


def words(context: ArmContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


def picture(context: ArmContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = arm_figure(context, LIGHT, Frame(height=BODY, text=TEXT))
    return page_picture(figure, context.study, context.view, ARMS, words(context).pictured, kind)


def of_section(section: str):
    """A file is of its own section, whichever one the link shows."""

    def read(study: Study, view: View):
        options, notes = read_options(study, view)
        return view, replace(options, show=section), notes

    return read


SERVED = Served(
    ARMS,
    ask,
    show,
    words,
    files={
        "arms.csv": File(estimates, of_section("effect")),
        "balance.csv": File(balance_rows, of_section("balance")),
        "adjusted.csv": File(adjusted_rows, of_section("balance")),
        "weighted.csv": File(weighted_rows, of_section("adjusted")),
        "effect-over-time.csv": File(over_time_rows, of_section("time")),
        "competing.csv": File(incidence_rows, of_section("competing"), INCIDENCE),
        "response.csv": File(response_rows, of_section("response"), {"rate": SHARE}),
        "power.csv": File(power_rows, of_section("power")),
        "response-factors.csv": File(response_factor_rows, of_section("response"), {"rate": SHARE}),
    },
    picture=picture,
    finding=arm_finding,
    drawn=arm_drawn,
    counted=counted,
)
