"""What must hold of every answer, whatever came in; and what stops one that never ends."""

from __future__ import annotations

import io
import json
import logging
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.trees import components, parsed

# Stands in every input that a generator makes up; a letter case that no word has.
MARK = "zQx9w"
# Of processor time, so that a busy machine is not taken for an endless loop; the other is for what
# waits without working.
LONGEST_WORK, LONGEST_WAIT = 5.0, 120.0
RAW_TAG = re.compile(rf"<[^>]{{0,40}}{MARK}", re.I)
NO_MARKUP = {
    "text/plain",
    "text/csv",
    "text/css",
    "text/javascript",
    "application/javascript",
    "image/x-icon",
    "font/woff2",
}
TRACE = ("Traceback (most recent call last)", 'File "/', '.py", line')


class Endless(BaseException):
    """An answer took longer than any may; no server catches it."""


@contextmanager
def guarded() -> Iterator[None]:
    """Stop what works for more than 5 seconds or waits for more than two minutes."""

    def stop(*_):
        raise Endless

    before = {kind: signal.signal(kind, stop) for kind in (signal.SIGALRM, signal.SIGPROF)}
    signal.setitimer(signal.ITIMER_PROF, LONGEST_WORK)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_WAIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, handler in before.items():
            signal.signal(kind, handler)


def sound(answer, given: object = None) -> str:
    """Check an answer of the server and return its text.

    Parameters
    ----------
    answer : werkzeug.test.TestResponse
    given : object
        What was asked, for the message of a failure.
    """
    said = f"{answer.status_code} for {given!r:.2000}"
    assert answer.status_code < 500, said
    # A picture is no text, and is looked through as if it were.
    text = answer.get_data().decode("utf-8", "replace")
    assert not any(sign in text for sign in TRACE), said
    if answer.mimetype == "application/json" and text:
        for markup in _markup(json.loads(text)):
            assert MARK.lower() not in markup.lower() or harmless(markup), said
    elif answer.mimetype == "text/html":
        assert not RAW_TAG.search(text), said
    else:
        assert answer.mimetype in NO_MARKUP, said
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return text


def harmless(markup: str) -> bool:
    """Whether what came in stands in the text of HTML or in values of attributes, nowhere else."""
    for one in components(parsed(markup)):
        names = (one.name, *one.attributes)
        if any(MARK.lower() in name or name.startswith("on") for name in names):
            return False
    return True


def _markup(part) -> Iterator[str]:
    """The texts of an answer that the browser reads as HTML: what is filled into places."""
    response = part.get("response") if isinstance(part, dict) else None
    for values in (response or {}).values():
        answer = values.get("data")
        if isinstance(answer, dict):
            filled = (answer.get("frame", {}), answer.get("places", {}))
            yield from (text for texts in filled for text in texts.values())
            yield from (answer[name] for name in ("studies", "body", "svg") if name in answer)


@contextmanager
def quiet_log() -> Iterator[None]:
    """Nothing that came in may stand in the log, and nothing may have failed."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setLevel(logging.DEBUG)
    failed = []
    handler.addFilter(lambda record: failed.append(record.levelno >= logging.ERROR) or True)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    logged = out.getvalue()
    assert MARK not in logged
    assert not any(failed), logged[:3000]
