"""A study's method page as HTML: headings, paragraphs, numbered and plain lists, bold words.

Nothing else of Markdown is understood and all text is escaped, so that a file of a study cannot
put anything else on the page.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from layouts.shared.html import joined, tag

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBERED = re.compile(r"\d+\.\s+(.*)")
_BULLET = re.compile(r"[-*]\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")


def simple_markdown(text: str, top: int = 3) -> Markup:
    """The text as HTML.

    Parameters
    ----------
    text : str
        Paragraphs are separated by blank lines.
    top : int
        Level of the heading that the text's own first level becomes.
    """
    lines = [line.strip() for line in text.splitlines()]
    made: list[Markup] = []
    for block in _blocks(lines):
        if found := _HEADING.fullmatch(block[0]):
            level = min(top + len(found[1]) - 1, 6)
            made.append(tag(f"h{level}", _inline(found[2])))
        elif _item(block[0]) is not None:
            kind = "ol" if _NUMBERED.fullmatch(block[0]) else "ul"
            made.append(tag(kind, (tag("li", _inline(item)) for item in _items(block))))
        else:
            made.append(tag("p", _inline(" ".join(block))))
    return joined(made)


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


def _inline(text: str) -> Markup:
    # Every other part stood between two marks.
    parts = enumerate(_BOLD.split(text))
    return joined(tag("strong", part) if place % 2 else part for place, part in parts)
