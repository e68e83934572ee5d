"""Cells that stand for no value."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.checking.distinct import column_of, texts_of
from data.coding import without
from data.reading.raw import quoted


def without_codes(
    table: pd.DataFrame, codes: tuple[str, ...], kept: Mapping[str, frozenset[str]]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The table with codes for missing as empty cells, and how many cells each code had.

    Parameters
    ----------
    kept : mapping of column to texts
        Cells that are values of that column, whatever the codes say.
    """
    if not codes:
        return table, {}
    counts = dict.fromkeys(codes, 0)
    columns = {}
    for position, name in enumerate(table.columns):
        cells = table.iloc[:, position]
        texts, places = texts_of(cells)
        read = without(texts, codes)
        gone = {cell for cell, text in read.items() if cell != text} - kept.get(name, set())
        if gone:
            of_text = np.bincount(places, minlength=len(texts)).tolist()
            for text, count in zip(texts, of_text, strict=True):
                if text in gone:
                    counts[text] = counts.get(text, 0) + count
            cells = column_of(["" if text in gone else text for text in texts], places, cells)
        columns[position] = cells
    cleaned = pd.DataFrame(columns, index=table.index, copy=False)
    cleaned.columns = table.columns
    return cleaned, {code: count for code, count in counts.items() if count}


def found_codes(counts: Mapping[str, int]) -> list[str]:
    """A clause about the codes that were found by themselves."""
    if not counts:
        return []
    cells = sum(counts.values())
    stand = "stands" if len(counts) == 1 else "stand"
    return [f"{quoted(counts)} {stand} for missing in {cells} cell{'s' if cells > 1 else ''}"]
