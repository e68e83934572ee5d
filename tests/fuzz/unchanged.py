"""Files that a test does not spoil, read once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from data.reading.table import read_table


@contextmanager
def unchanged_once() -> Iterator[set[bytes]]:
    """A set for contents of which the tables are read once, however often a study is read.

    Reading a table depends on nothing but its bytes and how they are read. In the end each table
    must still be what reading it gives: nobody who got it may have changed it.
    """
    kept, contents = {}, set()

    def once(path, reading, limits):
        content = path.read_bytes() if contents and path.is_file() else None
        if content not in contents:
            return read_table(path, reading, limits)
        key = (path.name, content, repr(reading))
        if key not in kept:
            kept[key] = (path, reading, limits, read_table(path, reading, limits))
        return kept[key][-1]

    with patch("data.sources.folder.read_table", once):
        yield contents
    assert kept
    for *asked, table in kept.values():
        anew = read_table(*asked)
        assert table.cells.equals(anew.cells), anew
        assert (table.what, table.found, table.missing) == (anew.what, anew.found, anew.missing)
