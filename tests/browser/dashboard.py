"""The dashboard in a browser, as a reader meets it."""

from __future__ import annotations

import csv
import io
import math
import re
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from layouts.shared.words import p_value
from tests.browser.tab import Tab

# A machine on which others work too may take its time; what never comes still fails.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
# Pages that are complete only with their figure drawn, by id.
DRAWN = ("survival", "arms", "patient", "context")
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WITHOUT_RANGE = """cell => [...cell.childNodes]
    .filter(part => !(part.classList && part.classList.contains("across")))
    .map(part => part.textContent).join("")"""


class Watch:
    """Console messages of any kind, errors of the page, and requests to other hosts."""

    def __init__(self, server: str):
        self.host = urlsplit(server).netloc
        self.seen: list[str] = []
        self.allowed: list[str] = []
        self.pages: list[Page] = []
        self.listeners = {
            "console": lambda m: self.seen.append(f"console {m.type}: {m.text}"),
            "pageerror": lambda error: self.seen.append(f"page error: {error}"),
            "request": self._request,
        }

    def over(self, page: Page) -> None:
        self.pages.append(page)
        for event, listener in self.listeners.items():
            page.on(event, listener)

    def end(self) -> None:
        """Look no longer: the next test looks for itself."""
        while self.pages:
            page = self.pages.pop()
            for event, listener in self.listeners.items():
                page.remove_listener(event, listener)

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.seen.append(f"request elsewhere: {request.url}")

    def allow(self, pattern: str) -> None:
        """A message that a test provokes on purpose."""
        self.allowed.append(pattern)

    def found(self) -> list[str]:
        return [one for one in self.seen if not any(re.search(p, one) for p in self.allowed)]


class Dashboard:
    """One page of the dashboard."""

    def __init__(self, tab: Tab):
        self.tab = tab
        self.page = tab.page
        self.server = tab.server

    def open(self, query: str = "", path: str = "/survival") -> None:
        """Go to an address as a link does and wait until the page is complete."""
        self.tab.follow(path + (f"?{query}" if query else ""))
        self.settled()

    def load(self, query: str = "", path: str = "/survival") -> None:
        """Type an address, so that everything is loaded anew; wait until the page is complete."""
        self.tab.load(path + (f"?{query}" if query else ""))
        self.settled()

    def settled(self) -> None:
        """Wait until what is shown is for the address, with its figure drawn."""
        page_id = urlsplit(self.page.url).path.strip("/") or "overview"
        expect(self.page.locator("body:not([data-pending])")).to_be_attached()
        expect(self.page.locator(f"#{page_id}-sentence")).not_to_be_empty()
        if page_id in DRAWN:
            expect(self.page.locator(f"#{page_id}-graph .main-svg").first).to_be_attached()
        self.page.evaluate(TWO_FRAMES)

    def until(self, condition: str) -> None:
        """Wait until an expression holds on the page, which may still be laid out or moving."""
        self.page.evaluate(TWO_FRAMES)
        end = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(condition):
            assert time.monotonic() < end, condition
            self.page.wait_for_timeout(20)

    def nothing_moves(self) -> None:
        """Wait until what was opened has come to rest."""
        self.until("document.getAnimations().length === 0")

    def nothing_runs_off(self) -> None:
        """The page is no wider than the screen, once it has the size of the screen."""
        self.until("document.documentElement.scrollWidth <= innerWidth")

    def at(self, query: str) -> None:
        """Wait until the address has this query, whatever its order, and the page has settled."""
        parts = {part for part in query.split("&") if part}
        expect(self.page).to_have_url(
            re.compile("^[^?]*" + "".join(rf"(?=.*[?&]{re.escape(p)}(&|$))" for p in parts))
        )
        assert len(urlsplit(self.page.url).query.split("&")) == len(parts), self.page.url
        self.settled()

    # ---- parts of the page

    def level(self, variable: str, level: str) -> Locator:
        return self.page.locator(f'[data-variable="{variable}"] input[value="{level}"]')

    def endpoint(self, label: str) -> Locator:
        return self.segment(label, "Endpoint")

    def segment(self, words: str, name: str = "") -> Locator:
        """One of a few words of which one is chosen; by the name of all where others are alike."""
        place = self.page.get_by_role("radiogroup", name=name, exact=True) if name else self.page
        return place.get_by_role("radio", name=words, exact=True)

    def choose(self, name: str, words: str) -> None:
        """Choose from the list of this name."""
        self.page.get_by_role("combobox", name=name, exact=True).select_option(label=words)

    def choose_split(self, label: str) -> None:
        self.choose("Split by", label)

    def open_options(self) -> None:
        """Open the options and wait until they have the focus."""
        self.page.get_by_role("button", name="Options").click()
        expect(self.page.locator("#options *:focus")).to_be_attached()

    def many(self, name: str) -> Locator:
        """The list of this name, of which several can be ticked once it is opened."""
        return self.page.locator(f'details.many:has([role="group"][aria-label="{name}"])')

    def tick(self, name: str, *words: str) -> None:
        """Open the list of this name and tick some of it."""
        many = self.many(name)
        many.locator("summary").click()
        for one in words:
            many.locator(".box").filter(has=self.page.get_by_text(one, exact=True)).click()

    def has_theme(self, theme: str) -> None:
        expect(self.page.locator(f'html[data-theme="{theme}"]')).to_be_attached()

    def choose_study(self, label: str) -> None:
        """Choose the study whose words in the switcher begin so."""
        words = self.page.locator(".study option", has_text=label).first.text_content()
        self.page.locator(".study").select_option(label=words)

    def cell(self, group: str, statistic: str) -> Locator:
        return self.page.locator(
            f'#survival-numbers [data-group="{group}"] [data-statistic="{statistic}"]'
        )

    # ---- numbers

    def reads(self, cell: Locator, text: str) -> None:
        """Wait until a cell says this, but for the range over data sets that may stand below it."""
        end = time.monotonic() + PATIENCE / 1000
        while (seen := " ".join(cell.evaluate(WITHOUT_RANGE).split())) != text:
            assert time.monotonic() < end, f"“{seen}” instead of “{text}”"
            self.page.wait_for_timeout(50)

    def csv(self, panel: str, query: str) -> list[dict]:
        address = f"{self.server}/download/{panel}.csv?{query}"
        end = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                with urllib.request.urlopen(address) as answer:
                    return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))
            except urllib.error.HTTPError as error:
                # Another process than the one that answered the page may still be reading.
                if error.code != 503 or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def shows(self, query: str, decimals: int = 1) -> None:
        """The page shows, number by number, what the files of this query hold."""
        rows = self.csv("survival-summary", query)
        assert rows
        # What the publication prints stands in rows of its own.
        first = self.page.locator("#survival-numbers table").first
        expect(first.locator("tbody tr[data-group]")).to_have_count(len(rows))
        for row in rows:
            group = row["group"]
            self.reads(self.cell(group, "n"), row["n"])
            self.reads(self.cell(group, "events"), row["events"])
            ends = [row[f"median{end}"] for end in ("", "_lower", "_upper")]
            self.reads(self.cell(group, "median"), _median(ends, row["n"], decimals))
            for month in (name[9:] for name in row if re.fullmatch(r"survival_[\d.]+", name)):
                share, low, high = (row[f"survival_{month}{e}"] for e in ("", "_lower", "_upper"))
                cell = self.cell(group, f"survival-{month}")
                self.reads(cell, _share(share, low, high, row["n"]))
        tests = self.csv("logrank", query)
        cell = self.page.locator('#survival-numbers [data-statistic="p"]')
        if tests:
            text = tests[0]["p_value"]
            expect(cell).to_have_text(p_value(math.nan if text == "NA" else float(text)))
        else:
            expect(cell).to_have_count(0)
        self.settled()


def _median(ends: list[str], n: str, decimals: int) -> str:
    if n == "0":
        return "–"
    texts = ["NR" if end == "NA" else f"{float(end):.{decimals}f}" for end in ends]
    head = "not reached" if texts[0] == "NR" else texts[0]
    if texts[1] == texts[2] == "NR":
        return head
    return f"{head} ({texts[1]}–{texts[2]})"


def _share(share: str, low: str, high: str, n: str) -> str:
    if share == "NA":
        return "–" if n == "0" else "not estimable"
    head = f"{100 * float(share):.0f} %"
    if "NA" in (low, high):
        return head
    return f"{head} ({100 * float(low):.0f}–{100 * float(high):.0f})"
