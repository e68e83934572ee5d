"""What gunicorn does before the application sees a request: headers, limits and the log."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from callbacks.server.errors import SENTENCES
from callbacks.server.security import HEADERS
from callbacks.server.wire import Counted

ROOT = Path(__file__).parents[1]
PATIENCE = 60
# The server's own settings, with shorter times.
SHORT = """
import runpy
globals().update(runpy.run_path({conf!r}))
from callbacks.server import worker
worker.HEAD_SECONDS, worker.BODY_SECONDS, worker.SLOWEST = 1.0, 2.0, 10**6
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server to which single requests are sent as bytes."""

    def __init__(self, port: int, log: Path, process: subprocess.Popen):
        self.port, self.log, self.process = port, log, process

    def send(self, request: str) -> str:
        """The whole answer to what is sent; empty if the connection is refused."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as there:
                there.sendall(request.encode("latin-1"))
                parts = []
                while part := there.recv(65536):
                    parts.append(part)
        except ConnectionError:
            return ""
        return b"".join(parts).decode("utf-8", "replace")

    def get(self, path: str, *headers: str) -> str:
        lines = [f"GET {path} HTTP/1.1", "Host: here", "Connection: close", *headers]
        return self.send("\r\n".join([*lines, "", ""]))

    def status(self, path: str, *headers: str) -> int:
        return int(self.get(path, *headers).split()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that lets in whom a proxy on this machine names, with rights and an audit log."""
    port, folder = free_port(), tmp_path_factory.mktemp("gunicorn")
    log, rights = folder / "log.txt", folder / "access.toml"
    rights.write_text('[studies.soramic]\ngroups = ["readers"]\n', "utf-8")
    environ = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "AUTH_HEADER": "X-Remote-User",
        "TRUSTED_PROXIES": "127.0.0.1",
        "GROUPS_HEADER": "X-Remote-Groups",
        "ACCESS_FILE": str(rights),
        "AUDIT_LOG": str(folder / "audit.jsonl"),
    }
    short = log.with_name("short.conf.py")
    short.write_text(SHORT.format(conf=str(ROOT / "gunicorn.conf.py")), "utf-8")
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(short), "app:server"],
            cwd=ROOT,
            env=environ,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            made = Server(port, log, process)
            end = time.monotonic() + PATIENCE
            while not made.get("/healthz").endswith("OK"):
                if process.poll() is not None or time.monotonic() > end:
                    pytest.fail(f"The server does not answer:\n{log.read_text()}")
                time.sleep(0.1)
            yield made
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


USER = "X-Remote-User: somebody"


def test_a_user_is_let_in_and_nobody_is_not(server):
    assert server.status("/survival", USER) == 200
    assert server.status("/survival") == 401


GROUP = "X-Remote-Groups: readers"
WORDS = "/words/survival?study=soramic"


def test_a_header_that_comes_twice_is_believed_from_nobody(server):
    """Somebody else than the proxy wrote one of them."""
    assert server.status(WORDS, USER, GROUP) == 200
    assert server.status(WORDS, USER) == 400
    assert server.status(WORDS, USER, USER, GROUP) == 401
    assert server.status(WORDS, USER, GROUP, "X-Remote-Groups: others") == 401
    assert server.status(WORDS, USER, GROUP, GROUP) == 401


def test_workers_write_whole_lines_of_who_looked_at_what(server):
    audit = server.log.parent / "audit.jsonl"
    before = len(audit.read_text().splitlines())
    headers = (USER, GROUP, "Accept: text/plain")
    with ThreadPoolExecutor(8) as threads:
        asked = [
            threads.submit(server.get, WORDS, *headers, f"X-Request-ID: {i}") for i in range(24)
        ]
    assert all(one.result().split()[1] == "200" for one in asked)
    lines = [json.loads(line) for line in audit.read_text().splitlines()[before:]]
    assert {one["request"] for one in lines} == {str(i) for i in range(24)}
    assert {(one["user"], one["study"], one["rows"]) for one in lines} == {
        ("somebody", "soramic", 177)
    }


@pytest.mark.parametrize(
    "header",
    ["X_Remote_User: me", "X-Remote_User: me", "HTTP_X_REMOTE_USER: me", "x.remote.user: me"],
)
def test_no_other_spelling_is_taken_for_the_header(server, header):
    assert server.status("/survival", header) in (400, 401)


@pytest.mark.parametrize(
    "header",
    ["PATH_INFO: /healthz", "SCRIPT_NAME: /survival", "X-Original-Url: /healthz"],
)
def test_no_header_changes_the_path(server, header):
    """Otherwise a page could be asked for as if it were the open path of the health check."""
    answer = server.get("/survival", header)
    assert answer.split()[1] in ("400", "401")
    assert not answer.endswith("OK")


@pytest.mark.parametrize(
    "path",
    [
        "/healthz/../survival",
        "//healthz/../survival",
        "/%2e/survival",
        "/healthz%2f..%2fsurvival",
        "/healthz;/survival",
    ],
)
def test_no_path_is_taken_for_an_open_one(server, path):
    assert server.status(path) == 401


def test_a_link_as_long_as_a_page_reads_is_answered(server):
    assert server.status("/survival?study=" + "%41" * 2600, USER) == 200


def test_longer_ones_and_too_many_headers_are_refused(server):
    assert server.status("/survival?x=" + "a" * 9000, USER) == 414
    assert server.status("/", *[f"X-{i}: a" for i in range(70)]) == 431
    assert server.status("/", f"X-A: {'a' * 9000}") == 431


def test_a_request_larger_than_any_view_is_refused(server):
    head = [
        "POST /_dash-update-component HTTP/1.1",
        "Host: here",
        "Connection: close",
        USER,
        "Content-Type: application/json",
        "Content-Length: 300000",
    ]
    answer = server.send("\r\n".join([*head, "", "x" * 300_000]))
    assert answer.split()[1:2] == ["413"]


def hold(port: int, sent: bytes, number: int) -> list[socket.socket]:
    """So many connections that send this and then nothing."""
    made = []
    for _ in range(number):
        made.append(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
        made[-1].sendall(sent)
    return made


def test_whoever_sends_nothing_or_half_a_request_stops_nobody(server):
    waiting = hold(server.port, b"", 40)
    waiting += hold(server.port, b"GET / HTTP/1.1\r\nHost: he", 40)
    try:
        for _ in range(5):
            assert server.get("/healthz").endswith("OK")
    finally:
        for one in waiting:
            one.close()


POST = "POST /_dash-update-component HTTP/1.1\r\nHost: here\r\n" + USER + "\r\n"
SLOW = {
    "a line of the head": (b"GET /healthz HTTP/1.1\r\n", b"X-A: b\r\n"),
    "a byte of the head": (b"GET /he", b"a"),
    "a byte of the body": (f"{POST}Content-Length: 90000\r\n\r\n".encode(), b" "),
    "a byte of a large body": (
        f"POST /uploads/files?name=a.csv HTTP/1.1\r\nHost: here\r\n{USER}\r\n"
        "X-Cohort-Explorer: yes\r\nContent-Length: 900000\r\n\r\n".encode(),
        b"a",
    ),
    "a byte of a body that never ends": (
        f"{POST}Content-Length: {'9' * 40}\r\n\r\n".encode(),
        b"a",
    ),
    "a byte of a body of unknown length": (
        f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode(),
        b"1\r\na\r\n",
    ),
}


class Slow:
    """Connections that send a little again and again; one that is closed is opened anew."""

    def __init__(self, port: int, first: bytes, more: bytes, number: int = 48):
        self._port, self._first, self._more, self._number = port, first, more, number
        self._stop = threading.Event()
        self.rounds = 0
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        held = []
        while not self._stop.wait(0.05):
            held += hold(self._port, self._first, self._number - len(held))
            held = [one for one in held if self._sent(one)]
            self.rounds += 1
        for one in held:
            one.close()

    def _sent(self, one: socket.socket) -> bool:
        try:
            one.sendall(self._more)
        except OSError:
            one.close()
            return False
        return True

    def __enter__(self):
        self._thread.start()
        while self.rounds < 3:
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()


@pytest.mark.parametrize("kind", SLOW)
def test_whoever_sends_a_little_at_a_time_stops_nobody(server, kind):
    """48 connections, as many as there are threads: others are answered while they go on."""
    with Slow(server.port, *SLOW[kind]) as slow:
        for _ in range(4):
            before = slow.rounds
            assert server.get("/healthz").endswith("OK")
            assert slow.rounds - before < 20, "they went on for a second before it was answered"


def test_a_request_has_one_time_for_all_of_it(server):
    """Each byte comes soon after the last, and the end never."""
    held = {kind: hold(server.port, first, 1)[0] for kind, (first, _) in SLOW.items()}
    end = time.monotonic() + PATIENCE
    while held and time.monotonic() < end:
        time.sleep(0.1)
        held = {kind: one for kind, one in held.items() if not ended(one, SLOW[kind][1])}
    assert not held


def ended(one: socket.socket, more: bytes) -> bool:
    """Whether the server has closed a connection that sends a little more."""
    try:
        one.sendall(more)
        # What the server says before it closes.
        if one.recv(65536, socket.MSG_DONTWAIT):
            return False
    except BlockingIOError:
        return False
    except ConnectionError:
        pass
    one.close()
    return True


def test_a_head_without_an_end_is_refused(server):
    line = "X-A: " + "a" * 8000 + "\r\n"
    assert server.send("GET / HTTP/1.1\r\n" + line * 9).split()[1:2] == ["431"]
    assert server.send("GET /" + "a" * 9000).split()[1:2] == ["414"]
    assert server.send("GET / HTTP/1.1\nHost: here\n\n").split()[1:2] == ["400"]


def test_requests_that_come_together_are_answered_in_turn(server):
    """The second begins in the same piece as the end of the first."""
    ask = "GET /healthz HTTP/1.1\r\nHost: here\r\n"
    body = f"{POST}Content-Length: 2\r\nContent-Type: application/json\r\n\r\n{{}}"
    last = ask + "Connection: close\r\n\r\n"
    answers = server.send(f"{ask}\r\n{body}\r\n{last}")
    assert [one[:3] for one in answers.split("HTTP/1.1 ")[1:]] == ["200", "400", "200"]


def test_a_connection_is_used_again(server):
    ask = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as there:
        for _ in range(3):
            there.sendall(ask)
            answer = b""
            while not answer.endswith(b"OK"):
                answer += there.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(0.3)


def test_a_body_that_comes_slowly_is_waited_for(server):
    body = b"{" + b" " * 90_000
    head = [
        "POST /_dash-update-component HTTP/1.1",
        "Host: here",
        "Connection: close",
        USER,
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as there:
        there.sendall("\r\n".join(head).encode())
        for start in range(0, len(body), 40_000):
            time.sleep(0.4)
            there.sendall(body[start : start + 40_000])
        assert there.recv(65536).split()[1] == b"400"


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, "GET / HTTP/1.1\r\nBad Header SECRET\r\n\r\n"),
        (400, "SECRET\r\n\r\n"),
        (400, "GET /SECRET HTTQ/1.1\r\n\r\n"),
        (414, f"GET /{'SECRET' * 2000} HTTP/1.1\r\n\r\n"),
        (417, "POST / HTTP/1.1\r\nHost: here\r\nExpect: SECRET\r\n\r\n"),
        (431, f"GET / HTTP/1.1\r\nX-A: {'SECRET' * 2000}\r\n\r\n"),
        (501, "POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: SECRET\r\n\r\n"),
    ],
)
def test_what_gunicorn_answers_itself_is_a_plain_sentence(server, status, request_):
    head, _, body = server.send(request_).partition("\r\n\r\n")
    assert head.split()[1] == str(status)
    assert body == SENTENCES[status] + "\n"
    assert "SECRET" not in head
    for name, value in (HEADERS | {"Cache-Control": "no-store"}).items():
        assert f"{name}: {value}" in head
    assert "Content-Security-Policy: default-src 'none'" in head


def test_a_kind_of_bad_request_is_logged_once_a_minute_and_counted():
    now = [0.0]
    counted = Counted(clock=lambda: now[0])

    def logged(message: str) -> str:
        record = logging.LogRecord("gunicorn.error", 30, "", 0, message, (), None)
        return record.getMessage() if counted(record) else ""

    first = "Invalid request: no valid HTTP"
    assert [logged("Invalid request from ip=SECRET") for _ in range(3)] == [first, "", ""]
    assert logged("Worker exiting") == "Worker exiting"
    now[0] = 61.0
    assert logged("Invalid request from ip=SECRET") == f"{first}, and 2 before"


def test_the_log_repeats_nothing_that_was_sent(server):
    for request in (
        "GET /survival?study=SECRET1 HTTQ/1.1\r\n\r\n",
        "SECRET2\r\n\r\n",
        "GET /survival?bclc=SECRET3 HTTP/1.1\r\nBad Header SECRET4\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: here\r\nSECRET5 : x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: SECRET6\r\n\r\n",
    ):
        server.send(request)
    server.get("/survival?study=SECRET7", USER)
    server.get("/download/km.csv?study=SECRET8", USER)
    time.sleep(0.3)
    log = server.log.read_text()
    assert "Invalid request: no valid HTTP" in log
    assert "SECRET" not in log
    assert "Traceback" not in log


def test_at_the_end_it_is_said_how_often_a_sign_in_was_refused(server):
    """The last test of this server: it stops it."""
    for _ in range(20):
        server.get("/survival")
    server.process.terminate()
    server.process.wait(timeout=PATIENCE)
    audit = (server.log.parent / "audit.jsonl").read_text()
    lines = [json.loads(line) for line in audit.splitlines()]
    refused = [one for one in lines if one.get("reason") == "no user"]
    assert sum(one["count"] for one in refused) >= 20
    assert len(refused) <= 8
