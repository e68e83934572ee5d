"""The pages that exist, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.address import View
from data.study import Study
from layouts import survival, survival_options


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


PAGES = (
    Page(
        "survival",
        "Survival",
        survival_options.NAMES,
        survival.survival_page,
        survival.control_values,
    ),
)
OPTION_NAMES = {page.id: page.option_names for page in PAGES}


def page_named(page_id: str) -> Page:
    """The page with this id. KeyError if there is none."""
    return {page.id: page for page in PAGES}[page_id]
