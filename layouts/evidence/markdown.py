"""A study's method page as HTML: headings, paragraphs, numbered and plain lists, bold words.

Nothing else of Markdown is understood and all text is escaped, so that a file of a study cannot
put anything else on the page.
"""

from __future__ import annotations

import re
from html import escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBERED = re.compile(r"\d+\.\s+(.*)")
_BULLET = re.compile(r"[-*]\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")


def simple_markdown(text: str, top: int = 3) -> str:
    """The text as HTML.

    Parameters
    ----------
    text : str
        Paragraphs are separated by blank lines.
    top : int
        Level of the heading that the text's own first level becomes.
    """
    lines = [line.strip() for line in text.splitlines()]
    made: list[str] = []
    for block in _blocks(lines):
        if found := _HEADING.fullmatch(block[0]):
            level = min(top + len(found[1]) - 1, 6)
            made.append(f"<h{level}>{_inline(found[2])}</h{level}>")
        elif _item(block[0]) is not None:
            tag = "ol" if _NUMBERED.fullmatch(block[0]) else "ul"
            items = "".join(f"<li>{_inline(item)}</li>" for item in _items(block))
            made.append(f"<{tag}>{items}</{tag}>")
        else:
            made.append(f"<p>{_inline(' '.join(block))}</p>")
    return "".join(made)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Lines that belong together; a heading stands alone."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        heading = _HEADING.fullmatch(line)
        starts_list = _item(line) is not None and bool(blocks[-1]) and _item(blocks[-1][0]) is None
        if not line or heading or starts_list:
            blocks.append([])
        if line:
            blocks[-1].append(line)
        if heading:
            blocks.append([])
    return [block for block in blocks if block]


def _item(line: str) -> str | None:
    found = _NUMBERED.fullmatch(line) or _BULLET.fullmatch(line)
    return found[1] if found else None


def _items(block: list[str]) -> list[str]:
    """The items of a list; a line without a mark of its own continues the one before."""
    items: list[str] = []
    for line in block:
        text = _item(line)
        if text is None:
            items[-1] += f" {line}"
        else:
            items.append(text)
    return items


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(text))
