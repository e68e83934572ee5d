"""Words of the link grammar (see `data.address`), which no variable may be called.

The options of a page are such words too. The pages are floors above, so whoever reads studies says
which words they take.
"""

from __future__ import annotations

# What a link says beside filters and options of a page, and words that are kept for it.
GRAMMAR = frozenset({"study", "set", "endpoint", "by", "none", "page", "theme", "risk", "sort"})

# Options of pages: an id that is made up for a column is none of them. A test holds this list
# against the pages.
OPTIONS = frozenset(
    [
        "activity-dose",
        "activity-height",
        "activity-involvement",
        "activity-limit",
        "activity-liver",
        "activity-lungs",
        "activity-mass",
        "activity-ratio",
        "activity-shunt",
        "activity-treated",
        "activity-tumour",
        "activity-weight",
        "adjust",
        "alive",
        "along",
        "ci",
        "colour",
        "compare",
        "compartment",
        "curve",
        "cut",
        "dropped",
        "estimate",
        "group",
        "iceman-cuts",
        "iceman-direction",
        "iceman-number",
        "iceman-prior",
        "landmarks",
        "level",
        "min",
        "mine",
        "model",
        "modifier",
        "month",
        "of",
        "order",
        "p",
        "pick",
        "present",
        "published",
        "scale",
        "search",
        "show",
        "statistic",
        "stop-cut",
        "stop-event",
        "stop-every",
        "stop-history",
        "stop-next",
        "stop-rate",
        "stop-worth",
        "stratify",
        "table",
        "tau",
        "terms",
        "threshold",
        "trim",
        "unit",
        "verdict",
        "view",
        "window",
        "x",
    ]
)
