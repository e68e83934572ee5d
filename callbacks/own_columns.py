"""Columns of a file that a study names, beside those that the file has for every study."""

from __future__ import annotations

from collections.abc import Collection, Iterable

PROVENANCE_COLUMN = "provenance"


def own_columns(labels: Iterable[str], kind: str, fixed: Collection[str]) -> list[str]:
    """A column for each label, none of which takes the place of another.

    Parameters
    ----------
    labels : iterable of str
        The study's words.
    kind : str
        What they are ("arm"); stands before a label that is also the name of a fixed column.
    fixed : collection of str
        Names of the other columns.
    """
    taken, names = {*fixed, PROVENANCE_COLUMN}, []
    for label in labels:
        name = label
        while name in taken:
            name = f"{kind} {name}"
        taken.add(name)
        names.append(name)
    return names
