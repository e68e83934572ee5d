"""One costly view at a time; who waits too long is told so, and quick views never wait."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from callbacks.gate import MOST_WAITING, SENTENCE, Busy, Gate
from tests.callbacks.asking import view_of

ADDRESS = "?study=nct01900002"


def gate_of(seconds: float, patience: float = 0.05) -> Gate:
    """A gate by whose clock every work takes so many seconds."""
    ticks = iter(range(10**6))
    return Gate(patience, clock=lambda: seconds * next(ticks))


@contextmanager
def at_work(gate: Gate, kind: str):
    """While another thread is at a costly work."""
    gate.run(kind, "first", 10, lambda: None)
    begun, end = threading.Event(), threading.Event()

    def work():
        begun.set()
        end.wait(10)

    thread = threading.Thread(target=gate.run, args=(kind, "second", 10, work))
    thread.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        end.set()
        thread.join(10)


def test_a_second_costly_work_waits_and_is_told_so():
    gate = gate_of(seconds=3)
    with at_work(gate, "page"), pytest.raises(Busy, match="Try again"):
        gate.run("page", "third", 10, lambda: None)
    assert gate.run("page", "third", 10, lambda: "done") == "done"


def test_what_is_quick_or_remembered_does_not_wait():
    gate = gate_of(seconds=3)
    with at_work(gate, "page"):
        assert gate.run("page", "first", 10, lambda: "remembered") == "remembered"
        assert gate.run("another page", "third", 10, lambda: "never seen") == "never seen"
        with pytest.raises(Busy):
            gate.run("a large study", "fourth", 10**6, lambda: None)
    quick = gate_of(seconds=0.1)
    quick.run("page", "first", 10**6, lambda: None)
    assert quick.run("page", "second", 10**6, lambda: "quick") == "quick"


def test_a_work_that_fails_leaves_its_turn():
    gate = gate_of(seconds=3)
    gate.run("page", "first", 10, lambda: None)
    with pytest.raises(ZeroDivisionError):
        gate.run("page", "second", 10, lambda: 1 / 0)
    assert gate.run("page", "third", 10, lambda: "done") == "done"


def test_no_more_than_some_wait():
    gate = gate_of(seconds=3, patience=5)
    with at_work(gate, "page"):
        waiting = [
            threading.Thread(target=gate.run, args=("page", number, 10, lambda: None))
            for number in range(MOST_WAITING)
        ]
        for thread in waiting:
            thread.start()
        while gate._waiting.acquire(blocking=False):
            gate._waiting.release()
        with pytest.raises(Busy):
            gate.run("page", "one more", 10, lambda: None)
    for thread in waiting:
        thread.join(10)


class _Closed(Gate):
    def run(self, kind, asked, patients, work):
        raise Busy


@pytest.fixture
def closed(monkeypatch):
    monkeypatch.setattr("callbacks.disclosure.door.GATE", _Closed())


def test_a_page_says_it_in_place_of_its_numbers(closed, dash_app, client):
    answer = view_of(dash_app, client, f"/survival{ADDRESS}")
    assert answer["places"]["survival-sentence"] == SENTENCE
    assert not answer["figure"]["data"]
    assert not answer["saved"]


@pytest.mark.parametrize("path", ["/words/survival", "/download/km.csv"])
def test_an_address_answers_503_and_the_sentence(closed, client, path):
    answer = client.get(path + ADDRESS)
    assert (answer.status_code, answer.text) == (503, f"{SENTENCE}\n")
    assert answer.headers["Retry-After"] == "20"
