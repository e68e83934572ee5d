"""What stands in place of patients' rows where they stay in their database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class NeedsRows(Exception):
    """Something asked for rows of patients that stay in their database."""


class NoRows(Mapping):
    """A mapping in which nothing can be looked up: whoever tries needs rows of patients.

    Computing with patients who are not there would give numbers of nobody without a word.
    """

    def __getitem__(self, name: object):
        raise NeedsRows

    def __iter__(self) -> Iterator:
        raise NeedsRows

    def __len__(self) -> int:
        raise NeedsRows

    def get(self, name: object, default: object = None):
        raise NeedsRows

    def __contains__(self, name: object) -> bool:
        raise NeedsRows


NO_ROWS = NoRows()
