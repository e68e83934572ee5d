"""A declaration written as ``study.toml``: what the standard library reads and does not write."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 88


def written(declaration: Mapping, comments: Mapping[str, str] | None = None) -> str:
    """The text of a declaration, plain values first, then tables.

    Parameters
    ----------
    declaration : mapping
        Texts, numbers, truth values, lists and mappings, as ``tomllib`` reads them.
    comments : mapping of key to text, or None
        What stands above a table: ``endpoints.0`` for the first of a list of tables.
    """
    said = comments or {}
    plain = {key: value for key, value in declaration.items() if not _is_table(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in declaration.items():
        if isinstance(value, Mapping):
            lines += _table(f"[{_key(key)}]", value, said.get(key, ""))
        elif _is_table(value):
            for i, one in enumerate(value):
                lines += _table(f"[[{_key(key)}]]", one, said.get(f"{key}.{i}", ""))
    return "\n".join(lines) + "\n"


def _is_table(value) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
    )


def _table(head: str, table: Mapping, comment: str) -> list[str]:
    above = [f"# {line}" for line in comment.splitlines()]
    return ["", *above, head, *[f"{_key(key)} = {_value(value)}" for key, value in table.items()]]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        parts = [_value(one) for one in value]
        line = f"[{', '.join(parts)}]"
        return line if len(line) <= _WIDTH else "[\n    " + ",\n    ".join(parts) + ",\n]"
    return repr(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
