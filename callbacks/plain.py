"""Views that are asked for by address alone, without a browser: files, and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request

from callbacks.disclosure.about import NotNow, NotShown
from callbacks.disclosure.door import STAY, Stated, stated
from callbacks.gate import Busy
from callbacks.memory import Memory
from callbacks.noted import also, noted_query
from callbacks.reading import Grammar
from data.address import View, read_address
from data.catalog import Catalog
from data.study import Study
from data.warehouse.counts import NotAnswered
from data.warehouse.no_rows import NeedsRows
from layouts.frame.page import Page
from layouts.shared.html import without_controls

# How a page is asked for by address alone: a query that describes somebody is posted.
BOTH = ("GET", "POST")
Read = Callable[[Study, View], tuple[View, Any, list[str]]]


class Refused(Exception):
    """A query that is not answered; its text is the sentence that says why."""

    status = 400

    def response(self) -> Response:
        """The answer: status and sentence."""
        said = without_controls(str(self))
        return Response(f"{said}\n", status=self.status, mimetype="text/plain")


class NotYet(Refused):
    """A query that will have an answer in a moment."""

    status = 503

    def response(self) -> Response:
        answer = super().response()
        answer.headers["Retry-After"] = "2"
        return answer


class Withheld(Refused):
    """A query of which the answer may not be told."""

    status = 403


class TooBusy(Refused):
    """A query whose turn has not come, or whose database does not answer."""

    status = 503

    def response(self) -> Response:
        answer = super().response()
        answer.headers["Retry-After"] = "20"
        return answer


def asked(memory: Memory, served: Any, study: Study, view: View, options: Any) -> Stated:
    """What a page states of a view.

    Raises
    ------
    Withheld
        If it may not be told.
    TooBusy
        If it is costly and its turn has not come, or a database does not answer.
    """
    try:
        return stated(memory, served, study, view, options)
    except NotNow as error:
        raise TooBusy(str(error)) from None
    except NotShown as held:
        raise Withheld(str(held)) from None
    except Busy as busy:
        raise TooBusy(str(busy)) from None


def _query_string() -> str:
    return request.query_string.decode("utf-8", "replace")


def read_query(
    page: Page, catalog: Catalog, grammar: Grammar, read: Read | None = None
) -> tuple[Study, View, Any]:
    """The study, view and options of the query of the request that is being answered.

    Parameters
    ----------
    read : function of (Study, View) or None
        The view that is meant, its options and notes, where it is not the one of the link.

    Raises
    ------
    Refused
        If any part of the query cannot be used; `Withheld` where rows are needed for it that stay
        in a database. On a page such a part is noted; a script, and a
        sentence in somebody's minutes, has no eyes for a note.
    """
    # Posted, it stands in no address, and so in the log of no proxy.
    search = request.form.get("query", "") if request.method == "POST" else _query_string()
    noted_query(search)
    also(page=page.id)
    reading = read_address(f"/{page.id}", search, catalog, grammar)
    if reading.broken is not None:
        also(study=reading.broken.id)
        if reading.broken.being_read:
            raise NotYet(f"The study “{reading.broken.id}” is being read. Ask again in a moment.")
        raise Refused(f"The study “{reading.broken.id}” could not be loaded.")
    if reading.view is None:
        raise Refused("There is no study on this server.")
    study, view = reading.study, reading.view
    also(study=study)
    try:
        if read is None:
            options, notes = page.read_options(study, view)
        else:
            view, options, notes = read(study, view)
    except NeedsRows:
        raise Withheld(STAY.format(page=page.label)) from None
    except NotAnswered as error:
        raise TooBusy(str(error)) from None
    if said := [*reading.notes, *reading.widened, *notes]:
        raise Refused(" ".join(said))
    return study, view, options
