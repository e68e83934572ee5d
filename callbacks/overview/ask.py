"""Asks for overviews and remembers what is used by several of their parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from callbacks.groups import landmark_days
from callbacks.memory import PARTS, VIEWS
from callbacks.overview.counts import (
    arm_columns,
    endpoint_view,
    flow_lines,
    followed_longest,
    groups_of,
    histogram_edges,
    patients_of,
    response_card,
    severe_card,
    table_row,
)
from callbacks.overview.ranges import OverviewAcross
from callbacks.safety.counts import recorded_mask
from callbacks.survival.ranges import AcrossAnswers
from data.address import NO_SPLIT, View
from data.cohort import Cohort, set_mask
from data.study import ARM, Study
from layouts.overview.context import EndpointCard, OverviewContext, TableRow
from layouts.overview.options import OverviewOptions, table_variables


class OverviewAnswers:
    """Asks the analysis what the Overview page states.

    Parameters
    ----------
    survival : function of (version, cohort, endpoint id, split, landmark, conf_type)
        The memory of survival results.
    worst : function of Study
        Worst grades of each patient for each adverse event.
    pages : frozenset of str
        Pages that exist.
    sets : AcrossAnswers
        The memory of the data sets that fit a publication equally well.
    """

    def __init__(
        self,
        studies: tuple[Study, ...],
        survival: Callable,
        worst: Callable,
        pages: frozenset[str],
        sets: AcrossAnswers,
    ):
        self._studies = {study.id: study for study in studies}
        self._survival = survival
        self._worst = worst
        self._pages = pages
        self._across = OverviewAcross(sets)
        self._edges = lru_cache(VIEWS)(self._compute_edges)
        self._row = lru_cache(PARTS)(self._compute_row)

    def __call__(self, study: Study, view: View, options: OverviewOptions) -> OverviewContext:
        """The overview of a study's patients on screen."""
        mask = patients_of(study, view)
        arms = arm_columns(study, view.cohort.analysis_set)
        groups = groups_of(study, mask, arms)
        variables = table_variables(study, options)
        days = [
            landmark_days(study, endpoint_view(view, one.id, NO_SPLIT)) for one in study.endpoints
        ]
        endpoints = tuple(self._endpoint(study, view, one.id, arms) for one in study.endpoints)
        longest = followed_longest(study)
        shares = [response_card(study, groups)]
        if study.adverse_events is not None:
            shares.append(severe_card(study, groups, recorded_mask(study), self._worst(study)))
        context = OverviewContext(
            study=study,
            view=view,
            options=options,
            arms=arms,
            sizes=tuple(int(group.sum()) for group in groups),
            in_set=int(set_mask(study, view.cohort.analysis_set).sum()),
            flow=flow_lines(study, view, arms),
            rows=tuple(self._row(study.version, view.cohort, one.id) for one in variables),
            endpoints=endpoints,
            follow_up=next((one for one in endpoints if one.endpoint.id == longest), None),
            shares=tuple(one for one in shares if one),
            landmark_days=max((day for day in days if day is not None), default=None),
            pages=self._pages,
        )
        return self._across(context)

    def _endpoint(self, study: Study, view: View, endpoint_id: str, arms) -> EndpointCard:
        def ask(by: str):
            asked = endpoint_view(view, endpoint_id, by)
            landmark = landmark_days(study, asked)
            return self._survival(study.version, view.cohort, endpoint_id, by, landmark, "log")

        by_arm = ()
        if arms:
            found = ask(ARM).groups
            by_arm = tuple(found[place] for _, place in arms)
        return EndpointCard(study.endpoint(endpoint_id), ask(NO_SPLIT).groups[0], by_arm)

    def _compute_edges(self, version: str, study_id: str, set_id: str, name: str) -> np.ndarray:
        study = self._studies[study_id]
        return histogram_edges(study, study.variable(name), set_id)

    def _compute_row(self, version: str, cohort: Cohort, name: str) -> TableRow:
        study = self._studies[cohort.study]
        variable = study.variable(name)
        view = View("", cohort, "", NO_SPLIT)
        groups = groups_of(study, patients_of(study, view), arm_columns(study, cohort.analysis_set))
        edges = None
        if variable.is_number:
            edges = self._edges(version, study.id, cohort.analysis_set, name)
        return table_row(study, variable, groups, edges)
