"""A statement in the dialect of a database."""

from __future__ import annotations

from sqlglot import exp

# They tell several columns at once by another name.
_GROUPING_ID = ("tsql", "oracle", "snowflake")
# It tells one at a time.
_ONE_AT_A_TIME = ("bigquery", "databricks", "spark")


def rendered(tree: exp.Expression, dialect: str, pretty: bool = False) -> str:
    """The text of a statement."""
    if dialect in _GROUPING_ID + _ONE_AT_A_TIME:
        tree = tree.transform(lambda one: _told(one, dialect))
    return tree.sql(dialect=dialect, pretty=pretty)


def _told(one: exp.Expression, dialect: str) -> exp.Expression:
    if not isinstance(one, exp.Grouping) or len(one.expressions) < 2:
        return one
    if dialect in _GROUPING_ID:
        return exp.Anonymous(this="GROUPING_ID", expressions=one.expressions)
    total = exp.Grouping(expressions=one.expressions[:1])
    for column in one.expressions[1:]:
        doubled = exp.Mul(this=exp.paren(total), expression=exp.Literal.number(2))
        total = exp.Add(this=doubled, expression=exp.Grouping(expressions=[column]))
    return total
