"""The made-up page, served."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from callbacks.files import File
from callbacks.memory import Memory
from callbacks.page import Served
from data.address import View
from data.cohort import select
from data.study import Study
from layouts.charts.picture import BODY, page_picture
from layouts.frame.page import Words
from layouts.shared.html import tag
from layouts.shared.look import Look
from layouts.shared.words import shown_provenance
from tests.made_up_page.layouts.page import (
    FOLLOW_UP,
    FollowUpContext,
    FollowUpOptions,
    follow_up_figure,
)


def ask(memory: Memory, study: Study, view: View, options: FollowUpOptions) -> FollowUpContext:
    """Patients by days of follow-up."""
    counts, edges = memory.recall(_counted, study, view.cohort, view.endpoint, options.bins)
    return FollowUpContext(study, view, options, study.endpoint(view.endpoint), counts, edges)


def _counted(memory: Memory, study: Study, cohort, endpoint: str, bins: int):
    outcome = study.outcomes[endpoint]
    time = outcome.time[select(study, cohort) & outcome.known]
    return np.histogram(time, bins, range=(0, int(outcome.time.max())))


def show(context: FollowUpContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "figure": follow_up_figure(context),
        "table": tag("b", context.n),
        "longest": f"{context.edges[-1]:.0f} days",
    }


def words(context: FollowUpContext) -> Words:
    """What the page says with its numbers."""
    cautions = () if context.n else ("Nobody is left.",)
    provenance = shown_provenance(context.study.provenance)
    return Words(f"{context.n} patients were followed.", cautions, "Counted.", provenance)


def rows(context: FollowUpContext) -> Iterable[dict]:
    """One row for each bar."""
    for n, start in zip(context.counts.tolist(), context.edges.tolist(), strict=False):
        yield {"from_day": start, "n": n}


def picture(context: FollowUpContext, kind: str) -> dict:
    """The figure as it leaves the product."""
    figure = follow_up_figure(context, BODY)
    said = words(context).pictured
    return page_picture(figure, context.study, context.view, FOLLOW_UP, said, kind)


def bars(context: FollowUpContext):
    """The bars as a list, for a drawer."""
    return tag("ul", [tag("li", n) for n in context.counts.tolist()])


SERVED = Served(
    FOLLOW_UP,
    ask,
    show,
    words,
    files={"follow-up.csv": File(rows)},
    picture=picture,
    drawers={"bars": ("Every bar", bars)},
)
