"""The Dosimetry page, served: figure, numbers, calculators, words and picture of each view."""

from __future__ import annotations

from callbacks.dosimetry.ask import ask
from callbacks.dosimetry.rows import (
    activity_rows,
    dose_rows,
    survival_rows,
    threshold_rows,
    toxicity_rows,
)
from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.workbook import MONTHS, SHARE
from data.address import View
from data.study import Study
from layouts.charts.frame import Frame
from layouts.charts.picture import BODY, TEXT, page_picture
from layouts.dosimetry.activity import activity_place, activity_result, activity_sheet
from layouts.dosimetry.activity_inputs import BY_METHOD
from layouts.dosimetry.context import DosimetryContext
from layouts.dosimetry.figure import dosimetry_figure
from layouts.dosimetry.finding import dosimetry_finding
from layouts.dosimetry.method import looked_at, method, provenance
from layouts.dosimetry.options import (
    ACTIVITY,
    AGREEMENT,
    RESPONSE,
    SURVIVAL,
    TOXICITY,
    as_shown,
    read_options,
    views_of,
)
from layouts.dosimetry.page import DOSIMETRY, FIGURE_HEIGHT, fitted_controls, threshold_words
from layouts.dosimetry.side import dosimetry_side
from layouts.dosimetry.slide import dosimetry_drawn
from layouts.dosimetry.words import cautions, sentence
from layouts.frame.page import Words
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import LIGHT

RATES = {"sensitivity": SHARE, "specificity": SHARE}
FRAMES = {
    "narrow": Frame(height=560, text=11.5, narrow=True, room=340),
    "standard": Frame(height=FIGURE_HEIGHT),
    "tall": Frame(height=560, text=14),
}
PRESENTED = {
    "narrow": Frame(height=560, text=11.5, narrow=True, room=340),
    "standard": Frame(height=480, text=16),
    "tall": Frame(height=680, text=19),
    SLIDE: Frame(height=306, text=13, room=480, least=120),
}


def show(context: DosimetryContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    options = context.options
    # Doses, above or below: never the arms.
    theme = look.theme.for_split(by_arm=False)
    calculated = options.view == ACTIVITY
    return {
        "figure": dosimetry_figure(context, theme, look.choose(FRAMES, PRESENTED)),
        "dosimetry-side": dosimetry_side(context, theme),
        **{
            activity_place(one): activity_result(one, options.entries) if calculated else ""
            for one in BY_METHOD
        },
        "view": f"dosimetry view-{options.view}",
        "looked-at": looked_at(context),
        "fitted": fitted_controls(context.study, context.view, options),
        "threshold": threshold_words(options),
    }


def words(context: DosimetryContext) -> Words:
    """What the page says with its numbers."""
    said = tuple(cautions(context))
    return Words(sentence(context), said, method(context), provenance(context))


def picture(context: DosimetryContext, kind: str) -> dict:
    """The figure, or the calculators where there is none, as it leaves the product."""
    if context.options.view == ACTIVITY:
        return _activity_picture(context, kind)
    theme = LIGHT.for_split(by_arm=False)
    figure = dosimetry_figure(context, theme, Frame(height=BODY, text=TEXT))
    return page_picture(
        figure, context.study, context.view, DOSIMETRY, words(context).pictured, kind
    )


_activity_picture = picture_of_table(
    DOSIMETRY, lambda context: activity_sheet(context.options.entries), words
)


def of_view(name: str):
    """A file is of its own view, whichever one the link shows."""

    def read(study: Study, view: View):
        # A study without this data has a file without rows.
        shown = name if name in views_of(study) else ACTIVITY
        asked = view.with_options(view=shown)
        if view.option("view", shown) != shown:
            # A threshold belongs to the view that the page shows, and to its doses.
            asked = asked.with_options(threshold=None)
        options, notes = read_options(study, asked)
        faults = []
        if name == ACTIVITY:
            faults = [f"{entry.fault}." for entry in options.entries.values() if entry.fault]
        return asked, options, [*notes, *faults]

    return read


SERVED = Served(
    DOSIMETRY,
    ask,
    show,
    words,
    files={
        "dosimetry.csv": File(dose_rows, of_view(AGREEMENT)),
        "dose-response.csv": File(threshold_rows, of_view(RESPONSE), RATES),
        "dose-survival.csv": File(survival_rows, of_view(SURVIVAL), {"median": MONTHS}),
        "dose-toxicity.csv": File(toxicity_rows, of_view(TOXICITY)),
        "activity.csv": File(activity_rows, of_view(ACTIVITY)),
    },
    picture=picture,
    pictured=("figure", *map(activity_place, BY_METHOD)),
    linked=as_shown,
    finding=dosimetry_finding,
    drawn=dosimetry_drawn,
)
