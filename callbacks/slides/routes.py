"""``POST /board/pptx`` and ``POST /board/docx``: several views as one file; and a finding alone.

A file is made for whoever may see its views: the same door, the same words, the same refusals as on
the page. Making one takes a processor for a second or two, so that a worker makes one at a time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, request

from callbacks.memory import Memory
from callbacks.noted import noted, noted_next
from callbacks.page import finding_of
from callbacks.plain import Refused, asked, read_query
from callbacks.reading import Grammar
from callbacks.server.ours import only_ours
from callbacks.slides.making import Asked, Maker
from data.address import LONGEST_QUERY, Reading
from data.catalog import Catalog
from layouts.frame.shell import PRODUCT
from layouts.shared.html import without_controls
from layouts.shared.place import below
from layouts.slides.slide import Slide

MOST_VIEWS = 30
LONGEST_TITLE, LONGEST_NOTE = 300, 2000
# Seconds that a reader waits while a worker makes the file of another.
PATIENCE = 8
LONGEST_NAME = 80
BUSY = "Another file is being made at the moment. Try again in a few seconds."
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)
Writer = Callable[[Sequence[Slide], str], bytes]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its type, and what gives its writer, whose library is loaded when asked."""

    mimetype: str
    writer: Callable[[], Writer]


def _deck() -> Writer:
    from layouts.office.deck import deck

    return deck


def _document() -> Writer:
    from layouts.office.document import document

    return document


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", _deck),
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", _document),
}


def register(
    server: Flask, catalog: Catalog, memory: Memory, pages: Collection, grammar: Grammar
) -> None:
    """Register the files of the board, and ``GET /finding/<page>?<the page's query>``.

    Parameters
    ----------
    pages : collection of Served
    """
    by_id = {one.page.id: one for one in pages}
    maker = Maker(catalog, memory, by_id, grammar)

    @server.post("/board/<kind>")
    def board(kind: str) -> Response:
        noted("board", part=kind if kind in KINDS else None)
        only_ours()
        try:
            if kind not in KINDS:
                raise Refused(f"A board is made as {' or '.join(KINDS)}.")
            wanted = read_board(request.get_json(silent=True), grammar, request.host_url)
        except Refused as refused:
            return refused.response()
        if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
            answer = Response(f"{BUSY}\n", status=503, mimetype="text/plain")
            answer.headers["Retry-After"] = "5"
            return answer
        try:
            slides = []
            for number, one in enumerate(wanted):
                # Each view has a line of its own in the audit log.
                if number:
                    noted_next("board", part=kind)
                slides.append(maker.slide(one))
            made = KINDS[kind].writer()(slides, PRODUCT)
        finally:
            _ONE_AT_A_TIME.release()
        name = f"{file_name([maker.reading(one) for one in wanted], by_id, date.today())}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(made, mimetype=KINDS[kind].mimetype, headers=headers)

    @server.get("/finding/<page>")
    def found(page: str) -> Response:
        noted("finding")
        try:
            if page not in by_id:
                raise Refused(f"There is no page “{page}”. There are {', '.join(by_id)}.")
            served = by_id[page]
            study, view, options = read_query(served.page, catalog, grammar)
            context = asked(memory, served, study, view, options).context
        except Refused as refused:
            return refused.response()
        return Response(f"{without_controls(finding_of(served, context))}\n", mimetype="text/plain")


def read_board(said: object, grammar: Grammar, root: str) -> list[Asked]:
    """The views of a board with their titles and notes.

    Parameters
    ----------
    said : object
        What was sent, as read from JSON.
    root : str
        Where the server's addresses begin, for links.

    Raises
    ------
    Refused
        If it is no board: the sentence says what a board is.
    """
    if not isinstance(said, dict) or not _are_texts(said.get("views"), LONGEST_QUERY + 100):
        raise Refused("A board is JSON with a list “views” of addresses such as /survival?study=….")
    views = said["views"]
    if not 1 <= len(views) <= MOST_VIEWS:
        raise Refused(f"A board has 1 to {MOST_VIEWS} views; this one has {len(views)}.")
    more = []
    for name, longest in (("titles", LONGEST_TITLE), ("notes", LONGEST_NOTE)):
        texts = said.get(name, [])
        if not _are_texts(texts, longest) or len(texts) > len(views):
            raise Refused(
                f"“{name}” is a list of texts, one for each view, of at most {longest} characters."
            )
        more.append([*texts, *[""] * (len(views) - len(texts))])
    wanted = []
    for view, title, note in zip(views, *more, strict=True):
        path, mark, query = view.partition("?")
        page = path.strip("/")
        if page not in grammar:
            raise Refused(f"“{page[:60]}” is no page. There are {', '.join(grammar)}.")
        link = f"{root.rstrip('/')}{below(f'/{page}')}{mark}{query}"
        wanted.append(Asked(path, f"{mark}{query}", title.strip(), note.strip(), link))
    return wanted


def _are_texts(value: object, longest: int) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) and len(x) <= longest for x in value)


def file_name(readings: Sequence[Reading], pages, day: date) -> str:
    """``soramic-pfs-by-arm-2026-11-28``; of several views how many they are."""
    known = [one for one in readings if one.study is not None]
    studies = list(dict.fromkeys(one.study.id for one in known))
    parts = studies if len(studies) == 1 else ["board"]
    if len(readings) > 1:
        parts.append(f"{len(readings)}-views")
    elif known:
        (one,) = known
        page = pages[one.view.page].page
        parts += [] if page.id == "survival" else [page.id]
        if page.shows_endpoint(one.study, one.view):
            parts.append(one.view.endpoint)
        if one.study.variable(one.view.by) is not None and page.id == "survival":
            parts.append(f"by-{one.view.by}")
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")[:LONGEST_NAME]
    return f"{name}-{day.isoformat()}"
