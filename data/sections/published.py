"""What a publication prints of the subgroups of its patients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedRow:
    """What a publication prints of one level for one endpoint.

    Attributes
    ----------
    cells : mapping of column name to float
        ``n``, ``events``; ``median``, ``y1``, ``y2`` (survival at one and two years), each also
        with ``_lo`` and ``_hi``, in months and shares; ``p`` in the first row of a variable. NaN
        where the publication prints nothing.
    """

    cells: Mapping[str, float]


@dataclass(frozen=True)
class PublishedSubgroups:
    """A published table of subgroups.

    Attributes
    ----------
    title : str
        What the publication calls it, for instance "Table 4".
    order : tuple of str
        Variable ids in the order of print.
    rows : mapping of (variable id, level id) to PublishedRow
        The whole cohort stands under ``("", "")``.
    """

    title: str
    order: tuple[str, ...]
    rows: Mapping[tuple[str, str], PublishedRow]
