"""Small parts that stand on several pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from layouts.shared.controls import export_buttons
from layouts.shared.html import tag

# Kinds of files in which the numbers of a page can be had, and their names.
KINDS = {"csv": "CSV", "xlsx": "Excel"}
# The page's words as a text have their address among those of its files.
WORDS = "words"


@dataclass(frozen=True)
class NamedFile:
    """A file of a page as it is offered.

    Attributes
    ----------
    file : str
        Its name as a CSV file; the same numbers can be had as a workbook.
    words : str
        What it holds; empty for the only file of a page.
    class_ : str or None
        Where only a part of the page has it.
    alone : bool
        Whether no other is offered with it, so that its own words say which kind of file it is.
    """

    file: str
    words: str = ""
    class_: str | None = None
    alone: bool = False

    def link(self, page_id: str, kind: str, words: str) -> Markup:
        """A link to it; each answer of the page writes its address."""
        shown = " ".join(filter(None, (f"{words}:", self.words))) if self.alone else self.words
        return tag(
            "a",
            shown or words,
            href="#",
            download="",
            data_file=self.file,
            data_kind=kind,
            data_page=page_id,
            class_=self.class_,
            # The words before several of them are not part of their names.
            aria_label=f"{words}: {self.words}" if self.words and not self.alone else None,
        )


def actions(page_id: str, files: Sequence[NamedFile], *more: Markup) -> Markup:
    """What a reader takes along from a page: figure, words, numbers, and what it has beside.

    Every page ends with it, in these words and this order.

    Parameters
    ----------
    files : sequence of NamedFile
        The page's files.
    more : Markup
        Printing, drawers.
    """
    kinds = [_of_kind(page_id, files, kind, words) for kind, words in KINDS.items()]
    text = tag(
        "a", "Text", href="#", target="_blank", data_file=WORDS, data_page=page_id, class_="words"
    )
    return tag(
        "div",
        export_buttons(page_id),
        _copy_buttons(page_id),
        kinds if files else None,
        text,
        *more,
        # What an answer adds.
        tag("span", id=f"{page_id}-more"),
        class_="actions",
    )


def _of_kind(page_id: str, files: Sequence[NamedFile], kind: str, words: str) -> Markup:
    """Links to all files as one kind of file."""
    links = [one.link(page_id, kind, words) for one in files]
    before = f"{words}: " if any(one.words and not one.alone for one in files) else None
    return tag("span", before, links, class_=f"file-links {kind}-links")


def _copy_buttons(page_id: str) -> Markup:
    """Buttons that put a part of the page on the clipboard, and the place that says so."""
    buttons = [
        tag(
            "button",
            what.capitalize(),
            type="button",
            class_="link",
            data_copy=what,
            data_page=page_id,
            aria_label=f"Copy {what}",
        )
        for what in ("sentence", "table", "picture")
    ]
    said = tag("span", role="status", class_="copied")
    return tag("span", "Copy: ", buttons, said, class_="copy-buttons")


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
