"""How every page is answered: a request with all of its parts together, or with none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import STAY, stated
from callbacks.files import File
from callbacks.gate import Busy
from callbacks.memory import Memory
from callbacks.noted import also
from callbacks.reading import Request
from data.address import View, search
from data.study import Study
from data.warehouse.no_rows import NeedsRows
from layouts.frame.page import Page, Words
from layouts.frame.shell import failed_words
from layouts.shared.controls import drawer_button
from layouts.shared.figure_text import escaped
from layouts.shared.graph import message_figure
from layouts.shared.html import joined, tag
from layouts.shared.look import Look
from layouts.shared.parts import WORDS, sentence_place
from layouts.shared.place import below
from layouts.shared.slide_title import slide_title
from layouts.shared.words import exported_provenance, of_study
from layouts.slides.slide import Drawn

log = logging.getLogger(__name__)

# The drawer that says how a view was computed. Every page has it of a study in a database.
METHOD, HOW = "method", "How was this computed?"


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
    finding : function of a context, or None
        What was found, in one clause: the title of a slide. None where it is the sentence.
    drawn : function of a context, or None
        What of the result is put on a slide; it answers None where there is nothing to draw.
    counted : function of (Memory, Study, View, options), or None
        As ``ask``, of a study whose patients stay in a database; None where the page needs rows.
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
    finding: Callable[[Any], str] | None = None
    drawn: Callable[[Any], Drawn | None] | None = None
    counted: Callable | None = None

    def needs_rows(self, study: Study) -> bool:
        """Whether the page needs rows that stay in a database."""
        return study.counted is not None and self.counted is None

    def built(self, study: Study, view: View) -> object:
        """The page before its numbers are computed; of one that needs rows the place of why not."""
        if self.needs_rows(study):
            return sentence_place(self.page.id)
        return self.page.build(study, view)

    def asked_of(self, study: Study) -> Callable:
        """What answers a view of a study. NeedsRows if that needs rows that are not here."""
        if study.counted is None:
            return self.ask
        if self.needs_rows(study):
            raise NeedsRows
        return self.counted


def finding_of(served: Served, context: Any) -> str:
    """What a view found, without a full stop."""
    if served.finding is not None:
        return served.finding(context)
    return served.words(context).sentence.rstrip(".")


def ask(memory: Memory, served: Served, request: Request) -> Asked:
    """Compute what a request of this page asks for."""
    study, view = request.reading.study, request.view_of(served.page)
    if served.needs_rows(study):
        raise NotShown(STAY.format(page=served.page.label))
    options, notes = served.page.read_options(study, view)
    found = stated(memory, served, study, view, options)
    return Asked(request, options, found.context, [*notes, *found.notes])


def answer(memory: Memory, served: Served, request: Request) -> dict:
    """What the browser writes into a page for a request.

    Returns
    -------
    dict
        ``places`` (HTML by id), ``classes`` (by id), ``data`` (for the page's own script, by
        id), ``figure``, ``links`` (address by file, and that of the words), ``saved``, whether
        there is anything to save as a picture, ``copied``, what stands above and below what a
        reader copies, and ``finding``, what was found in one clause. Where the page cannot be
        computed, all of them empty but a sentence that says so.
    """
    page = served.page
    if served.needs_rows(request.reading.study):
        return refused(page, STAY.format(page=page.label))
    try:
        asked = ask(memory, served, request)
        shown = served.show(asked.context, request.look)
        words = served.words(asked.context)
        said = _said(served, asked, words)
        links = _links(served, asked)
        more = {
            "copied": _copied(served, asked, words),
            "finding": finding_of(served, asked.context),
        }
        return _filled(served, shown, said, links) | more
    except Busy as busy:
        without = _without_numbers(page, request.look, str(busy))
        return _filled(served, *without, dict.fromkeys((*page.files, WORDS), "#"))
    except NotShown as held:
        without = _without_numbers(page, request.look, str(held), failed=False)
        return _filled(served, *without, dict.fromkeys((*page.files, WORDS), "#"))
    except Exception as error:
        also(rows=0)
        # Never the old numbers beside new filters; values stay out of the log.
        log.error("%s view failed: %s", page.id, type(error).__name__)
        without = _without_numbers(page, request.look, failed_words(page.subject))
        return _filled(served, *without, dict.fromkeys((*page.files, WORDS), "#"))


def refused(page: Page, sentence: str) -> dict:
    """The same of a page that needs rows which are not here: its sentence is all there is of it."""
    nothing: dict[str, Any] = {"classes": {}, "data": {}, "links": {}, "copied": {}, "saved": False}
    said = {"sentence": sentence, "cautions": "", "footnote": ""}
    places = {f"{page.id}-{name}": joined(words) for name, words in said.items()}
    return nothing | {"places": places, "figure": None, "finding": ""}


def _links(served: Served, asked: Asked) -> dict[str, str]:
    """The addresses of the page's files and of its words."""
    study, view, page = asked.study, asked.request.reading.view, served.page
    query = search(served.linked(view, asked.options), study)
    links = {file: below(f"/download/{file}{query}") for file in page.files}
    return links | {WORDS: below(f"/words/{page.id}{search(view, study)}")}


def _copied(served: Served, asked: Asked, words: Words) -> dict[str, Any]:
    """What goes with a sentence or a table to where the page is not.

    Whom it is about, what must be known before it is used, and what the rows are.
    """
    study, view = asked.study, asked.request.reading.view
    return {
        "head": slide_title(study, view, served.page),
        "said": [*asked.notes, *words.cautions, *filter(None, (words.method, of_study(study)))],
        "foot": exported_provenance(study.provenance),
    }


def _filled(served: Served, shown: dict, said: dict, links: dict[str, str]) -> dict:
    """The answer of a page; every part must be shown."""
    page = served.page
    found: dict[str, Any] = {"places": {}, "classes": {}, "data": {}, "links": links, "copied": {}}
    found["finding"] = ""
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


def _said(served: Served, asked: Asked, words: Words) -> dict[str, object]:
    """What every page says, by the name of its place."""
    said = {
        "sentence": words.sentence,
        "cautions": [tag("p", text) for text in [*asked.notes, *words.cautions]],
        "footnote": " ".join(filter(None, (words.footnote, of_study(asked.study)))),
    }
    if asked.study.counted is not None and METHOD not in served.drawers:
        said["more"] = drawer_button(METHOD, HOW)
    return said


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
