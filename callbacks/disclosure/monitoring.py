"""The monitoring as it leaves: nothing of an arm whose events Safety or Response would not tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from callbacks.disclosure.about import About
from callbacks.disclosure.counts import released_share, released_shares
from callbacks.disclosure.response import categories_of
from callbacks.disclosure.safety import severe_hidden, told_by_a_step
from callbacks.watched import severe, watched
from data.disclosure import few
from data.study import ARM
from layouts.monitoring.context import MonitoringContext
from layouts.monitoring.options import RESPONSES
from layouts.shared.few import Few

NOTHING = ("mean", "lower", "upper", "probability", "predictive", "orders")


def released_monitoring(context: MonitoringContext, about: About) -> MonitoringContext:
    """Rule and boundary are nobody's; the counts of each arm and what follows are."""
    if context.obstacle:
        return context
    if few(context.measured, about.least):
        raise about.too_few()
    about.analysed(context.in_cohort, context.measured)
    if len(context.groups) > 1 and about.hidden(ARM):
        raise about.without_arms()
    hidden = _hidden(context, about)
    shares = [
        released_share(one.share, about, gone)
        for one, gone in zip(context.groups, hidden, strict=True)
    ]
    shares = released_shares(shares, about, whole=False)
    groups = tuple(
        replace(one, share=share, **dict.fromkeys(NOTHING, np.nan))
        if isinstance(share.events, Few)
        else one
        for one, share in zip(context.groups, shares, strict=True)
    )
    return replace(context, groups=groups)


def _hidden(context: MonitoringContext, about: About) -> list[bool]:
    """Whether the page that counts the event would not tell it, by arm."""
    event = context.options.event
    if event in RESPONSES:
        kept = categories_of(about)
        places = [one.position for one in context.groups] if len(context.groups) > 1 else [-1]
        return kept.told_by(RESPONSES[event], kept.of(places)).tolist()
    found = watched(about.memory, about.study, about.cohort, event)
    has = severe(about.memory, about.study, event)
    members = [rows for _, _, rows in found.groups]
    by_step = [bool(told_by_a_step(has[:, None], rows, about)[0]) for rows in members]
    arms = [place for _, place, _ in found.groups] if len(members) > 1 else [None]
    beside = severe_hidden(about, event, arms, members)
    return [a or b for a, b in zip(by_step, beside, strict=True)]
