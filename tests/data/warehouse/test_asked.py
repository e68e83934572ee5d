"""Counts that were asked for are kept by their size, and what was asked is noted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from data.cohort import Cohort
from data.warehouse import asked
from data.warehouse.asked import counts_of, noting
from data.warehouse.counts import Counts, NotAnswered
from data.warehouse.question import Level, Question, Who
from tests.data.warehouse.in_memory import InMemory, counted


@dataclass(eq=False)
class Database:
    """Counts how often it is asked; may be down, or lack a site."""

    inner: InMemory
    times: int = 0
    down: bool = False
    absent: tuple[str, ...] = ()

    def count(self, question) -> tuple[Counts, ...]:
        self.times += 1
        if self.down:
            raise NotAnswered("The database does not answer.")
        return tuple(replace(one, absent=self.absent) for one in self.inner.count(question))


@pytest.fixture
def study(all_studies):
    one = counted(all_studies.study("soramic"))
    return replace(one, counted=Database(one.counted))


def question(*names: str) -> Question:
    return Question(Who(Cohort("soramic", "analysed")), (tuple(map(Level, names)),))


def test_a_question_is_asked_once_and_noted_each_time(study):
    with noting() as first:
        once = counts_of(study, question("arm"))
    with noting() as outer, noting() as inner:
        again = counts_of(study, question("arm"))

    assert again is once
    assert study.counted.times == 1
    for noted in (first, outer, inner):
        assert list(noted.questions) == [(study, question("arm"))]
        assert not noted.absent


def test_what_was_not_answered_is_asked_again(study):
    study.counted.down = True
    with pytest.raises(NotAnswered):
        counts_of(study, question("arm"))
    study.counted.down = False

    assert counts_of(study, question("arm"))[0].total == 177


def test_counts_without_a_site_are_not_kept(study):
    study.counted.absent = ("North",)
    with noting() as noted:
        counts_of(study, question("arm"))
    assert list(noted.absent) == ["North"]
    study.counted.absent = ()

    with noting() as noted:
        counts_of(study, question("arm"))
        counts_of(study, question("arm"))
    assert not noted.absent
    assert study.counted.times == 2


def test_the_oldest_go_when_there_is_no_room(study, monkeypatch):
    monkeypatch.setattr(asked, "ROOM", 2_500)
    for name in ("arm", "bclc", "pvi"):
        counts_of(study, question(name))
    counts_of(study, question("pvi"))
    assert study.counted.times == 3
    counts_of(study, question("arm"))
    assert study.counted.times == 4


def test_everything_can_be_forgotten(study):
    counts_of(study, question("arm"))
    asked.forget()
    counts_of(study, question("arm"))
    assert study.counted.times == 2
    assert np.array_equal(*(counts_of(study, question("arm"))[0].n for _ in range(2)))
