"""What the Evidence page is about: every printed cell with its recomputed number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.verdict import DIFFERS, EXACT, WITHIN
from data.address import View
from data.checking.slug import slug
from data.sections.evidence import KINDS, PublishedCell
from data.sections.evidence_places import PrintedPlace
from data.study import Study
from layouts.evidence.options import EVERY, EvidenceOptions

NOTHING, FAILED = "none", "failed"
# In the order in which a reader wants to see them.
VERDICTS = {
    DIFFERS: "differs",
    FAILED: "could not be recomputed",
    WITHIN: "within tolerance",
    NOTHING: "nothing to recompute it from",
    EXACT: "exact at printed precision",
}
_RANK = {name: rank for rank, name in enumerate(VERDICTS)}


@dataclass(frozen=True)
class EvidenceRow:
    """One printed cell held against the data.

    Attributes
    ----------
    cell : PublishedCell
    value : float
        The recomputed number, in the unit of print; NaN where there is none.
    verdict : str
        Key of ``VERDICTS``.
    why : str
        The note of the cell, or why cells of the study differ.
    general : bool
        ``why`` is said of all cells that differ and not of this one.
    """

    cell: PublishedCell
    value: float
    verdict: str
    why: str = ""
    general: bool = False


@dataclass(frozen=True)
class TableSummary:
    """How many cells of one table have each verdict.

    Attributes
    ----------
    table : str
    counts : mapping of verdict to int
    endpoint : str
        Id of the endpoint that all its cells are about; empty where there is no such one.
    """

    table: str
    counts: Mapping[str, int]
    endpoint: str = ""

    @property
    def id(self) -> str:
        return slug(self.table)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def recomputed(self) -> int:
        """Cells that were compared with print."""
        return sum(self.counts[one] for one in (EXACT, WITHIN, DIFFERS))


@dataclass(frozen=True)
class EvidenceContext:
    """The Evidence page of a study with all that must be said beside it.

    Attributes
    ----------
    rows : tuple of EvidenceRow
        Every printed cell, in the order of print.
    tables : tuple of TableSummary
        In the order of print.
    places : mapping of variable id to tuple of PrintedPlace
        What is printed about each variable.
    """

    study: Study
    view: View
    options: EvidenceOptions
    rows: tuple[EvidenceRow, ...]
    tables: tuple[TableSummary, ...]
    places: Mapping[str, tuple[PrintedPlace, ...]]

    @property
    def whole(self) -> TableSummary:
        """The verdicts of all tables together."""
        counts = {name: sum(one.counts[name] for one in self.tables) for name in VERDICTS}
        return TableSummary("All tables", counts)

    def selected(self) -> list[EvidenceRow]:
        """The rows of the table, statistic and search asked for, whatever their verdict."""
        options = self.options
        words = options.search.casefold().split()
        tables = {one.table for one in self.tables if options.table in (EVERY, one.id)}
        kinds = {kind for kind in ("", *KINDS) if options.statistic in (EVERY, slug(kind))}
        return [
            row
            for row in self.rows
            if row.cell.table in tables and row.cell.kind in kinds and self._has(row.cell, words)
        ]

    def shown(self) -> list[EvidenceRow]:
        """The rows that the page's own filters leave, in the order that was asked for."""
        options = self.options
        rows = [row for row in self.selected() if options.verdict in (EVERY, row.verdict)]
        if options.order == "verdict":
            rows.sort(key=lambda row: _RANK[row.verdict])
        return rows

    def endpoint_label(self, cell: PublishedCell) -> str:
        """Short name of the endpoint that a cell is about; empty where it is about none."""
        endpoint = self.study.endpoint(cell.endpoint) if cell.endpoint else None
        return endpoint.label if endpoint else ""

    def _has(self, cell: PublishedCell, words: list[str]) -> bool:
        if not words:
            return True
        parts = (
            cell.variable,
            cell.level,
            cell.group,
            self.endpoint_label(cell),
            cell.statistic,
            cell.printed,
        )
        text = " ".join(parts).casefold()
        return all(word in text for word in words)
