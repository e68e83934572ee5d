"""Who is let in: nobody whom the settings do not name, on no path but two."""

from __future__ import annotations

import logging

import pytest

import app as application
from callbacks.server import access, password
from callbacks.server.guesses import FREE, Busy
from callbacks.server.password import Password, password_hash
from settings import read_settings

SECRET = "correct horse battery"
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


@pytest.fixture
def guarded(hashed, monkeypatch):
    """A server with the password behind a proxy, on which a wrong guess costs no time."""
    monkeypatch.setattr(password, "password_hash", lambda given, _: hashed * (given == SECRET))
    server = application.create_app(
        read_settings({"PASSWORD_HASH": hashed, "TRUSTED_PROXIES": "10.0.0.5"})
    ).server

    def ask(given: str, address: str, via: str = "10.0.0.5", client=None):
        return (client or server.test_client()).get(
            "/survival",
            auth=("", given),
            headers={"X-Forwarded-For": address},
            environ_base={"REMOTE_ADDR": via},
        )

    ask.server = server
    return ask


def test_guesses_wait_by_the_address_that_the_proxy_names(guarded):
    for i in range(FREE + 1):
        assert guarded(f"wrong {i}", "203.0.113.9").status_code == 401
    for given in ("wrong", SECRET):
        answer = guarded(given, "203.0.113.9")
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
        # Whatever a guesser writes before it.
        assert guarded(given, "192.0.2.1, 203.0.113.9").status_code == 429
    assert guarded(SECRET, "203.0.113.10").status_code == 200
    # What comes past the proxy says nothing of where it is from.
    assert guarded("wrong", "203.0.113.10", via="203.0.113.9").status_code == 429


def test_a_long_wait_is_said_in_words(guarded, monkeypatch):
    def busy(*_):
        raise Busy(899.2)

    monkeypatch.setattr(Password, "matches", busy)
    answer = guarded("wrong", "203.0.113.9")
    said = "Too many wrong passwords came from your address. Try again in 900 seconds.\n"
    assert (answer.status_code, answer.text) == (429, said)
    assert answer.headers["Retry-After"] == "900"


def test_a_browser_that_was_let_in_stays_in_beside_a_guesser(guarded):
    mine = guarded.server.test_client()
    answer = guarded(SECRET, "203.0.113.9", client=mine)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{access.SESSION}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    for i in range(FREE + 1):
        guarded(f"wrong {i}", "203.0.113.9")
    assert guarded(SECRET, "203.0.113.9").status_code == 429
    again = guarded(SECRET, "203.0.113.9", client=mine)
    assert again.status_code == 200
    assert "Set-Cookie" not in again.headers
    assert guarded("wrong", "203.0.113.9", client=mine).status_code == 429


def test_below_a_path_the_cookie_stays_below_it(hashed):
    client = client_of({"PASSWORD_HASH": hashed, "URL_PREFIX": "/hcc/"})
    answer = client.get("/hcc/survival", auth=("", SECRET))
    assert "Path=/hcc/" in answer.headers["Set-Cookie"]
    assert client.get("/hcc/survival").status_code == 401


def test_wrong_passwords_are_one_line_of_the_log_at_first(guarded, caplog):
    with caplog.at_level(logging.WARNING):
        for i in range(20):
            guarded(f"guess {i}", "203.0.113.9")
        guarded("", "203.0.113.9")
    said = [one.getMessage() for one in caplog.records]
    assert [one.partition(" from ")[2] for one in said] == [
        "203.0.113.9: 1 × wrong password.",
        "203.0.113.9: 1 × too many guesses.",
    ]
    assert "guess" not in caplog.text.replace("guesses", "")


# ---- names that are none


NOBODY = [
    "(null)",
    "null",
    "NULL",
    "-",
    "--",
    "none",
    "None",
    "(none)",
    "<nil>",
    "nil",
    "undefined",
    "anonymous",
    "Anonymous",
    "anonymousUser",
    "unknown",
    "nobody",
    "''",
    '""',
    "N/A",
    "${user}",
    "$remote_user",
    "%{REMOTE_USER}e",
    "{http.auth.user.id}",
    "\u00a0",
    "(doubled)",
    " - ",
]


@pytest.mark.parametrize("name", NOBODY)
def test_what_stands_for_nobody_is_nobody(behind_proxy, name):
    raw = name.encode().decode("latin-1")
    answer = get(behind_proxy, "/survival", "10.0.0.5", X_Remote_User=raw)
    assert (answer.status_code, answer.text) == (401, f"{access.NOT_ONE}\n")


@pytest.mark.parametrize("name", ["anna, bert", "anna,anna", "anna,", ",anna", "anna,-", "x" * 257])
def test_two_names_are_refused(behind_proxy, name):
    """What comes in two headers WSGI joins with a comma."""
    answer = get(behind_proxy, "/survival", "10.0.0.5", X_Remote_User=name)
    assert (answer.status_code, answer.text) == (401, f"{access.NOT_ONE}\n")


@pytest.mark.parametrize(
    "name",
    ["anna", "a.meier@hospital.example", "HOSPITAL\\meier", "Jörg Weiß", "nonette", "o'neil"],
)
def test_names_of_people_are_let_in(behind_proxy, name):
    raw = name.encode().decode("latin-1")
    assert get(behind_proxy, "/survival", "10.0.0.5", X_Remote_User=raw).status_code == 200
