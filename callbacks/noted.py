"""What the request that is being answered was about, as its handlers note it on the way.

The audit log (callbacks/server/audit.py) makes a line of it. A request of which nothing is noted,
such as one for a style sheet, has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from flask import g, has_request_context

from data.address import View, search
from data.catalog import is_own
from data.checking.problems import printable, short
from data.cohort import select
from data.study import Study


@dataclass(frozen=True)
class Noted:
    """What is known of a request.

    Attributes
    ----------
    action : str
        What was asked for: ``view``, ``drawer``, ``picture``, ``slide``, ``download``, ``words``,
        ``finding``, ``board`` or ``import …``.
    page, part : str or None
        The page, and what of it: a file, a drawer, a kind of picture.
    asked : str or None
        The study that the link names, which may be none that is there.
    study : Study or str or None
        The study of which something was answered, or the name of one that cannot be loaded.
    view : View or None
    rows : int or None
        Rows of a file, or None for the patients of the cohort.
    suppressed : bool
        Whether the answer, or a group in it, was held back.
    before : tuple of Noted
        Of a request about several views, what was noted of those before this one.
    """

    action: str
    page: str | None = None
    part: str | None = None
    asked: str | None = None
    study: Study | str | None = None
    view: View | None = None
    rows: int | None = None
    suppressed: bool = False
    before: tuple[Noted, ...] = ()

    def line(self) -> dict[str, Any]:
        """The fields of a line of the audit log."""
        study = self.study.id if isinstance(self.study, Study) else self.study
        about = self.view is not None and isinstance(self.study, Study)
        # What a reader brought has the reader's own words for its columns and values.
        told = about and not is_own(self.study.id)
        rows = self.rows
        if rows is None and about:
            rows = int(select(self.study, self.view.cohort).sum())
        return {
            "action": self.action,
            "study": study,
            "asked": None if self.asked in (None, study) else short(printable(self.asked)),
            "page": self.page,
            "part": self.part,
            "cohort": search(self.view, self.study) if told else None,
            "rows": rows,
            "suppressed": self.suppressed,
        }


def noted(action: str, **known: Any) -> None:
    """Note what a request asks for, and forget what was noted before."""
    if has_request_context():
        g.noted = Noted(action, **known)


def noted_next(action: str, **known: Any) -> None:
    """Note what a request asks for beside what was noted before."""
    if has_request_context() and "noted" in g:
        last = g.noted
        earlier = (*last.before, replace(last, before=()))
        g.noted = Noted(action, before=earlier, **known)


def also(**known: Any) -> None:
    """Note more of the request; nothing where its action is not noted."""
    if has_request_context() and "noted" in g:
        g.noted = replace(g.noted, **known)


def noted_query(query: str) -> None:
    """Note which study a query names."""
    if has_request_context() and "noted" in g:
        also(asked=dict(parse_qsl(query.removeprefix("?"))).get("study"))


def found() -> tuple[Noted, ...]:
    """What was noted of the request that is being answered: of each view that it is about."""
    last = g.get("noted")
    return (*last.before, last) if last else ()
