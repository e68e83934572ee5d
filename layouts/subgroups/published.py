"""The paper's cell under each recomputed one, as HTML."""

from __future__ import annotations

import math
from collections.abc import Mapping

from layouts.shared.html import tag
from layouts.shared.words import p_words, percent
from layouts.subgroups.context import SubgroupContext

Cells = Mapping[str, float] | None


def _paper(text: str) -> str:
    return tag("span", text, class_="paper")


def printed_count(cells: Cells, name: str) -> str:
    """A count as printed; empty where the paper's cells are not asked for."""
    if cells is None:
        return ""
    return _paper(f"{cells[name]:.0f}" if math.isfinite(cells[name]) else "–")


def printed_median(cells: Cells) -> str:
    """A median with its interval as printed, in months."""
    if cells is None:
        return ""
    if not math.isfinite(cells["median"]):
        return _paper("–")
    ends = [cells["median_lo"], cells["median_hi"]]
    words = ["NR" if not math.isfinite(end) else f"{end:.2f}" for end in ends]
    return _paper(f"{cells['median']:.2f} ({'–'.join(words)})")


def printed_rate(cells: Cells, name: str) -> str:
    """Survival at one or two years with its interval as printed."""
    if cells is None:
        return ""
    # As printed, even where both limits are the same.
    ends = [cells[f"{name}_lo"], cells[f"{name}_hi"]]
    known = all(map(math.isfinite, ends))
    limits = f" ({'–'.join(f'{100 * end:.0f}' for end in ends)})" if known else ""
    return _paper(percent(cells[name]) + limits)


def printed_p(context: SubgroupContext, position: int) -> str:
    """The log-rank p of a variable as printed; nothing under a p-value of another kind."""
    if not context.shows_paper or context.options.p != "log-rank":
        return ""
    name = context.variables[position].id
    rows = (row.cells["p"] for (variable, _), row in context.paper.rows.items() if variable == name)
    printed = next((p for p in rows if math.isfinite(p)), float("nan"))
    # The table holds the bound of a p-value that is printed as "<0.001".
    return _paper("< 0.001" if printed <= 0.001 else p_words(printed))
