"""One database of a study, as it was found: what its tables hold, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from data.warehouse.answers import Answer, Reader
from data.warehouse.cells import Type
from data.warehouse.counts import Counts, NotAnswered
from data.warehouse.engines.engine import EngineError
from data.warehouse.link import SiteDown, link, sentence
from data.warehouse.model import Model
from data.warehouse.plan import Step, steps
from data.warehouse.question import Question
from data.warehouse.relations import relation
from data.warehouse.rendering import rendered
from data.warehouse.sources import DatabaseSource, Place
from data.warehouse.statements import PATIENTS, Statement, Tables, statement

AWAY = ("DOWN", "SLOW")


@dataclass(frozen=True, eq=False)
class FoundSite:
    """One database.

    Attributes
    ----------
    place : int
        Among the study's sites.
    dialect : str
    one_by_one : bool
        As in `data.warehouse.engines.engine.Engine`.
    types, event_types : mapping of column to Type
    event_table : Place or None
    """

    source: DatabaseSource
    place: int
    dialect: str
    one_by_one: bool
    types: Mapping[str, Type]
    event_types: Mapping[str, Type]
    event_table: Place | None

    def __getstate__(self) -> dict:
        # What is made of the others is made again where it is needed.
        return {name: value for name, value in vars(self).items() if name != "tables"}

    @cached_property
    def tables(self) -> Tables:
        events = self.event_table
        return Tables(
            relation(self.source.patients, self.dialect, PATIENTS),
            self.types,
            relation(events, self.dialect, "a") if events else None,
            self.event_types,
        )

    def count(self, model: Model, question: Question) -> tuple[Counts, ...]:
        """See `data.warehouse.counts.Counted.count`. SiteDown if it does not answer."""
        found: dict[int, Counts] = {}
        for step, part in self._steps(model, question):
            sent = statement(model, self.tables, part, step.block)
            answer = self.ask(sent.tree, sent.values, len(model.sites) > 1)
            counts = Reader(model, self.place).counts(part, sent, answer)
            found |= dict(zip(step.places, counts, strict=True))
        return tuple(found[place] for place in range(len(question.groupings)))

    def _steps(self, model: Model, question: Question) -> Iterator[tuple[Step, Question]]:
        """The statements of a question, and what each of them answers."""
        for step in steps(model, question, self.one_by_one):
            groupings = tuple(question.groupings[place] for place in step.places)
            yield step, replace(question, groupings=groupings)

    def ask(self, tree: exp.Expression, values: Mapping, several: bool) -> Answer:
        """The answer to a statement."""
        sql, used = rendered(tree, self.dialect), _used(tree, values)
        try:
            return link(self.source).ask(lambda connection: connection.ask(sql, used))
        except EngineError as error:
            said = sentence(self.source, error, several)
            raise (SiteDown if error.wrong.name in AWAY else NotAnswered)(said) from None

    def shown(self, model: Model, question: Question) -> str:
        """The statements as they are sent, with the values that are bound to them."""
        return "\n\n".join(
            self._shown(statement(model, self.tables, part, step.block))
            for step, part in self._steps(model, question)
        )

    def _shown(self, sent: Statement) -> str:
        return f"{rendered(sent.tree, self.dialect, pretty=True)};\n{_bound(sent)}".rstrip()


def _used(tree: exp.Expression, values: Mapping) -> dict:
    """The values that a statement has a place for, which is all that an engine takes."""
    places = {one.this for one in tree.find_all(exp.Placeholder)}
    return {key: value for key, value in values.items() if key in places}


def _bound(sent: Statement) -> str:
    used = _used(sent.tree, sent.values)
    return "\n".join(f"-- {key} = {value!r}" for key, value in used.items())
