"""The Subgroups page, served: table, counts of tests, words."""

from __future__ import annotations

from callbacks.files import File
from callbacks.page import Served
from callbacks.pictures import picture_of_table
from callbacks.subgroups.ask import ask
from callbacks.subgroups.counted import counted
from callbacks.subgroups.rows import subgroup_rows
from callbacks.workbook import MONTHS, SHARE
from layouts.frame.page import Words
from layouts.shared.look import Look
from layouts.shared.words import shown_provenance
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.finding import subgroup_finding
from layouts.subgroups.page import SUBGROUPS
from layouts.subgroups.slide import subgroup_drawn
from layouts.subgroups.table import subgroup_table
from layouts.subgroups.words import cautions, looks, method, sentence


def show(context: SubgroupContext, look: Look) -> dict:
    """What stands in the parts of the page."""
    return {"table": subgroup_table(context), "looks": looks(context) if context.n else ""}


def words(context: SubgroupContext) -> Words:
    """What the page says with its numbers."""
    provenance = shown_provenance(context.study.provenance)
    return Words(sentence(context), tuple(cautions(context)), method(context), provenance)


SERVED = Served(
    SUBGROUPS,
    ask,
    show,
    words,
    files={"subgroups.csv": File(subgroup_rows, units={"median": MONTHS, "survival": SHARE})},
    picture=picture_of_table(SUBGROUPS, subgroup_table, words),
    pictured=("table",),
    finding=subgroup_finding,
    drawn=subgroup_drawn,
    counted=counted,
)
