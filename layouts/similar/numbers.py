"""The numbers of the page that no other page has: what each is called."""

from __future__ import annotations

from layouts.shared.numbers import Key


def response(column: int) -> Key:
    """Objective response of all patients (0) or of an arm of the set, from 1 on."""
    return ("response", column)
