"""The slides of the board: each is a view, answered for a slide instead of a screen."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl

from flask import Flask, Response, request
from plotly.io.json import to_json_plotly

from callbacks.memory import Memory
from callbacks.noted import also, noted, noted_query
from callbacks.page import Served, answer
from callbacks.reading import Grammar, Request
from data.address import Reading, address, read_address
from data.catalog import Catalog
from data.checking.problems import short
from layouts.board.slide import about, footnote, plain
from layouts.shared.html import joined
from layouts.shared.look import SLIDE, Look
from layouts.shared.theme import theme_named


def register(
    server: Flask, catalog: Catalog, memory: Memory, pages: Collection[Served], grammar: Grammar
) -> None:
    """Register ``GET /board/slide/<theme>/<page>?<the page's query>``.

    The answer is JSON: what ``callbacks.page.answer`` makes of the view, with the page before it
    is filled (``html``), ``title``, ``about``, ``footnote`` and the canonical address (``view``).
    A view that there is not has ``broken`` instead, a sentence; it is no error, since the other
    slides of a deck are shown all the same.
    """
    by_id = {one.page.id: one for one in pages}

    @server.get("/board/slide/<theme>/<page>")
    def slide(theme: str, page: str) -> Response:
        noted("slide", page=page if page in by_id else None)
        if page not in by_id:
            made = {"broken": f"There is no page “{short(page)}” here."}
        else:
            search = request.query_string.decode("utf-8", "replace")
            noted_query(search)
            reading = read_address(f"/{page}", search, catalog, grammar)
            broken = _broken(reading, search)
            look = Look(theme_named(theme), SLIDE, present=True)
            asked = Request(reading, search, look)
            made = {"broken": broken} if broken else _slide(memory, by_id[page], asked)
        return Response(to_json_plotly(made), mimetype="application/json")


def _broken(reading: Reading, search: str) -> str:
    """Why an address is no view of this server; a study one may not see is one that is not."""
    if reading.broken is not None:
        also(study=reading.broken.id)
        return f"The study “{reading.broken.id}” could not be loaded."
    named = dict(parse_qsl(search)).get("study")
    if reading.study is None or (named is not None and reading.study.id != named):
        return f"There is no study “{short(named or '')}” here."
    return ""


def _slide(memory: Memory, served: Served, asked: Request) -> dict:
    reading, page = asked.reading, served.page
    study, view = reading.study, reading.view.with_options(present=None)
    also(study=study, page=page.id)
    made = answer(memory, served, asked)
    places = made["places"]
    sentence = plain(places[f"{page.id}-sentence"])
    told = bool(made["finding"])
    return {
        "page": page.id,
        "view": address(view, study),
        "title": made["finding"] or page.label,
        # Why there are no numbers, where there are none.
        "said": "" if told else sentence,
        "about": about(study, view, page),
        "footnote": footnote(study, places, page),
        "notes": [*reading.notes, *reading.widened],
        "html": joined(served.built(study, view)),
        "places": places,
        "classes": made["classes"],
        "figure": made["figure"],
    }
