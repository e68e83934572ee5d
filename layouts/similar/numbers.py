"""The numbers of the page that no other page has: what each is called, and how it is made."""

from __future__ import annotations

from layouts.overview.context import ShareCard
from layouts.shared.numbers import SHARE, Key, Number


def response(column: int) -> Key:
    """Objective response of all patients (0) or of an arm of the set, from 1 on."""
    return ("response", column)


def numbers_of(card: ShareCard) -> tuple[Number, ...]:
    """The objective response of a nested cohort."""
    shares = (card.whole, *card.arms)
    return tuple(Number(response(i), one.value, unit=SHARE) for i, one in enumerate(shares))
