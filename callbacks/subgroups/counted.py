"""The Subgroups page of a study whose patients stay in a database, from counts."""

from __future__ import annotations

import numpy as np

from analysis.coded_variables import coded_variables
from analysis.subgroups import Subgroups, subgroups_of_counts
from callbacks.counted.joint import joint_of
from callbacks.counted.kinds import Kinds, analysed_n, kinds_of_each
from callbacks.groups import arm_labels, places_in_pair, split_labels
from callbacks.memory import Memory
from callbacks.subgroups.ask import start_day, subgroup_variables
from data.address import View
from data.cohort import Cohort
from data.patient_groups import Pair
from data.people import arms_held, cohort_n
from data.study import ARM, Study
from data.warehouse.question import Who
from layouts.shared.pairs import first_pair
from layouts.subgroups.context import SubgroupContext
from layouts.subgroups.numbers import LANDMARK_DAYS
from layouts.subgroups.options import SubgroupOptions


def counted(memory: Memory, study: Study, view: View, options: SubgroupOptions) -> SubgroupContext:
    """As `callbacks.subgroups.ask.ask`."""
    endpoint = study.endpoint(view.endpoint)
    variables = subgroup_variables(study, endpoint.id, options.of)
    names = tuple(variable.id for variable in variables)
    landmark = start_day(study, view)
    pair = first_pair(study, options.pair)
    return SubgroupContext(
        study=study,
        view=view,
        endpoint=endpoint,
        options=options,
        variables=variables,
        labels=tuple(split_labels(study, variable) for variable in variables),
        result=memory.recall(
            _subgroups, study, view.cohort, endpoint.id, names, landmark, options.ci, pair
        ),
        in_cohort=cohort_n(study, view.cohort),
        with_endpoint=analysed_n(memory, study, view.cohort, endpoint.id),
        landmark_days=landmark,
        pair=pair,
    )


def _subgroups(
    memory: Memory, study: Study, cohort: Cohort, endpoint: str, names, landmark, ci: str, pair
) -> Subgroups:
    compared = pair is not None and pair.places <= arms_held(study, cohort.analysis_set)
    arm = (ARM,) if compared else ()
    groupings = [arm, *((name, *arm) for name in names)]
    everybody, *each = kinds_of_each(memory, study, cohort, endpoint, landmark, groupings)
    variables = tuple(study.variable(name) for name in names)
    sizes = [len(split_labels(study, variable)) for variable in variables]
    places = pair if compared else None
    everyone = np.zeros(everybody.n.size, np.intp)
    return subgroups_of_counts(
        everybody.axis.time,
        _counts(everybody, everyone, 1, places)[0],
        [
            _counts(one, one.codes[name], size, places)
            for name, size, one in zip(names, sizes, each, strict=True)
        ],
        coded_variables(
            {name: np.zeros(0, int) for name in names}, dict(zip(names, sizes, strict=True))
        ),
        joint_of(memory, study, Who(cohort, endpoint, landmark), variables, ranges=True),
        landmarks=LANDMARK_DAYS,
        conf_type=ci,
        compared=compared,
        arm_labels=arm_labels(study, pair),
    )


def _counts(one: Kinds, codes: np.ndarray, size: int, pair: Pair | None) -> np.ndarray:
    """Patients by level, arm (reference, compared, neither), event and day: (size, 3, 2, T)."""
    arm = np.full(codes.size, 2)
    if pair is not None:
        # Of neither, -1, is the last place.
        arm = places_in_pair(one.study, pair)[one.arm].astype(np.intp) % 3
    shape = (size, 3, 2, one.axis.time.size)
    known = codes >= 0
    columns = (codes[known], arm[known], one.event[known], one.axis.code[known])
    cells = np.ravel_multi_index(columns, shape) if one.axis.time.size else np.zeros(0, np.intp)
    counts = np.bincount(cells, one.n[known], int(np.prod(shape)))
    return counts.astype(np.int64).reshape(shape)
