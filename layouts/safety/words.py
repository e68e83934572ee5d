"""The sentence, the cautions and the footnote of a safety view."""

from __future__ import annotations

import numpy as np

from analysis.safety import DIFFERENCE_METHOD, METHOD
from data.pairs import several
from layouts.safety.context import SafetyContext
from layouts.shared.few import Few, whole
from layouts.shared.nobody import nobody
from layouts.shared.nothing_computed import nothing_computed
from layouts.shared.pairs import pair_words
from layouts.shared.words import (
    counted,
    foremost,
    listed,
    patients,
    percent,
    within,
)

NAMED_AT_MOST = 3


def sentence(context: SafetyContext) -> str:
    """One sentence for the minutes of a tumour board."""
    study = context.study
    if study.adverse_events is None:
        return f"{study.title} has no data on adverse events."
    if not context.in_cohort:
        return nobody(context.study, context.view.cohort)
    if not context.recorded:
        return "No adverse events were recorded for the patients on screen."
    arms, counts = context.by_arm
    anybody = [whole(one) for one in counts.with_any()]
    if not any(isinstance(one, Few) or one for one in anybody):
        return f"None of {patients(context.recorded)} on screen had an adverse event."
    if arms:
        anything, severe = (
            listed(
                [
                    f"{label} {_share(counts.with_any(grade)[i], counts.n[i])}"
                    for i, (label, _) in enumerate(arms)
                ]
            )
            for grade in (False, True)
        )
        head = f"Any adverse event: {anything}; at grade ≥ 3: {severe}"
    else:
        (some,), n = anybody, whole(counts.n[0])
        had = f"{some} of {patients(n)} ({percent(some / n)}) had an adverse event"
        if isinstance(some, Few):
            # Few had one, or few had none: which of them is not told.
            had = f"How many of {patients(n)} had an adverse event is not shown"
        head = f"{had}; worst grade {_worst(context)}"
    return f"{head}. Most frequent {_frequent(context)}."


def _share(some: int, n: int) -> str:
    return f"{some} of {n} ({percent(some / n)})" if n else "none of 0"


def _worst(context: SafetyContext) -> str:
    """``3 in 15 (44 %), 4 in 1 (3 %)``: all grades that are severe."""
    counts = context.counts
    severe = counts.patients[0, counts.first_severe :]
    if any(isinstance(one, Few) for one in severe):
        return "not shown"
    parts = [
        f"{grade.label} in {counts.patients[0, i]} ({percent(counts.patients[0, i] / counts.n[0])})"
        for i, grade in enumerate(context.table.grades)
        if i >= counts.first_severe and counts.patients[0, i]
    ]
    return listed(parts) if parts else "below 3 in all"


def _frequent(context: SafetyContext) -> str:
    """The most frequent terms of the chosen severity."""
    severe = context.options.severe
    total = context.total(severe)
    seen = np.flatnonzero(total)
    first = seen[foremost(total[seen].tolist(), NAMED_AT_MOST)]
    terms, study = context.table.terms, context.study
    named = [f"{within(terms[i].label, study)} ({total[i]})" for i in first]
    what = "at grade ≥ 3" if severe else "at any grade"
    if named:
        return f"{what}: {listed(named)}"
    if not len(seen):
        return f"{what}: none"
    return f"{what}: {counted(len(seen), 'term')} with {patients(int(total[seen].max()))} each"


def cautions(context: SafetyContext) -> list[str]:
    """What the reader must know before using the numbers."""
    study = context.study
    if study.adverse_events is None or not context.in_cohort:
        return []
    said = []
    if study.reconstructed and not context.unfiltered:
        said.append(
            "Illustrative: the paper publishes adverse events of all treated patients only."
        )
    if context.recorded < context.in_cohort:
        chosen = study.analysis_set(context.table.columns.analysis_set)
        said.append(
            f"Adverse events were recorded for patients {chosen.label} only: {context.recorded} of "
            f"{context.in_cohort} on screen."
        )
    if context.ungraded:
        said.append(
            f"{counted(context.ungraded, 'row')} of the table "
            f"{'has' if context.ungraded == 1 else 'have'} no grade: counted at any grade, and not "
            "at grade ≥ 3."
        )
    if 0 < context.recorded < 10:
        said.append(f"Only {patients(context.recorded)}: a per cent hides how few they are.")
    return said


def method(context: SafetyContext) -> str:
    """Method and cohort."""
    study = context.study
    if study.adverse_events is None:
        return nothing_computed(study, context.view, context.in_cohort)
    bands = [grade.label for grade in context.table.grades if grade.is_band]
    said = METHOD
    if bands:
        said += f" Grades {listed(bands)} are given as one band."
    if context.compares:
        said += f" {DIFFERENCE_METHOD}"
    if context.table.left_out:
        said += (
            f" {counted(context.table.left_out, 'row')} of events that are not of the treatment "
            f"{'is' if context.table.left_out == 1 else 'are'} left out."
        )
    if context.compares and several(study):
        said += f" The two arms are those of {pair_words(study, context.pair)}."
    rows = 0 if context.counts is None else whole(context.by_arm[1].rows.sum())
    return (
        f"{said} {study.title}, {context.view.cohort.sentence(study)}, "
        f"n\u00a0=\u00a0{context.recorded}; {counted(rows, 'row')} of the table of adverse "
        "events."
    )
