"""The states in which the layout is looked at: pages, their parts, filters, screens and paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from callbacks.pages import PAGES
from data.address import NO_SPLIT, View, address, default_view
from data.cohort import Filter, select
from data.study import ARM, Study
from layouts.arms.options import SECTIONS
from layouts.dosimetry.options import VIEWS as DOSE_VIEWS
from layouts.evidence.options import views_of
from layouts.response.options import VIEWS as RESPONSE_VIEWS


@dataclass(frozen=True)
class Screen:
    """A window, or paper.

    Attributes
    ----------
    asks : str
        Screens that share it are drawn from one answer: a window of another kind asks anew.
    """

    name: str
    width: int
    height: int
    asks: str
    present: bool = False
    paper: bool = False

    @property
    def desktop(self) -> bool:
        """Where nothing may have to be scrolled sideways."""
        return self.paper or self.width >= 1280


# In an order in which each answer is for another address than the one before, and so is asked for.
SCREENS = (
    Screen("1280", 1280, 800, "standard"),
    Screen("1366", 1366, 768, "standard"),
    Screen("1440", 1440, 900, "standard"),
    Screen("768", 768, 1024, "standard"),
    Screen("paper", 794, 1123, "standard", paper=True),
    Screen("present 1280", 1280, 720, "standard", present=True),
    Screen("1920", 1920, 1080, "tall"),
    Screen("present 1920", 1920, 1080, "tall", present=True),
    Screen("390", 390, 844, "narrow"),
)


@dataclass(frozen=True)
class State:
    """A view to look at.

    Attributes
    ----------
    name : str
        What it is about, for a list of faults.
    address : str
        Path and query, without presentation.
    """

    name: str
    view: View
    study: Study

    def address(self, present: bool) -> str:
        return address(self.view.with_options(present="on") if present else self.view, self.study)


def parts_of(page_id: str, study: Study) -> list[dict[str, str]]:
    """The options that show each part of a page."""
    if page_id == "arms":
        return [{"show": name} for name in SECTIONS]
    if page_id == "response":
        return [{"view": name} for name in RESPONSE_VIEWS]
    if page_id == "dosimetry":
        return [{"view": name} for name in DOSE_VIEWS]
    if page_id == "evidence":
        return [{"view": name} for name in views_of(study)] or [{}]
    return [{}]


def splits_of(study: Study) -> list[str]:
    """By default, without a split, and by the variables with the most and the longest levels."""
    known = [v for v in study.variables if len(v.levels) > 1]
    by_size = sorted(known, key=lambda v: len(v.levels))
    by_name = sorted(known, key=lambda v: max(len(level.label) for level in v.levels))
    middle = [v for v in by_size if len(v.levels) == 5][:1]
    return list(
        dict.fromkeys(["", NO_SPLIT, *(v.id for v in by_size[-2:] + by_name[-1:] + middle)])
    )


def awkward(study: Study) -> dict[str, tuple[Filter, ...]]:
    """Six filters by what is awkward about them."""
    baseline = [v for v in study.variables if v.levels and not v.after_baseline and not v.is_number]
    start = default_view(study, "survival").cohort

    def n(*filters: Filter) -> int:
        return int(select(study, replace(start, filters=filters)).sum())

    single = [Filter(v.id, (level.id,)) for v in baseline for level in v.levels]
    counted = sorted(((n(one), i) for i, one in enumerate(single)), key=lambda pair: pair)
    rare = [single[i] for size, i in counted if size]
    common = rare[::-1]
    longest = max(single, key=lambda one: (len(one.sentence(study)), one.variable), default=None)
    several = list({one.variable: one for one in rare if n(one) > 5}.values())[:4]
    empty = next(
        ((a, b) for a in rare for b in rare if a.variable != b.variable and not n(a, b)), ()
    )
    of_arm = [one for one in common if one.variable == ARM]
    asked = {
        "rare": rare[:1],
        "several": several,
        "longest": [longest] if longest else [],
        "empty": empty,
        "one arm": of_arm[:1],
        "common": [one for one in common if one.variable != ARM][:2],
    }
    order = [v.id for v in study.variables]
    found = {}
    for name, filters in asked.items():
        unique = {one.variable: one for one in filters}
        if unique:
            found[name] = tuple(sorted(unique.values(), key=lambda one: order.index(one.variable)))
    return found


def states(study: Study, filters: bool = True) -> Iterator[State]:
    """Every page with its parts: by default, under each awkward filter, and by other splits."""
    for page in PAGES:
        start = default_view(study, page.id)
        for options in parts_of(page.id, study):
            view = start.with_options(**options)
            said = " ".join([study.id, page.id, *options.values()])
            yield State(said, view, study)
            if filters and page.id != "evidence":
                for name, chosen in awkward(study).items():
                    cohort = replace(start.cohort, filters=chosen)
                    yield State(f"{said}, {name}", replace(view, cohort=cohort), study)
        if page.id == "survival":
            for by in splits_of(study):
                if by:
                    yield State(f"{study.id} survival by {by}", replace(start, by=by), study)
