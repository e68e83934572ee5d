"""What is remembered of a study goes with the study."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from callbacks import memory
from callbacks.memory import with_study
from tests.shipped import load_catalog


def copies():
    study = load_catalog().study("soramic")
    return replace(study), replace(study)


def test_each_question_is_asked_once():
    one, other = copies()
    asked = []

    @with_study
    def rows(study, *more):
        asked.append((study, more))

    for study, more in ((one, ("pfs", 0)), (one, ("pfs", 0)), (one, ("os", 0)), (other, ())):
        assert rows(study, *more) is None
    assert asked == [(one, ("pfs", 0)), (one, ("os", 0)), (other, ())]


def test_a_study_that_is_gone_is_forgotten():
    one, _ = copies()
    remembered = with_study(lambda study, endpoint: study.outcomes[endpoint].time.sum())
    assert remembered(one, "pfs") > 0
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_what_is_remembered_of_a_study_has_an_end(monkeypatch):
    monkeypatch.setattr(memory, "_OF_ONE_STUDY", 3)
    one, _ = copies()
    asked = []
    remembered = with_study(lambda study, day: asked.append(day) or day)
    for day in (1, 2, 3, 4, 4, 1):
        assert remembered(one, day) == day
    # The fourth emptied the memory before it was kept.
    assert asked == [1, 2, 3, 4, 1]
