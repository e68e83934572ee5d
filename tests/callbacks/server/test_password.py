"""The shared password: its hash, what a guess costs, and who need not wait."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from callbacks.server import guesses, password
from callbacks.server.guesses import FREE, Busy
from callbacks.server.password import Password, password_hash
from settings import PASSWORD_HASH, read_settings

ROOT = Path(__file__).parents[3]
SECRET = "correct horse battery"
HOME = "10.0.0.7"
# hashlib.scrypt by OpenSSL's command line: openssl kdf -keylen 32 -kdfopt pass:'correct horse
# battery' -kdfopt hexsalt:000102030405060708090a0b0c0d0e0f -kdfopt n:32768 -kdfopt r:8 -kdfopt p:1
# -kdfopt maxmem_bytes:67108864 SCRYPT
SALT = bytes(range(16))


@pytest.fixture(scope="module")
def hashed():
    return password_hash(SECRET, SALT)


@pytest.fixture
def guessed(monkeypatch, hashed):
    """The passwords that were guessed, each in no time."""
    made = []

    def quick(given: str, salt: bytes) -> str:
        made.append(given)
        return hashed if given == SECRET else "no"

    monkeypatch.setattr(password, "password_hash", quick)
    return made


def test_the_hash_is_scrypts(hashed):
    name, salt, key = hashed.split(":")
    assert name == "scrypt-32768-8-1"
    assert base64.urlsafe_b64decode(salt + "==") == SALT
    # As OpenSSL computes it, see above.
    assert base64.urlsafe_b64decode(key + "=").hex() == OPENSSL


OPENSSL = "c72e940880b3f15bff3fa26a3a49140f80ce9a1c4dd2d5d27bab10014071ba94"


def test_a_hash_has_its_own_salt_and_is_what_the_settings_accept(hashed):
    first, second = password_hash(SECRET), password_hash(SECRET)
    assert len({first, second, hashed}) == 3
    for one in (first, second, hashed):
        assert PASSWORD_HASH.fullmatch(one)
        assert "$" not in one
        assert Password(one).matches(SECRET)


def test_the_right_password_costs_one_guess_and_a_wrong_one_always_one(hashed, guessed):
    one = Password(hashed)
    for _ in range(5):
        assert one.matches(SECRET)
    assert len(guessed) == 1
    for _ in range(3):
        assert not one.matches("wrong")
    assert len(guessed) == 4


def test_parts_of_a_page_that_come_together_cost_one_guess(hashed, guessed):
    one = Password(hashed)
    got = []
    threads = [threading.Thread(target=lambda: got.append(one.matches(SECRET))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 2
    assert len(guessed) == 1


def test_who_is_in_stays_in_whatever_others_guess(hashed):
    one = Password(hashed)
    assert one.matches(SECRET, HOME)
    with one._turns.turn(0):
        assert one.matches(SECRET, HOME)
        assert one.matches(SECRET, "203.0.113.1")


def test_the_right_password_passes_those_who_guess_from_elsewhere(hashed, guessed):
    """Twelve addresses guess, as many as once had the right password refused twelve times."""
    one = Password(hashed)
    done, stop = [], threading.Event()

    def guess(i: int) -> None:
        while not stop.is_set():
            try:
                one.matches(f"wrong {i} {len(done)}", f"198.51.100.{i}")
            except Busy:
                stop.wait(0.001)
            done.append(i)

    for i in range(12):
        one._back_off.missed(f"198.51.100.{i}")
    threads = [threading.Thread(target=guess, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    while len(guessed) < 12:
        time.sleep(0.001)
    try:
        assert [one.matches(SECRET, f"192.0.2.{i}") for i in range(12)] == [True] * 12
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_an_address_that_guesses_is_not_answered_until_it_has_waited(hashed, guessed):
    one = Password(hashed)
    assert one.matches(SECRET, HOME)
    for i in range(FREE + 1):
        assert not one.matches(f"wrong {i}", "203.0.113.9")
    before = len(guessed)
    for given in ("wrong again", SECRET):
        # The right one too: whoever is told no by one answer only knows which is right.
        with pytest.raises(Busy):
            one.matches(given, "203.0.113.9")
    assert len(guessed) == before
    assert one.matches(SECRET, "203.0.113.10")


def test_a_browser_that_was_let_in_does_not_wait_for_others_at_its_address(hashed, guessed):
    one = Password(hashed)
    assert one.matches(SECRET, HOME)
    for i in range(FREE + 1):
        one.matches(f"wrong {i}", HOME)
    assert one.matches(SECRET, HOME, one.session)
    for session in ("", "x", one.session[:-1], "é"):
        with pytest.raises(Busy):
            one.matches(SECRET, HOME, session)
    with pytest.raises(Busy):
        one.matches("wrong", HOME, one.session)
    assert Password(hashed).session != one.session


def test_an_address_has_one_guess_at_a_time(hashed, guessed):
    one = Password(hashed)
    assert one.matches(SECRET, HOME)
    with one._turns.turn(0):
        thread = threading.Thread(target=one.matches, args=("wrong", "203.0.113.9"))
        thread.start()
        while "203.0.113.9" not in one._now:
            time.sleep(0.001)
        for given in ("another", SECRET):
            with pytest.raises(Busy):
                one.matches(given, "203.0.113.9")
        assert one.matches(SECRET, HOME)
    thread.join()
    assert one.matches(SECRET, "203.0.113.9")


def test_a_guess_that_finds_no_place_counts_where_it_is_known_to_be_wrong(hashed, monkeypatch):
    monkeypatch.setattr(guesses, "PATIENCE", 0.001)
    fresh, known = Password(hashed), Password(hashed)
    assert known.matches(SECRET, HOME)
    for one, missed in ((fresh, 0), (known, 1)):
        with one._turns.turn(0), pytest.raises(Busy):
            one.matches("wrong", "203.0.113.9")
        assert one._back_off.wrong("203.0.113.9") == missed


def test_whom_one_process_lets_in_the_others_know(hashed):
    one = Password(hashed)
    child = os.fork()
    if not child:
        os._exit(0 if one.matches(SECRET) else 1)
    assert os.waitpid(child, 0)[1] == 0
    with one._turns.turn(0):
        assert one.matches(SECRET)


def test_no_password_holds_a_nul(hashed):
    assert not Password(hashed).matches(f"{SECRET}\0")
    done = run("a password\0with it\n")
    assert done.returncode == 1
    assert "cannot be typed" in done.stderr


def test_nothing_in_memory_is_the_password(hashed):
    one = Password(hashed)
    one.matches(SECRET)
    assert SECRET not in repr(vars(one))
    assert SECRET.encode() not in one._right[:]
    assert SECRET.encode() not in b"".join(v for v in vars(one).values() if isinstance(v, bytes))


# ---- the command


def run(text: str):
    return subprocess.run(
        [sys.executable, "-m", "callbacks.server.password"],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def test_the_command_prints_the_line_for_the_settings():
    done = run(f"{SECRET}\n")
    assert done.returncode == 0, done.stderr
    name, value = done.stdout.strip().split("=", 1)
    assert Password(read_settings({name: value}).password_hash).matches(SECRET)
    assert SECRET not in done.stdout


def test_the_command_refuses_a_short_password():
    done = run("short\n")
    assert done.returncode == 1
    assert done.stderr == "The password is too short. Take at least 12 characters.\n"
    assert done.stdout == ""
