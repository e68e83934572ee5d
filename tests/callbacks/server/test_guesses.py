"""Guesses of a password: who waits, for how long, and who goes first."""

from __future__ import annotations

import threading
import time

import pytest

from callbacks.server import guesses
from callbacks.server.guesses import (
    FORGOTTEN,
    FREE,
    LONGEST_WAIT,
    MOST_ADDRESSES,
    PLACES,
    BackOff,
    Busy,
    Turns,
    neighbourhood,
)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("address", "all_of"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("::1", "::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_a_guesser_has_one_address_or_a_network(address, all_of):
    assert neighbourhood(address) == all_of


def waits(back_off: BackOff, address: str) -> int:
    try:
        back_off.look(address)
    except Busy as busy:
        return busy.seconds
    return 0


def test_waiting_doubles_up_to_a_quarter_of_an_hour():
    clock = Clock()
    back_off = BackOff(clock)
    seen = []
    for _ in range(FREE + 14):
        back_off.missed("a")
        seen.append(waits(back_off, "a"))
        clock.now += seen[-1]
        assert waits(back_off, "a") == 0, "after the time another guess may be made"
    assert seen == [0] * FREE + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]


def test_nobody_waits_for_the_guesses_of_another_address():
    back_off = BackOff(Clock())
    for _ in range(50):
        back_off.missed("a")
    assert waits(back_off, "a") == LONGEST_WAIT
    assert waits(back_off, "b") == 0
    assert back_off.wrong("b") == 0


def test_an_hour_of_quiet_is_forgiven():
    clock = Clock()
    back_off = BackOff(clock)
    for _ in range(50):
        back_off.missed("a")
    clock.now += FORGOTTEN + 1
    back_off.missed("a")
    assert (waits(back_off, "a"), back_off.wrong("a")) == (0, 1)


def test_the_table_is_bounded_and_loses_the_oldest():
    back_off = BackOff(Clock())
    for i in range(MOST_ADDRESSES + 3):
        back_off.missed(str(i))
    assert len(back_off._wrong) == MOST_ADDRESSES
    assert back_off.wrong("2") == 0
    assert back_off.wrong("3") == 1


class Queue:
    """Threads that want a turn while somebody has it."""

    def __init__(self):
        self.turns, self.order, self.threads = Turns(), [], []

    def wants(self, name: str, wrong: int) -> None:
        """One more, who waits when this returns or has been turned away."""
        waiting = threading.Event()

        def run():
            try:
                waiting.set()
                with self.turns.turn(wrong):
                    self.order.append(name)
            except Busy:
                self.order.append(f"not {name}")

        before = self.turns._came
        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()
        waiting.wait()
        # The ticket is drawn under the lock that it then waits with.
        while self.turns._came == before:
            time.sleep(0.001)
        with self.turns._changed:
            pass

    def done(self) -> list[str]:
        for thread in self.threads:
            thread.join()
        return self.order


def test_who_was_wrong_least_often_goes_first():
    queue = Queue()
    with queue.turns.turn(0):
        queue.wants("often", 9)
        queue.wants("twice", 2)
        queue.wants("never", 0)
        queue.wants("never either", 0)
    assert queue.done() == ["never", "never either", "twice", "often"]


def test_places_are_bounded_and_the_one_who_was_wrong_most_often_makes_room():
    queue = Queue()
    with queue.turns.turn(0):
        for i in range(PLACES - 1):
            queue.wants(f"guesser {i}", 5 + i)
        queue.wants("worse", 99)
        queue.wants("new", 0)
    done = queue.done()
    away = {one for one in done if one.startswith("not")}
    assert away == {"not worse", f"not guesser {PLACES - 2}"}
    served = [one for one in done if one not in away]
    assert served == ["new", *(f"guesser {i}" for i in range(PLACES - 2))]


def test_a_turn_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(guesses, "PATIENCE", 0.01)
    turns = Turns()
    with turns.turn(0), pytest.raises(Busy), turns.turn(0):
        pass
    with turns.turn(0):
        pass


def test_a_turn_ends_with_an_error_too():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn(0):
        _ = 1 / 0
    with turns.turn(0):
        pass
