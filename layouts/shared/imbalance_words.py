"""Differences between arms set against what chance alone gives at this size."""

from __future__ import annotations

from analysis.balance_chance import ChanceImbalance


def by_chance(chance: ChanceImbalance | None) -> str:
    """How many there would be without any difference between the arms; empty without arms."""
    if chance is None:
        return ""
    return (
        f" (chance alone would give {chance.expected:.1f}, {chance.lower:.0f} to "
        f"{chance.upper:.0f} in 95 % of random allocations)"
    )


def chance_method(chance: ChanceImbalance | None) -> str:
    """How that was found, as a further sentence of the method; empty without arms."""
    if chance is None:
        return ""
    what = "draws of the limit of" if chance.limit else ""
    drawn = f"{chance.draws:,} {what} random permutations".replace("  ", " ")
    return f" Chance: {drawn} of the arms of these patients."
