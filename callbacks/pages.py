"""The pages that exist, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from data.address import View, default_view
from data.study import Study
from layouts.arms import options as arm_options
from layouts.arms import page as arms
from layouts.dosimetry import options as dosimetry_options
from layouts.dosimetry import page as dosimetry
from layouts.evidence import options as evidence_options
from layouts.evidence import page as evidence
from layouts.overview import options as overview_options
from layouts.overview import page as overview
from layouts.prognostic import options as prognostic_options
from layouts.prognostic import page as prognostic
from layouts.response import options as response_options
from layouts.response import page as response
from layouts.safety import options as safety_options
from layouts.safety import page as safety
from layouts.subgroups import options as subgroup_options
from layouts.subgroups import page as subgroups
from layouts.survival import options as survival_options
from layouts.survival import page as survival
from layouts.trials import options as context_options
from layouts.trials import page as context


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
    shows_endpoint : function of (Study, View)
        Whether what it shows is about the endpoint of the view.
    recorded : function of a Study
        Whether the study has what the page is about.
    forgets : mapping of str to tuple of str
        By option: the options that another choice of it makes meaningless.
    """

    id: str
    label: str
    option_names: frozenset[str]
    build: Callable[[Study, View], list]
    control_values: Callable[[Study, View], dict[str, dict]]
    shows_endpoint: Callable[[Study, View], bool] = lambda study, view: False
    recorded: Callable[[Study], bool] = lambda study: True
    forgets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def control_defaults(self, study: Study, view: View) -> dict[str, dict]:
        """The value of each control that a link leaves out when it has it."""
        start = self.control_values(study, default_view(study, self.id))
        # Of an option: what it shows when it is left out and the rest of the link stays. What is
        # drawn by default depends on the split, where a dose is cut on the dose.
        defaults = self.control_values(study, view)
        for name in dict(view.options):
            without = self.control_values(study, view.with_options(**{name: None}))
            defaults |= {name: without[name]} if name in without else {}
        return defaults | {name: start[name] for name in ("endpoint", "by") if name in start}


def _always(study: Study, view: View) -> bool:
    return True


def _in_effect_or_balance(study: Study, view: View) -> bool:
    return arm_options.read_options(study, view)[0].show in ("effect", "balance")


def _in_landmark(study: Study, view: View) -> bool:
    return response_options.read_options(study, view)[0].view == "landmark"


def _in_survival_by_dose(study: Study, view: View) -> bool:
    chosen = dosimetry_options.read_options(study, view)[0].view
    return chosen == dosimetry_options.SURVIVAL


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
        _always,
    ),
    Page(
        "subgroups",
        "Subgroups",
        subgroup_options.NAMES,
        subgroups.subgroups_page,
        subgroups.control_values,
        _always,
    ),
    Page(
        "arms",
        "Compare arms",
        arm_options.NAMES,
        arms.arms_page,
        arms.control_values,
        _in_effect_or_balance,
        lambda study: len(study.arms) > 1,
    ),
    Page(
        "prognostic",
        "Prognostic factors",
        prognostic_options.NAMES,
        prognostic.prognostic_page,
        prognostic.control_values,
        _always,
    ),
    Page(
        "response",
        "Response",
        response_options.NAMES,
        response.response_page,
        response.control_values,
        _in_landmark,
        lambda study: study.comparison.response is not None,
    ),
    Page(
        "safety",
        "Safety",
        safety_options.NAMES,
        safety.safety_page,
        safety.control_values,
        recorded=lambda study: bool(study.adverse_events or study.exposure),
    ),
    Page(
        "dosimetry",
        "Dosimetry",
        dosimetry_options.NAMES,
        dosimetry.dosimetry_page,
        dosimetry.control_values,
        _in_survival_by_dose,
        # A threshold is one of a dose, in its unit, and of a view.
        forgets=dict.fromkeys(("compartment", "estimate", "view"), ("threshold",)),
    ),
    Page(
        "context",
        "Other trials",
        context_options.NAMES,
        context.context_page,
        context.control_values,
        _always,
    ),
    Page(
        "evidence",
        "Evidence",
        evidence_options.NAMES,
        evidence.evidence_page,
        evidence.control_values,
    ),
)
OPTION_NAMES = {page.id: page.option_names for page in PAGES}


def page_named(page_id: str) -> Page:
    """The page with this id. KeyError if there is none."""
    return {page.id: page for page in PAGES}[page_id]
