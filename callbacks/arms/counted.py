"""The Compare arms page of a study whose patients stay in a database, from counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.adjusted import adjusted_comparison
from analysis.arms import ArmComparison, compare_arms
from analysis.balance_chance import ChanceImbalance, chance_in_the_limit
from analysis.event_table import event_table
from analysis.permutation import PermutationTest, permutation_logrank
from callbacks.arms.ask import Parts, ask_parts
from callbacks.arms.in_view import Together, Wanted
from callbacks.arms.sections import balance_of_all, balance_of_pair, response_result
from callbacks.counted.counts import counts
from callbacks.counted.curves import first_by_group, incidence_beside, survival_groups
from callbacks.counted.joint import joint_of
from callbacks.counted.kinds import kinds
from callbacks.groups import drawn_order
from callbacks.memory import Memory
from data.address import NO_SPLIT, View
from data.cohort import Cohort, Filter
from data.pairs import pair_cohort
from data.patient_groups import Pair
from data.study import ARM, Study
from data.warehouse.question import Level, Question, Value, Who
from layouts.arms.context import (
    AllArms,
    AllBalance,
    ArmContext,
    BalanceResult,
    CompetingResult,
    ResponseResult,
)
from layouts.arms.options import LANDMARK_DAYS, ArmOptions, covariates_of
from layouts.shared.words import DAYS_PER


def counted(memory: Memory, study: Study, view: View, options: ArmOptions) -> ArmContext:
    """As `callbacks.arms.ask.ask`; numbers enter regressions by their ranges."""
    return ask_parts(memory, study, view, options, OF_COUNTS)


@dataclass(frozen=True, eq=False)
class Kinds:
    """Patients with an arm by kind: an `InView`."""

    memory: Memory
    study: Study
    who: Who

    def each(self, *wanted: Wanted) -> tuple[Together, ...]:
        """See `callbacks.arms.in_view.InView`."""
        if not wanted:
            return ()
        arm = (Level(ARM),) if self.study.arms else ()
        asked = tuple(
            tuple(dict.fromkeys((*arm, *map(Level, one.levels), *map(Value, one.numbers))))
            for one in wanted
        )
        found = counts(self.memory, self.study, Question(self.who, asked))
        return tuple(
            Together(
                self.study,
                {name: part.columns[Level(name)] for name in one.levels},
                {name: part.columns[Value(name)] for name in one.numbers},
                part.columns[arm[0]] if arm else np.zeros(part.n.size, int),
                part.n,
            )
            for one, part in zip(wanted, found, strict=True)
        )


def with_arm(study: Study, cohort: Cohort) -> Cohort:
    """The patients of a cohort who have an arm."""
    variable = study.variable(ARM)
    if variable is None or not study.has_missing(variable):
        return cohort
    allowed = {level.id for level in variable.levels}
    for one in cohort.filters:
        if one.variable == ARM:
            allowed &= set(one.levels)
    levels = tuple(level.id for level in variable.levels if level.id in allowed)
    rest = cohort.without(ARM)
    return replace(rest, filters=(*rest.filters, Filter(ARM, levels)))


def _kinds_of(memory, study, cohort: Cohort, endpoint: str = "", landmark=None) -> Kinds:
    return Kinds(memory, study, Who(with_arm(study, cohort), endpoint, landmark))


def _in_view(memory: Memory, study: Study, cohort: Cohort, endpoint: str, landmark):
    columns = (Level(ARM),) if study.arms else ()
    (found,) = counts(memory, study, Question(Who(cohort, endpoint, landmark), (columns,)))
    sizes = np.zeros(len(study.arms), np.int64)
    if columns:
        arm = found.columns[columns[0]]
        np.add.at(sizes, arm[arm >= 0], found.n[arm >= 0])
    return found.total, sizes


def _effect(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint_id,
    landmark,
    pair: Pair,
    ci,
    tau,
    whole: bool,
) -> ArmComparison:
    found = kinds(memory, study, pair_cohort(study, cohort, pair), endpoint_id, landmark, ARM)
    return compare_arms(
        found.axis,
        found.event,
        found.arm,
        tuple(arm.label for arm in study.arms),
        pair.reference,
        np.ones(found.n.size, bool),
        compared=pair.compared,
        tau=None if tau is None else tau * DAYS_PER["months"],
        landmarks=LANDMARK_DAYS,
        conf_type=ci,
        permute=whole,
        patients=found.n,
    )


def _all_arms(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, ci) -> AllArms:
    groups = survival_groups(memory, study, cohort, endpoint_id, ARM, landmark, ci)
    return AllArms(groups, memory.recall(_permuted, study, cohort, endpoint_id, landmark))


def _permuted(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark
) -> PermutationTest:
    found = kinds(memory, study, with_arm(study, cohort), endpoint_id, landmark, ARM)
    return permutation_logrank(found.axis, found.event, found.arm, patients=found.n)


def _balance(
    memory: Memory,
    study: Study,
    cohort: Cohort,
    endpoint_id,
    landmark,
    pair: Pair,
    adjust,
    stratify,
    whole: bool,
) -> BalanceResult:
    asked = (with_arm(study, pair_cohort(study, cohort, pair)), endpoint_id, landmark)
    found = kinds(memory, study, *asked, ARM, *adjust, *stratify)
    models = adjusted_comparison(
        found.time,
        found.event,
        (found.arm != pair.reference).astype(int),
        found.frame(adjust),
        found.frame(stratify),
        found.n,
    )
    made = balance_of_pair(_kinds_of(memory, study, *asked), pair, models)
    if not whole:
        return made
    return replace(made, chance=memory.recall(_chance, study, *asked))


def _all_balance(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> AllBalance:
    asked = (with_arm(study, cohort), endpoint_id, landmark)
    found = kinds(memory, study, *asked, ARM)
    table = event_table(found.axis, found.event, found.arm, len(study.arms), patients=found.n)
    made = balance_of_all(_kinds_of(memory, study, *asked), table)
    return replace(made, chance=memory.recall(_chance, study, *asked))


def _chance(memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark) -> ChanceImbalance:
    who = Who(cohort, endpoint_id, landmark)
    joint = joint_of(memory, study, who, covariates_of(study))
    _, sizes = _in_view(memory, study, cohort, endpoint_id, landmark)
    drawn = sizes[drawn_order(study)]
    held = drawn[drawn > 0]
    return chance_in_the_limit(joint, np.pad(held, (0, max(2 - held.size, 0))))


def _competing(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair
) -> CompetingResult:
    causes = study.causes_of(endpoint_id)
    by = ARM if study.arms else NO_SPLIT
    first = first_by_group(memory, study, cohort, causes, by, landmark)
    size = max(len(study.arms), 1)
    # Who has no arm is in no group, also where that is a level of its own.
    first = replace(first, codes=np.where(first.codes < size, first.codes, -1))
    return CompetingResult(causes.causes, first.risks(size), first.gray(), first.without)


def _response(
    memory: Memory, study: Study, cohort: Cohort, endpoint_id, landmark, pair
) -> ResponseResult:
    return response_result(_kinds_of(memory, study, cohort), pair)


OF_COUNTS = Parts(
    in_view=_in_view,
    incidence=incidence_beside,
    sections={
        "effect": _effect,
        "balance": _balance,
        "competing": _competing,
        "response": _response,
    },
    of_all={"effect": _all_arms, "balance": _all_balance},
)
