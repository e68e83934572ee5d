"""A study as its format says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.reading.raw import RawTable


@dataclass(frozen=True, eq=False)
class Made:
    """A declaration and its tables, made of files of a format.

    Attributes
    ----------
    declaration : dict
        As ``study.toml`` would say it.
    tables : mapping of name to RawTable
        Those that the declaration names.
    files : tuple of str
        All files that were read.
    """

    declaration: dict
    tables: Mapping[str, RawTable]
    files: tuple[str, ...]
