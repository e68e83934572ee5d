"""Asks the analysis for the sections of the Compare arms page, and remembers the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.adjusted import Adjusted, adjusted_comparison
from analysis.arms import ArmComparison, compare_arms
from analysis.balance import balance_of_levels, balance_of_numbers
from analysis.competing_risks import causes, competing_risks
from analysis.response import compare_shares, response_by_level
from callbacks.across.answers import AcrossAnswers
from callbacks.across.arms import ArmsAcross
from callbacks.groups import in_analysis, landmark_days, split_codes
from callbacks.memory import LARGE
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.study import ARM, Study, Variable
from layouts.arm_context import ArmContext, BalanceResult, CompetingResult, ResponseResult
from layouts.arm_options import LANDMARK_DAYS, ArmOptions, covariates_of
from layouts.words import DAYS_PER


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
            next(i for i, arm in enumerate(study.arms) if arm.reference),
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


def covariate_frame(study: Study, names, rows, cut=()) -> pd.DataFrame:
    """Variables of the patients in view for a regression.

    Numbers stay numbers but those in ``cut``, which are cut into their ranges; levels keep their
    order, the reference arm first; a level without patients stays as a category.
    """
    columns = {}
    for name in dict.fromkeys(names):
        variable = study.variable(name)
        if variable.is_number and name not in cut:
            columns[name] = study.numbers[name][rows]
            continue
        codes, labels = split_codes(study, variable)
        codes, order = codes[rows], list(range(len(labels)))
        if name == ARM and len(study.arms) > 1:
            first = next(i for i, arm in enumerate(study.arms) if arm.reference)
            order = [first, *(i for i in order if i != first)]
        place = np.append(np.argsort(order), -1)  # -1 stays -1
        columns[name] = pd.Categorical.from_codes(
            place[codes], categories=[labels[i] for i in order]
        )
    return pd.DataFrame(columns, index=range(int(rows.sum())))


def _balanced_rows(study: Study, cohort: Cohort, endpoint_id: str, landmark) -> np.ndarray:
    """Patients whose balance is shown; bool of shape (N,)."""
    rows = in_analysis(study, endpoint_id, select(study, cohort), landmark)
    return rows & (study.codes[ARM] >= 0)


def _is_reference(study: Study, rows) -> np.ndarray:
    reference = next(i for i, arm in enumerate(study.arms) if arm.reference)
    return (study.codes[ARM][rows] == reference).astype(int)


def balance_result(
    study: Study, cohort: Cohort, endpoint_id: str, landmark, adjust, stratify
) -> BalanceResult:
    """Balance of every baseline variable, and the arms compared crude, adjusted and stratified."""
    rows = _balanced_rows(study, cohort, endpoint_id, landmark)
    is_reference = _is_reference(study, rows)
    variables = covariates_of(study)
    return BalanceResult(
        variables=variables,
        labels=tuple(() if v.is_number else split_codes(study, v)[1] for v in variables),
        balances=tuple(_balance_of(study, v, rows, is_reference) for v in variables),
        adjusted=adjusted_result(study, rows, endpoint_id, landmark, adjust, stratify),
    )


def competing_result(study: Study, cohort: Cohort, landmark) -> CompetingResult:
    """Cumulative incidence of the declared pair of endpoints by arm."""
    pair = study.comparison.competing
    event, composite = study.outcomes[pair.event], study.outcomes[pair.composite]
    time, cause = causes(composite.time, composite.event, event.time, event.event)
    everybody = select(study, cohort) & event.known & composite.known
    rows = everybody if landmark is None else everybody & (time > landmark)
    arm = study.codes.get(ARM, np.zeros(study.n, int))
    groups = []
    for position in range(max(len(study.arms), 1)):
        used = rows & (arm == position)
        known = used.any()
        groups.append(competing_risks(time[used] - (landmark or 0), cause[used]) if known else None)
    return CompetingResult(tuple(groups), int(everybody.sum() - rows.sum()))


def adjusted_result(study: Study, rows, endpoint_id: str, landmark, adjust, stratify) -> Adjusted:
    """The arms compared crude, adjusted and stratified."""
    outcome = study.outcomes[endpoint_id]
    frame = covariate_frame(study, (*adjust, *stratify), rows, cut=stratify)
    return adjusted_comparison(
        outcome.time[rows] - (landmark or 0),
        outcome.event[rows],
        1 - _is_reference(study, rows),
        covariate_frame(study, adjust, rows),
        frame[list(stratify)],
    )


def _balance_of(study: Study, variable: Variable, rows, is_reference):
    if variable.is_number:
        return balance_of_numbers(study.numbers[variable.id][rows], is_reference)
    codes, labels = split_codes(study, variable)
    return balance_of_levels(codes[rows], len(labels), is_reference)


def response_result(study: Study, rows, with_factors: bool = True) -> ResponseResult:
    """Response of the patients in view by arm, and by baseline factor unless not wanted."""
    declared = study.comparison.response
    n_arms = max(len(study.arms), 1)
    arm = study.codes.get(ARM, np.zeros(study.n, int))
    rows = rows & (arm >= 0)
    arm = arm[rows]
    reference = None
    if n_arms == 2:
        reference = next(i for i, one in enumerate(study.arms) if one.reference)
    best = study.variable(declared.variable)
    codes = study.codes[best.id][rows]
    # -1, not evaluable, is counted in the last row.
    size = len(best.levels) + 1
    counts = np.zeros((size, n_arms), int)
    np.add.at(counts, (codes % size, arm), 1)

    def comparison(variable: Variable, level_ids):
        yes = np.isin(
            study.codes[variable.id][rows],
            [i for i, level in enumerate(variable.levels) if level.id in level_ids],
        )
        return compare_shares(yes, arm, n_arms, reference), yes

    objective, responded = comparison(best, declared.responders)
    shrinkage = depth = None
    if declared.early_shrinkage:
        shrinkage, _ = comparison(study.variable(declared.early_shrinkage), declared.shrunk)
    known = (0,) * n_arms
    if declared.depth:
        values = study.numbers[declared.depth][rows]
        parts = [values[(arm == i) & np.isfinite(values)] for i in range(n_arms)]
        known = tuple(part.size for part in parts)
        depth = tuple(
            tuple(np.quantile(p, (0.25, 0.5, 0.75))) if p.size else (np.nan,) * 3 for p in parts
        )
    return ResponseResult(
        n=tuple(np.bincount(arm, minlength=n_arms).tolist()),
        categories=tuple(map(tuple, counts.tolist())),
        objective=objective,
        complete=comparison(best, declared.responders[:1])[0],
        control=comparison(best, declared.controlled)[0],
        shrinkage=shrinkage,
        depth=depth,
        depth_known=known,
        factors=_factors(study, rows, responded, arm, n_arms, reference) if with_factors else (),
    )


def _factors(study: Study, rows, responded, arm, n_arms: int, reference) -> tuple:
    found = []
    for variable in covariates_of(study):
        codes, labels = split_codes(study, variable)
        if len(labels) < 2:
            continue
        by_level = response_by_level(responded, codes[rows], len(labels), arm, n_arms, reference)
        found.append((variable, labels, by_level))
    return tuple(found)
