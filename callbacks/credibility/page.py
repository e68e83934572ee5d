"""Credibility of a subgroup, served: table, words, file and picture."""

from __future__ import annotations

from callbacks.credibility.ask import ask
from callbacks.credibility.rows import credibility_rows
from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from layouts.credibility.context import CredibilityContext
from layouts.credibility.finding import credibility_finding
from layouts.credibility.page import CREDIBILITY
from layouts.credibility.slide import credibility_drawn
from layouts.credibility.table import credibility_table
from layouts.credibility.words import cautions, method, sentence
from layouts.frame.page import Words
from layouts.shared.look import Look
from layouts.shared.words import shown_provenance


def show(context: CredibilityContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {"table": credibility_table(context)}


def words(context: CredibilityContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    CREDIBILITY,
    ask,
    show,
    words,
    files={"credibility.csv": File(credibility_rows)},
    picture=picture_of_table(CREDIBILITY, credibility_table, words),
    pictured=("table",),
    finding=credibility_finding,
    drawn=credibility_drawn,
)
