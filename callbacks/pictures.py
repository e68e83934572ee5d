"""SVG and PNG of a page's table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layouts.frame.page import Page, Words
from layouts.tables.picture import Heading, table_picture


def picture_of_table(
    page: Page,
    table: Callable[[Any], str],
    words: Callable[[Any], Words],
    title: str = "",
    cohort: Callable[[Any], str] = lambda context: "",
) -> Callable[[Any, str], dict]:
    """What saves the table of a page.

    Parameters
    ----------
    table, words : function of a context
        The table as HTML, and what the page says with it.
    title : str
        What the table is, where the page's name does not say it.
    cohort : function of a context
        Whom it is about; empty where the filters of the view say it.
    """

    def picture(context: Any, kind: str) -> dict:
        said = words(context).pictured
        about = Heading(title, cohort(context))
        return table_picture(table(context), context.study, context.view, page, said, kind, about)

    return picture
