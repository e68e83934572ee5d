"""The credibility of a subgroup as it leaves: its interaction as on the page of all subgroups."""

from __future__ import annotations

from dataclasses import replace

from callbacks.disclosure.about import About
from callbacks.disclosure.along import released_along
from callbacks.disclosure.models import released_subgroups
from layouts.credibility.context import CredibilityContext


def released_credibility(context: CredibilityContext, about: About) -> CredibilityContext:
    """Effects of levels that may be shown, and the test of all of them."""
    found = context.subgroups
    about.analysed(found.in_cohort, found.n)
    made = replace(found, result=released_subgroups(found.result, about))
    along = context.along and released_along(context.along, about)
    return replace(context, subgroups=made, along=along)
