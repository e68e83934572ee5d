"""Asks the analysis for the Other trials page: the cohort's medians among the published ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from data.address import NO_SPLIT, View
from data.checking.slug import slug
from data.cohort import set_mask
from data.study import ARM, Study
from data.trials import published_results, results_for
from layouts.survival.context import SurvivalContext
from layouts.survival.options import SurvivalOptions
from layouts.trials.context import TrialsContext
from layouts.trials.options import EVERY_TREATMENT, TrialsOptions


class TrialsAnswers:
    """Sets cohorts of the studies of one catalog among the published results."""

    def __init__(self, studies: tuple[Study, ...], survival: Callable[..., SurvivalContext]):
        self._titles = {study.id: study.title for study in studies}
        self._survival = survival

    def __call__(self, study: Study, view: View, options: TrialsOptions) -> TrialsContext:
        """The published results for the endpoint on screen, and the cohort by arm."""
        by = ARM if _arms_in_set(study, view) > 1 else NO_SPLIT
        survival = self._survival(study, replace(view, by=by), SurvivalOptions())
        others = [
            one
            for one in results_for(survival.endpoint, published_results())
            if one.of_study != study.id
        ]
        chosen = [one for one in others if options.group in (EVERY_TREATMENT, slug(one.treatment))]
        return TrialsContext(
            survival=survival,
            options=options,
            results=tuple(chosen),
            hidden=len(others) - len(chosen),
            quoted=self._titles,
        )


def _arms_in_set(study: Study, view: View) -> int:
    """Arms that the analysis set has, whatever the filters leave of them."""
    if len(study.arms) < 2:
        return len(study.arms)
    codes = study.codes[ARM][set_mask(study, view.cohort.analysis_set)]
    return len(set(codes.tolist()) - {-1})
