"""Rows of the Overview page's files."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.baseline import NumberSummary
from callbacks.files import across_columns, own_columns
from data.study import MISSING_LABEL, Variable
from layouts.overview import numbers
from layouts.overview.context import OverviewContext
from layouts.shared.few import whole
from layouts.shared.numbers import NO_KEY, Key

NUMBERS = ("median", "lower_quartile", "upper_quartile", "mean", "sd", "smallest", "largest")
FLOW = ("step", "n", "left_out", "left_out_without_value")
UNKNOWN = (float("nan"),) * len(NUMBERS)


def baseline_rows(context: OverviewContext) -> Iterable[dict]:
    """One row for each level or number, each group in rows of its own."""
    groups = ["All patients", *(label for label, _ in context.arms)]
    for row in context.rows:
        for column, group in enumerate(groups):
            yield from _variable_rows(context, row, column, group)
    if not context.rows:
        yield dict.fromkeys(("variable", "level", "group", "n", "of", "share", *NUMBERS))


def _variable_rows(context: OverviewContext, row, column: int, group: str) -> Iterable[dict]:
    summary, variable = row.summary, row.variable
    of = context.sizes[column]

    def made(level: str, n: int, values=UNKNOWN, place: int = -1) -> dict:
        share = n / of if of else float("nan")
        one = {
            "variable": variable.label,
            "level": level,
            "group": group,
            "n": n,
            "of": of,
            "share": share,
        }
        one |= dict(zip(NUMBERS, values, strict=True))
        one |= {"smd": float(summary.smd)} if context.arms else {}
        one |= {"smd_between": context.farthest(row)} if len(context.arms) > 2 else {}
        keys = {"n": _count_key(variable, level, place, column)}
        # Neither stands in a row of missing values or of a level.
        keys |= {"median": NO_KEY, "mean": NO_KEY}
        if values is not UNKNOWN:
            keys["median"] = numbers.median(variable.id, column)
            keys["mean"] = numbers.mean(variable.id, column)
        return one | across_columns(context.across, keys)

    if isinstance(summary, NumberSummary):
        values = tuple(float(getattr(summary, name)[column]) for name in NUMBERS)
        yield made("", whole(summary.n[column]), values)
    else:
        for place, level in enumerate(variable.levels):
            yield made(level.label, whole(summary.counts[column, place]), place=place)
    if context.study.has_missing(variable):
        # Missing is counted behind the last level.
        yield made(MISSING_LABEL, whole(summary.missing[column]), place=len(variable.levels))


def _count_key(variable: Variable, level: str, place: int, column: int) -> Key:
    """The key of the patients of a row."""
    if not variable.is_number:
        return numbers.level_count(variable.id, place, column)
    count = numbers.unknown if level == MISSING_LABEL else numbers.known
    return count(variable.id, column)


def flow_rows(context: OverviewContext) -> Iterable[dict]:
    """One row for each step of the flow; NA where the file does not have the patients."""
    names = own_columns((label for label, _ in context.arms), "arm", FLOW)
    for line in context.flow:
        row = {"step": line.label, "n": line.n}
        for place in range(len(names)):
            row[names[place]] = line.arms[place] if line.arms else float("nan")
        row["left_out"] = float("nan") if line.left_out is None else line.left_out
        row["left_out_without_value"] = line.missing
        yield row
