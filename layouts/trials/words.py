"""Sentence, cautions and footnote of the Other trials page."""

from __future__ import annotations

import math

from layouts.shared.ranges import across_note, explained
from layouts.shared.words import listed
from layouts.survival.context import empty_sentence
from layouts.survival.words import cautions as survival_cautions
from layouts.trials.context import MedianRow, TrialsContext

NAIVE = (
    "Naive comparison: other patients, other times, other definitions of the endpoint and other "
    "starting points. It shows where this cohort stands, not which treatment is better."
)


def sentence(context: TrialsContext) -> str:
    """One sentence for the minutes of a tumour board."""
    return explained(context.survival.across, _said(context))


def _said(context: TrialsContext) -> str:
    own, published = context.own_rows, context.published_rows
    if not own:
        said = _range(context)
        return f"{empty_sentence(context.survival)} {said[0].upper()}{said[1:]}"
    medians = [_median(row) + (f" with {_arm(row)}" if len(own) > 1 else "") for row in own]
    here = f"Median {context.survival.endpoint_word} here was {listed(medians)}"
    if not any(row.drawn for row in published):
        return f"{here}. {_range(context)}"
    return f"{here}; {_range(context)}"


def _arm(row: MedianRow) -> str:
    return row.arm[0].lower() + row.arm[1:] if row.arm[1:2].islower() else row.arm


def _median(row: MedianRow) -> str:
    across = f" [{row.across}]" if row.across else ""
    if not math.isfinite(row.median[0]):
        return f"not reached{across}"
    interval = f" (95 % CI {row.interval})" if row.interval else ""
    return f"{row.words} months{across}{interval}"


def _range(context: TrialsContext) -> str:
    """What the published medians are; why there are none."""
    medians = sorted(
        (row for row in context.published_rows if row.drawn), key=lambda row: row.median[0]
    )
    label = context.survival.endpoint_word
    if not medians:
        hidden = " for this treatment; choose another above" if context.hidden else ""
        ratios = " One result is quoted by its hazard ratio only." if context.results else ""
        return f"No published median of {label} is quoted by the papers{hidden}.{ratios}"
    studies = len({row.name for row in medians})
    if len(medians) == 1:
        return f"the one published median is {medians[0].words} months ({medians[0].name})."
    source = "one publication" if studies == 1 else f"{studies} publications"
    return (
        f"the {len(medians)} published medians from {source} lie between "
        f"{medians[0].words} ({medians[0].name}) and {medians[-1].words} months "
        f"({medians[-1].name})."
    )


def cautions(context: TrialsContext) -> list[str]:
    """What the reader must know before setting this cohort beside the others."""
    published = context.published_rows
    said = []
    medians = [row for row in published if row.drawn]
    bare = sum(not row.interval for row in medians)
    if bare:
        which = (
            f"{bare} of {len(medians)} published medians are"
            if len(medians) > 1
            else ("The published median is")
        )
        said.append(
            f"{which} quoted without an interval (open circle): the uncertainty cannot be seen."
        )
    if medians and context.own_rows:
        said.append(
            f"Time here counts from {context.survival.origin}; the quoting papers do not say from "
            "when the others count."
        )
        if context.survival.cohort.filters:
            said.append("This cohort is filtered; the published ones are not filtered alike.")
    return said + survival_cautions(context.survival)


def method(context: TrialsContext) -> str:
    """Method, source of the published medians and cohort."""
    survival = context.survival
    papers = listed(sorted({context.quoted_by(one) for one in context.results}))
    source = ""
    if papers:
        source = (
            f" Published medians are quoted from the papers of {papers}, whose authors chose them; "
            "they are not a systematic review."
        )
    return (
        f"This cohort: Kaplan–Meier median, 95 % CI by Greenwood, {survival.options.ci} transform "
        f"(as R survfit), a month is 30.4375 days.{source} {survival.study.title}, "
        f"{survival.cohort.sentence(survival.study)}, n\u00a0=\u00a0{survival.result.n}. "
        f"{across_note(survival.across)}"
    ).rstrip()
