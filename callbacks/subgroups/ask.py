"""What the Subgroups page asks of the analysis: every level of every variable of one cohort."""

from __future__ import annotations

from dataclasses import replace

from analysis.coded_variables import coded_variables
from analysis.subgroups import Subgroups, subgroups
from callbacks.curves import axis_of
from callbacks.groups import arm_codes, arm_labels, in_analysis, landmark_days, split_codes
from callbacks.memory import Memory
from callbacks.subgroups.ranges import with_ranges
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study, Variable
from layouts.shared.pairs import first_pair
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.numbers import LANDMARK_DAYS
from layouts.subgroups.options import SubgroupOptions


def ask(memory: Memory, study: Study, view: View, options: SubgroupOptions) -> SubgroupContext:
    """All subgroups of a cohort for one endpoint with all that must be said beside them."""
    return with_ranges(memory, ask_one(memory, study, view, options))


def ask_one(memory: Memory, study: Study, view: View, options: SubgroupOptions) -> SubgroupContext:
    """The same of the data set shown alone, without ranges over others that fit as well."""
    endpoint = study.endpoint(view.endpoint)
    variables = subgroup_variables(study, endpoint.id, options.of)
    mask = select(study, view.cohort)
    names = tuple(variable.id for variable in variables)
    landmark = start_day(study, view)
    pair = first_pair(study, options.pair)
    known = mask & study.outcomes[endpoint.id].known
    return SubgroupContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        variables=variables,
        labels=tuple(split_codes(study, variable)[1] for variable in variables),
        result=memory.recall(
            _subgroups, study, view.cohort, endpoint.id, names, landmark, options.ci, pair
        ),
        in_cohort=int(mask.sum()),
        with_endpoint=int(known.sum()),
        landmark_days=landmark,
        pair=pair,
    )


def _subgroups(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id: str, names, landmark, ci: str, pair
) -> Subgroups:
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    split = {name: split_codes(study, study.variable(name)) for name in names}
    variables = coded_variables(
        {name: codes for name, (codes, _) in split.items()},
        {name: len(labels) for name, (_, labels) in split.items()},
    )
    return subgroups(
        axis_of(memory, study, endpoint_id, landmark),
        study.outcomes[endpoint_id].event,
        variables,
        rows,
        landmarks=LANDMARK_DAYS,
        conf_type=ci,
        arm=arm_codes(study, cohort, pair),
        arm_labels=arm_labels(study, pair),
    )


def start_day(study: Study, view: View) -> int | None:
    """The day from which time is counted; None from the start. No split is shown."""
    return landmark_days(study, replace(view, by=NO_SPLIT))


def subgroup_variables(study: Study, endpoint_id: str, of: str) -> tuple[Variable, ...]:
    """The variables of the Subgroups page: the paper's table, or all baseline variables.

    The arm is no subgroup, and what is known only after treatment began none that a patient could
    be put into beforehand.
    """
    baseline = [
        variable
        for variable in study.variables
        if not variable.after_baseline and variable.id != ARM
    ]
    table = study.published_subgroups.get(endpoint_id)
    if table is None:
        return tuple(baseline)
    printed = [study.variable(name) for name in table.order]
    if of == "published":
        return tuple(printed)
    return (*printed, *(variable for variable in baseline if variable not in printed))
