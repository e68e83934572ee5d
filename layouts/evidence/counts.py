"""The sentence that counts verdicts: of the whole publication, or of the rows asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analysis.verdict import DIFFERS, EXACT, WITHIN
from layouts.evidence.context import FAILED, NOTHING, EvidenceContext, EvidenceRow
from layouts.evidence.options import EVERY, statistics_of, tables_of
from layouts.shared import words

COMPARED = (EXACT, WITHIN, DIFFERS)


def cells_sentence(context: EvidenceContext) -> str:
    """How many of the rows asked for have each verdict; blank cells are no numbers."""
    if not context.rows:
        return "The publication's table of cells is empty."
    rows = context.selected()
    if not rows:
        return "No printed cell fits what is asked for."
    what = _selection(context, rows)
    compared = [row for row in rows if row.verdict in COMPARED]
    said = "; ".join([_compared(compared), *_others(rows)]) + "."
    return f"{what}: {said}" if what else said[0].upper() + said[1:]


def _selection(context: EvidenceContext, rows: list[EvidenceRow]) -> str:
    """What the rows are of: ``PFS by Portal vein thrombosis``, or the choices that were made."""
    options, study = context.options, context.study
    if (options.table, options.statistic, options.search) == (EVERY, EVERY, ""):
        return ""
    labels = {context.endpoint_label(row.cell) for row in rows}
    variables = {row.cell.variable for row in rows}
    subject = ""
    if len(variables) == 1:
        variable, label = next(iter(variables)), next(iter(labels))
        same = len(labels) == 1 and label and label != variable
        subject = f"{label} by {variable}" if same else variable
    table = tables_of(study)[options.table] if options.table != EVERY else ""
    if table and len(labels) == 1 and (label := next(iter(labels))) and not subject:
        table = f"{table} ({label})"
    number = statistics_of(study)[options.statistic] if options.statistic != EVERY else ""
    search = f"“{options.search}”" if options.search and not subject else ""
    return ", ".join(part for part in (table, subject, number, search) if part)


def _compared(rows: list[EvidenceRow]) -> str:
    """``of 402 printed numbers …``, and apart from these the cells that hold no number."""
    numbers = [row for row in rows if row.cell.is_number]
    blank = [row for row in rows if not row.cell.is_number]
    if not rows:
        return "nothing that is printed here can be recomputed"
    said = []
    if numbers:
        one = len(numbers) == 1
        what = "the one printed number" if one else f"{len(numbers):,} printed numbers"
        said.append(f"of {what} that can be recomputed, {_verdicts(numbers)}")
    if blank:
        same = sum(row.verdict == EXACT for row in blank)
        more = "more " if numbers else ""
        what = f"{len(blank):,} {more}cells that are" if len(blank) > 1 else "one cell that is"
        said.append(
            f"of {what} blank or “not reached” in "
            f"print, {same:,} {'is' if same == 1 else 'are'} so here too"
        )
    return "; ".join(said)


def _verdicts(rows: Iterable[EvidenceRow]) -> str:
    counts = Counter(row.verdict for row in rows)
    exact = counts[EXACT]
    parts = [f"{exact:,} {'is' if exact == 1 else 'are'} exact at printed precision"]
    if counts[WITHIN]:
        parts.append(f"{counts[WITHIN]:,} within tolerance")
    if counts[DIFFERS]:
        parts.append(f"{counts[DIFFERS]:,} {'differs' if counts[DIFFERS] == 1 else 'differ'}")
    return words.listed(parts)


def _others(rows: list[EvidenceRow]) -> list[str]:
    counts = Counter(row.verdict for row in rows)
    said = []
    if counts[NOTHING]:
        said.append(f"for {counts[NOTHING]:,} more there is nothing to recompute them from")
    if counts[FAILED]:
        said.append(f"{counts[FAILED]:,} could not be recomputed")
    return said
