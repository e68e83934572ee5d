"""What the Overview page asks of the analysis: its cards, Table 1 and the cohort flow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analysis.balance_chance import ChanceImbalance, chance_imbalance
from callbacks.curves import survival_groups
from callbacks.groups import arm_columns, arms_drawn, landmark_days, recorded_mask
from callbacks.incidence import incidence_beside
from callbacks.memory import PARTS, Memory
from callbacks.overview.counts import (
    endpoint_view,
    flow_lines,
    followed_longest,
    histogram_edges,
    patients_of,
    sizes_of,
    table_row,
)
from callbacks.overview.ranges import with_ranges
from callbacks.safety.ask import worst_of
from callbacks.shares import groups_of, response_card, severe_card
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.people import cohort_n
from data.study import ARM, Study
from layouts.overview.context import EndpointCard, OverviewContext, TableRow
from layouts.overview.options import OverviewOptions, table_variables

# Cohorts whose masks are kept, a byte for each patient and arm.
FEW_MASKS = 4


def ask(memory: Memory, study: Study, view: View, options: OverviewOptions) -> OverviewContext:
    """The overview of a study's patients on screen."""
    mask = patients_of(study, view)
    arms = arm_columns(study, view.cohort.analysis_set)
    groups = groups_of(study, mask, arms)
    variables = table_variables(study, options)
    endpoints = endpoint_cards(memory, study, view, arms, survival_groups, incidence_beside)
    longest = followed_longest(study)
    shares = [response_card(study, groups)]
    if study.adverse_events is not None:
        worst = worst_of(memory, study)
        shares.append(severe_card(study, groups, recorded_mask(study), worst))
    context = OverviewContext(
        study=study,
        view=view,
        options=options,
        arms=arms,
        sizes=sizes_of(study, view.cohort, arms),
        in_set=cohort_n(study, replace(view.cohort, filters=())),
        flow=flow_lines(study, view, arms),
        rows=tuple(
            memory.recall(_row, study, view.cohort, one.id, room=PARTS) for one in variables
        ),
        endpoints=endpoints,
        follow_up=next((one for one in endpoints if one.endpoint.id == longest), None),
        shares=tuple(one for one in shares if one),
        landmark_days=latest_start(study, view),
        chance=_chance_beside(memory, study, view.cohort, tuple(one.id for one in variables), arms),
    )
    return with_ranges(memory, context)


def _chance_beside(memory: Memory, study: Study, cohort: Cohort, names, arms):
    """What chance alone would give of the differences in Table 1; None without two arms."""
    if not arms or not names:
        return None
    return memory.recall(_chance, study, cohort, names)


def _chance(memory: Memory, study: Study, cohort: Cohort, names) -> ChanceImbalance | None:
    arm = study.codes[ARM]
    rows = np.flatnonzero(select(study, cohort) & (arm >= 0))
    if len(np.unique(arm[rows])) < 2:
        return None
    variables = [study.variable(name) for name in names]
    columns = [
        (study.numbers[one.id][rows], 0)
        if one.is_number
        else (study.codes[one.id][rows], len(one.levels))
        for one in variables
    ]
    return chance_imbalance(columns, arms_drawn(study, arm[rows]))


def latest_start(study: Study, view: View) -> int | None:
    """The last day from which a card counts; None where all count from the start."""
    days = [landmark_days(study, endpoint_view(view, one.id, NO_SPLIT)) for one in study.endpoints]
    return max((day for day in days if day is not None), default=None)


def endpoint_cards(
    memory: Memory, study: Study, view: View, arms, groups: Callable, beside: Callable
) -> tuple[EndpointCard, ...]:
    """The card of each endpoint.

    Parameters
    ----------
    groups, beside : functions
        `callbacks.curves.survival_groups` and `callbacks.incidence.incidence_beside`, or the same
        from counts.
    """
    asked = (memory, study, view, arms, groups, beside)
    return tuple(_endpoint(*asked, one.id) for one in study.endpoints)


def _endpoint(memory, study: Study, view: View, arms, groups, of_causes, endpoint_id: str):
    def survival(by: str):
        asked = endpoint_view(view, endpoint_id, by)
        landmark = landmark_days(study, asked)
        return groups(memory, study, view.cohort, endpoint_id, by, landmark, "log")

    def incidence(by: str):
        landmark = landmark_days(study, endpoint_view(view, endpoint_id, by))
        return of_causes(memory, study, view.cohort, endpoint_id, by, landmark)

    by_arm, beside = (), incidence(NO_SPLIT)
    if arms:
        found, of_arms = survival(ARM).groups, incidence(ARM)
        by_arm = tuple(found[place] for _, place in arms)
        beside += tuple(of_arms[place] for _, place in arms if of_arms)
    whole = survival(NO_SPLIT).groups[0]
    return EndpointCard(study.endpoint(endpoint_id), whole, by_arm, beside)


def _edges(memory: Memory, study: Study, set_id: str, name: str) -> np.ndarray:
    return histogram_edges(study, study.variable(name), set_id)


def _groups(memory: Memory, study: Study, cohort: Cohort) -> list[np.ndarray]:
    """The patients of a cohort, then those of each arm: of use to every row of the table."""
    return groups_of(study, select(study, cohort), arm_columns(study, cohort.analysis_set))


def _row(memory: Memory, study: Study, cohort: Cohort, name: str) -> TableRow:
    variable = study.variable(name)
    groups = memory.recall(_groups, study, cohort, room=FEW_MASKS)
    edges = None
    if variable.is_number:
        edges = memory.recall(_edges, study, cohort.analysis_set, name)
    return table_row(study, variable, groups, edges)
