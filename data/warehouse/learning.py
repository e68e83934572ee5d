"""What is asked of the databases of a study when it is read, beside whether their rows are sound:
medians that cut numbers, terms and grades of adverse events, days with fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from sqlglot import exp

from data.checking.problems import Problem, short
from data.checking.times import tied
from data.checking.validation import cut_number
from data.cohort import Cohort
from data.patient_groups import AnalysisSet
from data.sections.adverse_event_table import GRADES, NO_CATEGORY, grades_of, read_grade, terms_of
from data.study import Variable
from data.warehouse.answers import whole
from data.warehouse.cells import Type, text_of
from data.warehouse.counts import Counts
from data.warehouse.event_rows import EventRows, column
from data.warehouse.merging import together
from data.warehouse.model import Events, Model
from data.warehouse.question import Question, Time, Value, Who
from data.warehouse.site import FoundSite
from data.warehouse.values import Values, name

EVERYBODY = "\0everybody"
"""Id of a set of all patients that no study can declare."""


def everybody(model: Model) -> Model:
    """The model with a set of all patients."""
    sets = {**model.sets, EVERYBODY: AnalysisSet(EVERYBODY, "", "")}
    return replace(model, sets=MappingProxyType(sets))


def with_days(model: Model, sites: Sequence[FoundSite]) -> Model:
    """The model with the days of endpoints whose days have fractions."""
    cohort, days = Cohort("", EVERYBODY), {}
    for one in model.endpoints:
        if not any(_may_have_fractions(model, site, one) for site in sites):
            continue
        question = Question(Who(cohort, one), ((Time(one),),))
        # What occurs is not known yet, so that nothing is taken for the same.
        asked = replace(model, days=MappingProxyType({one: np.zeros(0)}))
        (found,) = _asked(asked, sites, question)
        distinct = np.unique(found.columns[Time(one)])
        if distinct.size and (distinct != np.floor(distinct)).any():
            days[one] = np.unique(tied(distinct))
    return replace(model, days=MappingProxyType(days))


def _may_have_fractions(model: Model, site: FoundSite, endpoint: str) -> bool:
    one = model.endpoints[endpoint]
    if one.timing.first_of:
        return any(_may_have_fractions(model, site, part) for part in one.timing.first_of)
    if one.timing.start:
        return False
    return model.per_unit(endpoint) != 1 or site.types[one.time_column] is Type.NUMBER


def with_cuts(model: Model, sites: Sequence[FoundSite], default: str) -> Model:
    """The model with the ranges of its numbers: as declared, else below and above the median."""
    made = dict(model.variables)
    for one in model.variables.values():
        if one.is_number:
            cuts = one.cuts or _median(model, sites, one, default)
            nobody = np.zeros(0)
            made[one.id], _ = cut_number(replace(one, cuts=cuts), nobody, nobody.astype(bool))
    return replace(model, variables=MappingProxyType(made))


def _median(
    model: Model, sites: Sequence[FoundSite], one: Variable, default: str
) -> tuple[float, ...]:
    """The median of a number in the default set; none where nobody has a value."""
    question = Question(Who(Cohort("", default)), ((Value(one.id),),))
    (found,) = _asked(model, sites, question)
    values = found.columns[Value(one.id)]
    known = np.isfinite(values)
    values, n = values[known], found.n[known]
    if not n.size:
        return ()
    order = np.argsort(values)
    values, below = values[order], np.cumsum(n[order])
    total = int(below[-1])
    # The middle, or the mean of both, as numpy has it.
    places = np.searchsorted(below, [(total - 1) // 2, total // 2], "right")
    low, high = values[places]
    return (round(float(np.mean([low, high])), 9),)


def _asked(model: Model, sites: Sequence[FoundSite], question: Question) -> tuple[Counts, ...]:
    answers = [site.count(model, question) for site in sites]
    return tuple(
        together([one[place] for one in answers]) for place in range(len(question.groupings))
    )


def with_events(model: Model, sites: Sequence[FoundSite]) -> tuple[Model, int, list[Problem]]:
    """The model with the terms and grades that occur, how many rows do not count, and what is
    wrong with those that do."""
    events, several = model.events, len(model.sites) > 1
    columns = events.columns
    terms: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    left_out = 0
    for site in sites:
        rows, values = EventRows(events, site.event_types, Values()), None
        values = rows.values
        named = [columns.term, *([columns.category] if columns.category else [])]
        found = _grouped(site, rows, named, several)
        labels = [text_of(one) for one in found[columns.term]]
        categories = (
            [text_of(one) for one in found[columns.category]]
            if columns.category
            else [NO_CATEGORY] * len(labels)
        )
        for pair, n in zip(zip(categories, labels, strict=True), whole(found["n"]), strict=True):
            terms[pair] += int(n)
        found = _grouped(site, rows, [columns.grade], several)
        for cell, n in zip(found[columns.grade], whole(found["n"]), strict=True):
            texts[text_of(cell)] += int(n)
        every = exp.select(exp.alias_(exp.Count(this=exp.Star(), big_int=True), name("n")))
        total = site.ask(every.from_(site.tables.events.copy()), values.of, several)
        left_out += int(whole(total["n"])[0]) - int(sum(whole(found["n"])))
    own = dict(columns.grades)
    read = {text: read_grade(own.get(text, text)) for text in texts}
    table = sites[0].event_table.name
    problems = [
        Problem(
            table,
            f"“{short(text)}” is not a grade",
            f"{GRADES}, or say what it means under grades in study.toml",
            columns.grade,
        )
        for text, grade in read.items()
        if grade is None
    ]
    grades, overlaps = grades_of(read.values(), columns, table)
    all_terms, wrong = terms_of(terms, columns, table)
    made = Events(
        columns,
        events.patient,
        grades,
        MappingProxyType({t: grades.index(grade) for t, grade in read.items() if grade}),
        all_terms,
        MappingProxyType({(one.category, one.label): i for i, one in enumerate(all_terms)}),
    )
    return replace(model, events=made), left_out, [*problems, *overlaps, *wrong]


def _grouped(site: FoundSite, rows: EventRows, names: list[str], several: bool):
    """How many rows that count there are of each kind."""
    tree = exp.select(
        *(column(one) for one in names),
        exp.alias_(exp.Count(this=exp.Star(), big_int=True), name("n")),
    ).from_(site.tables.events.copy())
    for condition in rows.of_treatment():
        tree = tree.where(condition)
    tree = tree.group_by(*(column(one) for one in names))
    return site.ask(tree, rows.values.of, several)
