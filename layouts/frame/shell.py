"""The frame of every page: header, filter rail, tabs, cohort line."""

from __future__ import annotations

from dataclasses import replace

import dash_mantine_components as dmc
from dash import dcc, html

from data.address import View, address
from data.catalog import BrokenStudy, Catalog, is_own
from data.study import Study
from layouts.frame.cohort_line import cohort_line
from layouts.frame.glossary import glossary
from layouts.frame.page import Page
from layouts.shared.controls import control_id
from layouts.shared.slide_title import slide_title
from layouts.shared.theme import MANTINE, Theme
from layouts.shared.words import PROVENANCE

PRODUCT = "HCC Cohort Explorer"
# Where the badge on every page leads.
EVIDENCE = "evidence"


def shell(catalog: Catalog, uploads: bool = False) -> dmc.MantineProvider:
    """The whole page before an address has been read.

    Parameters
    ----------
    uploads : bool
        Whether there is the page for data of one's own.
    """
    stores = [
        dcc.Location(id="location", refresh=False),
        dcc.Store(id="request"),
        dcc.Store(id="view"),
        dcc.Store(id="rail-key"),
        dcc.Store(id="theme", storage_type="local"),
    ]
    frame = dmc.AppShell(
        [
            dmc.AppShellHeader(_header(catalog, uploads), className="header"),
            dmc.AppShellNavbar(
                # Presets are links that hold the whole view; the filters stay on the screen.
                html.Div(
                    [
                        html.Div(id="presets"),
                        html.Div(id="filters"),
                        html.P(_own_link("rail-note"), className="narrow-only")
                        if uploads
                        else None,
                        # On a telephone the rail lies over the page: the way back, with its n.
                        html.Button("Show the patients", id="filters-done"),
                    ],
                    id="rail",
                    className="rail",
                    tabIndex="-1",
                ),
                className="rail-frame",
                **{"aria-label": "Filters"},
            ),
            dmc.AppShellMain(
                [
                    html.Div(id="top", className="top"),
                    # The skip link puts the focus here; Tab never does.
                    html.Div(id="page", className="page", tabIndex="-1"),
                ],
                className="main",
            ),
        ],
        id="frame",
        header={"height": 56},
        navbar={"width": 272, "breakpoint": "md", "collapsed": {"mobile": True}},
        padding=0,
        transitionDuration=0,
    )
    # Some forty controls of the rail stand before the tabs.
    skips = [
        html.A("Skip to the content", href="#page", className="skip"),
        html.A("Skip to the pages", href="#pages", className="skip"),
    ]
    return dmc.MantineProvider(
        [*stores, *skips, frame], id="provider", theme=MANTINE, forceColorScheme="light"
    )


def _own_link(kind: str) -> html.A:
    """The way to the page for data of one's own; a whole page, since the switcher may change."""
    return html.A("Your data", href="/your-data", className=kind)


def _header(catalog: Catalog, uploads: bool) -> html.Div:
    named = [(s.id, " · ".join(filter(None, (s.title, s.tagline)))) for s in catalog.studies]
    studies = [{"value": name, "label": words} for name, words in named if not is_own(name)]
    held = [{"value": name, "label": words} for name, words in named if is_own(name)]
    data = [{"group": "Studies", "items": studies}]
    if held:
        data.append({"group": "Held for this browser alone", "items": held})
    if catalog.broken:
        broken = [{"value": b.id, "label": b.id} for b in catalog.broken]
        data.append({"group": "Could not be loaded", "items": broken})
    return html.Div(
        [
            dmc.Burger(
                id="burger",
                size="sm",
                hiddenFrom="md",
                **{
                    "aria-label": "Show the filters",
                    "aria-controls": "rail",
                    "aria-expanded": "false",
                },
            ),
            html.Div(PRODUCT, className="product"),
            dmc.Select(
                id=control_id("study", "value"),
                data=data,
                allowDeselect=False,
                size="sm",
                className="study",
                maxDropdownHeight=420,
                **{"aria-label": "Study"},
            ),
            _own_link("quiet-link wide-only own-link") if uploads else None,
            html.Div(id="badge", className="badge-place"),
            html.Div(
                [
                    glossary(),
                    _share(),
                    dcc.Link("Present", href="/", id="present", className="quiet-link"),
                    dmc.ActionIcon(
                        html.Span(className="half-disc", **{"aria-hidden": "true"}),
                        id="theme-toggle",
                        variant="subtle",
                        color="gray",
                        **{"aria-label": "Change between light and dark"},
                    ),
                ],
                className="header-actions",
            ),
        ],
        className="header-row",
    )


def _share() -> dmc.Popover:
    return dmc.Popover(
        [
            dmc.PopoverTarget(
                html.Button(
                    ["Share", html.Span(" view", className="wide-only")],
                    id="share",
                    className="quiet-link",
                    **{"aria-haspopup": "dialog"},
                )
            ),
            dmc.PopoverDropdown(
                html.Div(
                    [
                        html.P(
                            "This link restores study, filters, endpoint, split and options.",
                            className="rail-note",
                        ),
                        dmc.TextInput(
                            id="share-link", readOnly=True, size="xs", **{"aria-label": "Link"}
                        ),
                        html.Button("Copy the link", id="share-copy", className="plain-button"),
                        html.Span("", id="share-said", role="status", className="rail-note"),
                    ],
                    role="dialog",
                    **{"aria-label": "Share view"},
                )
            ),
        ],
        width=340,
        position="bottom-end",
        shadow="none",
        # The roles would stand on a wrapper that is no button; the button says it itself.
        withRoles=False,
        trapFocus=True,
        returnFocus=True,
        keepMounted=True,
    )


def badge(study: Study, view: View) -> dcc.Link:
    """What the rows of this study are, in words on every page; leads to how that is known."""
    return dcc.Link(
        PROVENANCE[study.provenance],
        href=address(replace(view, page=EVIDENCE, options=()), study),
        className=f"badge {study.provenance.split()[0]}",
        title="How the rows of this study came about, and how near print they are",
    )


def top(study: Study, view: View, pages, notes, theme: Theme) -> list:
    """Tabs, cohort line and the notes about what an address asked in vain."""
    # On a telephone the header has no room for the badge.
    provenance = html.P(badge(study, view), className="badge-line")
    presenting = view.option("present") == "on"
    marker = html.Div(className="presenting") if presenting else None
    page = next(page for page in pages if page.id == view.page)
    # Heard but not seen: on the screen the tab and the switcher say it. A slide has neither.
    heading = html.H1(f"{page.label}: {study.title}", className="heard")
    if presenting:
        heading = html.H1(slide_title(study, view, page), className="slide-title")
    return [
        marker,
        heading,
        provenance,
        _tabs(study, view, pages),
        cohort_line(study, view, theme),
        _notes(notes),
    ]


def _tabs(study: Study, view: View, pages) -> html.Nav:
    links = []
    for page in pages:
        target = address(replace(view, page=page.id, options=()), study)
        current = page.id == view.page
        kind = "page-tab current" if current else "page-tab"
        said = {}
        if not page.recorded(study):
            kind, said = f"{kind} absent", {"title": "Not recorded in this study"}
        # Not a dcc.Link, which cannot say which page is the current one.
        links.append(
            html.A(
                page.label,
                href=target,
                className=kind,
                **said,
                **{"data-inside": "", **({"aria-current": "page"} if current else {})},
            )
        )
    return html.Nav(links, id="pages", className="tabs", tabIndex="-1", **{"aria-label": "Pages"})


def _notes(notes) -> html.Div:
    items = [html.P(note) for note in dict.fromkeys(notes)]
    if not items:
        return html.Div(id="notes")
    head = html.P("Parts of this link could not be used:", className="notes-head")
    return html.Div([head, *items], id="notes", className="notes", role="alert")


def broken_page(broken: BrokenStudy) -> html.Div:
    """What is wrong with a study that could not be loaded."""
    return html.Div(
        [
            html.H1(f"The study “{broken.id}” could not be loaded"),
            html.P("The other studies are not affected. Mend these points and reload this page:"),
            html.Ul([html.Li(problem.sentence) for problem in broken.problems]),
        ],
        className="plain-page",
    )


def no_study_page(catalog: Catalog) -> html.Div:
    """A server without any usable study."""
    return html.Div(
        [
            html.H1("No study can be shown"),
            html.P("Put a study's folder where STUDIES_DIR points; data/README.md describes it."),
            html.Ul([html.Li(note) for note in catalog.notes]),
            *[broken_page(broken) for broken in catalog.broken],
        ],
        className="plain-page",
    )


def request_id(page_id: str) -> str:
    """The id of the store through which a page on the screen is asked for a new view.

    A page's callbacks listen to a store of their own page: one that listened to the whole
    application would be called, and fail, while its page is not on the screen.
    """
    return f"{page_id}-request"


def shown_id(page_id: str) -> str:
    """The id of the store that says which query the page on the screen shows."""
    return f"{page_id}-shown"


def page_frame(page: Page, request: dict, content: list) -> list:
    """A page with its request, so that it computes as soon as it is put on the screen."""
    stale = "No answer from the server: what is shown is not for these filters. Reload the page."
    return [
        dcc.Store(id=request_id(page.id), data=request),
        dcc.Store(id=shown_id(page.id)),
        *[dcc.Store(id=part.id) for part in page.parts.values() if part.place],
        *content,
        html.P(stale, className="stale", role="alert"),
    ]


def failed_words(what: str) -> str:
    """What is said where a computation failed."""
    return f"{what} could not be computed for this view."


def failed(what: str) -> html.Div:
    """In place of a panel whose computation failed: never the old one."""
    return html.Div(
        [
            html.Strong(failed_words(what)),
            html.P("No earlier result is shown in its place. Change the filters or reload."),
        ],
        className="failed",
        role="alert",
    )
