"""The Prognostic factors page, served: table, counts of tests, words."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.prognostic.ask import ask
from callbacks.prognostic.counted import counted
from callbacks.prognostic.rows import prognostic_rows
from layouts.frame.page import Words
from layouts.prognostic.context import PrognosticContext
from layouts.prognostic.finding import prognostic_finding
from layouts.prognostic.page import PROGNOSTIC
from layouts.prognostic.slide import prognostic_drawn
from layouts.prognostic.table import prognostic_table
from layouts.prognostic.words import cautions, looks, method, sentence
from layouts.shared.look import Look
from layouts.shared.words import shown_provenance


def show(context: PrognosticContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {
        "table": prognostic_table(context),
        "looks": looks(context) if context.with_endpoint else "",
    }


def words(context: PrognosticContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    PROGNOSTIC,
    ask,
    show,
    words,
    files={"prognostic.csv": File(prognostic_rows)},
    picture=picture_of_table(PROGNOSTIC, prognostic_table, words),
    pictured=("table",),
    finding=prognostic_finding,
    drawn=prognostic_drawn,
    counted=counted,
)
