"""The one password that all users of a server may share; only its hash is ever stored.

    python -m callbacks.server.password

asks for a password and prints the line for the settings. A hash holds no dollar sign, which
compose files would take for the name of a variable.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import mmap
import os
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from getpass import getpass

from callbacks.server.guesses import BackOff, Busy, Turns, neighbourhood

NAME = "scrypt-32768-8-1"
SHORTEST = 12
# One guess costs 32 MB and about 0.1 s. Guesses take turns, so that they cost no more than one
# processor and leave the other requests their threads.
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}
# Requests that wait for the answer to the same guess of their address: the parts of a page come
# together, and all with the password.
TOGETHER = 6


def password_hash(password: str, salt: bytes | None = None) -> str:
    """The hash of a password, with a salt of its own.

    Parameters
    ----------
    salt : bytes or None
        16 bytes; drawn at random by default.
    """
    salt = os.urandom(16) if salt is None else salt
    key = hashlib.scrypt(password.encode("utf-8"), salt=salt, **_COST)
    parts = (base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (salt, key))
    return ":".join([NAME, *parts])


@dataclass(eq=False)
class _Guess:
    """A guess of an address that is being looked at."""

    digest: bytes
    answer: Future = field(default_factory=Future)
    others: int = 0


class Password:
    """Compares what a browser sends with the hash.

    A browser sends the password with every request. Once it was right, a digest of it under a key
    that this process drew at random is kept in memory, and further requests are compared with
    that: in a microsecond, and always in the same time. A wrong one always costs a guess.
    """

    def __init__(self, hashed: str):
        self._hashed = hashed
        _, salt, _ = hashed.split(":")
        self._salt = base64.urlsafe_b64decode(f"{salt}==")
        self._key = os.urandom(32)
        # Shared by the processes of a server: who was let in by one is known to the others. The
        # first byte says whether the others hold a digest.
        self._right = mmap.mmap(-1, 33)
        self._lock = threading.Lock()
        self._now: dict[str, _Guess] = {}
        self._back_off = BackOff()
        self._turns = Turns()
        # What a browser that was let in is given: together with the password it says that this
        # is none who guesses, whatever others at the same address do.
        self.session = hmac.digest(self._key, b"was let in", "sha256").hex()

    def matches(self, password: str, address: str = "", session: str = "") -> bool:
        """Whether this is the password.

        Parameters
        ----------
        address : str
            Where the guess comes from. It has one at a time, and waits after wrong ones.
        session : str
            What a browser has that was let in.

        Raises
        ------
        Busy
            If the guess was not looked at: nothing is said of it.
        """
        digest = hmac.digest(self._key, password.encode("utf-8"), "sha256")
        was_in = hmac.compare_digest(session.encode("utf-8"), self.session.encode())
        if was_in and self._remembered(digest):
            return True
        place = neighbourhood(address)
        with self._lock:
            self._back_off.look(place)
            going = self._now.get(place)
            first = going is None
            if first:
                going = self._now[place] = _Guess(digest)
            elif not hmac.compare_digest(going.digest, digest) or going.others >= TOGETHER:
                raise Busy(1)
            else:
                going.others += 1
        return self._looked_at(password, place, going) if first else going.answer.result()

    def _looked_at(self, password: str, place: str, going: _Guess) -> bool:
        """The answer to a guess, for all that wait for it."""
        try:
            found = self._remembered(going.digest) or self._guess(password, place, going.digest)
            going.answer.set_result(found)
            return found
        except BaseException as error:
            going.answer.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._now[place]

    def _guess(self, password: str, place: str, digest: bytes) -> bool:
        found = False
        try:
            # No password holds a NUL.
            if "\0" not in password:
                with self._turns.turn(self._back_off.wrong(place)):
                    # Others may have been let in while this one waited.
                    found = self._remembered(digest) or self._is_right(password)
        except Busy:
            # Not looked at, and yet known to be wrong where the right one is known: if it cost
            # nothing, guesses could be tried for the one that is let in.
            if self._right[0] == 1:
                self._back_off.missed(place)
            raise
        if found:
            self._right[1:] = digest
            self._right[0] = 1
        else:
            self._back_off.missed(place)
        return found

    def _is_right(self, password: str) -> bool:
        return hmac.compare_digest(password_hash(password, self._salt), self._hashed)

    def _remembered(self, digest: bytes) -> bool:
        return self._right[0] == 1 and hmac.compare_digest(digest, self._right[1:])


def main() -> None:
    """Ask for a password and print its hash."""
    asked = sys.stdin.isatty()
    password = getpass("Password: ") if asked else sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST:
        sys.exit(f"The password is too short. Take at least {SHORTEST} characters.")
    if "\0" in password:
        sys.exit("The password holds a character that cannot be typed. Take another one.")
    if asked and getpass("The same again: ") != password:
        sys.exit("The two are not the same. Start again.")
    print(f"PASSWORD_HASH={password_hash(password)}")


if __name__ == "__main__":
    main()
