"""Rules of those sections of Compare arms that have files of their own, by the kind of result."""

from __future__ import annotations

from callbacks.disclosure.weighted import released_sizes, released_weighted
from layouts.arms.more_results import AllSizes, WeightedResult

RULES = {AllSizes: released_sizes, WeightedResult: released_weighted}
