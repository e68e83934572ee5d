"""Who is let in: nobody whom the settings do not name, on no path but two."""

from __future__ import annotations

import os
import threading
import time

import pytest

import app as application
from callbacks.server import access, password
from callbacks.server.password import Busy, Password, password_hash
from settings import PASSWORD_HASH, read_settings

SECRET = "correct horse battery"
# hashlib.scrypt by OpenSSL's command line: openssl kdf -keylen 32 -kdfopt pass:'correct horse
# battery' -kdfopt hexsalt:000102030405060708090a0b0c0d0e0f -kdfopt n:32768 -kdfopt r:8 -kdfopt p:1
# -kdfopt maxmem_bytes:67108864 SCRYPT
SALT = bytes(range(16))
PATHS = [
    "/",
    "/survival",
    "/nowhere",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_favicon.ico",
    "/download/km.csv",
    "/assets/base.css",
    "/_dash-component-suites/dash/deps/x.js",
    "/_reload-hash",
    "//",
    "/healthz/",
    "/readyz/x",
    "/HEALTHZ",
]


@pytest.fixture(scope="module")
def hashed():
    return password_hash(SECRET, SALT)


def client_of(environ: dict[str, str]):
    return application.create_app(read_settings(environ)).server.test_client()


@pytest.fixture(scope="module")
def behind_proxy():
    return client_of({"AUTH_HEADER": "X-Remote-User", "TRUSTED_PROXIES": "10.0.0.5, 172.18.0.0/16"})


@pytest.fixture(scope="module")
def with_password(hashed):
    return client_of({"PASSWORD_HASH": hashed})


def get(client, path: str, address: str, **headers):
    return client.get(path, headers=headers, environ_base={"REMOTE_ADDR": address})


# ---- a proxy that names the user


@pytest.mark.parametrize("path", PATHS)
def test_without_the_header_nothing_is_answered(behind_proxy, path):
    for address in ("10.0.0.5", "203.0.113.9"):
        answer = get(behind_proxy, path, address)
        assert (answer.status_code, answer.text) == (401, f"{access.NO_USER}\n")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "address", ["203.0.113.9", "10.0.0.6", "127.0.0.1", "", "no address", "::1"]
)
def test_the_header_is_not_believed_from_elsewhere(behind_proxy, path, address):
    answer = get(behind_proxy, path, address, X_Remote_User="somebody")
    assert (answer.status_code, answer.text) == (403, f"{access.NO_PROXY}\n")


@pytest.mark.parametrize("address", ["10.0.0.5", "172.18.3.4", "::ffff:10.0.0.5"])
def test_a_user_whom_the_proxy_names_is_let_in(behind_proxy, address):
    assert get(behind_proxy, "/survival", address, X_Remote_User="somebody").status_code == 200


@pytest.mark.parametrize("value", ["", " ", "\t"])
def test_an_empty_name_is_none(behind_proxy, value):
    assert get(behind_proxy, "/", "10.0.0.5", X_Remote_User=value).status_code == 401


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-Ip", "Forwarded", "Remote-Addr"])
def test_no_header_makes_another_address(behind_proxy, name):
    headers = {name: "10.0.0.5", "X-Remote-User": "somebody"}
    answer = behind_proxy.get("/", headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 403


def test_no_header_opens_what_the_program_opens_for_itself(behind_proxy):
    for name in (access.ITSELF, access.ITSELF.upper(), "HTTP_" + access.ITSELF):
        assert get(behind_proxy, "/", "10.0.0.5", **{name: "1"}).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_may_ask_whether_it_runs(behind_proxy, with_password, path):
    for client in (behind_proxy, with_password):
        answer = get(client, path, "203.0.113.9")
        assert (answer.status_code, answer.text) == (200, "OK")


def test_a_callback_is_refused_as_a_page_is(behind_proxy, with_password):
    for client in (behind_proxy, with_password):
        assert client.post("/_dash-update-component", json={}).status_code == 401


def test_without_settings_everybody_is_let_in(client):
    assert get(client, "/", "203.0.113.9").status_code == 200


# ---- a password


@pytest.mark.parametrize("path", PATHS)
def test_without_the_password_nothing_is_answered(with_password, path):
    answer = with_password.get(path)
    assert (answer.status_code, answer.text) == (401, f"{access.NO_PASSWORD}\n")
    assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_password_lets_in_under_any_name(with_password):
    for name in ("", "somebody", "Ä"):
        assert with_password.get("/survival", auth=(name, SECRET)).status_code == 200


@pytest.mark.parametrize("given", ["", "correct horse", SECRET + " ", SECRET.upper(), "é" * 40])
def test_a_wrong_password_does_not_even_after_the_right_one(with_password, given):
    assert with_password.get("/", auth=("", SECRET)).status_code == 200
    assert with_password.get("/", auth=("", given)).status_code == 401


@pytest.mark.parametrize(
    "value", ["Basic", "Basic !!!", "Basic YQ==", "Bearer x", "Basic /w==", "basic", "Digest a=b"]
)
def test_what_is_no_password_is_refused_without_a_guess(with_password, value, monkeypatch):
    monkeypatch.setattr(password, "password_hash", lambda *_: pytest.fail("a guess"))
    assert with_password.get("/", headers={"Authorization": value}).status_code == 401


def test_the_hash_is_scrypts(hashed):
    import base64

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


def test_the_right_password_costs_one_guess_and_a_wrong_one_always_one(hashed, monkeypatch):
    guesses = []
    original = password.password_hash
    monkeypatch.setattr(
        password, "password_hash", lambda *given: guesses.append(1) or original(*given)
    )
    one = Password(hashed)
    for _ in range(5):
        assert one.matches(SECRET)
    assert len(guesses) == 1
    for _ in range(3):
        assert not one.matches("wrong")
    assert len(guesses) == 4


def test_parts_of_a_page_that_come_together_cost_one_guess(hashed, monkeypatch):
    guesses = []
    original = password.password_hash
    monkeypatch.setattr(
        password, "password_hash", lambda *given: guesses.append(1) or original(*given)
    )
    one = Password(hashed)
    got = []
    threads = [threading.Thread(target=lambda: got.append(one.matches(SECRET))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [True] * 2
    assert len(guesses) == 1


def test_guesses_take_turns_and_do_not_wait_for_ever(hashed, monkeypatch):
    monkeypatch.setattr(password, "PATIENCE", 0.01)
    one = Password(hashed)
    assert one.matches(SECRET)
    with one._turn:
        assert one.matches(SECRET), "who is in stays in"
        with pytest.raises(Busy):
            one.matches("wrong")


def test_guesses_beyond_two_are_refused_at_once(hashed):
    one = Password(hashed)
    assert one.matches(SECRET)
    waiting = [threading.Thread(target=one.matches, args=("wrong",)) for _ in range(2)]
    with one._turn:
        for thread in waiting:
            thread.start()
        while one._places._value:
            time.sleep(0.001)
        start = time.monotonic()
        with pytest.raises(Busy):
            one.matches("another")
        assert time.monotonic() - start < 0.5
        assert one.matches(SECRET), "who is in stays in"
    for thread in waiting:
        thread.join()


def test_whom_one_process_lets_in_the_others_know(hashed):
    one = Password(hashed)
    child = os.fork()
    if not child:
        os._exit(0 if one.matches(SECRET) else 1)
    assert os.waitpid(child, 0)[1] == 0
    with one._turn:
        assert one.matches(SECRET)


def test_no_password_holds_a_nul(hashed):
    assert not Password(hashed).matches(f"{SECRET}\0")
    done = run("a password\0with it\n")
    assert done.returncode == 1
    assert "cannot be typed" in done.stderr


def test_too_many_guesses_are_told_to_come_later(with_password, monkeypatch):
    def busy(*_):
        raise Busy

    monkeypatch.setattr(Password, "matches", busy)
    answer = with_password.get("/", auth=("", "x"))
    assert (answer.status_code, answer.text) == (429, f"{access.BUSY}\n")
    assert answer.headers["Retry-After"] == "5"


def test_nothing_in_memory_is_the_password(hashed):
    one = Password(hashed)
    one.matches(SECRET)
    assert SECRET not in repr(vars(one))
    assert SECRET.encode() not in one._right[:]
    assert SECRET.encode() not in b"".join(v for v in vars(one).values() if isinstance(v, bytes))


# ---- the command


def run(text: str):
    import subprocess
    import sys
    from pathlib import Path

    return subprocess.run(
        [sys.executable, "-m", "callbacks.server.password"],
        input=text,
        capture_output=True,
        text=True,
        cwd=Path(application.__file__).parent,
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
