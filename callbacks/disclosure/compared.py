"""Rules of those sections of Compare arms that have files of their own, by the kind of result."""

from __future__ import annotations

from callbacks.disclosure.over_time import released_over_time
from callbacks.disclosure.power import released_power
from callbacks.disclosure.weighted import released_sizes, released_weighted
from layouts.arms.more_results import AllSizes, OverTimeResult, PowerResult, WeightedResult

RULES = {
    AllSizes: released_sizes,
    OverTimeResult: released_over_time,
    PowerResult: released_power,
    WeightedResult: released_weighted,
}
