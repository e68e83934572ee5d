"""Sentences, cautions and footnote of an overview."""

from __future__ import annotations

import math

from analysis.balance import METHOD as SMD_METHOD
from analysis.balance import RELEVANT
from analysis.baseline import QUANTILE_METHOD
from layouts.overview import numbers
from layouts.overview.context import OverviewContext
from layouts.shared.claims import is_largest
from layouts.shared.imbalance_words import by_chance, chance_method
from layouts.shared.late_words import late_filters
from layouts.shared.nobody import nobody
from layouts.shared.ranges import across_note, explained
from layouts.shared.words import capitalised, counted, listed, patients, smd_words, within

NAMED_AT_MOST = 3


def sentence(context: OverviewContext) -> str:
    """One sentence about Table 1 for the minutes of a tumour board."""
    if not context.n:
        return nobody(context.study, context.view.cohort)
    described = counted(len(context.rows), "variable")
    lacking = sum(bool(row.summary.missing[0]) for row in context.rows)
    missing = f"{lacking} of them with empty values" if lacking else "none with empty values"
    if not context.arms:
        return f"{patients(context.n)} described by {described}, {missing}."
    parts = [f"{n} {label}" for (label, _), n in zip(context.arms, context.sizes[1:], strict=True)]
    known = [row for row in context.rows if not math.isnan(row.summary.smd)]
    head = f"{patients(context.n)}, {listed(parts)}"
    if not known:
        return f"{head}: too few to compare the arms."
    above = sum(row.summary.smd > RELEVANT for row in known)
    across, chance = context.across, by_chance(context.chance)
    beside = across.bracket(numbers.LARGE, str(above), "{:.0f}".format)
    by = f"by more than {RELEVANT} standard deviations{_between(context)}"
    if not above and not beside:
        return f"{head}: no variable differs {by}{chance}."
    verb = "differs" if above == 1 else "differ"
    said = f"{head}: {above}{beside} of {described} {verb} {by}{chance}"
    return explained(across, f"{said}{_most(context, known) if above else ''}.")


def _between(context: OverviewContext) -> str:
    """Of more than two arms: that the largest difference between any two is meant."""
    return " between two of the arms" if len(context.arms) > 2 else ""


def _most(context: OverviewContext, known: list) -> str:
    """The variable that differs most, of all data sets or of the one shown."""
    most = smd_words(max(row.summary.smd for row in known))
    # Equal as printed is equal: all that share the first place are named, or none.
    first = [row for row in known if smd_words(row.summary.smd) == most]
    if len(first) > NAMED_AT_MOST:
        return ""
    if len(first) > 1:
        where = " in the data set shown" if context.across.n else ""
        return f", most{where} {listed([row.variable.label for row in first])} ({most})"
    (only,) = first
    key, size = numbers.smd(only.variable.id), only.summary.smd
    others = {numbers.smd(row.variable.id): row.summary.smd for row in known if row is not only}
    where = "" if is_largest(context.across, key, size, others) else " in the data set shown"
    beside = context.across.bracket(key, most, smd_words)
    between = context.farthest(only)
    between = f" between {between}" if between else ""
    return f", most{where} {only.variable.label} ({most}{beside}{between})"


def _largest(context: OverviewContext) -> str:
    """Of more than two arms: which of the differences is printed."""
    return ", the largest of any two arms" if len(context.arms) > 2 else ""


def flow_sentence(context: OverviewContext) -> str:
    """The flow in one sentence."""
    steps = [line for line in context.flow if line.kind != "screen"]
    filters = sum(line.kind == "filter" for line in steps)
    passed = f" after {counted(filters, 'filter')}" if filters else ""
    said = [
        f"{line.n} {within(line.label, context.study)}" for line in steps if line.kind != "filter"
    ]
    head = f"{', '.join(said)}; " if said else ""
    printed = any(line.kind == "printed" for line in steps)
    tail = " Steps without counts by arm are as published; the file does not hold them."
    text = f"{head}{context.n} on screen{passed}."
    return capitalised(text) + (tail if printed and context.arms else "")


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
    said += _contradictions(context)
    late = late_filters(context.study, context.view.cohort)
    if late and context.arms:
        names = listed([variable.label for variable in late])
        breaks = "breaks the randomisation"
        selects = "selects patients by what followed the beginning of treatment"
        said.append(f"A filter on {names} {breaks if context.study.randomised else selects}.")
    return said


def _contradictions(context: OverviewContext) -> list[str]:
    """What the study's files say of one patient that cannot all be true; Evidence lists it all."""
    notes = context.study.notes
    if not notes:
        return []
    more = len(notes) - 1
    tail = f" {more} more of the kind {'stands' if more == 1 else 'stand'} on the page Evidence."
    return [f"The data contradict themselves. {notes[0]}{tail if more else ''}"]


def method(context: OverviewContext) -> str:
    """Method and cohort."""
    study = context.study
    smd = f" {SMD_METHOD.rstrip('.')}; printed without its sign{_largest(context)}."
    smd = smd if context.arms else ""
    smd += chance_method(context.chance)
    return (
        "Per cent of all patients of the column, those without a value in a row of their own. "
        f"{QUANTILE_METHOD}{smd} {study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.n}. {across_note(context.across)}"
    ).rstrip()
