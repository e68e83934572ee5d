"""The page *Board*: what stands on it before the reader's slides do, which the browser keeps."""

from __future__ import annotations

from markupsafe import Markup

from layouts.shared.html import link, tag

PATH = "board"
LABEL = "Board"
MOST = 30
EMPTY = (
    "Nothing on the board yet. Press “Add to board” on any page, or the key A: the view is kept "
    "with its filters, and its finding becomes the title of a slide."
)
THEN = (
    "Then come back to put the slides in order, write notes, and present them, or take them along "
    "as PowerPoint, Word or PDF."
)
KEPT = "Kept in this browser. Nothing is sent before you ask for a file or share the link."


def page() -> Markup:
    """The page, which the browser fills from its own store or from the link."""
    back = tag("a", "The studies", href="/", class_="page-tab")
    return tag(
        "div",
        tag("nav", back, id="pages", class_="tabs", tabindex="-1", aria_label="Pages"),
        tag(
            "div",
            tag("div", tag("h1", LABEL), tag("p", id="board-lead", class_="rail-note")),
            _actions(),
            class_="board-head",
        ),
        _shared(),
        tag(
            "div",
            tag("p", id="board-said", role="status"),
            _button("undo", "Undo", "link", hidden=True),
            class_="board-news",
        ),
        tag(
            "div",
            tag("p", EMPTY),
            tag("p", THEN),
            link("Go to the first study", href="/", class_="main-link"),
            id="board-empty",
            class_="board-empty",
            hidden=True,
        ),
        tag("ol", id="board-list", class_="board-list", aria_label="Slides", data_most=MOST),
        tag(
            "p",
            KEPT,
            " ",
            _button("empty", "Empty the board", "link", hidden=True),
            class_="rail-note board-kept",
        ),
        tag("template", _item(), id="board-item"),
        class_="plain-page wide board",
    )


def _button(does: str, words: str, kind: str = "plain-button", **attributes: object) -> Markup:
    return tag("button", words, type="button", class_=kind, data_board=does, **attributes)


def _actions() -> Markup:
    """What is done with all slides."""
    return tag(
        "div",
        _button("present", "Present", "plain-button primary", id="board-present"),
        _button("pptx", "PowerPoint"),
        _button("docx", "Word"),
        _button("pdf", "PDF"),
        _button("link", "Copy link"),
        id="board-actions",
        class_="board-actions",
        hidden=True,
    )


def _shared() -> Markup:
    """What is said of a deck that came in a link; it is not put on the reader's own board."""
    return tag(
        "div",
        tag("p", "A shared deck, not your own board.", id="board-shared-words"),
        tag(
            "p",
            _button("keep", "Keep as mine"),
            _button("add", "Add to mine"),
            link("My board", href="/board", class_="link"),
            class_="board-keep",
        ),
        id="board-shared",
        class_="board-shared",
        hidden=True,
    )


def _item() -> Markup:
    """A slide in the list: its miniature, its words, and what is done with it."""
    moves = [
        _button("earlier", "↑", "board-move", title="Earlier (Alt + ↑)"),
        _button("later", "↓", "board-move", title="Later (Alt + ↓)"),
        _button("remove", "×", "board-move", title="Remove"),
    ]
    return tag(
        "li",
        tag("div", class_="board-thumb", draggable="true", title="Drag to another place"),
        tag(
            "div",
            tag("span", class_="board-n"),
            tag("a", "Open the view", href="#", class_="link board-open", data_inside=True),
            tag("span", moves, class_="board-moves"),
            class_="board-line",
        ),
        tag("textarea", rows=2, maxlength=300, class_="board-title", aria_label="Title"),
        tag(
            "textarea",
            rows=2,
            maxlength=4000,
            class_="board-note",
            aria_label="Note",
            placeholder="Note for the speaker",
        ),
        tag("p", class_="board-printed"),
        class_="board-item",
    )
