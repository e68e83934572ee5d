"""What the Safety page asks of the analysis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.competing_risks import COMPETING, EVENT, competing_risks
from analysis.safety import (
    AdverseEventCounts,
    WorstGrades,
    count_adverse_events,
    worst_grades,
)
from callbacks.groups import recorded_cohort, recorded_mask
from data.address import View
from data.cohort import Cohort, select, set_mask
from data.disclosure import hidden_cells
from data.pairs import several
from data.patient_groups import Pair
from data.people import level_sizes
from data.sections.adverse_events import UNGRADED
from data.study import ARM, MISSING_LABEL, Study
from layouts.safety.context import Exposure, FirstSevere, SafetyContext, TermSplit
from layouts.safety.options import SafetyOptions
from layouts.shared.pairs import first_pair


def arm_groups(study: Study, set_id: str, pair: Pair | None) -> tuple[tuple[str, int], ...]:
    """Name and place of two arms whose events were recorded, the compared one first.

    Empty unless both arms belong to the analysis set.
    """
    if pair is None or not pair.places <= _recorded_arms(study, set_id):
        return ()
    return tuple((study.arms[i].label, i) for i in (pair.compared, pair.reference))


def every_arm(study: Study, set_id: str) -> tuple[tuple[str, int], ...]:
    """Name and place of all arms whose events were recorded, where there are three or more.

    The reference is the last one. Empty where two arms, or one, are all there is.
    """
    if not several(study):
        return ()
    found = _recorded_arms(study, set_id)
    places = sorted(found, key=lambda i: (study.arms[i].reference, i))
    return tuple((study.arms[i].label, i) for i in places) if len(places) > 1 else ()


def _recorded_arms(study: Study, set_id: str) -> set[int]:
    if not study.arms or study.adverse_events is None:
        return set()
    cohort = recorded_cohort(study, Cohort(study.id, set_id))
    return set(np.flatnonzero(level_sizes(study, cohort, ARM)[:-1]).tolist())


def study_worst(study: Study) -> WorstGrades:
    """Worst grade of each patient of a study for each term."""
    table = study.adverse_events
    return worst_grades(table.patient, table.term, table.grade, study.n, len(table.terms))


def counts_of(study: Study, worst: WorstGrades, rows: np.ndarray, arms) -> AdverseEventCounts:
    """Counts for some patients, in one group or by arm."""
    table = study.adverse_events
    group = np.zeros(study.n, np.int64)
    if arms:
        places = np.full(len(study.arms) + 1, -1)
        places[[place for _, place in arms]] = range(len(arms))
        group = places[study.codes[ARM]]
    return count_adverse_events(
        worst,
        np.bincount(table.patient, minlength=study.n),
        group,
        rows,
        n_groups=max(len(arms), 1),
        n_grades=len(table.grades),
        first_severe=table.first_severe,
    )


def safety_context(
    study: Study, view: View, options: SafetyOptions, worst_of: Callable, first_severe_of: Callable
) -> SafetyContext:
    """The safety view of a study with all that must be said beside it.

    Parameters
    ----------
    worst_of, first_severe_of : functions
        `study_worst` and `first_severe` with a memory.
    """
    mask = select(study, view.cohort)
    rows = mask & recorded_mask(study)
    pair = first_pair(study, options.pair)
    arms = arm_groups(study, view.cohort.analysis_set, pair)
    every, every_counts = every_arm(study, view.cohort.analysis_set), None
    counts, split, lines, severe = None, (), (), None
    if study.adverse_events is not None:
        worst = worst_of(study)
        counts = counts_of(study, worst, rows, arms)
        if every:
            every_counts = counts_of(study, worst, rows, every)
        if options.term:
            split, lines = _term_split(study, worst, rows, options.term)
        if study.adverse_events.dated and rows.any():
            severe = first_severe_of(study, view.cohort)
    return SafetyContext(
        study=study,
        view=view,
        options=options,
        counts=counts,
        arms=arms,
        pair=pair,
        every_arm=every,
        every_counts=every_counts,
        in_cohort=int(mask.sum()),
        recorded=int(rows.sum()),
        split=split,
        patients=lines,
        exposure=tuple(_exposure(study, name, mask) for name in study.exposure),
        first_severe=severe,
        ungraded=ungraded(study),
    )


def events_set(study: Study) -> str:
    """The set whose patients' events are those of the study: of whom they were recorded."""
    return study.adverse_events.columns.analysis_set or study.default_set.id


def ungraded(study: Study) -> int:
    """Events of the study whose grade is not known, whoever is in view."""
    table = study.adverse_events
    if table is None or UNGRADED not in table.grades:
        return 0
    of_set = set_mask(study, events_set(study))[table.patient]
    return int((of_set & (table.grade == table.grades.index(UNGRADED))).sum())


def _term_split(study: Study, worst: WorstGrades, rows: np.ndarray, term_id: str):
    """How a term's patients split by the featured variables, and their lines where allowed."""
    table = study.adverse_events
    position = next(i for i, term in enumerate(table.terms) if term.id == term_id)
    grade = worst.highest([position])
    has, severe = rows & (grade >= 0), rows & (grade >= table.first_severe)
    splits = []
    for variable in study.variables:
        if not variable.featured or variable.after_baseline:
            continue
        codes, labels = study.codes[variable.id], [one.label for one in variable.levels]
        if (codes[rows] < 0).any():
            codes = np.where(codes < 0, len(labels), codes)
            labels.append(MISSING_LABEL)
        counted = [
            np.bincount(codes[some & (codes >= 0)], minlength=len(labels))
            for some in (has, severe, rows)
        ]
        hidden = np.zeros(len(labels), bool)
        if not table.columns.listing:
            hidden = hidden_cells(counted[0], table.columns.minimum_cell)
        splits.append(TermSplit(variable, tuple(labels), *counted, hidden))
    lines: list[tuple[str, ...]] = []
    if table.columns.listing:
        lines = [
            (study.patient_ids[i], f"worst grade {table.grades[grade[i]].label}")
            for i in np.flatnonzero(has)
        ]
    return tuple(splits), tuple(lines)


def _exposure(study: Study, name: str, mask: np.ndarray) -> Exposure:
    variable = study.variable(name)
    if variable.is_number:
        values = study.numbers[name][mask]
        values = values[np.isfinite(values)]
        read = (np.nan,) * 3
        if values.size:
            read = (float(np.median(values)), float(values.min()), float(values.max()))
        return Exposure(variable, int(values.size), *read, ())
    codes = study.codes[name][mask]
    counted = np.bincount(codes[codes >= 0], minlength=len(variable.levels))
    levels = tuple((one.label, int(n)) for one, n in zip(variable.levels, counted, strict=True))
    return Exposure(variable, int(counted.sum()), np.nan, np.nan, np.nan, levels)


def first_severe(study: Study, rows: np.ndarray, arms) -> FirstSevere:
    """Time from the start to the first event of grade 3 or more, with death competing.

    A patient whose severe events have no known day of onset is left out, and counted.
    """
    table = study.adverse_events
    death = study.outcomes[table.columns.death]
    severe = table.grade >= table.first_severe
    dated = severe & np.isfinite(table.onset)
    first = np.full(study.n, np.inf)
    np.minimum.at(first, table.patient[dated], table.onset[dated])
    undated = np.zeros(study.n, bool)
    undated[table.patient[severe]] = True
    undated &= ~np.isfinite(first)
    has = np.isfinite(first)
    time = np.where(has, first, death.time)
    if death.time.dtype.kind == "i":
        time = time.astype(np.int64)
    cause = np.where(has, EVENT, np.where(death.event == 1, COMPETING, 0))
    used = rows & ~undated & death.known
    if not arms:
        groups = (("All patients", -1, competing_risks(time[used], cause[used])),)
    else:
        groups = tuple(
            (label, place, competing_risks(time[some], cause[some]))
            for label, place in arms
            for some in [used & (study.codes[ARM] == place)]
        )
    return FirstSevere(groups, int((rows & undated).sum()))
