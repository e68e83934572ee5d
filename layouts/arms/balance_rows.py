"""Rows of the table of balance: one baseline variable in every arm, as HTML."""

from __future__ import annotations

import math

from analysis.balance import RELEVANT
from layouts.arms.context import ArmContext
from layouts.arms.numbers import (
    baseline_median,
    level_count,
    smd_size,
)
from layouts.shared.few import whole
from layouts.shared.html import joined, tag
from layouts.shared.numbers import Key
from layouts.shared.words import smd_words


def smd_head(context: ArmContext) -> str:
    """The head of the column of differences."""
    words = "Standardised mean difference"
    if context.each:
        return tag("abbr", "Largest SMD", title=f"{words}, the largest between two arms")
    return tag("abbr", "SMD", title=words)


def between(context: ArmContext, balance) -> str:
    """The two of several arms that differ most; empty where they are the compared ones."""
    if not context.each or not abs(balance.smd) > 0:
        return ""
    return " and ".join(context.study.arms[place].label for place in balance.pair)


def _smd(balance) -> str:
    """Two digits; a dash where it cannot be computed."""
    return smd_words(abs(balance.smd)) if not math.isnan(balance.smd) else "–"


def variable_rows(context: ArmContext, variable, labels, balance) -> str:
    """A variable with its levels in every arm, and its standardised mean difference."""
    large, arms = " found" if abs(balance.smd) > RELEVANT else "", range(len(balance.n))
    shown, two = _smd(balance), "{:.2f}".format
    beside = context.across.html(smd_size(variable.id), shown, two)
    farthest = between(context, balance)
    beside += tag("span", farthest, class_="detail between") if farthest else ""
    smd = tag(
        "td", shown, beside, class_=f"p{large}", data_statistic="smd", title=balance.reason or None
    )
    unit = f", {variable.unit}" if variable.unit else ""
    name = tag(
        "th", f"{variable.label}{unit}", scope="row", class_="name", title=variable.meaning or None
    )
    if variable.is_number:
        cells = joined(_number_cell(context, variable, balance, arm) for arm in arms)
        rows = tag("tr", name, cells, smd, class_="variable-row")
    else:
        rows = tag("tr", name, (tag("td") for _ in arms), smd, class_="variable-row")
        for place, (label, counts) in enumerate(zip(labels, balance.counts.tolist(), strict=True)):
            cells = joined(
                (
                    _share(
                        context, count, whole(balance.n[arm]), level_count(variable.id, place, arm)
                    )
                    for arm, count in enumerate(counts)
                )
            )
            head = tag("th", label, scope="row", class_="name level-name")
            rows += tag("tr", head, cells, tag("td"))
    if balance.missing.any():
        cells = joined(tag("td", n, class_="aside") for n in balance.missing.tolist())
        rows += tag(
            "tr",
            tag("th", "Missing", scope="row", class_="name level-name aside"),
            cells,
            tag("td"),
        )
    return tag("tbody", rows, data_variable=variable.id)


def _share(context: ArmContext, count: int, n: int, key: Key) -> str:
    share = ""
    if n and math.isfinite(count):
        share = joined(" ", tag("span", f"({100 * count / n:.0f} %)", class_="interval"))
    beside = context.across.html(key, str(count), "{:.0f}".format)
    return tag("td", count, share, beside)


def _number_cell(context: ArmContext, variable, balance, arm: int) -> str:
    if not math.isfinite(balance.quartiles[1, arm]):
        return tag("td", "–")
    low, middle, high = (f"{x:.{variable.decimals}f}" for x in balance.quartiles[:, arm])
    mean = f"{balance.mean[arm]:.{variable.decimals + 1}f}"
    spread = balance.sd[arm]
    words = f"{{:.{variable.decimals}f}}".format
    beside = context.across.html(baseline_median(variable.id, arm), middle, words)
    sd = f" ± {spread:.{variable.decimals + 1}f}" if math.isfinite(spread) else ""
    return tag(
        "td",
        f"{middle} ({low}–{high}) ",
        tag("span", f"mean {mean}{sd}", class_="interval"),
        beside,
    )
