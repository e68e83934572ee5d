"""Survival and competing risks by group from counts; see `callbacks.curves` and `incidence`."""

from __future__ import annotations

import numpy as np

from analysis.competing_risks import CompetingRisks
from analysis.survival_groups import SurvivalGroups, survival_by_group
from callbacks.counted.counts import counts
from callbacks.counted.kinds import kinds
from callbacks.groups import split_labels, split_of
from callbacks.incidence import FirstByGroup, after, alone_of
from callbacks.memory import Memory
from data.address import NO_SPLIT
from data.causes import Causes, first_events
from data.cohort import Cohort
from data.outcomes import EndpointData
from data.study import Study
from data.warehouse.question import Cause, Happened, Level, Question, Time, Who


def survival_groups(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> SurvivalGroups:
    """Survival of a cohort by the levels of a variable, or of all its patients."""
    return memory.recall(_groups, study, cohort, endpoint, by, landmark, ci)


def _groups(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, by: str, landmark, ci: str
) -> SurvivalGroups:
    names = () if by == NO_SPLIT else (by,)
    found = kinds(memory, study, cohort, endpoint, landmark, *names)
    codes, labels = None, ("All patients",)
    if names:
        codes, labels = found.codes[by], split_labels(study, study.variable(by))
    everybody = np.ones(found.n.size, bool)
    return survival_by_group(
        found.axis, found.event, codes, labels, everybody, conf_type=ci, patients=found.n
    )


def incidence_beside(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, by: str, landmark: int | None
) -> tuple[CompetingRisks | None, ...]:
    """Competing risks of the groups of a survival view, in their order.

    Empty where the endpoint does not count the event of interest alone among several causes.
    """
    causes = alone_of(study, endpoint_id)
    if causes is None:
        return ()
    return memory.recall(_beside, study, cohort, causes, by, landmark)


def _beside(memory: Memory, study: Study, cohort: Cohort, causes: Causes, by: str, landmark):
    size = 1 if by == NO_SPLIT else len(split_labels(study, study.variable(by)))
    return first_by_group(memory, study, cohort, causes, by, landmark).risks(size)


def first_by_group(
    memory: Memory, study: Study, cohort: Cohort, causes: Causes, by: str, landmark: int | None
) -> FirstByGroup:
    """First events of the patients of a cohort who passed a landmark, by a variable if by any."""
    levels = () if by == NO_SPLIT else (Level(by),)
    ids = [causes.endpoint]
    if not causes.by_cells:
        ids += [one.alone for one in causes.causes if one.alone]
    of_cause = (Cause(causes.endpoint),) if causes.by_cells else ()
    columns = (*levels, *of_cause, *map(Time, ids), *map(Happened, ids))
    (found,) = counts(memory, study, Question(Who(cohort, causes.endpoint), (columns,)))
    outcomes = {one: _outcome(found.columns, one) for one in ids}
    codes = np.zeros(found.n.size, int)
    if levels:
        codes = split_of(study, study.variable(by), found.columns[levels[0]])
    everybody = np.ones(found.n.size, bool)
    return after(first_events(causes, outcomes), everybody, codes, causes, landmark, found.n)


def _outcome(columns, endpoint: str) -> EndpointData:
    time = columns[Time(endpoint)]
    known = time >= 0
    cause = columns.get(Cause(endpoint))
    return EndpointData(np.where(known, time, 0), columns[Happened(endpoint)], known, cause)
