"""Words of the link grammar (see `data.address`), which no variable may be called.

The options of a page are such words too. The pages are floors above, so whoever reads studies says
which words they take.
"""

from __future__ import annotations

# What a link says beside filters and options of a page, and words that are kept for it.
GRAMMAR = frozenset(
    {"study", "set", "endpoint", "by", "none", "page", "theme", "cut", "risk", "sort"}
)
