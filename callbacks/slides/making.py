"""The slide of an address: what the page states of it, or a sentence where it states nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.gate import Busy
from callbacks.memory import Memory
from callbacks.noted import also, noted_query
from callbacks.page import Served, finding_of
from callbacks.reading import Grammar
from data.address import Reading, View, read_address
from data.catalog import Catalog
from data.study import Study
from layouts.frame.shell import failed_words
from layouts.shared.few import cohort_size
from layouts.shared.look import Look
from layouts.shared.slide_title import slide_title
from layouts.shared.theme import LIGHT
from layouts.shared.words import exported_provenance, of_study
from layouts.slides.slide import Slide
from layouts.slides.tables import tables_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A slide that is asked for.

    Attributes
    ----------
    path, query : str
        The address of its view.
    title, note : str
        Of the presenter; empty where there is none.
    link : str
        The whole address, as somebody else opens it.
    """

    path: str
    query: str
    title: str
    note: str
    link: str


class Maker:
    """What makes slides of views."""

    def __init__(
        self, catalog: Catalog, memory: Memory, pages: Mapping[str, Served], grammar: Grammar
    ):
        self.catalog, self.memory, self.pages, self.grammar = catalog, memory, pages, grammar

    def reading(self, one: Asked) -> Reading:
        """What the address of a slide means."""
        return read_address(one.path, one.query, self.catalog, self.grammar)

    def slide(self, one: Asked) -> Slide:
        """The slide of a view; it says why where nothing can be shown."""
        reading = self.reading(one)
        noted_query(one.query)
        also(page=one.path.strip("/"), study=reading.study or getattr(reading.broken, "id", None))
        lost = _lost(reading, one)
        if lost:
            return _without(one, lost)
        study, view = reading.study, reading.view
        served = self.pages[view.page]
        subtitle = slide_title(study, view, served.page)
        try:
            options, notes = served.page.read_options(study, view)
            found = stated(self.memory, served, study, view, options)
            told = [*reading.notes, *reading.widened, *notes, *found.notes]
            return _made(one, served, study, view, found.context, told)
        except Busy as busy:
            return _without(one, str(busy), subtitle, study)
        except NotShown as held:
            return _without(one, str(held), subtitle, study)
        except Exception as error:
            # One view that fails takes no other with it; values stay out of the log.
            log.error("%s slide failed: %s", view.page, type(error).__name__)
            return _without(one, failed_words(served.page.subject), subtitle, study)


def _lost(reading: Reading, one: Asked) -> str:
    """Why there is no view; empty where there is one of the study that was asked for."""
    asked = parse_qs(one.query.removeprefix("?")).get("study", [""])[-1]
    if reading.broken is not None and reading.broken.being_read:
        return f"The study “{reading.broken.id}” is being read. Make the file again in a moment."
    if reading.broken is not None:
        return f"The study “{reading.broken.id}” could not be loaded."
    if reading.study is None:
        return "There is no study on this server."
    if asked and reading.study.id != asked:
        return f"The study “{asked[:60]}” is no longer on this server."
    return ""


def _without(one: Asked, said: str, subtitle: str = "", study: Study | None = None) -> Slide:
    """A slide that says why there is nothing on it."""
    foot = f"{exported_provenance(study.provenance)}." if study else ""
    link = f"Link: {one.link}"
    title = one.title or "This view cannot be shown"
    notes, below = _kept([one.note, said, foot, link]), _kept([foot, link])
    return Slide(title, subtitle, None, said, foot=foot, notes=notes, below=below, note=one.note)


def _made(one: Asked, served, study: Study, view: View, context, told: list[str]) -> Slide:
    words, drawn = served.words(context), None
    if served.drawn is not None:
        drawn = served.drawn(context)
    split = f" · by {drawn.split}" if drawn is not None and drawn.split else ""
    if drawn is not None and drawn.n not in ("", cohort_size(study, view.cohort)):
        split += f" · {drawn.n} of them analysed"
    provenance = f"{exported_provenance(study.provenance)}."
    cautions = (*told, *words.cautions)
    held = of_study(study)
    title = one.title or finding_of(served, context)
    foot = f"{drawn.method}. {provenance}" if drawn is not None and drawn.method else provenance
    if "[" in title and "brackets" not in foot:
        foot = f"In brackets: range across data sets that fit the paper equally well. {foot}"
    link = f"Link: {one.link}"
    shown = served.show(context, Look(LIGHT))
    html = "".join(
        _html(shown[name]) for name, part in served.page.parts.items() if part.kind == "html"
    )
    notes = [one.note, words.sentence, *cautions, f"Method: {words.method}", held, provenance]
    return Slide(
        title,
        f"{slide_title(study, view, served.page)}{split}",
        drawn,
        words.sentence,
        cautions[0] if cautions else "",
        foot,
        _kept([*notes, link]),
        tables_of(html),
        cautions,
        _kept([f"Method: {words.method}", held, provenance, link]),
        one.note,
    )


def _html(shown) -> str:
    return "".join(map(_html, shown)) if isinstance(shown, list | tuple) else str(shown)


def _kept(notes: list[str]) -> tuple[str, ...]:
    return tuple(text for text in notes if text)
