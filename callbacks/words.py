"""The words of a page by address, to be read by a program or copied by a person."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, Response

from callbacks.memory import Memory
from callbacks.noted import noted
from callbacks.plain import BOTH, Refused, asked, read_query
from callbacks.reading import Grammar
from data.catalog import Catalog
from layouts.shared.html import without_controls
from layouts.shared.words import counted_where, held_back


def register(
    server: Flask, catalog: Catalog, memory: Memory, pages: Collection, grammar: Grammar
) -> None:
    """Register ``GET /words/<page>?<the page's query>``; posted as in ``callbacks.files``.

    The answer has the sentence, then a line for each caution, then the method, then what the rows
    are: the words of the page.

    Parameters
    ----------
    pages : collection of Served
    """
    by_id = {one.page.id: one for one in pages}

    @server.route("/words/<page>", methods=BOTH)
    def words(page: str) -> Response:
        noted("words")
        try:
            if page not in by_id:
                raise Refused(f"There is no page “{page}”. There are {', '.join(by_id)}.")
            served = by_id[page]
            study, view, options = read_query(served.page, catalog, grammar)
            found = asked(memory, served, study, view, options)
        except Refused as refused:
            return refused.response()
        sentence, *others = served.words(found.context).all()
        lines = [sentence, *found.notes, *others, counted_where(study), held_back(study)]
        lines = [one for one in lines if one]
        return Response(
            "".join(f"{without_controls(line)}\n" for line in lines), mimetype="text/plain"
        )
