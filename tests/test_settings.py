"""What an administrator sets, and what is said when it cannot be used."""

import os
import re
import subprocess
import sys
from ipaddress import ip_network
from pathlib import Path

import pytest

from settings import Settings, read_settings

HASH = f"scrypt-32768-8-1:{'s' * 22}:{'k' * 43}"


def test_nothing_set_is_the_local_machine_with_the_shipped_studies():
    assert read_settings({}) == Settings("127.0.0.1", 8050, None)


def test_everything_set():
    environ = {"HOST": "0.0.0.0", "PORT": "80", "STUDIES_DIR": "/studies"}
    assert read_settings(environ) == Settings("0.0.0.0", 80, Path("/studies"))


@pytest.mark.parametrize(
    "name",
    [
        *("HOST", "PORT", "STUDIES_DIR", "AUTH_HEADER", "TRUSTED_PROXIES", "PASSWORD_HASH"),
        *("ACCESS_FILE", "GROUPS_HEADER", "AUDIT_LOG", "AUDIT_PURPOSE_HEADER"),
        *("URL_PREFIX", "UPLOADS"),
    ],
)
@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_variable_is_not_set(name, text):
    """Compose files pass variables that nobody filled in as empty texts."""
    assert read_settings({name: text}) == Settings()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", "８０", "1e3", "²"])
def test_a_port_that_is_none_is_refused_in_words(port):
    with pytest.raises(ValueError, match=r"PORT is .*Set it to a number from 1 to 65535"):
        read_settings({"PORT": port})


def test_settings_read_the_environment_by_default(monkeypatch):
    monkeypatch.setenv("PORT", "9001")
    assert read_settings().port == 9001


@pytest.mark.parametrize(
    ("host", "bind"),
    [
        ("0.0.0.0", "0.0.0.0:8050"),
        ("::", "[::]:8050"),
        ("[::1]", "[::1]:8050"),
        ("localhost", "localhost:8050"),
    ],
)
def test_an_address_of_either_kind_can_be_listened_on(host, bind):
    assert read_settings({"HOST": host}).bind == bind


def test_a_proxy_that_names_users():
    environ = {"AUTH_HEADER": "X-Remote-User", "TRUSTED_PROXIES": "10.0.0.5, 172.18.0.0/16 ::1"}
    settings = read_settings(environ)
    assert settings.auth_header == "X-Remote-User"
    assert settings.trusted_proxies == tuple(
        map(ip_network, ("10.0.0.5/32", "172.18.0.0/16", "::1/128"))
    )
    assert settings.password_hash is None


def test_a_password():
    assert read_settings({"PASSWORD_HASH": HASH}).password_hash == HASH


def test_a_password_behind_a_proxy_that_says_who_guesses():
    settings = read_settings({"PASSWORD_HASH": HASH, "TRUSTED_PROXIES": "10.0.0.5"})
    assert settings.trusted_proxies == (ip_network("10.0.0.5/32"),)
    assert settings.auth_header is None


def test_rights_by_study_and_an_audit_log():
    environ = RIGHTS | {"GROUPS_HEADER": "X-Remote-Groups", "AUDIT_LOG": "/var/log/a.jsonl"}
    settings = read_settings(environ | {"AUDIT_PURPOSE_HEADER": "X-Purpose"})
    assert settings.access_file == Path("/a.toml")
    assert settings.groups_header == "X-Remote-Groups"
    assert settings.audit_log == "/var/log/a.jsonl"
    assert settings.purpose_header == "X-Purpose"
    assert read_settings({"AUDIT_LOG": "-"}).audit_log == "-"


def test_the_headers_of_oauth2_proxy_are_none_that_browsers_send():
    environ = RIGHTS | {"AUTH_HEADER": "X-Forwarded-Email", "GROUPS_HEADER": "X-Forwarded-Groups"}
    assert read_settings(environ).groups_header == "X-Forwarded-Groups"


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("/hcc/", "/hcc"), ("/hcc", "/hcc"), ("/", ""), ("/a/B-2/c_~.d/", "/a/B-2/c_~.d")],
)
def test_a_path_below_which_the_dashboard_stands(text, prefix):
    assert read_settings({"URL_PREFIX": text}).url_prefix == prefix


PROXY = {"AUTH_HEADER": "X-Remote-User", "TRUSTED_PROXIES": "10.0.0.5"}
RIGHTS = PROXY | {"ACCESS_FILE": "/a.toml"}
WRONG = [
    ({"AUTH_HEADER": "X-Remote-User"}, "AUTH_HEADER is set and TRUSTED_PROXIES is not"),
    ({"TRUSTED_PROXIES": "10.0.0.5"}, "TRUSTED_PROXIES is set and AUTH_HEADER is not"),
    (PROXY | {"PASSWORD_HASH": HASH}, "AUTH_HEADER and PASSWORD_HASH are both set"),
    *(
        (PROXY | {"AUTH_HEADER": name}, f"AUTH_HEADER is “{name}”")
        for name in (
            "X_Remote_User",
            "X Remote",
            "X-Remote-User:",
            "Ä",
            "Host",
            "cookie",
            "Authorization",
            "X-Forwarded-For",
            "X-Forwarded-Port",
            "Accept-Language",
            "Sec-Fetch-Site",
            "Cache-Control",
            "Pragma",
            "Range",
            "If-None-Match",
            "TE",
            "Upgrade-Insecure-Requests",
            "Via",
            "DNT",
            "X-Requested-With",
        )
    ),
    *(
        (PROXY | {"TRUSTED_PROXIES": part}, f"TRUSTED_PROXIES names “{part}”, which is no address")
        for part in ("proxy", "10.0.0.256", "10.0.0.5/8", "10.0.0.5:80", "*", "10.0.0.5/33")
    ),
    *(
        (PROXY | {"TRUSTED_PROXIES": part}, f"TRUSTED_PROXIES names “{part}”, which is everybody")
        for part in ("0.0.0.0/0", "::/0")
    ),
    *(
        (PROXY | {"TRUSTED_PROXIES": parts}, f"TRUSTED_PROXIES names “{wide}”, which is too wide")
        for parts, wide in (
            ("0.0.0.0/1,128.0.0.0/1", "0.0.0.0/1"),
            ("8.0.0.0/7", "8.0.0.0/7"),
            ("::/1", "::/1"),
            ("2000::/15", "2000::/15"),
        )
    ),
    ({"ACCESS_FILE": "/a.toml"}, "ACCESS_FILE is set and AUTH_HEADER is not"),
    (
        {"ACCESS_FILE": "/a.toml", "PASSWORD_HASH": HASH},
        "ACCESS_FILE is set and AUTH_HEADER is not",
    ),
    (PROXY | {"ACCESS_FILE": "/a.txt"}, "ACCESS_FILE is “/a.txt”. Set it to the path of a file"),
    (PROXY | {"GROUPS_HEADER": "X-Groups"}, "GROUPS_HEADER is set and ACCESS_FILE is not"),
    (RIGHTS | {"GROUPS_HEADER": "x-remote-user"}, "GROUPS_HEADER and AUTH_HEADER are both"),
    (RIGHTS | {"GROUPS_HEADER": "Cookie"}, "GROUPS_HEADER is “Cookie”"),
    (PROXY | {"AUDIT_PURPOSE_HEADER": "X-P"}, "AUDIT_PURPOSE_HEADER is set and AUDIT_LOG is not"),
    (
        {"AUDIT_LOG": "-", "AUDIT_PURPOSE_HEADER": "X-P"},
        "AUDIT_PURPOSE_HEADER is set and AUTH_HEADER is not",
    ),
    (
        PROXY | {"AUDIT_LOG": "-", "AUDIT_PURPOSE_HEADER": "Accept"},
        "AUDIT_PURPOSE_HEADER is “Accept”",
    ),
    ({"AUDIT_LOG": "audit.jsonl"}, "AUDIT_LOG is “audit.jsonl”. Set it to the whole path"),
    *(
        ({"URL_PREFIX": text}, f"URL_PREFIX is “{text}”. Set it to the path")
        for text in (
            *(
                "hcc/",
                "hcc",
                "//",
                "//hcc/",
                "/hcc//",
                "/h cc/",
                "/../",
                "/hcc/../x",
                "/./",
                "/hcc/.",
            ),
            *(
                "/hcc?x=1",
                "/hcc#x",
                "/h%20c/",
                "/häs/",
                "/hcc/\n/x",
                "https://x.example/hcc/",
                '/"/',
            ),
        )
    ),
    *(
        ({"PASSWORD_HASH": text}, "PASSWORD_HASH is not what “make password” prints")
        for text in ("secret", HASH[:-1], HASH + "x", HASH.replace("32768", "2"), "x" + HASH)
    ),
]


@pytest.mark.parametrize(("environ", "sentence"), WRONG)
def test_what_would_stand_open_by_mistake_does_not_start(environ, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        read_settings(environ)


def test_a_wrong_hash_is_not_repeated():
    """It may be the password itself, entered in the wrong place."""
    with pytest.raises(ValueError, match="PASSWORD_HASH") as raised:
        read_settings({"PASSWORD_HASH": "the real password"})
    assert "real" not in str(raised.value)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"AUTH_HEADER": "X-Remote-User"}, "AUTH_HEADER is set and TRUSTED_PROXIES"),
        (
            {"AUDIT_LOG": "/nowhere/audit.jsonl"},
            "AUDIT_LOG names /nowhere/audit.jsonl, which cannot be written (No such file",
        ),
    ],
)
def test_a_server_that_is_set_wrongly_says_so_in_one_line_and_does_not_start(environ, sentence):
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "app:server"],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        timeout=60,
    )
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"The server does not start. {sentence}")
    assert done.stdout == ""
