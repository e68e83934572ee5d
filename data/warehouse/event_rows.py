"""The table of adverse events within a statement: one row for each thing that is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from data.sections.adverse_event_table import YES
from data.warehouse.cells import Type, natives
from data.warehouse.model import Events
from data.warehouse.question import Rows
from data.warehouse.values import Values, any_of, is_null, name, number, when
from data.warehouse.values import column as named_column

EVENT = "a"
"""How the table is called in a statement."""


def column(text: str):
    return named_column(text, EVENT)


@dataclass(frozen=True, eq=False)
class EventRows:
    """Expressions of a row of the table of adverse events."""

    events: Events
    types: Mapping[str, Type]
    values: Values

    def select(self, of: Rows, table: exp.Expression) -> exp.Select:
        """What is joined with the patients, from the table as it stands behind FROM."""
        columns = self.events.columns
        patient, grade = column(self.events.patient), self.grade()
        terms = {"term_label": columns.term}
        if columns.category:
            terms["term_category"] = columns.category
        named = [exp.alias_(column(one), name(alias)) for alias, one in terms.items()]
        made = exp.select(exp.alias_(patient, name("patient")), copy=False)
        if of is Rows.EVENTS:
            made = made.select(*named, exp.alias_(grade, name("grade_place")), copy=False)
        elif of is Rows.FIRST_SEVERE:
            made = made.select(
                exp.alias_(exp.Min(this=column(columns.onset_day)), name("onset")),
                exp.alias_(exp.Count(this=exp.Star(), big_int=True), name("severe")),
                copy=False,
            )
        else:
            worst = exp.alias_(exp.Max(this=grade), name("grade_place"))
            some = named if of is Rows.WORST_OF_TERM else []
            made = made.select(*some, worst, copy=False)
        made = made.from_(table.copy(), copy=False)
        for condition in self.conditions(of):
            made = made.where(condition, copy=False)
        if of is Rows.WORST_OF_TERM:
            made = made.group_by(patient.copy(), *(column(one) for one in terms.values()))
        elif of is not Rows.EVENTS:
            made = made.group_by(patient.copy())
        return made

    def conditions(self, of: Rows) -> list[exp.Expression]:
        """Which rows count."""
        found = self.of_treatment()
        if of is Rows.FIRST_SEVERE:
            found.append(self.one_of(self.events.columns.grade, self.events.severe_texts))
        return found

    def of_treatment(self) -> list[exp.Expression]:
        """That an event began or grew worse under treatment, where the study says how that is
        known."""
        columns = self.events.columns
        if columns.emergent:
            told = column(columns.emergent)
            if self.types[columns.emergent] is Type.TEXT:
                told = exp.Lower(this=exp.Trim(this=told))
            return [self.values.is_one_of(told, natives(YES, self.types[columns.emergent]))]
        if columns.after_start:
            onset = column(columns.onset_day)
            begun = exp.GTE(this=onset.copy(), expression=number(0))
            return [exp.paren(any_of([is_null(onset), begun]))]
        return []

    def one_of(self, told: str, texts) -> exp.Expression:
        return self.values.is_one_of(column(told), natives(texts, self.types[told]))

    def grade(self) -> exp.Expression:
        """The place of an event's grade; null of a grade that nobody knows the meaning of."""
        told = self.events.columns.grade
        cases = []
        for place in range(len(self.events.grades)):
            texts = [text for text, of in self.events.grade_texts.items() if of == place]
            condition = self.one_of(told, [text for text in texts if text])
            if "" in texts:
                empty = [is_null(column(told))]
                if self.types[told] is Type.TEXT:
                    empty.append(self.values.is_one_of(column(told), [""]))
                condition = any_of([*empty, condition] if len(texts) > 1 else empty)
            cases.append((condition, number(place)))
        return when(*cases) if cases else exp.Null()
