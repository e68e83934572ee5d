"""Asks the analysis for the sections of the Compare arms page, and remembers the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from analysis.arms import ArmComparison, compare_arms
from callbacks.arms.ranges import ArmsAcross
from callbacks.arms.sections import balance_result, competing_result, response_result
from callbacks.groups import in_analysis, landmark_days
from callbacks.memory import LARGE
from callbacks.survival.ranges import AcrossAnswers
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study
from layouts.arms.context import ArmContext, BalanceResult, CompetingResult, ResponseResult
from layouts.arms.options import LANDMARK_DAYS, ArmOptions
from layouts.shared.words import DAYS_PER


class ArmAnswers:
    """Asks the analysis about the arms of the studies of one catalog.

    Parameters
    ----------
    axis : function of (version, study id, endpoint id, landmark) to TimeAxis
        The memory of sorted times.
    sets : AcrossAnswers
        The memory of the data sets that fit a publication equally well.
    """

    def __init__(self, studies: tuple[Study, ...], axis: Callable, sets: AcrossAnswers):
        self._studies = {study.id: study for study in studies}
        self._axis = axis
        self._across = ArmsAcross(sets, self._section)
        self._remembered = {
            name: lru_cache(LARGE)(compute)
            for name, compute in (
                ("effect", self._effect),
                ("balance", self._balance),
                ("competing", self._competing),
                ("response", self._response),
            )
        }

    def __call__(self, study: Study, view: View, options: ArmOptions) -> ArmContext:
        """The section that the options show, with all that must be said beside it."""
        endpoint = study.endpoint(self._endpoint_id(study, view, options))
        landmark = landmark_days(study, replace(view, by=NO_SPLIT, endpoint=endpoint.id))
        if options.show == "response":
            landmark = None
        rows = select(study, view.cohort)
        used = rows
        if options.show != "response":
            used = in_analysis(study, endpoint.id, rows, landmark)
        obstacle, wider = _obstacle(study, view, options, used)
        result = None
        if not obstacle:
            # Only what a section depends on is part of its key.
            asked = {
                "effect": (options.ci, options.tau),
                "balance": (options.adjust, options.stratify),
            }.get(options.show, ())
            result = self._remembered[options.show](
                study.version, view.cohort, endpoint.id, landmark, *asked
            )
        context = ArmContext(
            study=study,
            view=view,
            endpoint=endpoint,
            options=options,
            result=result,
            obstacle=obstacle,
            wider=wider,
            in_cohort=int(rows.sum()),
            with_endpoint=int(used.sum()),
            landmark_days=landmark,
        )
        return self._across(context)

    def _section(self, study: Study, cohort: Cohort, endpoint_id, landmark, options: ArmOptions):
        """What a section states of one data set of a study, not remembered."""
        if options.show == "response":
            return response_result(study, select(study, cohort), with_factors=False)
        if options.show == "competing":
            return competing_result(study, cohort, landmark)
        return balance_result(
            study, cohort, endpoint_id, landmark, options.adjust, options.stratify
        )

    @staticmethod
    def _endpoint_id(study: Study, view: View, options: ArmOptions) -> str:
        """Competing risks are those of the declared pair of endpoints, whatever is chosen."""
        competing = study.comparison.competing
        return competing.event if options.show == "competing" and competing else view.endpoint

    def _effect(self, version, cohort: Cohort, endpoint_id, landmark, ci, tau) -> ArmComparison:
        study = self._studies[cohort.study]
        rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
        return compare_arms(
            self._axis(version, study.id, endpoint_id, landmark),
            study.outcomes[endpoint_id].event,
            study.codes[ARM],
            tuple(arm.label for arm in study.arms),
            study.reference,
            rows,
            tau=None if tau is None else tau * DAYS_PER["months"],
            landmarks=LANDMARK_DAYS,
            conf_type=ci,
        )

    def _balance(self, version, cohort, endpoint_id, landmark, adjust, stratify) -> BalanceResult:
        study = self._studies[cohort.study]
        return balance_result(study, cohort, endpoint_id, landmark, adjust, stratify)

    def _competing(self, version, cohort: Cohort, endpoint_id, landmark) -> CompetingResult:
        return competing_result(self._studies[cohort.study], cohort, landmark)

    def _response(self, version, cohort: Cohort, endpoint_id, landmark) -> ResponseResult:
        study = self._studies[cohort.study]
        return response_result(study, select(study, cohort))


def _obstacle(study: Study, view: View, options: ArmOptions, used) -> tuple[str, str]:
    """Why a section cannot be shown, in one sentence, and the set in which it could be."""
    if options.show == "competing" and study.comparison.competing is None:
        return "This study declares no competing events.", ""
    if options.show == "response" and study.comparison.response is None:
        return "This study has no response to treatment.", ""
    if not used.any():
        return "No patient is left for this analysis. Remove a filter above.", ""
    if options.show in ("competing", "response"):
        return "", ""
    if len(study.arms) != 2:
        return "This study does not compare two arms.", ""
    present = [arm.label for i, arm in enumerate(study.arms) if (study.codes[ARM][used] == i).any()]
    if len(present) == 2:
        return "", ""
    sentence = f"All patients in view are in one arm ({present[0]}): there is nothing to compare."
    return sentence, _wider_set(study, view)


def _wider_set(study: Study, view: View) -> str:
    """The analysis set in which both arms have patients under the same filters, or empty."""
    for one in study.analysis_sets:
        mask = select(study, replace(view.cohort, analysis_set=one.id))
        if len(np.unique(study.codes[ARM][mask])) == 2:
            return one.id
    return ""
