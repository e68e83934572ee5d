"""Small parts that stand on several pages."""

from __future__ import annotations

from markupsafe import Markup

from layouts.shared.html import tag


def file_link(page_id: str, file: str, words: str, **attributes: object) -> Markup:
    """A link to a file of a page; each answer of the page writes its address."""
    return tag("a", words, href="#", download="", data_file=file, data_page=page_id, **attributes)
