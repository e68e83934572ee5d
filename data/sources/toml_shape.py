"""What a TOML file may look like, looked at before it is parsed.

The parser follows a key of 20,000 parts for half a minute, and lists within lists until it gives
up; no study needs either.
"""

from __future__ import annotations

import re

# Parts of a dotted key, and brackets within brackets.
DEEPEST = 10
_TOKEN = re.compile(
    r"""
    (?P<text>\"{3}(?:[^"\\]++|\\.|\"{1,2}(?!\"))*+\"{3,5} | '{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}
        | "(?!"")(?:[^"\\\n]++|\\.)*+" | '(?!'')[^'\n]*+' | \#[^\n]*+)
    | (?P<never>["'])
    | (?P<dot>\.)
    | (?P<opens>[\[{]) | (?P<closes>[\]}])
    | (?P<bare>[\w\ \t+-]++)
    | (?P<other>[^"'\#.\[\]{}\w\ \t+-]++)
    """,
    re.VERBOSE | re.DOTALL,
)


def fault_of(text: str) -> tuple[str, str, int] | None:
    """What is too deep in a text: a fault, its fix and the line; None where nothing is.

    What is no TOML at all is left to the parser, which stops where this does.
    """
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "never":
            # A text without an end: the parser says so.
            return None
        if kind == "dot":
            dots += 1
        elif kind in ("opens", "closes"):
            depth += 1 if kind == "opens" else -1
            dots = 0
        elif kind == "other":
            dots = 0
        if dots >= DEEPEST:
            fault = f"a key has more than {DEEPEST} parts between dots"
            return fault, "Shorten it: no key of a study has more than three", _line(text, token)
        if depth > DEEPEST:
            fault = f"lists or tables stand more than {DEEPEST} deep within each other"
            return fault, "Write them beside each other", _line(text, token)
    return None


def _line(text: str, token: re.Match) -> int:
    return text.count("\n", 0, token.start()) + 1
