"""The page *Your data* before anything of it was asked, and what stands on it at all times."""

from __future__ import annotations

from markupsafe import Markup

from layouts.shared.html import joined, tag

PATH = "your-data"
LABEL = "Your data"
# Where the browser puts what the server sends.
PLACE = "your-data-place"
KINDS = (
    "Excel and OpenDocument workbooks, CSV and other text, SAS (XPT, SAS7BDAT), SPSS, Stata, "
    "Parquet, the data sets of an ADaM study together, or the clinical file of cBioPortal"
)


def page() -> Markup:
    """The page, which the browser fills."""
    back = tag("a", "The studies", href="/", class_="page-tab")
    return tag(
        "div",
        tag("nav", back, id="pages", class_="tabs", tabindex="-1", aria_label="Pages"),
        tag("div", id=PLACE, class_="your-data"),
        class_="plain-page wide",
    )


def bring(hours: int, megabytes: int, again: bool) -> Markup:
    """The heading, and where files are dropped.

    Parameters
    ----------
    again : bool
        Whether there are files already.
    """
    verb = "Add or replace files" if again else "Choose files or drop them here"
    held = (
        f"What you bring is held for this browser alone, is never put among the server's studies, "
        f"and is forgotten after {hours} hours or when the server stops."
    )
    return joined(
        tag("h1", LABEL),
        tag(
            "p",
            "One file with a row for each patient, and a second with the adverse events if you "
            f"have one: {KINDS}. At most {megabytes} MB a file.",
            class_="lead",
        ),
        tag(
            "label",
            tag("span", verb, class_="drop-words"),
            tag("input", type="file", multiple=True, id="bring", class_="drop-input"),
            class_="drop",
            for_="bring",
            id="drop",
        ),
        tag("p", held, class_="quiet-note"),
    )


def said(sentences, head: str = "", kind: str = "alert") -> Markup:
    """Sentences that must be heard, each of its own."""
    items = [tag("li", one) for one in sentences]
    return tag(
        "div",
        tag("p", head, class_="notes-head") if head else None,
        tag("ul", items),
        class_="notes",
        role=kind,
    )
