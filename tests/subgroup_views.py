"""Subgroup views for tests, asked for by address, and the table read back from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from callbacks.answers import Answers
from callbacks.pages import OPTION_NAMES
from data.address import read_address
from data.catalog import Catalog
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.options import read_options


class SubgroupViews:
    """Answers over a catalog, asked by the query of an address of the Subgroups page."""

    def __init__(self, catalog: Catalog):
        self.catalog = catalog
        self.answers = Answers(catalog.studies)

    def __call__(self, query: str) -> SubgroupContext:
        """The view of an address whose every part is understood."""
        reading = read_address("/subgroups", f"?{query}", self.catalog, OPTION_NAMES)
        assert not reading.notes, reading.notes
        options, notes = read_options(reading.study, reading.view)
        assert not notes, notes
        return self.answers.subgroups(reading.study, reading.view, options)


class TableReader(HTMLParser):
    """Rows of the table as text by statistic; tags must close in the order they were opened."""

    VOID = ("br",)

    def __init__(self, text: str):
        super().__init__()
        self.open: list[tuple[str, dict]] = []
        self.rows: list[dict] = []
        self.links: dict[str, str] = {}
        self.styles: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "style" in given:
            self.styles.append(given["style"])
        if tag in self.VOID:
            return
        self.open.append((tag, given))
        if tag == "tr":
            body = next((a for t, a in self.open if t == "tbody"), {})
            self.rows.append(
                {
                    "variable": body.get("data-variable"),
                    "level": given.get("data-level"),
                    "class": given.get("class", ""),
                    "columns": 0,
                }
            )
        if tag in ("td", "th") and self.rows:
            self.rows[-1]["columns"] += int(given.get("colspan", 1))
        if tag == "a":
            self.links[self.rows[-1]["variable"]] = given["href"]

    def handle_endtag(self, tag):
        opened, _ = self.open.pop()
        assert opened == tag, (opened, tag)

    def handle_data(self, data):
        if not self.rows:
            return
        statistic = next((a["data-statistic"] for _, a in self.open if "data-statistic" in a), None)
        inside = " ".join(a.get("class", "") for _, a in self.open)
        key = statistic or ("name" if "name" in inside.split() else None)
        if key and "mark" in inside.split():
            key = "mark"
        if key and "paper" in inside.split():
            key = f"paper-{statistic}"
        if key and "across" in inside.split():
            key = f"across-{statistic}"
        if key:
            self.rows[-1][key] = self.rows[-1].get(key, "") + data

    def row(self, variable: str, level: str | None = None) -> dict:
        (found,) = (r for r in self.rows if r["variable"] == variable and r["level"] == level)
        return found
