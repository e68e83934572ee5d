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


def test_too_many_guesses_are_told_to_come_later(with_password, monkeypatch):
    def busy(*_):
        raise Busy

    monkeypatch.setattr(Password, "matches", busy)
    answer = with_password.get("/", auth=("", "x"))
    assert (answer.status_code, answer.text) == (429, f"{access.BUSY}\n")
    assert answer.headers["Retry-After"] == "5"
