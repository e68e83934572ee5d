"""One database of a study, as it was found: what its tables hold, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from data.warehouse.answers import Answer, Reader
from data.warehouse.cells import Type
from data.warehouse.counts import Counts, NotAnswered
from data.warehouse.engines.engine import EngineError
from data.warehouse.link import SiteDown, link, sentence
from data.warehouse.model import Model
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
    types, event_types : mapping of column to Type
    event_table : Place or None
    """

    source: DatabaseSource
    place: int
    dialect: str
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
        sent = statement(model, self.tables, question)
        answer = self.ask(sent.tree, sent.values, len(model.sites) > 1)
        return Reader(model, self.place).counts(question, sent, answer)

    def ask(self, tree: exp.Expression, values: Mapping, several: bool) -> Answer:
        """The answer to a statement."""
        sql, used = rendered(tree, self.dialect), _used(tree, values)
        try:
            return link(self.source).ask(lambda connection: connection.ask(sql, used))
        except EngineError as error:
            said = sentence(self.source, error, several)
            raise (SiteDown if error.wrong.name in AWAY else NotAnswered)(said) from None

    def shown(self, model: Model, question: Question) -> str:
        """The statement as it is sent, with the values that are bound to it."""
        sent = statement(model, self.tables, question)
        return f"{rendered(sent.tree, self.dialect, pretty=True)}\n{_bound(sent)}".rstrip()


def _used(tree: exp.Expression, values: Mapping) -> dict:
    """The values that a statement has a place for, which is all that an engine takes."""
    places = {one.this for one in tree.find_all(exp.Placeholder)}
    return {key: value for key, value in values.items() if key in places}


def _bound(sent: Statement) -> str:
    used = _used(sent.tree, sent.values)
    return "\n".join(f"-- {key} = {value!r}" for key, value in used.items())
