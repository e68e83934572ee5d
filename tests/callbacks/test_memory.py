"""Each question is answered once, and what is remembered goes with its memory."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import numpy as np
import pytest

from callbacks.memory import Memory
from tests.shipped import load_catalog

ASKED = []
ENTERED = threading.Event()


def copies():
    study = load_catalog().study("soramic")
    return replace(study), replace(study)


def noted(memory, study, *more):
    """A question whose askings are counted."""
    ASKED.append((study, more))


def total(memory, study, endpoint):
    return int(study.outcomes[endpoint].time.sum())


def doubled(memory, study, endpoint):
    return 2 * memory.recall(total, study, endpoint)


def test_each_question_is_asked_once():
    one, other = copies()
    memory = Memory((one, other))
    ASKED.clear()
    for study, more in ((one, ("pfs", 0)), (one, ("pfs", 0)), (one, ("os", 0)), (other, ())):
        assert memory.recall(noted, study, *more) is None
    assert [(one, ("pfs", 0)), (one, ("os", 0)), (other, ())] == ASKED


def slow(memory, study, fails):
    """A question that is under way until somebody else has asked it too."""
    ASKED.append(study)
    assert ENTERED.wait(10)
    if fails:
        raise ValueError("no answer")
    return len(ASKED)


@pytest.mark.parametrize("fails", [False, True])
def test_who_asks_at_the_same_time_waits_for_the_same_answer(fails):
    one, _ = copies()
    memory = Memory((one,))
    ASKED.clear()
    ENTERED.clear()
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(memory.recall, slow, one, fails) for _ in range(3)]
        # Time for all three to come; who comes later finds the answer remembered.
        wait(answers, timeout=0.2)
        ENTERED.set()
    if fails:
        assert [str(one.exception()) for one in answers] == ["no answer"] * 3
    else:
        assert [one.result() for one in answers] == [1, 1, 1]
    assert [one] == ASKED


def test_a_question_may_ask_others():
    one, _ = copies()
    memory = Memory((one,))
    expected = 2 * int(np.sum(one.outcomes["pfs"].time))
    assert memory.recall(doubled, one, "pfs") == expected


def test_a_study_goes_with_its_memory():
    one, _ = copies()
    memory = Memory((one,))
    assert memory.recall(total, one, "pfs") > 0
    gone = weakref.ref(one)
    del one, memory
    gc.collect()
    assert gone() is None


def test_what_is_remembered_has_an_end():
    one, _ = copies()
    memory = Memory((one,))
    ASKED.clear()
    for day in (1, 2, 3, 4, 4, 1):
        memory.recall(noted, one, day, room=3)
    # The first was the one not used for longest when the fourth came.
    assert [more for _, more in ASKED] == [(1,), (2,), (3,), (4,), (1,)]


def test_what_is_forgotten_is_asked_again():
    one, _ = copies()
    memory = Memory((one,))
    ASKED.clear()
    memory.recall(noted, one)
    memory.forget(noted.__module__)
    memory.recall(noted, one)
    assert len(ASKED) == 1
    memory.forget()
    memory.recall(noted, one)
    assert len(ASKED) == 2


def test_who_may_see_fewer_studies_shares_what_is_remembered_and_not_who_is_there():
    one, other = copies()
    memory = Memory((one, other))
    less = memory.of((one,))
    assert less.studies == (one,)

    def there(memory, study):
        return memory.studies

    # What is shared by all must not depend on what the first one who asked may see.
    assert memory.recall(there, one) == ()
    ASKED.clear()
    for each in (memory, less, memory.of(())):
        each.recall(noted, one)
    assert len(ASKED) == 1
    less.forget()
    memory.recall(noted, one)
    assert len(ASKED) == 2
