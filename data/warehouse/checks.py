"""What must be true of a database's rows, counted in one statement: how many rows break it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from data.checking.numerals import spoken
from data.checking.problems import Problem
from data.coding import without
from data.sections.comparison import Comparison
from data.study import LONGEST_DAYS, MISSING_ID, Endpoint, Variable
from data.warehouse.cells import Type, natives, texts_meaning, texts_of_nothing
from data.warehouse.model import Model
from data.warehouse.rows import PatientRows
from data.warehouse.some import some, times
from data.warehouse.statements import PATIENTS, Tables
from data.warehouse.values import (
    Values,
    all_of,
    any_of,
    column,
    is_null,
    name,
    number,
)

N, EMPTY, SET = "n", "empty", "set"
# All that is a number; beyond it lie only what is none and what has no end.
_MOST = 1.7e308
# So many ids are told apart; more cost too much each time.
MOST_IDS = 5_000_000
_MISSING = "Write NULL where there is none, or declare a code in missing_codes"


@dataclass(frozen=True, eq=False)
class Check:
    """One fault that rows may have.

    Attributes
    ----------
    broken : exp.Expression
        Whether a row has it.
    """

    broken: exp.Expression
    column: str
    fault: str
    fix: str

    def problem(self, file: str, n: int, least: int) -> Problem:
        """What is said of n rows; of few of them not how many."""
        rows = "some rows" if n < least else "1 row" if n == 1 else f"{n} rows"
        return Problem(file, f"in {rows} {self.fault}", self.fix, self.column)


@dataclass(frozen=True, eq=False)
class Checked:
    """The statement that counts all of them.

    Attributes
    ----------
    checks : tuple of Check
        Each is answered by the column of its number.
    """

    tree: exp.Select
    values: Values
    checks: tuple[Check, ...]


def check_statement(
    model: Model, tables: Tables, comparison: Comparison, least: int = 1
) -> Checked:
    """The statement over the table of patients of one database.

    It also counts the patients, and says whether there are some without a value of each variable
    (by its place) and some of each analysis set.

    Parameters
    ----------
    least : int
        Of fewer broken rows, but some, 1 is the answer.
    """
    values = Values()
    rows = PatientRows(model, tables.types, values, PATIENTS)
    own = [one for one in model.variables.values() if one.column]
    checks = tuple(_checks(rows, own, model, comparison))
    selected = [exp.alias_(exp.Count(this=exp.Star(), big_int=True), name(N))]
    selected += [
        exp.alias_(some(rows.nothing(one)), name(f"{EMPTY}_{i}")) for i, one in enumerate(own)
    ]
    for i, one in enumerate(model.sets.values()):
        rule = [
            exp.paren(rows.has_level(model.variables[key], ids))
            for key, ids in one.rule
            if model.variables[key].column
        ]
        if rule:
            selected.append(exp.alias_(some(all_of(rule)), name(f"{SET}_{i}")))
    selected += _told(checks, values, least)
    tree = exp.select(*selected, copy=False).from_(tables.patients.copy(), copy=False)
    return Checked(tree, values, checks)


def ids_statement(model: Model, tables: Tables) -> exp.Select:
    """How many different ids there are."""
    ids = exp.Count(this=exp.Distinct(expressions=[column(model.patient, PATIENTS)]), big_int=True)
    counted = exp.alias_(ids, name(N))
    return exp.select(counted, copy=False).from_(tables.patients.copy(), copy=False)


def _told(checks: tuple[Check, ...], values: Values, least: int) -> list[exp.Expression]:
    told = [times(one.broken, values, least) for one in checks]
    return [exp.alias_(one, name(f"c_{i}")) for i, one in enumerate(told)]


def _checks(rows: PatientRows, own, model: Model, comparison: Comparison) -> Iterator[Check]:
    if model.patient:
        broken = is_null(rows.column(model.patient))
        yield Check(broken, model.patient, "the patient id is empty", "Give every patient an id")
    for one in own:
        yield from _of_number(rows, one) if one.is_number else _of_levels(rows, one)
    for one in model.endpoints.values():
        if not one.timing.first_of:
            yield from _of_endpoint(rows, one)
    yield from _of_response(rows, model, comparison)


def _of_levels(rows: PatientRows, one: Variable) -> Iterator[Check]:
    values = [level.value for level in one.levels]
    cells = [*texts_meaning(values, one.coding), *texts_of_nothing(one.coding)]
    cells += [cell for cell, _ in one.coding.recoded]
    empty = rows.nothing(one)
    declared = rows.one_of(one.column, dict.fromkeys(cells))
    broken = exp.Not(this=exp.paren(any_of([exp.paren(empty), declared])))
    yield Check(
        broken,
        one.column,
        "there is a value that study.toml does not declare",
        "Add it to the levels, or to missing_codes",
    )
    if any(level.id == MISSING_ID for level in one.levels):
        fault = "there is no value although “Missing” is a declared level"
        yield Check(rows.nothing(one), one.column, fault, "Write one or the other")


def _of_number(rows: PatientRows, one: Variable) -> Iterator[Check]:
    value, bind = rows.value(one), rows.values.bind
    if rows.types[one.column] is Type.NUMBER:
        yield Check(_no_number(rows, value), one.column, "there is no finite number", _MISSING)
    if one.log:
        broken = exp.LTE(this=value.copy(), expression=number(0))
        fix = "Write numbers above 0, or remove log = true in study.toml"
        yield Check(broken, one.column, "the number has no logarithm", fix)
    if one.coding.valid:
        low, high = one.coding.valid
        outside = exp.Or(
            this=exp.LT(this=value.copy(), expression=bind(low)),
            expression=exp.GT(this=value.copy(), expression=bind(high)),
        )
        fault = f"the number is not from {spoken(low)} to {spoken(high)}"
        fix = "Correct it, or name it in missing_codes in study.toml if it stands for missing"
        yield Check(outside, one.column, fault, fix)


def _no_number(rows: PatientRows, value: exp.Expression) -> exp.Expression:
    low, high = (rows.values.bind(bound) for bound in (-_MOST, _MOST))
    return exp.Not(this=exp.paren(exp.Between(this=value.copy(), low=low, high=high)))


def _of_endpoint(rows: PatientRows, one: Endpoint) -> Iterator[Check]:
    timing = one.timing
    time = rows.time(one)
    absent = _absent(rows, one)
    fix = "Write it, or declare the endpoint's population"
    missing = all_of([is_null(time), exp.Not(this=exp.paren(absent))])
    what = "one of its dates" if timing.start else "the time"
    yield Check(missing, one.time_column, f"{what} of {one.label} is missing", fix)
    days = rows.days(one)
    negative = exp.LT(this=days.copy(), expression=number(0))
    said = "ends before it starts" if timing.start else "is negative"
    yield Check(negative, one.time_column, f"the time of {one.label} {said}", "Correct it")
    long = exp.GT(this=days.copy(), expression=rows.values.bind(LONGEST_DAYS))
    yield Check(long, one.time_column, f"the time of {one.label} is more than a century", _MISSING)
    if not timing.start and rows.types[one.time_column] is Type.NUMBER:
        fault = f"the time of {one.label} is no finite number"
        yield Check(_no_number(rows, time), one.time_column, fault, _MISSING)
        if not timing.unit:
            broken = exp.NEQ(this=time.copy(), expression=exp.Floor(this=time.copy()))
            fix = 'Write unit = "months", "weeks", "years" or "days" in study.toml'
            yield Check(broken, one.time_column, f"the time of {one.label} is not whole days", fix)
    if not timing.event_dates:
        known = (*timing.event_values, *timing.censored_values)
        told = rows.one_of(one.event_column, known)
        there = exp.Coalesce(this=told, expressions=[exp.false()])
        either = any_of([exp.paren(there), exp.paren(absent.copy())])
        broken = exp.Not(this=exp.paren(either))
        fault = f"it does not say whether {one.label} had an event"
        fix = "Add the value to event_values or censored_values in study.toml"
        yield Check(broken, one.event_column, fault, fix)
    if timing.causes:
        broken = exp.LT(this=rows.cause(one), expression=number(0))
        fix = "Add it to the values of one of the [[causes]] in study.toml"
        told = timing.cause_column or one.event_column
        yield Check(broken, told, f"the cause of {one.label} is not declared", fix)


def _absent(rows: PatientRows, one: Endpoint) -> exp.Expression:
    """Whether a patient may be, and is, without an endpoint: without any of its cells."""
    if not one.population:
        return exp.false()
    timing = one.timing
    if timing.event_dates:
        names = (one.time_column, *timing.event_dates)
    elif timing.start:
        names = (one.time_column, one.event_column)
    else:
        names = one.columns
    return all_of([_empty(rows, name, timing.missing_codes) for name in names])


def _empty(rows: PatientRows, name: str, codes) -> exp.Expression:
    cells = [cell for cell in codes if not without([cell], codes)[cell]]
    found = natives(cells, rows.types[name])
    if rows.types[name] is Type.TEXT:
        found = ("", *found)
    null = is_null(rows.column(name))
    if not found:
        return null
    return exp.paren(any_of([null, rows.values.is_one_of(rows.column(name), found)]))


def _of_response(rows: PatientRows, model: Model, comparison: Comparison) -> Iterator[Check]:
    response = comparison.response
    if response is None:
        return
    if response.time in model.variables:
        one = model.variables[response.time]
        broken = exp.LT(this=rows.value(one), expression=number(0))
        fix = "Write months since the start"
        yield Check(broken, one.column, "the time of the response is negative", fix)


def event_checks(
    model: Model, tables: Tables, patients: exp.Expression, rows, least: int = 1
) -> tuple[exp.Select, tuple[Check, ...]]:
    """The same over the table of adverse events that are of the treatment.

    Parameters
    ----------
    rows : EventRows
    """
    events = model.events
    columns = events.columns
    checks = [
        Check(
            is_null(column(model.patient, PATIENTS)),
            events.patient,
            "there is no such patient in the patients' table",
            "Correct the id",
        ),
        Check(
            is_null(column(columns.term, "a")),
            columns.term,
            "it does not say what happened",
            "Write what happened",
        ),
    ]
    if columns.onset_day:
        onset = column(columns.onset_day, "a")
        if not columns.after_start:
            before = exp.LT(this=onset.copy(), expression=number(0))
            fix = "Correct it; treatment_emergent in study.toml leaves such events out"
            checks.append(Check(before, columns.onset_day, "the day is before the start", fix))
        if rows.types[columns.onset_day] is Type.NUMBER:
            broken = exp.NEQ(this=onset.copy(), expression=exp.Floor(this=onset.copy()))
            checks.append(
                Check(broken, columns.onset_day, "the day is not a whole day", "Round it")
            )
    selected = [exp.alias_(exp.Count(this=exp.Star(), big_int=True), name(N))]
    selected += _told(checks, rows.values, least)
    same = exp.EQ(this=column(events.patient, "a"), expression=column(model.patient, PATIENTS))
    tree = exp.select(*selected, copy=False).from_(tables.events.copy(), copy=False)
    tree = tree.join(patients.copy(), on=same, join_type="left", copy=False)
    for condition in rows.of_treatment():
        tree = tree.where(condition, copy=False)
    return tree, tuple(checks)
