"""Evidence pages for tests, asked for by address, and the cells read back from their HTML."""

from __future__ import annotations

import re
from html import unescape

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog
from layouts.evidence.context import EvidenceContext
from layouts.evidence.options import read_options


class EvidenceViews:
    """Answers over a catalog, asked by the query of an address of the Evidence page."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def __call__(self, query: str) -> EvidenceContext:
        """The view of an address whose every part is understood."""
        reading = read_address("/evidence", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        options, notes = read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.evidence(reading.study, reading.view, options)


def table_rows(html: str) -> list[list[str]]:
    """The words of every cell of every row of a table, without its head."""
    body = "".join(re.findall("<tbody>(.*?)</tbody>", html))
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)
    ]
