"""The values of one statement, which never stand in its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlglot import exp


@dataclass(eq=False)
class Values:
    """Values by the names under which a statement is sent them, each once."""

    of: dict[str, object] = field(default_factory=dict)
    _names: dict[tuple[type, object], str] = field(default_factory=dict)

    def bind(self, value: object) -> exp.Placeholder:
        """What stands for a value in the statement."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = f"v{len(self._names) + 1}"
            self.of[self._names[key]] = value
        return exp.Placeholder(this=self._names[key])

    def is_one_of(self, of: exp.Expression, values: Iterable[object]) -> exp.Expression:
        """Whether something is one of some values; false where there are none."""
        bound = [self.bind(value) for value in values]
        if not bound:
            return exp.false()
        if len(bound) == 1:
            return exp.EQ(this=of.copy(), expression=bound[0])
        return exp.In(this=of.copy(), expressions=bound)


def name(text: str) -> exp.Identifier:
    """A name, quoted whatever it holds."""
    return exp.to_identifier(text, quoted=True)


def column(text: str, table: str = "") -> exp.Column:
    """A column by its quoted name."""
    return exp.Column(this=name(text), table=name(table) if table else None)


def when(*cases: tuple[exp.Expression, exp.Expression], other: exp.Expression | None = None):
    """The value of the first case that holds."""
    found = exp.Case()
    for condition, value in cases:
        found = found.when(condition, value, copy=False)
    return found.else_(other, copy=False) if other is not None else found


def number(value: int) -> exp.Literal:
    """A number of the product's own: a place, a flag."""
    return exp.Literal.number(value)


def is_null(of: exp.Expression) -> exp.Expression:
    return exp.Is(this=of.copy(), expression=exp.Null())


def not_null(of: exp.Expression) -> exp.Expression:
    return exp.Not(this=is_null(of))


def all_of(conditions: Iterable[exp.Expression]) -> exp.Expression | None:
    """All conditions; None where there are none."""
    conditions = list(conditions)
    return exp.and_(*conditions, copy=False) if conditions else None


def any_of(conditions: Iterable[exp.Expression]) -> exp.Expression:
    return exp.or_(*conditions, copy=False)


def double(of: exp.Expression) -> exp.Expression:
    """Something as a floating number of 64 bits."""
    return exp.Cast(this=of, to=exp.DataType.build("double"))
