"""Tables that come as HTML text, read back as a reader sees them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser


def table_rows(html: str) -> list[list[str]]:
    """The words of every cell of every row of a table, without its head."""
    body = "".join(re.findall("<tbody>(.*?)</tbody>", html))
    return [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)
    ]


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
