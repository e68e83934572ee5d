"""Small parts that stand on several pages."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from layouts.shared.controls import export_buttons
from layouts.shared.html import tag


def file_link(page_id: str, file: str, words: str, **attributes: object) -> Markup:
    """A link to a file of a page; each answer of the page writes its address."""
    return tag("a", words, href="#", download="", data_file=file, data_page=page_id, **attributes)


def actions(page_id: str, links: Iterable[Markup], *more: Markup) -> Markup:
    """What a reader takes along from a page: figure, numbers, and whatever the page has beside.

    Every page ends with it, in these words and this order.

    Parameters
    ----------
    links : iterable of Markup
        The page's files; the words before several of them say what they are.
    more : Markup
        Printing, drawers.
    """
    files = list(links)
    if not all(">CSV" in one for one in files):
        files.insert(0, "CSV: ")
    csv = tag("span", files, class_="csv-links") if files else None
    return tag("div", export_buttons(page_id), csv, *more, class_="actions")


def print_button(page_id: str) -> Markup:
    """The button that prints a page."""
    return tag(
        "button",
        "Print",
        type="button",
        id=f"{page_id}-print",
        class_="link",
        data_print=True,
    )


def sentence_place(page_id: str) -> Markup:
    """The place of a page's sentence; a screen reader says it once whenever it has changed."""
    return tag(
        "p",
        id=f"{page_id}-sentence",
        class_="sentence",
        aria_live="polite",
        aria_atomic="true",
    )
