"""Aggregates that tell no more of a few rows than that there are some."""

from __future__ import annotations

from sqlglot import exp

from data.warehouse.values import Values, number, when


def some(condition: exp.Expression) -> exp.Expression:
    """Whether some row meets a condition, 1 or 0; null in a table without a row."""
    return exp.Max(this=when((condition, number(1)), other=number(0)))


def times(condition: exp.Expression, values: Values, least: int) -> exp.Expression:
    """How many rows meet a condition; of fewer than the least, but some, 1.

    Null in a table without a row.
    """
    made = exp.Sum(this=when((condition, number(1)), other=number(0)))
    if least <= 1:
        return made
    enough = exp.GTE(this=made, expression=values.bind(least))
    return when((enough, made.copy()), other=some(condition.copy()))
