"""The patients of a study in one or several databases, and what they answer together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from data.warehouse.counts import Counts, NotAnswered
from data.warehouse.engines.engine import EngineError
from data.warehouse.link import SiteDown, link
from data.warehouse.merging import together
from data.warehouse.model import Model
from data.warehouse.question import Question, SevereTime, Value
from data.warehouse.site import FoundSite
from data.warehouse.sources import DatabaseSource

# A study of which a site did not answer is read again soon.
RETRY = 30


@dataclass(frozen=True, eq=False)
class Database:
    """See `data.warehouse.counts.Counted`. It holds no connection and can be pickled.

    Attributes
    ----------
    sources : tuple of DatabaseSource
    found : tuple of FoundSite or None
        None of a site that did not answer when the study was read.
    states : tuple
        What changes with each database's data, where its engine knows; else None.
    read_at : float
        When the patients were counted, in seconds since 1970.
    """

    model: Model
    sources: tuple[DatabaseSource, ...]
    found: tuple[FoundSite | None, ...]
    states: tuple
    read_at: float
    n: int
    missing: frozenset[str]
    as_of: str

    @property
    def sites(self) -> tuple[str, ...]:
        return self.model.sites

    def count(self, question: Question) -> tuple[Counts, ...]:
        wanted = sorted(self.model.wanted_sites(question.who.cohort))
        if not wanted:
            return tuple(_nobody(grouping, question.sums) for grouping in question.groupings)
        answers = self._asked(wanted, question)
        absent = tuple(self.sites[i] for i in wanted if isinstance(answers[i], SiteDown))
        for one in answers.values():
            if isinstance(one, NotAnswered) and not isinstance(one, SiteDown):
                raise one
        there = [answers[i] for i in wanted if self.sites[i] not in absent]
        if not there:
            raise answers[wanted[0]]
        return tuple(
            together([one[place] for one in there], absent)
            for place in range(len(question.groupings))
        )

    def statement(self, question: Question) -> str:
        wanted = sorted(self.model.wanted_sites(question.who.cohort))
        shown = [self.found[i].shown(self.model, question) for i in wanted if self.found[i]]
        if len(self.sites) == 1:
            return "".join(shown)
        labels = [self.sites[i] for i in wanted if self.found[i]]
        return "\n\n".join(f"-- {label}\n{text}" for label, text in zip(labels, shown, strict=True))

    def due(self) -> bool:
        """Whether the patients are to be counted anew, as they may have changed."""
        age = time.time() - self.read_at
        if None in self.found:
            return age > RETRY
        states = tuple(link(one).state() for one in self.sources)
        if None not in states and None not in self.states:
            # Files tell at once, and need not be read again while they are the same.
            return states != self.states
        return age > 60 * min(one.fresh for one in self.sources)

    def answers(self) -> bool:
        """Whether all databases answer now."""
        for one in self.sources:
            try:
                link(one).ask(lambda connection: connection.ask("SELECT 1 AS one", {}))
            except EngineError:
                return False
        return True

    def _asked(self, wanted: Sequence[int], question: Question) -> dict:
        """What each site answers, or why it does not."""

        def one(i: int):
            site = self.found[i]
            if site is None:
                return SiteDown(f"{self.sites[i]} does not answer.")
            try:
                return site.count(self.model, question)
            except NotAnswered as error:
                return error

        if len(wanted) == 1:
            return {wanted[0]: one(wanted[0])}
        with ThreadPoolExecutor(len(wanted)) as threads:
            return dict(zip(wanted, threads.map(one, wanted), strict=True))


def _nobody(grouping, sums) -> Counts:
    """The counts of nobody: no kind, or of the whole none."""
    size = 0 if grouping else 1
    columns = {
        one: np.zeros(0, float if isinstance(one, Value | SevereTime) else np.int64)
        for one in grouping
    }
    return Counts(
        columns,
        np.zeros(size, np.int64),
        {names: np.zeros(size) for names in sums},
        {names: np.zeros(size, np.int64) for names in sums},
    )
