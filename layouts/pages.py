"""The pages that exist, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from data.address import View, default_view
from data.study import Study
from layouts import (
    arm_options,
    arms,
    overview,
    overview_options,
    prognostic,
    prognostic_options,
    safety,
    safety_options,
    subgroup_options,
    subgroups,
    survival,
    survival_options,
)


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    id, label : str
        Path of its address, words on its tab.
    option_names : frozenset of str
        Options its address may carry.
    build : function of (Study, View)
        The page before its numbers are computed.
    control_values : function of (Study, View)
        The value of each of its controls, by name and part.
    """

    id: str
    label: str
    option_names: frozenset[str]
    build: Callable[[Study, View], list]
    control_values: Callable[[Study, View], dict[str, dict]]

    def control_defaults(self, study: Study, view: View) -> dict[str, dict]:
        """The value of each control that a link leaves out when it has it."""
        start = default_view(study, self.id)
        defaults = self.control_values(study, start)
        # What is drawn by default depends on the split, and so do other options of a page.
        same_split = self.control_values(study, replace(start, by=view.by))
        return same_split | {
            name: defaults[name] for name in ("endpoint", "by") if name in defaults
        }


PAGES = (
    Page(
        "overview",
        "Overview",
        overview_options.NAMES,
        overview.overview_page,
        overview.control_values,
    ),
    Page(
        "survival",
        "Survival",
        survival_options.NAMES,
        survival.survival_page,
        survival.control_values,
    ),
    Page(
        "subgroups",
        "Subgroups",
        subgroup_options.NAMES,
        subgroups.subgroups_page,
        subgroups.control_values,
    ),
    Page("arms", "Compare arms", arm_options.NAMES, arms.arms_page, arms.control_values),
    Page(
        "prognostic",
        "Prognostic factors",
        prognostic_options.NAMES,
        prognostic.prognostic_page,
        prognostic.control_values,
    ),
    Page(
        "safety",
        "Safety",
        safety_options.NAMES,
        safety.safety_page,
        safety.control_values,
    ),
)
OPTION_NAMES = {page.id: page.option_names for page in PAGES}


def page_named(page_id: str) -> Page:
    """The page with this id. KeyError if there is none."""
    return {page.id: page for page in PAGES}[page_id]
