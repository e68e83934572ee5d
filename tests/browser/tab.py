"""A tab of the browser that one test after the other uses, each as if nobody had before."""

from __future__ import annotations

from playwright.sync_api import Browser

# What a test may leave behind and what follows a link does not take away: something open over the
# page or folded out beside it, and choices that this browser remembers; which study was open last
# concerns the bare address alone.
TOUCHED = """() => {
  const shown = one => one.checkVisibility({ visibilityProperty: true });
  const boxes = "[role=dialog], dialog[open], details.many[open]";
  const over = [...document.querySelectorAll(boxes)].some(shown);
  return over || document.body.dataset.filters === "open" || "touched" in document.body.dataset
    || sessionStorage.length > 0 || Object.keys(localStorage).some(one => one !== "last-study");
}"""
# A page of the server's origin that asks for nothing more, not even for a mark on its tab.
NOTHING = {"content_type": "text/html", "body": '<link rel="icon" href="data:,">'}
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
NOTE_FOLDS = """document.addEventListener("click", event => {
  const fold = event.target.closest && event.target.closest("summary");
  if (fold && !fold.closest(".many")) {
    document.body.dataset.touched = "";
  }
}, true);"""
# Blur alone would leave the next Tab where it was.
UNFOCUS = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  getSelection().removeAllRanges();
  scrollTo(0, 0);
}"""
# As the dashboard's own links do it.
FOLLOW = "address => window.cohort.follow(address)"


class Tab:
    """A tab with a context of its own, in one colour scheme.

    Parameters
    ----------
    browser : Browser
    server : str
        Address of the server.
    scheme : str
        ``light`` or ``dark``, as the reader's system says.
    """

    def __init__(self, browser: Browser, server: str, scheme: str):
        self.server = server
        self.scheme = scheme
        self.context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(NOTE_FOLDS)
        self.page = self.context.new_page()
        self.loaded = False

    def prepare(self, width: int, height: int) -> None:
        """A screen of this size, the pointer in its corner and nothing in focus."""
        size = {"width": width, "height": height}
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)
        self.page.mouse.move(0, 0)
        if self.loaded:
            self.page.evaluate(UNFOCUS)

    def load(self, address: str) -> None:
        """Type the address (a path with its query): the browser loads the dashboard anew."""
        self.page.goto(self.server + address)
        self.loaded = True

    def follow(self, address: str) -> None:
        """Go to the address as a link of the dashboard does, if the tab shows the dashboard."""
        # Following a link to what is shown changes nothing, and the screen may be another by now.
        if self.loaded and self.page.url != self.server + address:
            self.page.evaluate(FOLLOW, address)
        else:
            self.load(address)

    def tidy(self, failed: bool) -> None:
        """Undo what a test changed; what cannot be undone, or what failed, is loaded anew."""
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.emulate_media(color_scheme=self.scheme, media="screen", reduced_motion="reduce")
        if self.loaded and (failed or self.page.evaluate(TOUCHED)):
            # From an address without scripts: an answer that is still on its way would remember.
            self.page.route(f"{self.server}/nothing", lambda route: route.fulfill(**NOTHING))
            self.page.goto(f"{self.server}/nothing")
            self.page.evaluate(FORGET)
            self.page.unroute_all(behavior="ignoreErrors")
            self.loaded = False

    def close(self) -> None:
        """Close the tab and its context."""
        self.context.close()
