"""Who asks: names, groups and addresses as proxies write them."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from callbacks.server.asker import (
    DOUBLED,
    Asker,
    NotOne,
    address_of,
    asker,
    asker_of,
    name_in,
    only_once,
)

PROXIES = (ip_network("10.0.0.5/32"), ip_network("172.18.0.0/16"))


def request(address: str = "10.0.0.5", **headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    builder = EnvironBuilder(headers=named, environ_overrides={"REMOTE_ADDR": address})
    return Request(builder.get_environ())


@pytest.mark.parametrize(
    ("header", "groups"),
    [
        ("oncology", {"oncology"}),
        (" oncology , study office ", {"oncology", "study office"}),
        ("oncology,,(null), -,none,oncology", {"oncology"}),
        ("", set()),
        ("(null)", set()),
        ("Onkologie Köln".encode().decode("latin-1"), {"Onkologie Köln"}),
        ("Onkologie Köln", {"Onkologie Köln"}),
    ],
)
def test_groups_are_names_separated_by_commas(header, groups):
    found = asker_of(request(X_User="anna", X_Groups=header), "X-User", "X-Groups")
    assert found == Asker("anna", frozenset(groups))


def test_without_the_header_there_are_no_groups():
    asked = request(X_User="anna")
    assert asker_of(asked, "X-User", "X-Groups").groups == frozenset()
    assert asker_of(request(X_User="anna", X_Groups="a"), "X-User", None).groups == frozenset()


def test_a_doubled_header_of_groups_is_nobodys():
    with pytest.raises(NotOne):
        asker_of(request(X_User="anna", X_Groups=DOUBLED), "X-User", "X-Groups")


def test_a_name_is_printable():
    assert name_in("an\x07na") == ""
    assert name_in("anna\u200b".encode().decode("latin-1")) == ""


def test_outside_a_request_nobody_asks():
    assert asker() == Asker()


@pytest.mark.parametrize(
    ("connection", "said", "found"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "192.0.2.1, 203.0.113.9, 172.18.0.3", "203.0.113.9"),
        ("::ffff:10.0.0.5", "::ffff:203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "2001:DB8::1", "2001:db8::1"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5", "203.0.113.9, <script>", "10.0.0.5"),
        ("10.0.0.5", "172.18.0.3", "172.18.0.3"),
        # Anybody can write the header; only a proxy's is believed.
        ("203.0.113.9", "10.0.0.5", "203.0.113.9"),
        ("no address", "10.0.0.5", ""),
        ("", "", ""),
    ],
)
def test_the_address_is_the_last_that_no_proxy_has(connection, said, found):
    headers = {"X_Forwarded_For": said} if said else {}
    assert address_of(request(connection, **headers), PROXIES) == found


def test_a_header_that_came_twice_says_so_and_others_stay():
    names = frozenset(("X-USER", "X-GROUPS"))
    once = [("X-USER", "anna"), ("ACCEPT", "a"), ("ACCEPT", "b")]
    assert only_once(once, names) == once
    twice = [("X-USER", "anna"), ("ACCEPT", "a"), ("X-USER", "anna"), ("X-GROUPS", "b")]
    assert only_once(twice, names) == [("ACCEPT", "a"), ("X-GROUPS", "b"), ("X-USER", DOUBLED)]
