"""All endpoints side by side, served: table with curves, words, file and picture."""

from __future__ import annotations

from callbacks.endpoints.ask import ask
from callbacks.endpoints.rows import UNITS, endpoint_rows
from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from layouts.endpoints.context import EndpointsContext
from layouts.endpoints.finding import endpoints_finding
from layouts.endpoints.page import ENDPOINTS, choice
from layouts.endpoints.slide import endpoints_drawn
from layouts.endpoints.table import endpoints_table
from layouts.endpoints.words import cautions, method, sentence
from layouts.frame.page import Words
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from layouts.shared.words import shown_provenance


def show(context: EndpointsContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {"choice": choice(context), "table": endpoints_table(context, look.theme)}


def words(context: EndpointsContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    ENDPOINTS,
    ask,
    show,
    words,
    files={"endpoints.csv": File(endpoint_rows, units=UNITS)},
    picture=picture_of_table(ENDPOINTS, lambda context: endpoints_table(context, LIGHT), words),
    pictured=("table",),
    finding=endpoints_finding,
    drawn=endpoints_drawn,
    counted=ask,
)
