"""The sentence, the cautions and the footnote of the Evidence page."""

from __future__ import annotations

import math

from analysis.verdict import (
    DIFFERS,
    EXACT,
    NOT_REACHED,
    ROUNDED_OR_TRUNCATED,
    TWO_SIGNIFICANT_DIGITS,
    WITHIN,
    read_printed,
)
from data.evidence import COUNT, MEDIAN
from layouts import words
from layouts.evidence_context import FAILED, NOTHING, EvidenceContext, EvidenceRow, TableSummary
from layouts.evidence_options import CELLS, DISAGREEMENTS, MADE, views_of

METHOD = (
    "Every printed cell is computed anew from the shipped patients by the functions that draw the "
    "other pages, for the patients that the publication describes; filters change nothing here. "
    "Exact at printed precision: the number, rounded to the printed digits, is the printed one "
    "(half up or half to even)"
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
    return _cells_sentence(context.whole)


def _cells_sentence(whole: TableSummary) -> str:
    counts, n = whole.counts, whole.recomputed
    if not whole.total:
        return "The publication's table of cells is empty."
    parts = [f"{counts[EXACT]:,} are exact at printed precision"]
    if counts[WITHIN]:
        parts.append(f"{counts[WITHIN]:,} within tolerance")
    if counts[DIFFERS]:
        parts.append(f"{counts[DIFFERS]:,} {'differs' if counts[DIFFERS] == 1 else 'differ'}")
    said = f"Of {n:,} printed numbers that can be recomputed, {words.listed(parts)}"
    if counts[NOTHING]:
        said += f"; for {counts[NOTHING]:,} more there is nothing to recompute them from"
    if counts[FAILED]:
        said += f"; {counts[FAILED]:,} could not be recomputed"
    return f"{said}."


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
    if not views_of(context.study):
        return []
    said = []
    filters = context.view.cohort.filters
    if filters:
        named = words.listed([one.sentence(context.study) for one in filters])
        said.append(f"The filters of this link ({named}) do not apply on this page.")
    evidence = context.study.evidence
    if context.options.view == CELLS and evidence and any(row.general for row in context.rows):
        said.append(f"Note 1: {evidence.differs}")
    return said


def footnote(context: EvidenceContext) -> str:
    """Method, tolerances and provenance."""
    study = context.study
    provenance = f"{words.PROVENANCE[study.provenance]}."
    if study.evidence is None or context.options.view != CELLS:
        return f"{study.title}. {study.citation} {provenance}"
    printings = {row.cell.printing for row in context.rows}
    method = METHOD
    if ROUNDED_OR_TRUNCATED in printings:
        method += "; where this publication cuts digits off, a cut number counts too"
    if TWO_SIGNIFICANT_DIGITS in printings:
        method += "; where it prints two significant digits, 1 may stand for 1.04"
    return f"{method}. {_tolerances(context)} {study.title}. {provenance}"


def _tolerances(context: EvidenceContext) -> str:
    tolerances = context.study.evidence.tolerances
    if not tolerances:
        return "There is no tolerance: any other number differs."
    parts = []
    for kind, (absolute, share) in tolerances.items():
        said = TOLERANCE_WORDS[kind].format(absolute)
        said += f" or {100 * share:g} % of print" if share else ""
        parts.append(said + (" and on the same side of 0.05" if kind == "p" else ""))
    return f"Within tolerance: {words.listed(parts)}."


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
    return f"{row.value:.{_decimals(row)}f}".replace("-", "−")


def _decimals(row: EvidenceRow) -> int:
    if row.cell.printed in ("", NOT_REACHED):
        return 2
    decimals = read_printed(row.cell.printed).decimals
    # A print of "1" with two significant digits may be 1.0 without its zero.
    least = 1 if row.cell.printing == TWO_SIGNIFICANT_DIGITS else 0
    return max(decimals, least) + 1
