"""The sections of Safety: what happened, and the rule that watches it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from data.address import View, address
from data.study import Study
from layouts.shared.html import link, tag

SECTIONS = {"safety": "Adverse events", "monitoring": "Monitoring"}


def sections(study: Study, view: View) -> Markup:
    """Links to the sections for the patients on screen; the one that is shown says so."""
    ways = [
        link(
            words,
            href=address(replace(view, page=page, options=()), study),
            aria_current="page" if view.page == page else None,
        )
        for page, words in SECTIONS.items()
    ]
    return tag("div", ways, class_="segments")
