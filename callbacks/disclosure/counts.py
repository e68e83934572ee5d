"""Shares, tables of counts, and what describes a number of the patients, as they leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.balance import Balance
from analysis.baseline import LevelSummary, NumberSummary
from analysis.proportions import Proportion
from analysis.response import Comparison, FactorResponse, LevelResponse
from analysis.response_depth import Spread
from callbacks.disclosure.about import About
from data.disclosure import few, hidden_cells, hidden_table
from layouts.shared.few import Few


def written(counts, hidden, least: int) -> np.ndarray:
    """Counts with the hidden ones replaced; an array of objects of the same shape."""
    counts, made = np.asarray(counts), np.empty(np.shape(counts), object)
    for place in np.ndindex(counts.shape):
        made[place] = Few(least) if hidden[place] else int(counts[place])
    return made


def told(share: Proportion, about: About) -> bool:
    """Whether a share says nothing of few: neither of those with it nor of those without."""
    return not (
        few(share.n, about.least)
        or few(share.events, about.cell)
        or few(share.n - share.events, about.cell)
    )


def released_share(share: Proportion, about: About, hidden: bool = False) -> Proportion:
    """A share, or one of which nothing is said."""
    if isinstance(share.events, Few) or not (hidden or not told(share, about)):
        return share
    n = Few(about.least) if few(share.n, about.least) else share.n
    return replace(share, events=Few(about.cell), n=n, value=np.nan, lower=np.nan, upper=np.nan)


def released_shares(shares, about: About, whole: bool) -> tuple[Proportion, ...]:
    """Shares of groups that make up one whole, which stands first where ``whole`` says so.

    Where one of them is hidden, the smallest other one is: the sum is known.
    """
    groups = shares[1:] if whole else shares
    hidden = np.array([isinstance(one.events, Few) or not told(one, about) for one in groups], bool)
    if hidden.any():
        # One that is hidden already counts as nobody.
        known = [0 if isinstance(one.events, Few) else one.events for one in groups]
        hidden |= hidden_cells(known, about.cell)
        if hidden.sum() == 1 and len(groups) > 1:
            rest = [i for i in range(len(groups)) if not hidden[i]]
            hidden[min(rest, key=lambda i: groups[i].events)] = True
    made = [released_share(one, about, bool(h)) for one, h in zip(groups, hidden, strict=True)]
    first = [released_share(shares[0], about)] if whole else []
    if whole and first and isinstance(first[0].events, Few):
        made = [released_share(one, about, True) for one in groups]
    return (*first, *made)


def released_comparison(found: Comparison, about: About) -> Comparison:
    """Shares of two arms; with one of them hidden nothing is said of their difference."""
    rates = released_shares(found.rates, about, whole=False)
    if not any(isinstance(one.events, Few) for one in rates):
        return replace(found, rates=rates)
    # An exact p of a table of which the margins are known is as good as the table.
    return Comparison(
        rates,
        *(one and without_value(one) for one in (found.difference, found.ratio)),
        *(one and without_p(one) for one in (found.fisher, found.chi_square)),
    )


def without_value(one):
    """An estimate of which nothing is said."""
    return replace(one, value=np.nan, lower=np.nan, upper=np.nan)


def without_p(one):
    """A test of which nothing is said."""
    known = {"statistic": np.nan} if hasattr(one, "statistic") else {}
    return replace(one, p_value=np.nan, **known)


def released_factor(found: FactorResponse, name: str, about: About) -> FactorResponse:
    """Response by the levels of a variable."""
    hidden = about.hidden(name)
    rates = [one.rate for one in found.levels]
    marked = np.array([place in hidden or not told(one, about) for place, one in enumerate(rates)])
    for of in ([one.events for one in rates], [one.n - one.events for one in rates]):
        marked |= hidden_cells(of, about.cell)
    if marked.sum() == 1 and len(rates) > 1:
        rest = [i for i in range(len(rates)) if not marked[i] and rates[i].n]
        marked[rest and min(rest, key=lambda i: rates[i].n)] = True
    levels = []
    for place, level in enumerate(found.levels):
        gone = bool(marked[place] and level.rate.n)
        arms = released_shares(level.rates, about, whole=False)
        arm_gone = gone or any(isinstance(one.events, Few) for one in arms)
        levels.append(
            LevelResponse(
                released_share(level.rate, about, gone),
                None if gone or marked[0] else level.against_first,
                tuple(released_share(one, about, arm_gone) for one in level.rates),
                None if arm_gone else level.arms,
            )
        )
    return replace(found, levels=tuple(levels))


def released_levels(found: LevelSummary, about: About, known=None) -> LevelSummary:
    """Counts of a variable's levels: of all patients, then of each arm.

    Parameters
    ----------
    known : (A, L + 1) array of bool, optional
        Which are hidden, where that is decided already.
    """
    cells = np.column_stack([found.counts, found.missing]).astype(int)
    hidden = np.zeros(cells.shape, bool) if known is None else known
    if known is None:
        hidden[0] = hidden_cells(cells[0], about.cell)
        if len(cells) > 1:
            hidden[1:] = hidden_table(cells[1:], about.cell, hidden[0] & (cells[1:] > 0))
    made = written(cells, hidden, about.cell)
    # Of two levels the difference is as good as the counts.
    smd = np.nan if hidden[1:].any() else found.smd
    return replace(found, counts=made[:, :-1], missing=made[:, -1], smd=smd)


def released_number(found: NumberSummary, about: About) -> NumberSummary:
    """Quartiles and mean of a number; nobody's smallest or largest value, and no histogram."""
    cells = np.column_stack([found.n, found.missing]).astype(int)
    hidden = np.array([hidden_cells(line, about.cell) for line in cells])
    hidden |= hidden[0] & (cells > 0)
    if len(cells) > 1 and (hidden[1:].any()):
        hidden[1:] |= hidden_table(cells[1:], about.cell, hidden[1:])
    made = written(cells, hidden, about.cell)
    small = np.array([few(int(n), about.least) for n in found.n])

    def unless(values) -> np.ndarray:
        return np.where(small, np.nan, values)

    unknown = np.full(len(found.n), np.nan)
    names = ("median", "lower_quartile", "upper_quartile", "mean", "sd")
    return replace(
        found,
        n=made[:, 0],
        missing=made[:, 1],
        smallest=unknown,
        largest=unknown,
        histogram=np.zeros_like(found.histogram),
        edges=np.full(found.edges.shape, np.nan),
        **{name: unless(getattr(found, name)) for name in names},
    )


def released_spread(found: Spread, about: About) -> Spread:
    """Quartiles and mean, without the ends."""
    if few(found.n, about.least):
        return Spread(Few(about.least), *(np.nan,) * 6)
    return replace(found, smallest=np.nan, largest=np.nan)


# What a balance says of a number.
OF_NUMBER = ("mean", "sd", "quartiles")


def released_balance(found: Balance, about: About) -> Balance:
    """One variable in two arms."""
    of_number = not len(found.counts)
    rest = [found.n] if of_number else list(found.counts)
    cells = np.vstack([*rest, found.missing]).astype(int)
    hidden = hidden_table(cells, about.cell)
    made = written(cells, hidden, about.cell)
    if hidden.any() and not of_number:
        # Of two levels the difference is as good as the counts.
        found = replace(found, smd=np.nan, reason="")
    n = [
        Few(about.cell) if isinstance(missing, Few) else int(known)
        for known, missing in zip(found.n, made[-1], strict=True)
    ]
    known = np.empty(len(n), object)
    known[:] = n
    counts = found.counts if of_number else made[:-1]
    if of_number and any(few(int(one), about.least) for one in found.n):
        known[:] = [Few(about.least) if few(int(one), about.least) else one for one in found.n]
        nothing = {name: np.full_like(getattr(found, name), np.nan) for name in OF_NUMBER}
        found = replace(found, smd=np.nan, reason="", **nothing)
    return replace(found, counts=counts, missing=made[-1], n=known)
