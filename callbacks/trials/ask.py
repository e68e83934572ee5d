"""What the Other trials page asks: the cohort's medians among the published ones."""

from __future__ import annotations

from dataclasses import replace

from callbacks.memory import Memory
from callbacks.survival.ask import ask as ask_survival
from callbacks.survival.counted import counted as survival_counted
from data.address import NO_SPLIT, View
from data.checking.slug import slug
from data.people import arms_held
from data.study import ARM, Study
from data.trials import published_results, results_for
from layouts.survival.options import SurvivalOptions
from layouts.trials.context import TrialsContext
from layouts.trials.options import EVERY_TREATMENT, TrialsOptions


def ask(memory: Memory, study: Study, view: View, options: TrialsOptions) -> TrialsContext:
    """The published results for the endpoint on screen, and the cohort by arm."""
    by = ARM if _arms_in_set(study, view) > 1 else NO_SPLIT
    ask_one = ask_survival if study.counted is None else survival_counted
    survival = ask_one(memory, study, replace(view, by=by), SurvivalOptions())
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
        quoted={one.id: one.title for one in memory.studies},
    )


def _arms_in_set(study: Study, view: View) -> int:
    """Arms that the analysis set has, whatever the filters leave of them."""
    if len(study.arms) < 2:
        return len(study.arms)
    return len(arms_held(study, view.cohort.analysis_set))
