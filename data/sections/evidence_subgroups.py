"""The cells of a published table of subgroups: one row for each level, one cell for each number."""

from __future__ import annotations

import pandas as pd

from data.checking.distinct import records
from data.sections.evidence import Condition, PublishedCell
from data.sections.published import PublishedSubgroups

# Column of a table of subgroups: words of the statistic, quantity, months, place in ``printed_…``.
_SUBGROUP_COLUMNS: dict[str, tuple[str, str, str, str, int]] = {
    "median": ("median", "survival median", "", "printed_median", 0),
    "median_lo": ("median, lower 95 %", "survival median lower", "", "printed_median", 1),
    "median_hi": ("median, upper 95 %", "survival median upper", "", "printed_median", 2),
    "y1": ("1 year", "survival", "12", "printed_y1", 0),
    "y1_lo": ("1 year, lower 95 %", "survival lower", "12", "printed_y1", 1),
    "y1_hi": ("1 year, upper 95 %", "survival upper", "12", "printed_y1", 2),
    "y2": ("2 years", "survival", "24", "printed_y2", 0),
    "y2_lo": ("2 years, lower 95 %", "survival lower", "24", "printed_y2", 1),
    "y2_hi": ("2 years, upper 95 %", "survival upper", "24", "printed_y2", 2),
}


def subgroup_cells(
    table: pd.DataFrame, endpoint: str, title: str, published: PublishedSubgroups
) -> list[PublishedCell]:
    """The cells of a table of subgroups, whose rows were found to be levels of the study.

    The optional columns ``note`` and ``p_note`` say why a row's medians and rates, and why its
    p-value, may differ.
    """
    digits = {
        name: max((len(text.partition(".")[2]) for text in table[name]), default=0)
        for name in [*_SUBGROUP_COLUMNS, "p"]
    }
    cells = []
    for (variable, level), row in zip(published.rows, records(table), strict=True):
        where: Condition = ((variable, (level,)),) if variable else ()
        place = (title, row["variable"], row["level"] if variable else "", "")
        cells.append(
            PublishedCell(*place, "n", row["n"], "rounded", "patients", endpoint, where=where)
        )
        cells.append(
            PublishedCell(
                *place, "events", row["events"], "rounded", "events", endpoint, where=where
            )
        )
        for name, (statistic, quantity, months, codes, part) in _SUBGROUP_COLUMNS.items():
            printed = _as_printed(row[name], digits[name], row.get(codes, ""), part)
            cells.append(
                PublishedCell(
                    *place,
                    statistic,
                    printed,
                    "rounded",
                    quantity,
                    endpoint,
                    months,
                    where=where,
                    note=row.get("note", ""),
                )
            )
        if row["p"]:
            of_all = (title, row["variable"], "all levels", "")
            printed = _as_printed(row["p"], digits["p"], "", 0)
            cells.append(
                PublishedCell(
                    *of_all,
                    "log-rank p",
                    printed,
                    "rounded",
                    "log-rank p",
                    endpoint,
                    variable,
                    note=row.get("p_note", ""),
                )
            )
    return cells


def _as_printed(text: str, digits: int, codes: str, part: int) -> str:
    """The cell with its trailing zeros; ``NA`` where the table prints that."""
    if not text:
        printed = codes.split(";")
        return "NA" if part < len(printed) and printed[part] == "na" else ""
    if not text[0].isdigit():
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(digits, '0')}" if digits else whole
