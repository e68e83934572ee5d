"""Questions as statements: built as trees, never of texts, and only such as count.

What stands within is one row for each patient; what leaves is one row for each kind.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from data.warehouse.cells import Type
from data.warehouse.event_rows import EventRows
from data.warehouse.model import Model
from data.warehouse.question import (
    SITE,
    Cause,
    Column,
    Grade,
    Happened,
    Level,
    Passes,
    Question,
    Rows,
    SevereCause,
    SevereTime,
    Site,
    Term,
    Time,
    Value,
)
from data.warehouse.rows import PatientRows
from data.warehouse.values import Values, all_of, column, double, name, not_null, number, when

COUNT = "patients"
KIND = "kind"
PATIENTS, EVENTS, COUNTED, KINDS = "p", "e", "counted", "rows"
# PostgreSQL takes no more columns in one GROUPING.
_MOST_TOLD = 30
MOST_KINDS = 4_000_000
"""Kinds of one answer; more are no kinds but patients."""


@dataclass(frozen=True, eq=False)
class Statement:
    """A question for one database.

    Attributes
    ----------
    tree : exp.Expression
    values : mapping of name to value
        What is bound to its placeholders.
    groupings : tuple of tuple of str
        Of each grouping of the question the columns of the answer that tell its kinds apart.
    keys : mapping of a column of the question to tuple of str
        The columns of the answer from which it is read; none for what is not asked.
    told : tuple of tuple of str
        The columns of each `GROUPING`, which says of a row to which grouping it belongs.
    sums : mapping of tuple of str to (str, str)
        Columns of the sum and of how many it is about.
    """

    tree: exp.Expression
    values: Mapping[str, object]
    groupings: tuple[tuple[str, ...], ...]
    keys: Mapping[Hashable, tuple[str, ...]]
    told: tuple[tuple[str, ...], ...]
    sums: Mapping[tuple[str, ...], tuple[str, str]]

    def kind(self, grouping: tuple[str, ...]) -> tuple[int, ...]:
        """What each `GROUPING` says of the rows of a grouping: a bit for each column it is not of.

        The first column is the highest bit.
        """
        found = []
        for names in self.told:
            bits = 0
            for one in names:
                bits = bits * 2 + (one not in grouping)
            found.append(bits)
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of one database, as they stand behind FROM.

    Attributes
    ----------
    patients, events : exp.Expression
        The second is None where there are no adverse events.
    types, event_types : mapping of column to Type
    """

    patients: exp.Expression
    types: Mapping[str, Type]
    events: exp.Expression | None = None
    event_types: Mapping[str, Type] | None = None


def statement(
    model: Model, tables: Tables, question: Question, block: tuple[Column, ...] = ()
) -> Statement:
    """The statement of a question.

    Parameters
    ----------
    block : tuple of Column
        By what patients are put together first, and then counted by the groupings; empty for
        nothing.
    """
    values = Values()
    rows = PatientRows(model, tables.types, values, PATIENTS)
    events = None
    if question.rows is not Rows.PATIENTS:
        events = EventRows(model.events, tables.event_types, values)
    expressions: dict[str, exp.Expression] = {}
    keys: dict[Hashable, tuple[str, ...]] = {}
    asked = dict.fromkeys(one for grouping in question.groupings for one in grouping)
    for one in asked | dict.fromkeys(block):
        made = _keys(one, rows, model, question.rows)
        keys[one] = tuple(made)
        expressions |= made
    groupings = tuple(
        tuple(dict.fromkeys(key for one in grouping for key in keys[one]))
        for grouping in question.groupings
    )
    numbers = {name for names in question.sums for name in names}
    for one in sorted(numbers):
        expressions[f"{one}_number"] = double(rows.value(model.variables[one]))
    inner = exp.select(
        *(exp.alias_(one, name(alias)) for alias, one in expressions.items()), copy=False
    ).from_(tables.patients.copy(), copy=False)
    if not expressions:
        inner = inner.select(exp.alias_(number(1), name("one")), copy=False)
    inner = _with_events(inner, events, tables, model, question.rows)
    condition = all_of(_conditions(rows, model, question))
    if condition is not None:
        inner = inner.where(condition, copy=False)
    count = exp.Count(this=exp.Star(), big_int=True)
    if block:
        inner, count = _put_together(inner, tuple(expressions)), exp.Sum(this=column(COUNT))
    tree, told, sums = _counting(inner, groupings, question.sums, count)
    tree = tree.limit(values.bind(MOST_KINDS + 1), copy=False)
    return Statement(tree, dict(values.of), groupings, keys, told, sums)


def _put_together(inner: exp.Select, keys: tuple[str, ...]) -> exp.Select:
    """How many there are of each kind by all keys, of what is selected within."""
    count = exp.alias_(exp.Count(this=exp.Star(), big_int=True), name(COUNT))
    made = exp.select(*(column(one) for one in keys), count, copy=False)
    made = made.from_(exp.Subquery(this=inner, alias=exp.TableAlias(this=name(KINDS))), copy=False)
    return made.group_by(*(column(one) for one in keys), copy=False)


def _counting(inner: exp.Select, groupings, sums, count: exp.Expression):
    """The count of what is selected within, by some groupings."""
    wanted = tuple(dict.fromkeys(groupings))
    every = tuple(dict.fromkeys(key for grouping in wanted for key in grouping))
    several = len(wanted) > 1
    told = ()
    if several:
        told = tuple(
            every[start : start + _MOST_TOLD] for start in range(0, len(every), _MOST_TOLD)
        )
    selected = [
        exp.alias_(exp.Grouping(expressions=[column(one) for one in names]), name(f"{KIND}_{i}"))
        for i, names in enumerate(told)
    ]
    selected += [column(one) for one in every]
    selected.append(exp.alias_(count, name(COUNT)))
    columns = {}
    for place, names in enumerate(sums):
        columns[names] = (f"sum_{place}", f"of_{place}")
        factors = [column(f"{one}_number") for one in names]
        product = factors[0]
        for factor in factors[1:]:
            product = exp.Mul(this=product, expression=factor)
        selected.append(exp.alias_(exp.Sum(this=product), name(f"sum_{place}")))
        counted = exp.Count(this=product.copy(), big_int=True)
        selected.append(exp.alias_(counted, name(f"of_{place}")))
    tree = exp.select(*selected, copy=False).from_(
        exp.Subquery(this=inner, alias=exp.TableAlias(this=name(COUNTED))), copy=False
    )
    if several:
        sets = [exp.Tuple(expressions=[column(one) for one in grouping]) for grouping in wanted]
        tree = tree.group_by(exp.GroupingSets(expressions=sets), copy=False)
    elif every:
        tree = tree.group_by(*(column(one) for one in every), copy=False)
    return tree, told, columns


def _keys(one: Column, rows: PatientRows, model: Model, of: Rows) -> dict[str, exp.Expression]:
    """What tells the kinds of a column of a question apart, by its name in the answer."""
    match one:
        case Site():
            return {}
        case Level(variable):
            found = model.variables[variable]
            if variable == SITE and not found.column:
                return {}
            if found.is_number:
                return {f"{variable}_range": rows.range_place(found)}
            return {variable: rows.column(found.column)}
        case Value(variable):
            return {f"{variable}_value": rows.value(model.variables[variable])}
        case Time(endpoint):
            return {f"{endpoint}_time": rows.time(model.endpoints[endpoint])}
        case Happened(endpoint):
            return {f"{endpoint}_event": rows.flag(model.endpoints[endpoint])}
        case Cause(endpoint):
            return {f"{endpoint}_cause": rows.cause(model.endpoints[endpoint])}
        case Passes(passed):
            flag = when((rows.passes(passed), number(1)), other=number(0))
            return {f"{passed.variable}_passes_{_place(passed)}": flag}
        case Term():
            found = {"term_label": column("term_label", EVENTS)}
            if model.events.columns.category:
                found["term_category"] = column("term_category", EVENTS)
            return found
        case Grade():
            return {"grade_place": column("grade_place", EVENTS)}
        case SevereTime():
            return {"severe_time": _severe_time(rows, model)}
        case SevereCause():
            return {"severe_cause": _severe_cause(rows, model)}
    raise ValueError(f"no such column: {one}")


def _place(passed) -> str:
    """What tells two filters on one variable apart."""
    return "_".join(
        [*passed.levels, *(f"{x:g}" for x in (passed.low, passed.high) if x is not None)]
    )


def _severe_time(rows: PatientRows, model: Model) -> exp.Expression:
    onset, some = column("onset", EVENTS), column("severe", EVENTS)
    death = model.endpoints[model.events.columns.death]
    return when(
        (not_null(onset), double(onset)),
        (not_null(some), exp.Null()),
        other=double(rows.days(death)),
    )


def _severe_cause(rows: PatientRows, model: Model) -> exp.Expression:
    onset, some = column("onset", EVENTS), column("severe", EVENTS)
    death = model.endpoints[model.events.columns.death]
    return when(
        (not_null(onset), number(1)),
        (not_null(some), exp.Neg(this=number(1))),
        (rows.happened(death), number(2)),
        other=number(0),
    )


def _with_events(inner, events: EventRows | None, tables: Tables, model: Model, of: Rows):
    if events is None:
        return inner
    table = exp.Subquery(
        this=events.select(of, tables.events), alias=exp.TableAlias(this=name(EVENTS))
    )
    same = exp.EQ(this=column(model.patient, PATIENTS), expression=column("patient", EVENTS))
    return inner.join(
        table, on=same, join_type="left" if of is Rows.FIRST_SEVERE else "inner", copy=False
    )


def _conditions(rows: PatientRows, model: Model, question: Question) -> list[exp.Expression]:
    who = question.who
    found = rows.of_cohort(who.cohort)
    if question.rows is Rows.FIRST_SEVERE:
        death = model.endpoints[model.events.columns.death]
        onset, some = column("onset", EVENTS), column("severe", EVENTS)
        undated = exp.and_(not_null(some), exp.Is(this=onset, expression=exp.Null()))
        return [*found, exp.paren(exp.or_(not_null(rows.time(death)), undated))]
    if who.endpoint:
        endpoint = model.endpoints[who.endpoint]
        if who.after is None:
            found.append(not_null(rows.time(endpoint)))
        else:
            after = rows.values.bind(who.after)
            found.append(exp.GT(this=rows.days(endpoint), expression=after))
    return found
