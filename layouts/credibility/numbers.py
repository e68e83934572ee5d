"""The numbers of one interaction, called as on the page of all subgroups."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.cox.many import ManyInteractions
from layouts.shared.numbers import Number
from layouts.subgroups.numbers import hazard_ratio, of_interaction, within


def numbers_of(place: int, found: ManyInteractions) -> Iterator[Number]:
    """The test and the effect in every level, in each data set.

    Parameters
    ----------
    place : int
        Of the variable among those of the Subgroups page.
    """
    for p in found.p_value:
        yield of_interaction(place, p)
    for level, ratios in enumerate(found.hazard_ratio.T):
        for ratio in ratios:
            yield Number(hazard_ratio(within(place, level)), ratio)
