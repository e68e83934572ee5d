"""Of a few rows that break a rule the database itself does not say how many."""

from __future__ import annotations

import duckdb
import pytest
from sqlglot import exp

from data.warehouse.rendering import rendered
from data.warehouse.some import some, times
from data.warehouse.values import Values, column, number


def answer(made: exp.Expression, values: Values, rows: list[int]):
    """What DuckDB answers of rows of 1 (meets it) and 0."""
    tree = exp.select(made).from_(exp.to_table("t", quoted=True))
    with duckdb.connect() as database:
        database.execute('CREATE TABLE t ("x" INTEGER)')
        for row in rows:
            database.execute("INSERT INTO t VALUES (?)", [row])
        return database.execute(rendered(tree, "duckdb"), values.of).fetchone()[0]


def met() -> exp.Expression:
    return exp.EQ(this=column("x"), expression=number(1))


@pytest.mark.parametrize(
    ("n", "least", "told"),
    [(0, 5, 0), (1, 5, 1), (4, 5, 1), (5, 5, 5), (9, 5, 9), (4, 1, 4), (0, 1, 0)],
)
def test_how_many_only_from_the_least_on(n, least, told):
    values = Values()
    assert answer(times(met(), values, least), values, [1] * n + [0] * 3) == told


@pytest.mark.parametrize(("rows", "told"), [([], None), ([0, 0], 0), ([0, 1, 1], 1)])
def test_whether_there_is_some(rows, told):
    assert answer(some(met()), Values(), rows) == told
