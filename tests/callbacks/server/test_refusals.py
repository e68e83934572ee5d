"""Refused sign-ins: never thousands of lines, and never none."""

from __future__ import annotations

import pytest

from callbacks.server.audit_log import Unwritten
from callbacks.server.refusals import EVERY, MOST_ADDRESSES, OTHERS, Refusals


class Book:
    """What was said, on a clock that a test moves."""

    def __init__(self):
        self.now, self.lines, self.fails = 0.0, [], False
        self.refusals = Refusals(self.say, lambda: self.now)

    def say(self, reason, address, count, since):
        if self.fails:
            raise Unwritten
        self.lines.append((reason, address, count))

    def after(self, seconds: float) -> list:
        """What is said when a request comes so much later."""
        self.now += seconds
        before = len(self.lines)
        self.refusals.flush()
        return self.lines[before:]


@pytest.fixture
def book():
    return Book()


def test_the_first_is_said_at_once_and_the_others_with_their_number(book):
    for _ in range(5000):
        book.refusals.note("wrong password", "203.0.113.9")
    assert book.lines == [("wrong password", "203.0.113.9", 1)]
    assert book.after(EVERY - 1) == []
    assert book.after(1) == [("wrong password", "203.0.113.9", 4999)]
    book.refusals.note("wrong password", "203.0.113.9")
    assert book.after(EVERY) == [("wrong password", "203.0.113.9", 1)]


def test_after_quiet_the_first_is_said_at_once_again(book):
    book.refusals.note("no user", "203.0.113.9")
    assert book.after(EVERY) == []
    book.refusals.note("no user", "203.0.113.9")
    assert book.lines == [("no user", "203.0.113.9", 1)] * 2


def test_a_thousand_addresses_are_some_lines_that_count_all(book):
    for i in range(1000):
        for _ in range(2):
            book.refusals.note("wrong password", f"10.1.{i // 250}.{i % 250}")
    book.after(EVERY)
    assert len(book.lines) <= 2 * MOST_ADDRESSES + 2
    assert sum(count for _, _, count in book.lines) == 2000
    assert OTHERS in {address for _, address, _ in book.lines}


def test_a_network_of_ipv6_is_one_address(book):
    for i in range(100):
        book.refusals.note("wrong password", f"2001:db8::{i:x}")
    book.after(EVERY)
    assert [line[1:] for line in book.lines] == [("2001:db8::/64", 1), ("2001:db8::/64", 99)]


def test_what_could_not_be_written_is_written_later(book):
    book.fails = True
    for _ in range(3):
        book.refusals.note("no user", "203.0.113.9")
    book.after(EVERY)
    book.fails = False
    assert book.after(EVERY) == [("no user", "203.0.113.9", 3)]


def test_what_is_left_is_said_at_the_end(book):
    for _ in range(3):
        book.refusals.note("no user", "203.0.113.9")
    book.refusals.flush(everything=True)
    assert [count for _, _, count in book.lines] == [1, 2]
