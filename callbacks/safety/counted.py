"""What the Safety page asks about a study whose patients stay in a database."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.competing_risks import EVENT, competing_risks
from analysis.distribution import distribution
from analysis.safety import AdverseEventCounts
from callbacks.counted.counts import counts
from callbacks.groups import recorded_cohort
from callbacks.memory import Memory
from callbacks.safety.counts import arm_groups, events_set, every_arm
from data.address import View
from data.cohort import Cohort
from data.disclosure import hidden_cells
from data.people import Some, cohort_n, counted_each, level_sizes
from data.sections.adverse_events import UNGRADED
from data.study import ARM, MISSING_LABEL, Study
from data.warehouse.question import (
    Grade,
    Level,
    Question,
    Rows,
    SevereCause,
    SevereTime,
    Term,
    Who,
)
from layouts.safety.context import Exposure, FirstSevere, SafetyContext, TermSplit
from layouts.safety.options import SafetyOptions
from layouts.shared.pairs import first_pair


def ask_counted(memory: Memory, study: Study, view: View, options: SafetyOptions) -> SafetyContext:
    """As `callbacks.safety.ask.ask`, from counts; lines about single patients are none."""
    pair, set_id = first_pair(study, options.pair), view.cohort.analysis_set
    made: dict = {"in_cohort": cohort_n(study, view.cohort), "recorded": 0, "counts": None}
    arms, every = arm_groups(study, set_id, pair), every_arm(study, set_id)
    if study.adverse_events is not None:
        recorded = recorded_cohort(study, view.cohort)
        made["recorded"] = cohort_n(study, recorded)
        by_arm = _by_arm(memory, study, recorded)
        made["counts"] = _of_groups(by_arm, arms)
        if every:
            made["every_counts"] = _of_groups(by_arm, every)
        if options.term:
            made["split"] = _term_split(memory, study, recorded, options.term)
        if study.adverse_events.dated and made["recorded"]:
            severe = memory.recall(_first_severe, study, recorded, every or arms)
            made["first_severe"] = severe
        made["ungraded"] = _ungraded(memory, study)
    return SafetyContext(
        study=study,
        view=view,
        options=options,
        arms=arms,
        pair=pair,
        every_arm=every,
        exposure=_exposure(study, view.cohort),
        **made,
    )


def _of_arms(study: Study) -> tuple[Level, ...]:
    return (Level(ARM),) if study.arms else ()


def table_of(columns: Mapping, n: np.ndarray, shape: Mapping) -> np.ndarray:
    """Counts as a table with an axis for each column; of -1 the last place of its axis."""
    made = np.zeros(tuple(shape.values()), np.int64)
    np.add.at(made, tuple(columns[one] for one in shape), n)
    return made


def _by_arm(memory: Memory, study: Study, recorded: Cohort) -> AdverseEventCounts:
    """Counts of each arm, and behind the last of those who are in none."""
    table, arms = study.adverse_events, _of_arms(study)
    size = dict.fromkeys(arms, len(study.arms) + 1)
    terms, grades = {Term(): len(table.terms)}, {Grade(): len(table.grades)}

    def asked(rows: Rows, shape: dict) -> np.ndarray:
        question = Question(Who(recorded), (tuple(shape),), rows=rows)
        (found,) = counts(memory, study, question)
        made = table_of(found.columns, found.n, shape) if shape else np.array(found.total)
        return made if arms else made[None]

    n = level_sizes(study, recorded, ARM) if arms else np.array([cohort_n(study, recorded)])
    return AdverseEventCounts(
        n=n,
        counts=asked(Rows.WORST_OF_TERM, size | terms | grades),
        patients=asked(Rows.WORST, size | grades),
        rows=asked(Rows.EVENTS, size),
        first_severe=table.first_severe,
    )


def _of_groups(by_arm: AdverseEventCounts, arms) -> AdverseEventCounts:
    """The counts of some arms, or of everybody in one group."""
    if arms:
        return by_arm.of_groups(*(place for _, place in arms))
    names = ("n", "counts", "patients", "rows")
    whole = (getattr(by_arm, name).sum(axis=0, keepdims=True) for name in names)
    return AdverseEventCounts(*whole, by_arm.first_severe)


def _ungraded(memory: Memory, study: Study) -> int:
    """Events of the study whose grade is not known, whoever is in view."""
    table = study.adverse_events
    if UNGRADED not in table.grades:
        return 0
    who = Who(Cohort(study.id, events_set(study)))
    (found,) = counts(memory, study, Question(who, ((Grade(),),), rows=Rows.EVENTS))
    place = table.grades.index(UNGRADED)
    return int(found.n[found.columns[Grade()] == place].sum())


def _term_split(memory: Memory, study: Study, recorded: Cohort, term_id: str):
    """How a term's patients split by the featured variables."""
    table = study.adverse_events
    position = next(i for i, term in enumerate(table.terms) if term.id == term_id)
    variables = [one for one in study.variables if one.featured and not one.after_baseline]
    groupings = tuple((Level(one.id), Term(), Grade()) for one in variables)
    question = Question(Who(recorded), groupings, rows=Rows.WORST_OF_TERM)
    found = counts(memory, study, question) if variables else ()
    splits = []
    for variable, of in zip(variables, found, strict=True):
        size, labels = len(variable.levels), [one.label for one in variable.levels]
        n = level_sizes(study, recorded, variable.id)
        own = of.columns[Term()] == position
        severe = own & (of.columns[Grade()] >= table.first_severe)
        counted = []
        for some in (own, severe):
            sizes = np.zeros(size + 1, np.int64)
            np.add.at(sizes, of.columns[Level(variable.id)][some], of.n[some])
            counted.append(sizes)
        counted.append(n)
        if n[-1]:
            labels.append(MISSING_LABEL)
        counted = [one[: len(labels)] for one in counted]
        hidden = np.zeros(len(labels), bool)
        if not table.columns.listing:
            hidden = hidden_cells(counted[0], table.columns.minimum_cell)
        splits.append(TermSplit(variable, tuple(labels), *counted, hidden))
    return tuple(splits)


def _exposure(study: Study, cohort: Cohort) -> tuple[Exposure, ...]:
    found = counted_each(study, cohort, {name: (name,) for name in study.exposure})
    return tuple(_exposed(study, name, found[name]) for name in study.exposure)


def _exposed(study: Study, name: str, people) -> Exposure:
    variable, some = study.variable(name), Some(people, np.ones(people.n.size, bool))
    if variable.is_number:
        values = distribution(*some.values(name))
        return Exposure(variable, values.n, *values.quantiles(0.5, 0, 1).tolist(), ())
    sizes = some.levels(variable)[:-1]
    levels = tuple((one.label, int(n)) for one, n in zip(variable.levels, sizes, strict=True))
    return Exposure(variable, int(sizes.sum()), np.nan, np.nan, np.nan, levels)


def _first_severe(memory: Memory, study: Study, recorded: Cohort, arms) -> FirstSevere:
    """As `callbacks.safety.counts.first_severe`."""
    columns = (SevereTime(), SevereCause(), *_of_arms(study))
    question = Question(Who(recorded), (columns,), rows=Rows.FIRST_SEVERE)
    (found,) = counts(memory, study, question)
    time, cause = found.columns[SevereTime()], found.columns[SevereCause()]
    dated = cause >= 0
    # Days of onset are as whole as those of death.
    ends = time[dated & (cause != EVENT)]
    if (ends == np.floor(ends)).all():
        time = np.where(dated, np.floor(time), 0).astype(np.int64)
    groups = [("All patients", -1, dated)]
    if arms:
        arm = found.columns[Level(ARM)]
        groups = [(label, place, dated & (arm == place)) for label, place in arms]
    risks = tuple(
        (label, place, competing_risks(time[some], cause[some], patients=found.n[some]))
        for label, place, some in groups
    )
    return FirstSevere(risks, int(found.n[~dated].sum()))
