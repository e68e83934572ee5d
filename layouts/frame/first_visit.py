"""What somebody meets who comes for the first time: three questions, the studies, a short tour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from data.address import View, address, default_view
from data.catalog import Catalog, is_own
from data.cohort import Cohort
from data.people import arms_held
from data.study import Study
from data.warehouse.counts import NotAnswered
from layouts.frame.page import Page
from layouts.shared.few import NOT_COUNTED, cohort_size
from layouts.shared.html import link, tag
from layouts.shared.words import PROVENANCE, counted

PATH = "start"
LEAD = (
    "This is what happened to the patients of clinical trials, recomputed at once for those you "
    "choose. It is no forecast for a single patient, and no advice about treatment."
)
# Of each question: the page that answers it, what it says there, and which study it needs.
DOORS: tuple[tuple[str, str, str, Callable[[Study], bool]], ...] = (
    (
        "arms",
        "Did it help patients like these?",
        "Choose the patients; the arms are compared at once.",
        lambda study: _arms(study) > 1,
    ),
    (
        "safety",
        "What happened to them?",
        "Adverse events by worst grade, and time to the first severe one.",
        lambda study: study.adverse_events is not None,
    ),
    (
        "patient",
        "Where does my patient stand?",
        "Enter what you know; see how patients like yours fared.",
        lambda study: study.counted is None,
    ),
)


def first_visit(catalog: Catalog, pages: Iterable[Page], uploads: bool) -> Markup:
    """The page, with the studies that the reader may see.

    Parameters
    ----------
    uploads : bool
        Whether there is the page for data of one's own.
    """
    known = {page.id for page in pages}
    shared = [study for study in catalog.studies if not is_own(study.id)] or catalog.studies
    doors = [_door(shared, *one) for one in DOORS if one[0] in known]
    cards = [_card(study) for study in catalog.studies]
    return tag(
        "div",
        tag("h1", "What would you like to know?"),
        tag("p", LEAD, class_="lead"),
        tag("div", doors, class_="doors"),
        _tour(shared, known),
        tag("h2", "Studies"),
        tag("div", [*cards, _own() if uploads else None], class_="studies"),
        class_="plain-page first-visit",
    )


def _arms(study: Study) -> int:
    """Arms that the default set of a study has."""
    if len(study.arms) < 2:
        return len(study.arms)
    try:
        return len(arms_held(study, study.default_set.id))
    except NotAnswered:
        # The database of its patients is down; what it has then is what it declares.
        return len(study.arms)


def _door(studies: Sequence[Study], page: str, question: str, words: str, fits) -> Markup | None:
    """A question as a link to the page that answers it, of the largest study that can."""
    able = [one for one in studies if fits(one)]
    if not able:
        return None
    study = max(able, key=lambda one: one.n)
    return link(
        tag("span", question, class_="door-question"),
        tag("span", words, class_="door-words"),
        tag("span", f"Opens {study.title}", class_="door-study"),
        href=address(default_view(study, page), study),
        class_="door",
        data_open_filters=page != "patient",
    )


def _card(study: Study) -> Markup:
    """A study: what it is, how many, in which arms, and what its rows are."""
    view: View = default_view(study, "overview")
    n = cohort_size(study, Cohort(study.id, study.default_set.id))
    many = f"patients {n}" if n == NOT_COUNTED else f"{n} patients"
    many = many if isinstance(n, str) else counted(n, "patient")
    arms = _arms(study)
    facts = [many, study.default_set.label, counted(arms, "arm") if arms > 1 else "one arm"]
    return link(
        tag("span", study.title, class_="study-title"),
        tag("span", study.tagline, class_="study-tagline") if study.tagline else None,
        tag("span", " · ".join(facts), class_="study-facts"),
        tag("span", study.design, class_="study-design"),
        tag(
            "span", PROVENANCE[study.provenance], class_=f"study-rows {study.provenance.split()[0]}"
        ),
        href=address(view, study),
        class_="study-card",
    )


def _own() -> Markup:
    """The way to the page for data of one's own."""
    return tag(
        "a",
        tag("span", "Your data", class_="study-title"),
        tag(
            "span",
            "Bring a file of your own; it is held for this browser alone.",
            class_="study-design",
        ),
        href="/your-data",
        class_="study-card own",
    )


def _tour(studies: Sequence[Study], known: set[str]) -> Markup | None:
    """The offer of three steps, which is made once; see assets/tour.js."""
    if not studies or "survival" not in known:
        return None
    view = default_view(studies[-1], "survival")
    return tag(
        "p",
        "New here? ",
        link("Three steps", href=address(view, studies[-1]), data_tour=True),
        " show how a page is read. ",
        tag("button", "No, thank you", type="button", class_="link", data_tour_no=True),
        class_="tour-offer",
        hidden=True,
    )


def is_first_visit(path: str, search: str) -> bool:
    """Whether an address is that of the page: its own, or the bare one without a query."""
    return path == PATH or (not path and search in ("", "?"))
