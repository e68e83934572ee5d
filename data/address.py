"""The link grammar: an address is read into a view once, and a view written as an address.

``/<page>?study=<id>&set=<analysis set>&endpoint=<id>&by=<variable>&<variable>=<level>,<level>&
<number variable>=<low>..<high>`` and the options of the page. What an address leaves out has its
default, and the default is left out when an address is written, so that links stay short.
Whatever is unknown or contradictory is dropped, and said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote

from data.catalog import BrokenStudy, Catalog
from data.checking.numerals import read_range
from data.checking.problems import short
from data.cohort import Cohort, Filter, without_idle
from data.disclosure import snapped
from data.study import MISSING_ID, Endpoint, Study, Variable
from data.warehouse.counts import NotAnswered

NO_SPLIT = "none"
LONGEST_QUERY = 4000


@dataclass(frozen=True)
class View:
    """What is on the screen: page, cohort, endpoint, split and the options of the page.

    Attributes
    ----------
    endpoint, by : str
        Ids; ``by`` is ``none`` without a split.
    options : tuple of (name, text)
        Raw options of the page as given, in alphabetical order.
    """

    page: str
    cohort: Cohort
    endpoint: str
    by: str
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """The raw text of an option."""
        return dict(self.options).get(name, default)

    def with_options(self, **changes: str | None) -> View:
        """The view with options changed; None takes one off."""
        merged = {**dict(self.options), **changes}
        kept = tuple(sorted((k, v) for k, v in merged.items() if v is not None))
        return replace(self, options=kept)


@dataclass(frozen=True)
class Reading:
    """What an address means.

    Attributes
    ----------
    view, study : View and Study, or None
        None when the catalog has no usable study or the address names a broken one.
    broken : BrokenStudy or None
        The study the address names, when it cannot be used.
    notes : tuple of str
        A sentence for each part that could not be used.
    widened : tuple of str
        A sentence for each range that is wider in the view than in the address.
    """

    view: View | None
    study: Study | None
    broken: BrokenStudy | None = None
    notes: tuple[str, ...] = ()
    widened: tuple[str, ...] = ()


def default_view(study: Study, page: str) -> View:
    """The view that an address without a query shows."""
    cohort = Cohort(study.id, study.default_set.id)
    return View(page, cohort, study.default_endpoint.id, study.default_split or NO_SPLIT)


def read_address(
    pathname: str | None,
    search: str | None,
    catalog: Catalog,
    pages: Mapping[str, frozenset[str]],
) -> Reading:
    """Read an address.

    Parameters
    ----------
    pathname, search : str or None
        As the browser gives them, for instance ``/survival`` and ``?study=soramic``.
    catalog : Catalog
    pages : mapping of page id to the names of its options
        The first page is the default.
    """
    notes: list[str] = []
    pathname, search = _sound(pathname or "/"), _sound(search or "")
    page = pathname.strip("/") or next(iter(pages))
    if page not in pages:
        notes.append(f"There is no page “{short(page)}”; this is the first page.")
        page = next(iter(pages))
    given = _query(search, notes)
    study_id = given.pop("study", None)
    study = catalog.study(study_id) if study_id is not None else None
    if study is None:
        # A broken folder may carry the name of a sound study; then the sound one is meant.
        if study_id is not None and (broken := catalog.broken_study(study_id)):
            return Reading(None, None, broken, tuple(notes))
        if not catalog.studies:
            return Reading(None, None, None, tuple(notes))
        study = catalog.studies[0]
        if study_id is not None:
            # Another study's filters would pick other patients than the sender meant.
            given.clear()
            notes.append(
                f"There is no study “{short(study_id)}”; this is {study.title}, without the rest "
                "of the link."
            )
    view = _read_view(study, page, given, pages[page], notes)
    try:
        cohort = snapped(study, view.cohort)
    except NotAnswered:
        # The database of its patients is down: the page says so, and would refuse a bound that
        # tells of few.
        cohort = view.cohort
    widened = _widened(study, view.cohort, cohort)
    return Reading(replace(view, cohort=cohort), study, None, tuple(notes), tuple(widened))


def _read_view(
    study: Study,
    page: str,
    given: dict[str, str],
    option_names: frozenset[str],
    notes: list[str],
) -> View:
    view = default_view(study, page)
    set_id = given.pop("set", view.cohort.analysis_set)
    if study.analysis_set(set_id) is None:
        notes.append(f"This study has no analysis set “{short(set_id)}”.")
        set_id = view.cohort.analysis_set
    endpoint = given.pop("endpoint", view.endpoint)
    if study.endpoint(endpoint) is None:
        notes.append(f"This study has no endpoint “{short(endpoint)}”.")
        endpoint = view.endpoint
    by = given.pop("by", view.by)
    if by != NO_SPLIT and study.variable(by) is None:
        notes.append(f"This study has no variable “{short(by)}” to split by.")
        by = view.by
    options = tuple(sorted((k, given.pop(k)) for k in list(given) if k in option_names))
    named = [variable for variable in study.variables if variable.id in given]
    read = [read_filter(variable, given.pop(variable.id), notes) for variable in named]
    filters = [one for one in read if one is not None]
    notes += [f"“{short(name)}” is nothing this page or study knows." for name in given]
    return View(page, Cohort(study.id, set_id, tuple(filters)), endpoint, by, options)


def _widened(study: Study, asked: Cohort, cohort: Cohort) -> list[str]:
    """A sentence for each range whose bounds stand where they may."""
    now = {one.variable: one for one in cohort.filters}
    least = study.disclosure.minimum_cell
    notes = []
    for one in asked.filters:
        if one.low is None or now.get(one.variable) == one:
            continue
        label, made = study.variable(one.variable).label, now.get(one.variable)
        words = f"is {made.words(study)}" if made else "leaves nobody out and is no filter"
        notes.append(
            f"{label} {words}: bounds stand where at least {least} patients lie between two."
        )
    return notes


def _sound(text: str) -> str:
    """The text without halves of characters, which no later address or answer could hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _query(search: str, notes: list[str]) -> dict[str, str]:
    if len(search) > LONGEST_QUERY:
        notes.append("The link is too long to be one of this product; its query was dropped.")
        return {}
    given: dict[str, str] = {}
    for name, text in parse_qsl(search.removeprefix("?"), keep_blank_values=True):
        if name in given and given[name] != text:
            notes.append(f"“{short(name)}” stands twice in the link; the last one counts.")
        given[name] = text
    return given


def read_filter(variable: Variable, text: str, notes: list[str]) -> Filter | None:
    """Read the text of one filter; None if nothing of it can be used."""
    parts = [part for part in text.split(",") if part]
    allowed = [MISSING_ID] if variable.is_number else [level.id for level in variable.levels]
    if MISSING_ID not in allowed:
        allowed.append(MISSING_ID)
    levels, low, high = [], None, None
    for part in parts:
        if part in allowed:
            levels.append(part)
        elif variable.is_number and (found := read_range(part)):
            first, last = found
            if not math.isfinite(first) or not math.isfinite(last):
                notes.append(f"The range {short(part)} of {variable.label} has no end.")
            elif first > last:
                notes.append(f"The range {short(part)} of {variable.label} runs backwards.")
            elif low is not None:
                notes.append(f"{variable.label} has more than one range; the first one counts.")
            else:
                low, high = first, last
        else:
            notes.append(f"{variable.label} has no level “{short(part)}”.")
    if not parts:
        notes.append(f"The filter on {variable.label} is empty.")
    if not levels and low is None:
        return None
    return Filter(variable.id, tuple(level for level in allowed if level in levels), low, high)


def query(view: View, study: Study) -> dict[str, str]:
    """The parts of a view that differ from the default, in the order of the grammar."""
    default = default_view(study, view.page)
    parts = {"study": study.id}
    if view.cohort.analysis_set != default.cohort.analysis_set:
        parts["set"] = view.cohort.analysis_set
    if view.endpoint != default.endpoint:
        parts["endpoint"] = view.endpoint
    if view.by != default.by:
        parts["by"] = view.by
    parts |= {one.variable: one.text() for one in view.cohort.filters}
    return parts | dict(view.options)


def address(view: View, study: Study) -> str:
    """A view as an address, for instance ``/survival?study=soramic&bclc=c``."""
    return f"/{view.page}{search(view, study)}"


def search(view: View, study: Study) -> str:
    """The query of a view with its question mark."""
    parts = query(view, study).items()
    return "?" + "&".join(f"{name}={quote(text, safe=',.-')}" for name, text in parts)


def published_view(study: Study, view: View, endpoint: Endpoint) -> bool:
    """Whether the publication determines what this view shows.

    It does for its own analysis set when nothing is combined: no split and no filter, one split
    it printed, or the one level of such a variable.
    """
    if not study.analysis_set(view.cohort.analysis_set).published:
        return False
    filters = without_idle(study, view.cohort).filters
    used = {one.variable for one in filters}
    if any(len(one.levels) != 1 or one.low is not None for one in filters):
        return False
    if view.by != NO_SPLIT:
        used.add(view.by)
    if len(used) > 1:
        return False
    return all(endpoint.id in study.variable(variable_id).published for variable_id in used)
