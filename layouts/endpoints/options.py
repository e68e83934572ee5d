"""The options of the page of all endpoints: those of the Survival page as it is at first."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.study import Study
from layouts.shared.options import read_choice

NAMES = frozenset({"present"})


@dataclass(frozen=True)
class EndpointsOptions:
    """Whether the page stands on a projector."""

    present: bool = False


def read_options(study: Study, view: View) -> tuple[EndpointsOptions, list[str]]:
    """The options of a view, and a sentence for each that cannot be used."""
    notes: list[str] = []
    chosen = read_choice(dict(view.options), "present", ("on", "off"), "off", notes)
    return EndpointsOptions(chosen == "on"), notes
