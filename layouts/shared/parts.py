"""Small parts that stand on several pages."""

from __future__ import annotations

from dash import html


def file_link(page_id: str, file: str, words: str, **properties) -> html.A:
    """A link to a file of a page; each answer of the page writes its address."""
    identity = {"type": "csv", "page": page_id, "file": file}
    return html.A(words, id=identity, href="#", download="", **properties)
