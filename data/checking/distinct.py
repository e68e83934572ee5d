"""What is done with every cell of a column, done once for each text that occurs in it.

A large table holds each column as its distinct texts and their places (a pandas categorical): a
million patients have two arms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd


def texts_of(cells: pd.Series) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column, and the place of each cell among them.

    A large table may name texts that do not occur.
    """
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.cat.categories.tolist(), cells.cat.codes.to_numpy()
    places, texts = pd.factorize(cells.to_numpy(dtype=object))
    return texts.tolist(), places


def held_texts(cells: pd.Series) -> list[str]:
    """The distinct texts that occur in a column, in no order."""
    texts, places = texts_of(cells)
    counts = np.bincount(places, minlength=len(texts))
    return [text for text, count in zip(texts, counts.tolist(), strict=True) if count]


def each(cells: pd.Series, of: Callable[[str], object], dtype) -> np.ndarray:
    """A number or an answer for every cell: (N,) array of ``dtype``."""
    texts, places = texts_of(cells)
    found = np.zeros(len(texts), dtype=dtype)
    for place in np.unique(places).tolist():
        found[place] = of(texts[place])
    return found[places]


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    """Every row of a table of texts by the names of its columns."""
    names = list(table.columns)
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]


def replaced(cells: pd.Series, texts: Mapping[str, str]) -> pd.Series:
    """The column with some texts for others."""
    held, places = texts_of(cells)
    return column_of([texts.get(text, text) for text in held], places, cells)


def column_of(texts: list[str], places: np.ndarray, like: pd.Series) -> pd.Series:
    """A column of texts by their places, held as another column is."""
    if isinstance(like.dtype, pd.CategoricalDtype):
        made = categorical(texts, places)
    else:
        made = np.array(texts, dtype=object)[places] if texts else like.to_numpy()
    return pd.Series(made, index=like.index, name=like.name)


def categorical(texts: list[str], places: np.ndarray) -> pd.Categorical:
    """Texts by their places; those that stand twice become one."""
    once, which = {}, np.empty(len(texts), dtype=np.intp)
    for place, text in enumerate(texts):
        which[place] = once.setdefault(text, len(once))
    if len(once) < len(texts):
        places = which[places]
    return pd.Categorical.from_codes(places, categories=pd.Index(list(once), dtype=object))
