"""What is known of one patient, as expressions over the columns of a database's table.

They stand within a statement that counts; nothing of them leaves it but as the key of a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlglot import exp

from data.cohort import Cohort, Filter
from data.study import MISSING_ID, Endpoint, Variable
from data.warehouse.cells import Type, natives, texts_meaning, texts_of_nothing
from data.warehouse.model import Model
from data.warehouse.question import SITE
from data.warehouse.values import (
    Values,
    all_of,
    any_of,
    column,
    double,
    is_null,
    not_null,
    number,
    when,
)


@dataclass(frozen=True, eq=False)
class PatientRows:
    """Expressions of a patient's row.

    Attributes
    ----------
    types : mapping of column to Type
    values : Values
        Of the statement in which they stand.
    table : str
        How the table is called in it; empty where there is only one.
    """

    model: Model
    types: Mapping[str, Type]
    values: Values
    table: str = ""

    def column(self, name: str) -> exp.Column:
        return column(name, self.table)

    def one_of(self, name: str, texts: Iterable[str]) -> exp.Expression:
        """Whether a column holds what one of some texts means."""
        return self.values.is_one_of(self.column(name), natives(texts, self.types[name]))

    def _without(self, name: str, codes: Iterable[str]) -> exp.Expression:
        """A column, without the codes that stand for no value."""
        found = natives(codes, self.types[name])
        if not found:
            return self.column(name)
        return when((exp.Not(this=exp.paren(self.one_of(name, codes))), self.column(name)))

    # ---- Variables

    def nothing(self, variable: Variable) -> exp.Expression:
        """Whether a patient has no value of a variable."""
        name = variable.column
        codes = natives(texts_of_nothing(variable.coding), self.types[name])
        empty = is_null(self.column(name))
        if self.types[name] is Type.TEXT:
            # An empty cell of a file is nothing too.
            codes = ("", *codes)
        return any_of([empty, self.values.is_one_of(self.column(name), codes)]) if codes else empty

    def has_level(self, variable: Variable, ids: Iterable[str]) -> exp.Expression:
        """Whether a patient has one of some levels of a variable that is no number."""
        ids = set(ids)
        values = [level.value for level in variable.levels if level.id in ids]
        cells = texts_meaning(values, variable.coding)
        found = [self.one_of(variable.column, cells)] if cells else []
        if MISSING_ID in ids:
            found.append(self.nothing(variable))
        return any_of(found) if found else exp.false()

    def value(self, variable: Variable) -> exp.Expression:
        """A patient's number; null where there is none."""
        return self._without(variable.column, variable.coding.missing_codes)

    def range_place(self, variable: Variable) -> exp.Expression:
        """The place of the range in which a patient's number lies."""
        value = self.value(variable)
        cases = [(is_null(value), exp.Null())]
        for place, cut in enumerate(variable.cuts):
            below = exp.LT(this=value.copy(), expression=self.values.bind(cut))
            cases.append((below, number(place)))
        return when(*cases, other=number(len(variable.cuts)))

    # ---- Filters

    def passes(self, one: Filter) -> exp.Expression:
        """Whether a patient passes a filter."""
        variable = self.model.variables[one.variable]
        if one.variable == SITE and not variable.column:
            # Which sites are asked is decided before.
            return exp.true()
        if not variable.is_number:
            return exp.paren(self.has_level(variable, one.levels))
        found = []
        if one.low is not None:
            low, high = (self.values.bind(bound) for bound in (one.low, one.high))
            # Over the column itself, so that an index is of use.
            inside = exp.Between(this=self.column(variable.column), low=low, high=high)
            codes = natives(variable.coding.missing_codes, self.types[variable.column])
            if codes:
                some = self.values.is_one_of(self.column(variable.column), codes)
                inside = exp.paren(exp.and_(inside, exp.Not(this=exp.paren(some)), copy=False))
            found.append(inside)
        if MISSING_ID in one.levels:
            found.append(self.nothing(variable))
        return exp.paren(any_of(found)) if found else exp.false()

    def of_cohort(self, cohort: Cohort) -> list[exp.Expression]:
        """Conditions that the patients of a cohort meet."""
        variables = self.model.variables
        rule = self.model.sets[cohort.analysis_set].rule
        found = [
            exp.paren(self.has_level(variables[name], ids))
            for name, ids in rule
            if variables[name].column
        ]
        return found + [
            self.passes(one) for one in cohort.filters if variables[one.variable].column
        ]

    # ---- Endpoints

    def time(self, endpoint: Endpoint) -> exp.Expression:
        """The end of a patient's follow-up in the endpoint's own unit; null for who has none."""
        timing = endpoint.timing
        if timing.first_of:
            return self._first_time([self.model.endpoints[name] for name in timing.first_of])
        if not timing.start:
            return self._without(endpoint.time_column, timing.missing_codes)
        end = self.date(endpoint.time_column, timing.missing_codes)
        if timing.event_dates:
            dates = [self.date(name, timing.missing_codes) for name in timing.event_dates]
            end = exp.Coalesce(this=earliest(dates), expressions=[end])
        start = self.date(timing.start, timing.missing_codes)
        return exp.DateDiff(this=end, expression=start, unit=exp.var("DAY"))

    def date(self, name: str, codes: Iterable[str] = ()) -> exp.Expression:
        """A day; times of day are passed over."""
        return exp.Cast(this=self._without(name, codes), to=exp.DataType.build("date"))

    def days(self, endpoint: Endpoint) -> exp.Expression:
        """The same in days."""
        time, unit = self.time(endpoint), self.model.per_unit(endpoint.id)
        if unit == 1.0:
            return time
        return exp.Mul(this=double(time), expression=double(self.values.bind(unit)))

    def happened(self, endpoint: Endpoint) -> exp.Expression:
        """Whether the event ended the follow-up."""
        timing = endpoint.timing
        if timing.first_of:
            parts = [self.model.endpoints[name] for name in timing.first_of]
            known = [not_null(self.time(one)) for one in parts]
            return all_of([*known, exp.paren(any_of(self.happened(one) for one in parts))])
        if timing.event_dates:
            dates = [self.date(name, timing.missing_codes) for name in timing.event_dates]
            return any_of([not_null(one) for one in dates])
        return self.one_of(endpoint.event_column, timing.event_values)

    def flag(self, endpoint: Endpoint) -> exp.Expression:
        """1 where the event ended the follow-up, else 0."""
        timing = endpoint.timing
        plain = not timing.first_of and not timing.event_dates and not timing.missing_codes
        if plain:
            of = self.types[endpoint.event_column]
            events, censored = (
                natives(texts, of) for texts in (timing.event_values, timing.censored_values)
            )
            if (events, censored) == ((1,), (0,)):
                # A column of 1 and 0, or of true and false, says it as it stands.
                return self.column(endpoint.event_column)
        return when((self.happened(endpoint), number(1)), other=number(0))

    def cause(self, endpoint: Endpoint) -> exp.Expression:
        """The place of the cause from 1 on, 0 without an event, -1 of a cause nobody declared."""
        timing = endpoint.timing
        told = timing.cause_column or endpoint.event_column
        cases = [
            (self.one_of(told, cells), number(place))
            for place, cells in enumerate(timing.causes, 1)
            if cells
        ]
        rest = number(timing.rest) if timing.rest else exp.Neg(this=number(1))
        cause = when(*cases, other=rest)
        return when((self.happened(endpoint), cause), other=number(0))

    def _first_time(self, parts: list[Endpoint]) -> exp.Expression:
        """The first event of several endpoints; without any, followed as long as all of them."""
        days = [self.days(one) for one in parts]
        known = all_of([not_null(one) for one in days])
        events = [when((self.happened(one), day)) for one, day in zip(parts, days, strict=True)]
        some = exp.paren(any_of([self.happened(one) for one in parts]))
        to_event = (exp.And(this=exp.paren(known.copy()), expression=some), earliest(events))
        return when(
            to_event, (known, exp.Least(this=days[0], expressions=days[1:], ignore_nulls=True))
        )


def earliest(of: list[exp.Expression]) -> exp.Expression:
    """The least of several values; of those that are there, whatever an engine's LEAST does."""
    if len(of) == 1:
        return of[0]
    filled = [
        exp.Coalesce(this=of[i].copy(), expressions=[one.copy() for one in (*of[i + 1 :], *of[:i])])
        for i in range(len(of))
    ]
    return exp.Least(this=filled[0], expressions=filled[1:], ignore_nulls=True)
