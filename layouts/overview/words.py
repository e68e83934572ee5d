"""Sentences, cautions and footnote of an overview."""

from __future__ import annotations

import math

from analysis.balance import METHOD as SMD_METHOD
from analysis.baseline import QUANTILE_METHOD
from layouts.overview import numbers
from layouts.overview.context import OverviewContext
from layouts.overview.table import RELEVANT
from layouts.shared.claims import is_largest
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import listed, patients


def sentence(context: OverviewContext) -> str:
    """One sentence about Table 1 for the minutes of a tumour board."""
    if not context.n:
        return "No patient passes these filters. Remove one of them above."
    described = f"{len(context.rows)} variable{'' if len(context.rows) == 1 else 's'}"
    lacking = sum(bool(row.summary.missing[0]) for row in context.rows)
    missing = f"{lacking} of them with empty values" if lacking else "none with empty values"
    if not context.arms:
        return f"{patients(context.n)} described by {described}, {missing}."
    parts = [f"{n} {label}" for (label, _), n in zip(context.arms, context.sizes[1:], strict=True)]
    known = [row for row in context.rows if math.isfinite(row.summary.smd)]
    head = f"{patients(context.n)}, {listed(parts)}"
    if not known:
        return f"{head}: too few to compare the arms."
    above = sum(row.summary.smd > RELEVANT for row in known)
    across = context.across
    beside = across.bracket(numbers.LARGE, str(above), "{:.0f}".format)
    if not above and not beside:
        return f"{head}: no variable differs by more than {RELEVANT} standard deviations."
    said = (
        f"{head}: {above}{beside} of {described} differ by more than {RELEVANT} standard deviations"
    )
    return explained(across, f"{said}{_most(context, known) if above else ''}.")


def _most(context: OverviewContext, known: list) -> str:
    """The variable that differs most, of all data sets or of the one shown."""
    most, two = max(known, key=lambda row: row.summary.smd), "{:.2f}".format
    key, size = numbers.smd(most.variable.id), most.summary.smd
    others = {numbers.smd(row.variable.id): row.summary.smd for row in known if row is not most}
    where = "" if is_largest(context.across, key, size, others) else " in the data set shown"
    beside = context.across.bracket(key, two(size), two)
    return f", most{where} {most.variable.label} ({two(size)}{beside})"


def flow_sentence(context: OverviewContext) -> str:
    """The flow in one sentence."""
    steps = [line for line in context.flow if line.kind != "screen"]
    filters = sum(line.kind == "filter" for line in steps)
    passed = f" after {filters} filter{'' if filters == 1 else 's'}" if filters else ""
    said = [
        f"{line.n} {line.label[:1].lower()}{line.label[1:]}"
        for line in steps
        if line.kind != "filter"
    ]
    head = f"{', '.join(said)}; " if said else ""
    printed = any(line.kind == "printed" for line in steps)
    tail = " Steps without counts by arm are as published; the file does not hold them."
    text = f"{head}{context.n} on screen{passed}."
    return text[:1].upper() + text[1:] + (tail if printed and context.arms else "")


def cautions(context: OverviewContext) -> list[str]:
    """What the reader must know before using the numbers."""
    if not context.n:
        return []
    said = []
    if context.study.reconstructed and not context.unfiltered:
        said.append("Illustrative: the paper does not publish this combination of filters.")
    if context.landmark_days is not None:
        said.append(
            f"A filter uses what was known only after treatment began: the times above count from "
            f"day {context.landmark_days}, patients with an event before are left out."
        )
    after = [
        context.study.variable(one.variable).label
        for one in context.view.cohort.filters
        if context.study.variable(one.variable).after_baseline
    ]
    if after and context.arms:
        said.append(f"A filter on {listed(after)} breaks the randomisation.")
    return said


def method(context: OverviewContext) -> str:
    """Method and cohort."""
    study = context.study
    smd = f" {SMD_METHOD.rstrip('.')}; printed without its sign." if context.arms else ""
    return (
        "Per cent of all patients of the column, those without a value in a row of their own. "
        f"{QUANTILE_METHOD}{smd} {study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.n}. {across_note(context.across)}"
    ).rstrip()
