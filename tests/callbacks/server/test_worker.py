"""When a request has come; the worker as a whole is in ``tests/test_gunicorn.py``."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from callbacks.server.serving import LARGEST_REQUEST
from callbacks.server.worker import COMING_AT_MOST, HEAD_SECONDS, Coming, PatientWorker

HEAD = b"POST /x HTTP/1.1\r\nHost: here\r\n"


def coming(address: str = "10.0.0.1") -> Coming:
    return Coming(SimpleNamespace(client=(address, 1)), HEAD_SECONDS)


def collected_after(request: bytes) -> int | None:
    """After how many bytes, which come one by one, a thread gets the request."""
    one = coming()
    for count, byte in enumerate(request, start=1):
        one.got.append(byte)
        if one.collected():
            return count
    return None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (HEAD + b"\r\n", b""),
        (b"\r\n" + HEAD + b"\r\n", b""),
        (b"GET / HTTP/1.1\r\n\r\n", b""),
        (HEAD + b"Content-Length: 5\r\n\r\n", b"a\r\n\r\n"),
        (HEAD + b"content-length:5 \r\nX: y\r\n\r\n", b"abcde"),
        (HEAD + b"Content-Length: 0\r\n\r\n", b""),
    ],
)
def test_a_request_is_collected_to_its_last_byte_and_no_further(head, body):
    assert collected_after(head + body + b"GET /next HTTP/1.1\r\n\r\n") == len(head + body)


@pytest.mark.parametrize(
    "more",
    [
        f"Content-Length: {LARGEST_REQUEST + 1}\r\n".encode(),
        b"Content-Length: " + b"9" * 40 + b"\r\n",
        b"Content-Length: 3\r\nContent-Length: 5\r\n",
        b"Content-Length : -5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Expect: 100-continue\r\nContent-Length: 5\r\n",
    ],
)
def test_a_large_body_or_one_of_unknown_length_is_read_as_it_comes(more):
    one = coming()
    one.got += HEAD + more + b"\r\n"
    assert one.collected()
    assert one.large


@pytest.mark.parametrize(
    "start", [b"GET / HTTP/1.1\n", HEAD + b"X: y\n", b"G" * 9000], ids=["line", "header", "long"]
)
def test_what_the_parser_refuses_at_once_is_not_waited_for(start):
    assert collected_after(start) is not None


def test_without_a_length_there_is_no_body_to_wait_for():
    one = coming()
    one.got += HEAD + b"\r\nabcde"
    assert one.collected()
    assert not one.large


def test_an_address_has_so_many_unfinished_requests_and_others_their_own(monkeypatch):
    worker, dropped = PatientWorker.__new__(PatientWorker), []
    monkeypatch.setattr(worker, "_drop", dropped.append, raising=False)
    others = [coming("10.0.0.2") for _ in range(COMING_AT_MOST)]
    same = [coming() for _ in range(COMING_AT_MOST + 3)]
    worker._coming = {id(one): one for one in (*others, *same)}
    worker._make_room("10.0.0.1")
    assert dropped == same[:3], "those that came first"
