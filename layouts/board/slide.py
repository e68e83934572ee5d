"""What stands around the content of a slide: title, what it is about, and one line beneath."""

from __future__ import annotations

import re
from html import unescape

from data.address import NO_SPLIT, View
from data.study import Study
from layouts.frame.page import Page
from layouts.shared.slide_title import slide_title
from layouts.shared.words import PROVENANCE

# A sentence ends here, or its first part does: before a blank, outside of brackets.
_END = re.compile(r"[.;:](?=\s)")
_OPENS, _CLOSES = "([“", ")]”"


def first_clause(text: str) -> str:
    """What stands before the first full stop, colon or semicolon that is not within brackets."""
    for found in _END.finditer(text):
        before = text[: found.start()]
        if sum(map(before.count, _OPENS)) == sum(map(before.count, _CLOSES)):
            return before
    return text.rstrip(".")


def about(study: Study, view: View, page: Page) -> str:
    """Study, endpoint, cohort, size and split of a view, in one line."""
    said = [slide_title(study, view, page)]
    variable = study.variable(view.by) if view.by != NO_SPLIT else None
    if variable is not None and "by" in page.control_values(study, view):
        said.append(f"by {variable.label}")
    return " · ".join(said)


def footnote(study: Study, places: dict[str, str], page: Page) -> str:
    """The method in a clause, what brackets hold, and what the rows are.

    Parameters
    ----------
    places : mapping of id to HTML
        The answer of the view; its whole method is in its footnote.
    """
    method = first_clause(plain(places.get(f"{page.id}-footnote", "")))
    said = [method] if method else []
    n = len(study.reconstructions)
    if n and any("[" in one for one in places.values()):
        said.append(f"[ ] range across {n} data sets that fit the paper as well")
    return " · ".join([*said, PROVENANCE[study.provenance]])


def plain(html: str) -> str:
    """The text of some HTML, its blanks as they are read."""
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]*>", "", html))).strip()
