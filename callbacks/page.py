"""How every page is answered: a request with all of its parts together, or with none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.files import File
from callbacks.gate import Busy
from callbacks.memory import Memory
from callbacks.noted import also
from callbacks.reading import Request
from data.address import View, search
from data.study import Study
from layouts.frame.page import Page, Words
from layouts.frame.shell import failed_words
from layouts.shared.figure_text import escaped
from layouts.shared.graph import message_figure
from layouts.shared.html import joined, tag
from layouts.shared.look import Look
from layouts.shared.place import below
from layouts.shared.words import held_back

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A view that was asked for and computed.

    Attributes
    ----------
    options : object
        The page's options as read from the address.
    context : object
        What the page's ``ask`` made.
    notes : list of str
        A sentence for each option that could not be used.
    """

    request: Request
    options: Any
    context: Any
    notes: list[str]

    @property
    def study(self) -> Study:
        return self.request.reading.study


@dataclass(frozen=True)
class Served:
    """How a page is answered.

    Attributes
    ----------
    page : Page
        Its face.
    ask : function of (Memory, Study, View, options)
        The context of a view: results with all that must be said beside them.
    show : function of (context, Look)
        What stands in each part of the page, by name; ``figure`` too where the page draws one.
    words : function of a context
        Sentence, cautions, method and provenance.
    files : mapping of file name to File
        How the page's files are made; the names are those of the page.
    picture : function of (context, kind) or None
        The figure or table as it leaves the product, ``svg`` or ``png``: see
        layouts.charts.picture and layouts.tables.picture.
    pictured : tuple of str
        The parts of the page that the picture shows.
    linked : function of (View, options)
        The view whose files the page links, where it is not the one of the address.
    drawers : mapping of name to (title, function of a context)
        What stands in the drawers that buttons of the page open, as HTML.
    """

    page: Page
    ask: Callable
    show: Callable[[Any, Look], dict]
    words: Callable[[Any], Words]
    files: Mapping[str, File] = field(default_factory=lambda: MappingProxyType({}))
    picture: Callable[[Any, str], dict] | None = None
    pictured: tuple[str, ...] = ("figure",)
    linked: Callable[[View, Any], View] = lambda view, options: view
    drawers: Mapping[str, tuple[str, Callable]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def ask(memory: Memory, served: Served, request: Request) -> Asked:
    """Compute what a request of this page asks for."""
    study, view = request.reading.study, request.reading.view
    options, notes = served.page.read_options(study, view)
    found = stated(memory, served, study, view, options)
    return Asked(request, options, found.context, [*notes, *found.notes])


def answer(memory: Memory, served: Served, request: Request) -> dict:
    """What the browser writes into a page for a request.

    Returns
    -------
    dict
        ``places`` (HTML by id), ``classes`` (by id), ``data`` (for the page's own script, by
        id), ``figure``, ``links`` (address by file) and ``saved``, whether there is anything to
        save as a picture. Where the page cannot be computed, all of
        them empty but a sentence that says so.
    """
    page = served.page
    try:
        asked = ask(memory, served, request)
        shown = served.show(asked.context, request.look)
        said = _said(asked, served.words(asked.context))
        query = search(served.linked(request.reading.view, asked.options), request.reading.study)
        links = {file: below(f"/download/{file}{query}") for file in page.files}
        return _filled(served, shown, said, links)
    except Busy as busy:
        without = _without_numbers(page, request.look, str(busy))
        return _filled(served, *without, dict.fromkeys(page.files, "#"))
    except NotShown as held:
        without = _without_numbers(page, request.look, str(held), failed=False)
        return _filled(served, *without, dict.fromkeys(page.files, "#"))
    except Exception as error:
        also(rows=0)
        # Never the old numbers beside new filters; values stay out of the log.
        log.error("%s view failed: %s", page.id, type(error).__name__)
        without = _without_numbers(page, request.look, failed_words(page.subject))
        return _filled(served, *without, dict.fromkeys(page.files, "#"))


def _filled(served: Served, shown: dict, said: dict, links: dict[str, str]) -> dict:
    """The answer of a page; every part must be shown."""
    page = served.page
    found: dict[str, Any] = {"places": {}, "classes": {}, "data": {}, "links": links}
    kinds = {"html": "places", "class": "classes", "data": "data"}
    for name, part in page.parts.items():
        value = shown[name]
        found[kinds[part.kind]][part.place] = joined(value) if part.kind == "html" else value
    found["places"] |= {f"{page.id}-{name}": joined(words) for name, words in said.items()}
    drawn = page.figure_height is not None
    found["figure"] = {"id": f"{page.id}-graph", **escaped(shown["figure"])} if drawn else None
    found["saved"] = served.picture is not None and any(
        found["places"][page.parts[name].place] if name in page.parts else shown["figure"]["data"]
        for name in served.pictured
    )
    return found


def _said(asked: Asked, words: Words) -> dict[str, object]:
    """What every page says, by the name of its place."""
    return {
        "sentence": words.sentence,
        "cautions": [tag("p", text) for text in [*asked.notes, *words.cautions]],
        "footnote": " ".join(filter(None, (words.footnote, held_back(asked.study)))),
    }


def _without_numbers(
    page: Page, look: Look, words: str, *, failed: bool = True
) -> tuple[dict, dict[str, object]]:
    """The same where there is no answer: it says why, and nothing old stays."""
    shown = {
        name: part.empty if failed or part.kind != "html" else ""
        for name, part in page.parts.items()
    }
    if page.figure_height is not None:
        shown["figure"] = message_figure(words, page.figure_height, look.theme.quiet)
    return shown, {"sentence": words, "cautions": "", "footnote": ""}
