"""What the page asks: the same questions as Survival, Overview and Safety, of nested cohorts."""

from __future__ import annotations

from dataclasses import replace

from callbacks.groups import arm_columns, recorded_mask
from callbacks.memory import Memory
from callbacks.safety.ask import ask as ask_safety
from callbacks.safety.ask import worst_of
from callbacks.shares import groups_of, response_card, severe_card
from callbacks.similar.order import ordered
from callbacks.similar.ranges import response_ranges
from callbacks.survival.ask import ask as ask_survival
from data.address import NO_SPLIT, View
from data.cohort import Cohort, select
from data.disclosure import answered, snapped
from data.study import ARM, Study
from layouts.safety.options import SafetyOptions
from layouts.similar.context import Criterion, SimilarContext, Step, too_small
from layouts.similar.options import SimilarOptions, default_window
from layouts.survival.options import SurvivalOptions

# One year stands in the table.
YEAR = 12.0


def ask(memory: Memory, study: Study, view: View, options: SimilarOptions) -> SimilarContext:
    """Patients like one, from all that is known of it to nothing."""
    names, by = ordered(memory, study, options)
    entries = {one.variable: one for one in options.mine}
    criteria = tuple(_criterion(study, entries[name]) for name in names)
    arms = arm_columns(study, view.cohort.analysis_set)
    sizes = range(len(criteria), -1, -1)
    steps = tuple(
        _step(memory, study, view, options, arms, criteria[:n], criteria[n:]) for n in sizes
    )
    focus = next((place for place, one in enumerate(steps) if not one.reason), None)
    asked = options.dropped
    if asked is not None and asked < len(steps) and not steps[asked].reason:
        focus = asked
    context = SimilarContext(
        study=study,
        view=view,
        options=options,
        endpoint=study.endpoint(options.endpoint),
        criteria=criteria,
        ordered_by=by,
        arms=arms,
        steps=steps,
        focus=focus,
    )
    return context if focus is None else _with_focus(memory, context)


def _with_focus(memory: Memory, context: SimilarContext) -> SimilarContext:
    """The cohort in focus as it goes on, and its adverse events."""
    study, view, options = context.study, context.view, context.options
    cohort = context.in_focus.cohort
    given = safety = None
    if options.alive:
        given = _survival(memory, study, view, cohort, options, context.arms, options.alive)
    if study.adverse_events is not None:
        asked = replace(view, page="safety", cohort=cohort, options=())
        safety = ask_safety(memory, study, asked, SafetyOptions(order="frequency"))
    return replace(context, given=given, safety=safety)


def _criterion(study: Study, entry) -> Criterion:
    variable = study.variable(entry.variable)
    window = None
    if variable.is_number:
        window = entry.window or default_window(study, variable)
    return Criterion(variable, entry, entry.filter(window), window)


def _step(memory, study: Study, view: View, options, arms, kept, dropped) -> Step:
    cohort = _narrowed(study, view.cohort, kept)
    survival = _survival(memory, study, view, cohort, options, arms)
    groups = groups_of(study, select(study, cohort), arms)
    severe = None
    if study.adverse_events is not None:
        severe = severe_card(study, groups, recorded_mask(study), worst_of(memory, study))
    result = survival.result
    events = sum(group.events for group in result.groups)
    reason = too_small(result.n, events, survival.endpoint)
    if not reason and not _told(study, cohort, result.n, events):
        reason = "not shown"
    return Step(
        kept=kept,
        dropped=dropped,
        cohort=cohort,
        survival=survival,
        response=response_card(study, groups),
        severe=severe,
        reason=reason,
        across=response_ranges(study, cohort, arms),
    )


def _told(study: Study, cohort: Cohort, n: int, events: int) -> bool:
    """Whether a cohort may be drawn at all."""
    least = study.disclosure
    enough = n >= least.minimum_cohort and events >= least.minimum_cell
    return enough and answered(study, cohort)


def _narrowed(study: Study, cohort: Cohort, kept: tuple[Criterion, ...]) -> Cohort:
    """The cohort with further filters, in the order in which a link has them."""
    filters = (*cohort.filters, *(one.filter for one in kept))
    place = {one.id: i for i, one in enumerate(study.variables)}
    filters = tuple(sorted(filters, key=lambda one: place[one.variable]))
    return snapped(study, replace(cohort, filters=filters))


def _survival(memory, study: Study, view: View, cohort: Cohort, options, arms, alive: float = 0.0):
    by = ARM if arms else NO_SPLIT
    asked = replace(
        view, page="survival", cohort=cohort, endpoint=options.endpoint, by=by, options=()
    )
    return ask_survival(memory, study, asked, SurvivalOptions(landmarks=(YEAR,), alive=alive))
