"""The Overview page of a study whose patients stay in a database, from counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.balance_chance import ChanceImbalance, chance_in_the_limit
from analysis.baseline import bin_edges, summarise_levels, summarise_number
from analysis.proportions import clopper_pearson
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.counted.counts import counts
from callbacks.counted.curves import incidence_beside, survival_groups
from callbacks.counted.joint import joint_of
from callbacks.counted.kinds import kinds
from callbacks.groups import arm_columns, drawn_order, recorded_cohort
from callbacks.memory import Memory
from callbacks.overview.ask import endpoint_cards, latest_start
from callbacks.overview.counts import flow_lines, longest_of, sizes_of
from data.address import NO_SPLIT, View
from data.cohort import Cohort, Filter
from data.people import People, cohort_n, counted_each, counted_people, level_sizes
from data.study import ARM, Study, Variable
from data.warehouse.question import Grade, Level, Question, Rows, Time, Who
from layouts.overview.context import OverviewContext, ShareCard, TableRow
from layouts.overview.options import OverviewOptions, table_variables


def ask_counted(
    memory: Memory, study: Study, view: View, options: OverviewOptions
) -> OverviewContext:
    """As `callbacks.overview.ask.ask`, from counts."""
    cohort, arms = view.cohort, arm_columns(study, view.cohort.analysis_set)
    variables = table_variables(study, options)
    names = tuple(one.id for one in variables)
    groups = _from_those_of_arms if arms else survival_groups
    endpoints = endpoint_cards(memory, study, view, arms, groups, incidence_beside)
    longest = _followed_longest(memory, study)
    shares = (
        _response_card(study, cohort, arms),
        _severe_card(memory, study, cohort, arms),
    )
    return OverviewContext(
        study=study,
        view=view,
        options=options,
        arms=arms,
        sizes=sizes_of(study, cohort, arms),
        in_set=cohort_n(study, replace(cohort, filters=())),
        flow=flow_lines(study, view, arms),
        rows=memory.recall(_rows, study, cohort, names) if names else (),
        endpoints=endpoints,
        follow_up=next((one for one in endpoints if one.endpoint.id == longest), None),
        shares=tuple(one for one in shares if one),
        landmark_days=latest_start(study, view),
        chance=memory.recall(_chance, study, cohort, names) if arms and names else None,
    )


def _from_those_of_arms(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> SurvivalGroups:
    """As `survival_groups`; everybody from the counts of the arms, which are asked for as well."""
    if by != NO_SPLIT:
        return survival_groups(memory, study, cohort, endpoint, by, landmark, ci)
    return memory.recall(_everybody, study, cohort, endpoint, landmark, ci)


def _everybody(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark, ci: str):
    found = kinds(memory, study, cohort, endpoint, landmark, ARM)
    everybody = np.ones(found.n.size, bool)
    return survival_by_group(
        found.axis,
        found.event,
        None,
        ("All patients",),
        everybody,
        conf_type=ci,
        patients=found.n,
    )


def _groups(people: People, arms) -> list[np.ndarray]:
    """The kinds in view, then those of each arm."""
    return [np.ones(people.n.size, bool), *(people.codes[ARM] == place for _, place in arms)]


def _rows(memory: Memory, study: Study, cohort: Cohort, names) -> tuple[TableRow, ...]:
    """Table 1, asked for at once."""
    arms = arm_columns(study, cohort.analysis_set)
    variables = [study.variable(name) for name in names]
    beside = (ARM,) if arms else ()
    found = counted_each(study, cohort, {name: (name, *beside) for name in names})
    numbers = [one.id for one in variables if one.is_number]
    # Bins over the whole analysis set, so that they stay where they are when filters change.
    whole = counted_each(study, replace(cohort, filters=()), {name: (name,) for name in numbers})
    edges = {name: bin_edges(whole[name].numbers[name]) for name in numbers}
    return tuple(_row(one, found[one.id], arms, edges.get(one.id)) for one in variables)


def _row(variable: Variable, people: People, arms, edges: np.ndarray | None) -> TableRow:
    groups, name = _groups(people, arms), variable.id
    if variable.is_number:
        summary = summarise_number(people.numbers[name], groups, edges, people.n)
    else:
        summary = summarise_levels(people.codes[name], len(variable.levels), groups, people.n)
    return TableRow(variable, summary)


def _followed_longest(memory: Memory, study: Study) -> str:
    """As `callbacks.overview.counts.followed_longest`."""
    days = tuple((Time(one.id),) for one in study.endpoints)
    who = Who(Cohort(study.id, study.default_set.id))
    found = counts(memory, study, Question(who, days))
    each = zip(study.endpoints, found, strict=True)
    return longest_of(
        study, {one.id: float(of.n @ np.maximum(of.columns[Time(one.id)], 0)) for one, of in each}
    )


def _chance(memory: Memory, study: Study, cohort: Cohort, names) -> ChanceImbalance | None:
    """What chance alone would give of the differences in Table 1, in the limit."""
    sizes = level_sizes(study, cohort, ARM)[drawn_order(study)]
    if (sizes > 0).sum() < 2:
        return None
    # Those of the arms.
    in_arms = Filter(ARM, tuple(level.id for level in study.variable(ARM).levels))
    who = Who(replace(cohort, filters=(*cohort.filters, in_arms)))
    variables = tuple(study.variable(name) for name in names)
    joint = joint_of(memory, study, who, variables, missing=False)
    return chance_in_the_limit(joint, sizes[sizes > 0])


def _response_card(study: Study, cohort: Cohort, arms) -> ShareCard | None:
    """Objective response of all patients; not evaluable counts as none."""
    declared = study.comparison.response
    if declared is None:
        return None
    variable = study.variable(declared.variable)
    places = [i for i, one in enumerate(variable.levels) if one.id in declared.responders]
    people = counted_people(study, cohort, variable.id, *((ARM,) if arms else ()))
    yes = np.isin(people.codes[variable.id], places)
    made = [
        clopper_pearson(people.size(group & yes), people.size(group))
        for group in _groups(people, arms)
    ]
    return ShareCard("Objective response", "arms", made[0], tuple(made[1:]))


def _severe_card(memory: Memory, study: Study, cohort: Cohort, arms) -> ShareCard | None:
    """Patients with an adverse event of grade 3 or more, of those whose events were recorded."""
    if study.adverse_events is None:
        return None
    recorded = recorded_cohort(study, cohort)
    columns = (Grade(), *((Level(ARM),) if arms else ()))
    (found,) = counts(memory, study, Question(Who(recorded), (columns,), rows=Rows.WORST))
    severe = found.columns[Grade()] >= study.adverse_events.first_severe
    of_arms = [severe & (found.columns[Level(ARM)] == place) for _, place in arms]
    made = [
        clopper_pearson(int(found.n[some].sum()), n)
        for some, n in zip([severe, *of_arms], sizes_of(study, recorded, arms), strict=True)
    ]
    return ShareCard("Grade ≥ 3 event", "safety", made[0], tuple(made[1:]))
