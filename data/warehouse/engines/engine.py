"""What is wanted of a database, and what can be wrong with it.

A further engine is a file with its class and a line in `data.warehouse.engines.all`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from data.warehouse.cells import Type


class Wrong(Enum):
    """What keeps a database from answering."""

    DOWN = "does not answer"
    SLOW = "took too long"
    NO_TABLE = "has no such table"
    NO_COLUMN = "has no such column"
    REFUSED = "refused the statement"
    BAD_ADDRESS = "has an address that cannot be used"
    NO_LIBRARY = "cannot be asked without a library"


class EngineError(Exception):
    """A database did not answer.

    Attributes
    ----------
    wrong : Wrong
    about : str
        Name of the table, the column or the library; never a value, an address or a password.
    """

    def __init__(self, wrong: Wrong, about: str = ""):
        super().__init__(wrong.value)
        self.wrong, self.about = wrong, about


class Connection(Protocol):
    """An open connection, which only one thread uses at a time.

    It reads and never writes. Whatever goes wrong is said as an EngineError.
    """

    def types(self, sql: str) -> dict[str, Type]:
        """The columns of a statement and their types, without asking for a row."""

    def ask(self, sql: str, values: Mapping[str, object]) -> dict[str, np.ndarray]:
        """The answer by column: numbers with NaN, or objects with None, for nothing."""

    def changed(self) -> bool:
        """Whether what it reads was replaced since it was opened, so that it is to be opened
        again."""

    def close(self) -> None: ...


@dataclass(frozen=True)
class Engine:
    """One kind of database.

    Attributes
    ----------
    name : str
        For readers.
    schemes : tuple of str
        Beginnings of an address, up to the colon.
    dialect : str
        What sqlglot calls its SQL.
    connect : function of (address, seconds)
        Gives a Connection whose statements are given up after so many seconds.
    one_by_one : bool
        Whether it counts by one grouping after the other faster than by all of them at once.
    state : function of address
        What changes with the data, for engines that know it at no cost; None for the others.
    """

    name: str
    schemes: tuple[str, ...]
    dialect: str
    connect: Callable[[str, int], Connection]
    one_by_one: bool = False
    state: Callable[[str], object | None] = lambda address: None


def columns_of(names: list[str], rows: list[tuple]) -> dict[str, np.ndarray]:
    """Rows as columns of objects."""
    made = {}
    for place, one in enumerate(names):
        cells = np.empty(len(rows), object)
        cells[:] = [row[place] for row in rows]
        made[one] = cells
    return made
