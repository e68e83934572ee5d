"""Small parts that stand on several pages."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html

from layouts.shared.controls import export_buttons


def file_link(page_id: str, file: str, words: str, **properties) -> html.A:
    """A link to a file of a page; each answer of the page writes its address."""
    identity = {"type": "csv", "page": page_id, "file": file}
    return html.A(words, id=identity, href="#", download="", **properties)


def actions(page_id: str, links: Iterable[html.A], *more, tables: Iterable[str] = ()) -> html.Div:
    """What a reader takes along from a page: figure, numbers, and whatever the page has beside.

    Every page ends with it, in these words and this order.

    Parameters
    ----------
    links : iterable of html.A
        The page's files; the words before several of them say what they are.
    more : components
        Printing, drawers.
    tables : iterable of str
        The ids of the elements whose tables are saved where there is no figure.
    """
    files = list(links)
    if not all(str(one.children).startswith("CSV") for one in files):
        files.insert(0, "CSV: ")
    csv = [html.Span(files, className="csv-links")] if files else []
    return html.Div([export_buttons(page_id, tables), *csv, *more], className="actions")


def print_button(page_id: str) -> html.Button:
    """The button that prints a page."""
    return html.Button("Print", id=f"{page_id}-print", className="link")


def sentence_place(page_id: str) -> html.P:
    """The place of a page's sentence; a screen reader says it once whenever it has changed."""
    return html.P(
        id=f"{page_id}-sentence",
        className="sentence",
        **{"aria-live": "polite", "aria-atomic": "true"},
    )
