"""The sentence, the cautions and the footnote of the Evidence page."""

from __future__ import annotations

import math

from analysis.verdict import (
    NOT_REACHED,
    ROUNDED_OR_TRUNCATED,
    TWO_SIGNIFICANT_DIGITS,
    WITHIN,
    read_printed,
)
from data.sections.evidence import COUNT, MEDIAN
from data.study import Study
from layouts.evidence.context import FAILED, NOTHING, EvidenceContext, EvidenceRow, TableSummary
from layouts.evidence.counts import cells_sentence
from layouts.evidence.options import CELLS, DISAGREEMENTS, MADE, views_of
from layouts.shared import words
from layouts.shared.words import minus

METHOD = (
    "Every printed cell is computed anew from the shipped patients by the functions that draw the "
    "other pages, for the patients that the publication describes; filters change nothing here. "
    "Exact at printed precision: the number, rounded to the printed digits, is the printed one "
    "(a last digit of exactly 5 may be rounded up or to the even digit)"
)
TOLERANCE_WORDS = {
    "count": "counts within {0:g}",
    "percent": "percentages within {0:g} points",
    "number": "means, medians and ranges within {0:g}",
    "median": "median survival within {0:g} months",
    "survival": "survival rates within {0:g}",
    "hazard ratio": "hazard ratios within {0:g}",
    "p": "p-values within {0:g}",
}
UNITS = {"percent": "\u00a0points", "median": "\u00a0months"}


def sentence(context: EvidenceContext) -> str:
    """One sentence about the part of the page that is on the screen."""
    study = context.study
    if not views_of(study):
        return "These are patient data; there is nothing to hold them against."
    if context.options.view == MADE:
        return _made_sentence(context)
    if context.options.view == DISAGREEMENTS:
        n = len(study.evidence.discrepancies)
        where = "one place" if n == 1 else f"{n} places"
        return (
            f"In {where} the publication disagrees with itself, with its method or with "
            "arithmetic, or seems to; beside each stands what the recomputation says."
        )
    return cells_sentence(context)


def _made_sentence(context: EvidenceContext) -> str:
    study = context.study
    if study.evidence is None:
        return (
            f"study.toml names no published cells of {study.title}, so that there is nothing to "
            "hold its numbers against; below stands how each variable was made."
        )
    printed = sum(1 for variable in study.variables if variable.id in context.places)
    return (
        f"The publication prints something about {printed} of {len(study.variables)} variables, "
        "never a single patient; every row of the data was made."
    )


def cautions(context: EvidenceContext) -> list[str]:
    """What the reader must know before reading the table."""
    said = [f"The data contradict themselves. {note}" for note in context.study.notes]
    if not views_of(context.study):
        return said
    filters = context.view.cohort.filters
    if filters:
        named = words.listed([one.sentence(context.study) for one in filters])
        said.append(f"The filters of this link ({named}) do not apply on this page.")
    evidence = context.study.evidence
    if context.options.view == CELLS and evidence and any(row.general for row in context.rows):
        said.append(f"Note 1: {evidence.differs}")
    return said


_P_WORDS = ", at most half of print, and on the same side of 0.05"


def method(context: EvidenceContext) -> str:
    """Method and tolerances."""
    study = context.study
    if study.evidence is None or context.options.view != CELLS:
        return f"{study.title}. {study.citation}"
    printings = {row.cell.printing for row in context.rows}
    said = METHOD
    if ROUNDED_OR_TRUNCATED in printings:
        said += "; where this publication cuts digits off, a cut number counts too"
    if TWO_SIGNIFICANT_DIGITS in printings:
        said += "; where it prints two significant digits, 1 may stand for 1.04"
    return f"{said}. {_tolerances(context)} {study.title}."


def _tolerances(context: EvidenceContext) -> str:
    tolerances = context.study.evidence.tolerances
    if not tolerances:
        return "There is no tolerance: any other number differs."
    parts = []
    for kind, (absolute, share) in tolerances.items():
        said = TOLERANCE_WORDS[kind].format(absolute)
        said += f" or {100 * share:g} % of print" if share else ""
        parts.append(said + (_P_WORDS if kind == "p" else ""))
    return f"Within tolerance: {words.listed(parts)}."


def why_words(context: EvidenceContext, row: EvidenceRow) -> str:
    """The tolerance that a near cell was held to, and its note or where the general one stands."""
    parts = []
    if row.verdict == WITHIN:
        absolute, share = context.study.evidence.tolerances[row.cell.kind]
        allowed = f"{absolute:g}{UNITS.get(row.cell.kind, '')}"
        allowed += f" or {100 * share:g}\u00a0% of print" if share else ""
        parts.append(f"within {allowed}")
    if row.general:
        parts.append("note\u00a01 above")
    elif row.why:
        parts.append(row.why)
    return "; ".join(parts)


def table_words(study: Study, one: TableSummary) -> str:
    """``Table 4 · PFS`` where the whole table is about one endpoint."""
    endpoint = study.endpoint(one.endpoint) if one.endpoint else None
    return f"{one.table} · {endpoint.label}" if endpoint else one.table


def statistic_words(context: EvidenceContext, row: EvidenceRow) -> str:
    """The statistic with its endpoint, where the row does not name it already."""
    label, cell = context.endpoint_label(row.cell), row.cell
    named = f"{cell.variable} {cell.level} {cell.group} {cell.statistic}"
    return cell.statistic if not label or label in named.split() else f"{label} {cell.statistic}"


def printed_words(row: EvidenceRow) -> str:
    """The cell as printed."""
    return row.cell.printed or "not printed"


def recomputed_words(row: EvidenceRow) -> str:
    """The recomputed number with one digit more than print; words where there is none."""
    if row.verdict in (NOTHING, FAILED):
        return "–"
    if not math.isfinite(row.value):
        return words.NOT_REACHED if row.cell.kind == MEDIAN else words.NOT_ESTIMABLE
    if row.cell.kind == COUNT:
        return f"{row.value:.0f}"
    return minus(f"{row.value:.{_decimals(row)}f}")


def _decimals(row: EvidenceRow) -> int:
    if row.cell.printed in ("", NOT_REACHED):
        return 2
    decimals = read_printed(row.cell.printed).decimals
    # A print of "1" with two significant digits may be 1.0 without its zero.
    least = 1 if row.cell.printing == TWO_SIGNIFICANT_DIGITS else 0
    return max(decimals, least) + 1


def whole_study(context: EvidenceContext) -> str:
    """Whom the page is about: everybody, as filters change nothing here."""
    return f"{context.study.title} · the whole study · n\u00a0=\u00a0{context.study.n}"
