"""The frame of every page: header, filter rail, tabs, cohort line."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from dash.dcc import Store
from dash.html import Div
from markupsafe import Markup

from data.address import Reading, View, address
from data.catalog import BrokenStudy, Catalog, is_own
from data.checking.problems import SAID_AT_MOST
from data.study import Study
from layouts.frame.cohort_line import cohort_line
from layouts.frame.glossary import glossary
from layouts.frame.way_back import way_back
from layouts.shared.controls import control, select_options
from layouts.shared.html import joined, link, tag
from layouts.shared.pairs import COMPARE
from layouts.shared.slide_title import slide_title
from layouts.shared.theme import Theme
from layouts.shared.words import PROVENANCE

PRODUCT = "HCC Cohort Explorer"
# Where the badge on every page leads.
EVIDENCE = "evidence"
# What the browser asks the server for.
ASKED = ("view", "drawer", "picture")
STALE = "No answer from the server: what is shown is not for these filters. Reload the page."


def stores() -> Div:
    """What Dash itself keeps of the dashboard: what is asked for, and what was answered."""
    names = [f"{what}-{end}" for what in ASKED for end in ("request", "answer")]
    return Div([Store(id="start"), *[Store(id=name) for name in names]])


def frame(uploads: bool = False) -> Markup:
    """What stands around every page before anything has been answered.

    Plain HTML, in the page that the server sends: it is on the screen before any script is.

    Parameters
    ----------
    uploads : bool
        Whether there is the page for data of one's own.
    """
    # Some forty controls of the rail stand before the tabs.
    skips = [
        tag("a", "Skip to the content", href="#page", class_="skip"),
        tag("a", "Skip to the pages", href="#pages", class_="skip"),
        tag("button", "Keys: ?", class_="skip", **{"data-keys": "", "aria-haspopup": "dialog"}),
    ]
    rail = tag(
        "div",
        # Presets are links that hold the whole view; the filters stay on the screen.
        tag("div", id="presets"),
        tag("div", id="filters"),
        tag("p", _own_link("rail-note"), class_="narrow-only") if uploads else None,
        # On a telephone the rail lies over the page: the way back, with its n.
        tag("button", "Show the patients", type="button", id="filters-done"),
        id="rail",
        class_="rail",
        tabindex="-1",
    )
    main = tag(
        "main",
        tag("div", id="top", class_="top"),
        # The skip link puts the focus here; Tab never does.
        tag("div", _skeleton(), id="page", class_="page", tabindex="-1"),
        tag("p", "Computing …", class_="working", aria_hidden="true"),
        tag("p", id="said", role="alert"),
        tag("p", id="pin-said", role="status", class_="heard"),
        tag("p", STALE, class_="stale", role="alert"),
        class_="main",
    )
    return joined(
        skips,
        tag("header", _header(uploads), class_="header"),
        tag("nav", rail, class_="rail-frame", aria_label="Filters"),
        main,
        _drawer(),
    )


def _skeleton() -> Markup:
    """What stands in the place of the first answer, at about its size."""
    blocks = [tag("div", class_=kind) for kind in ("words", "drawing")]
    return tag("div", blocks, class_="skeleton", aria_hidden="true")


def _own_link(kind: str) -> Markup:
    """The way to the page for data of one's own; a whole page, since the switcher may change."""
    return tag("a", "Your data", href="/your-data", class_=kind)


def _header(uploads: bool) -> Markup:
    burger = tag(
        "button",
        tag("span", class_="burger-lines", aria_hidden="true"),
        type="button",
        id="burger",
        aria_label="Show the filters",
        aria_controls="rail",
        aria_expanded="false",
    )
    study = tag(
        "select", id="study", class_="select study", aria_label="Study", **control("study", "value")
    )
    actions = [
        glossary(),
        # How many slides there are stands in the browser's own store.
        link("Board", href="/board", id="board-link", class_="quiet-link"),
        _share(),
        link("Present", href="/", id="present", class_="quiet-link"),
        tag(
            "button",
            tag("span", class_="half-disc", aria_hidden="true"),
            type="button",
            id="theme-toggle",
            aria_label="Change between light and dark",
        ),
    ]
    return tag(
        "div",
        burger,
        link(PRODUCT, href="/start", class_="product", title="Questions, studies, a short tour"),
        study,
        _own_link("quiet-link wide-only own-link") if uploads else None,
        tag("div", id="badge", class_="badge-place"),
        tag("div", actions, class_="header-actions"),
        class_="header-row",
    )


def study_choices(catalog: Catalog, chosen: str | None) -> list[Markup]:
    """What the study switcher offers, those that could not be loaded last."""
    named = {one.id: " · ".join(filter(None, (one.title, one.tagline))) for one in catalog.studies}
    groups = [("Studies", {key: words for key, words in named.items() if not is_own(key)})]
    if held := {key: words for key, words in named.items() if is_own(key)}:
        groups.append(("Held for this browser alone", held))
    for heading, being_read in (("Being read", True), ("Could not be loaded", False)):
        left = {one.id: one.id for one in catalog.broken if one.being_read == being_read}
        groups += [(heading, left)] if left else []
    none = tag("option", "Choose a study", value="", selected=True, disabled=True)
    return [*([] if chosen else [none]), *select_options(groups, chosen)]


def _share() -> Markup:
    button = tag(
        "button",
        "Share",
        tag("span", " view", class_="wide-only"),
        type="button",
        id="share",
        class_="quiet-link",
        popovertarget="share-view",
        aria_haspopup="dialog",
    )
    words = "This link restores study, filters, endpoint, split and options."
    return tag(
        "div",
        button,
        tag(
            "div",
            tag("p", words, class_="rail-note"),
            tag(
                "input",
                type="text",
                id="share-link",
                class_="text-field",
                readonly=True,
                aria_label="Link",
            ),
            tag("button", "Copy the link", type="button", id="share-copy", class_="plain-button"),
            tag("span", "", id="share-said", role="status", class_="rail-note"),
            id="share-view",
            class_="popover",
            popover="auto",
            role="dialog",
            aria_label="Share view",
        ),
    )


def _drawer() -> Markup:
    """The one drawer of all pages, filled when it is opened."""
    head = tag(
        "div",
        tag("h2", id="drawer-title"),
        tag("button", "Close", type="button", id="drawer-close", class_="link"),
        class_="drawer-head",
    )
    body = tag("div", id="drawer-body", class_="drawer-body")
    return tag("dialog", head, body, id="drawer", class_="drawer", aria_labelledby="drawer-title")


def badge(study: Study, view: View) -> Markup:
    """What the rows of this study are, in words on every page; leads to how that is known."""
    return link(
        PROVENANCE[study.provenance],
        href=address(replace(view, page=EVIDENCE, options=()), study),
        class_=f"badge {study.provenance.split()[0]}",
        title="How the rows of this study came about, and how near print they are",
    )


def top(
    study: Study,
    view: View,
    pages,
    reading: Reading,
    theme: Theme,
    absent: frozenset[str] = frozenset(),
) -> Markup:
    """Tabs, cohort line and the notes about what an address asked in vain.

    Parameters
    ----------
    absent : frozenset of str
        Ids of the pages that need rows of patients which stay in a database.
    """
    # On a telephone the header has no room for the badge.
    provenance = tag("p", badge(study, view), class_="badge-line")
    presenting = view.option("present") == "on"
    page = next(page for page in pages if page.id == view.page)
    # Heard but not seen: on the screen the tab and the switcher say it. A slide has neither.
    heading = tag("h1", f"{page.label}: {study.title}", class_="heard")
    if presenting:
        heading = tag("h1", slide_title(study, view, page), class_="slide-title")
    return joined(
        heading,
        provenance,
        _tabs(study, view, pages, absent),
        tag("div", cohort_line(study, view, theme), _pin(), class_="cohort-row"),
        way_back(study, view, page.shows_endpoint(study, view)),
        _notes(reading),
    )


def _pin() -> Markup:
    """What puts the view on the reader's board, or takes it off again."""
    return tag(
        "button",
        "Add to board",
        type="button",
        class_="quiet-link pin",
        id="pin",
        data_key="pin",
        aria_pressed="false",
        title="Keep this view as a slide (A)",
    )


def _tabs(study: Study, view: View, pages, absent: frozenset[str]) -> Markup:
    links = []
    shown = next(page for page in pages if page.id == view.page)
    for page in pages:
        if page.under:
            continue
        # A choice of arms goes along; every other option is a page's own.
        kept = tuple(one for one in view.options if one[0] == COMPARE)
        kept = kept if COMPARE in page.option_names else ()
        target = address(replace(view, page=page.id, options=kept), study)
        current = page.id in (view.page, shown.under)
        kind = "page-tab current" if current else "page-tab"
        said = {}
        if not page.recorded(study):
            kind, said = f"{kind} absent", {"title": "Not recorded in this study"}
        elif page.id in absent:
            kind, said = f"{kind} absent", {"title": "Needs patients one by one"}
        # A page without a tab says itself which it is.
        here = {"aria_current": "true" if shown.under else "page"} if current else {}
        links.append(link(page.label, href=target, class_=kind, **said, **here))
    return tag("nav", links, id="pages", class_="tabs", tabindex="-1", **{"aria-label": "Pages"})


def _notes(reading: Reading) -> Markup:
    """What of a link could not be used, and which ranges were widened."""
    unused = [tag("p", note) for note in dict.fromkeys(reading.notes)]
    if unused:
        unused.insert(0, tag("p", "Parts of this link could not be used:", class_="notes-head"))
    items = [*unused, *(tag("p", note) for note in reading.widened)]
    if not items:
        return tag("div", id="notes")
    return tag("div", items, id="notes", class_="notes", role="alert")


def broken_page(broken: BrokenStudy) -> Markup:
    """What is wrong with a study that could not be loaded, or is not loaded yet."""
    if broken.being_read:
        head = f"The study “{broken.id}” is being read"
        said = "The other studies are not affected. It is shown here as soon as it is there."
        return tag("div", tag("h1", head), tag("p", said), class_="plain-page")
    return tag(
        "div",
        [
            tag("h1", f"The study “{broken.id}” could not be loaded"),
            tag("p", "The other studies are not affected. Mend these points and reload this page:"),
            tag("ul", [tag("li", problem.sentence) for problem in broken.problems]),
        ],
        class_="plain-page",
    )


def no_study_page(catalog: Catalog) -> Markup:
    """A server without any study that can be used, or that the reader may see.

    What is wrong is listed as far as one reads.
    """
    if catalog.restricted:
        fix = "Ask whoever runs this server which studies you may see."
        return tag("div", [tag("h1", "No study can be shown"), tag("p", fix)], class_="plain-page")
    said = accumulate(len(broken.problems) for broken in catalog.broken)
    shown = [one for one, n in zip(catalog.broken, said, strict=True) if n <= SAID_AT_MOST + 100]
    more = len(catalog.broken) - len(shown)
    return tag(
        "div",
        [
            tag("h1", "No study can be shown"),
            tag("p", "Put a study's folder where STUDIES_DIR points; data/README.md describes it."),
            tag("ul", [tag("li", note) for note in catalog.notes]),
            *[broken_page(broken) for broken in shown],
            tag("p", f"And {more} more studies.") if more else None,
        ],
        class_="plain-page",
    )


def failed_words(what: str) -> str:
    """What is said where a computation failed."""
    return f"{what} could not be computed for this view."


def failed(what: str) -> Markup:
    """In place of a panel whose computation failed: never the old one."""
    return tag(
        "div",
        [
            tag("strong", failed_words(what)),
            tag("p", "No earlier result is shown in its place. Change the filters or reload."),
        ],
        class_="failed",
        role="alert",
    )
