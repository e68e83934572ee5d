"""The one password that all users of a server may share; only its hash is ever stored.

    python -m callbacks.password

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
from getpass import getpass

NAME = "scrypt-32768-8-1"
SHORTEST = 12
# One guess costs 32 MB and about 0.1 s. Guesses take turns, so that they cost no more than one
# processor and leave the other requests their threads.
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}
PATIENCE = 2.0
# Guesses that are looked at or wait for their turn; each holds a thread, which others need.
AT_ONCE = 2


class Busy(Exception):
    """Too many guesses at once: this one was not looked at."""


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


class Password:
    """Compares what a browser sends with the hash.

    A browser sends the password with every request. Once it was right, a digest of it under a key
    that this process drew at random is kept in memory, and further requests are compared with
    that: in a microsecond, and always in the same time.
    """

    def __init__(self, hashed: str):
        self._hashed = hashed
        _, salt, _ = hashed.split(":")
        self._salt = base64.urlsafe_b64decode(f"{salt}==")
        self._key = os.urandom(32)
        # Shared by the processes of a server: who was let in by one is known to the others. The
        # first byte says whether the others hold a digest.
        self._right = mmap.mmap(-1, 33)
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._turn = threading.Lock()

    def matches(self, password: str) -> bool:
        """Whether this is the password.

        Raises
        ------
        Busy
            If other guesses take all the time there is.
        """
        digest = hmac.digest(self._key, password.encode("utf-8"), "sha256")
        if self._remembered(digest):
            return True
        if "\0" in password:
            return False
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            return self._guess(password, digest)
        finally:
            self._places.release()

    def _guess(self, password: str, digest: bytes) -> bool:
        if not self._turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            # The parts of a page come together and all with the password: one looks it up.
            if self._remembered(digest):
                return True
            found = hmac.compare_digest(password_hash(password, self._salt), self._hashed)
            if found:
                self._right[1:] = digest
                self._right[0] = 1
            return found
        finally:
            self._turn.release()

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
