"""Subgroups, regressions and the comparison of arms as they leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.arms import ArmComparison
from analysis.cox.fit import CoxFit
from analysis.cox.interaction import Interaction, LevelEffect
from analysis.prognostic import Prognostic, Univariable
from analysis.screen import Screen
from analysis.subgroups import Subgroups
from callbacks.disclosure.about import About
from callbacks.disclosure.counts import written
from callbacks.disclosure.curves import released_curve, released_groups, tenths
from data.disclosure import few, hidden_cells
from data.study import ARM, Study, Variable
from layouts.shared.few import Few
from layouts.shared.steps import has_step


def released_arms(found: ArmComparison, about: About) -> ArmComparison:
    """Two arms compared; not where one of them has no numbers."""
    groups = released_groups(found.groups, replace(about, by=ARM))
    if any(
        one.n and not made.n for one, made in zip(found.groups.groups, groups.groups, strict=True)
    ):
        raise about.too_few()
    return replace(found, groups=groups, at_risk=tuple(about.count(n) for n in found.at_risk))


def released_subgroups(found: Subgroups, about: About) -> Subgroups:
    """Every level of every variable."""
    if few(found.overall.n, about.least):
        raise about.too_few()
    screen = found.screen
    gone = [_gone(screen, i, about) for i in range(len(screen.variables.names))]
    whole = found.overall_effect
    effects = tuple(
        _interaction(one, hidden, about)
        for one, hidden in zip(found.effects, gone, strict=bool(found.effects))
    )
    return replace(
        found,
        overall=released_curve(found.overall, about),
        screen=_screen(screen, gone, about),
        effects=effects,
        overall_effect=None if whole is None else _effect(whole, about),
    )


def _gone(screen: Screen, position: int, about: About) -> set[int]:
    """Places of the levels of a variable that have no numbers."""
    start = int(screen.variables.first[position])
    sizes = screen.n[start : start + int(screen.variables.n_levels[position])]
    hidden = about.hidden(screen.variables.names[position])
    gone = {i for i, n in enumerate(sizes) if n and (i in hidden or few(int(n), about.least))}
    left = int(screen.left_out[position])
    while few(left + int(sum(sizes[i] for i in gone)), about.cell):
        rest = [i for i, n in enumerate(sizes) if n and i not in gone]
        if not rest:
            break
        gone.add(min(rest, key=lambda i: sizes[i]))
    return gone


def _screen(screen: Screen, gone: list[set[int]], about: About) -> Screen:
    blank = np.zeros(screen.n.shape, bool)
    few_events = np.zeros(screen.n.shape, bool)
    for position, places in enumerate(gone):
        start = int(screen.variables.first[position])
        rows = slice(start, start + int(screen.variables.n_levels[position]))
        blank[[start + place for place in places]] = True
        events = np.where(blank[rows], 0, screen.events[rows])
        few_events[rows] = hidden_cells(events, about.cell)
    for place in np.flatnonzero(blank):
        about.named(_level_name(screen, int(place), about.study), int(screen.n[place]))
    n = written(screen.n, blank, about.least)
    events = written(screen.events, blank | few_events, about.cell)
    arrays = {}
    for name in ("median", "median_lower", "median_upper"):
        arrays[name] = np.where(blank, np.nan, tenths(getattr(screen, name)))
    for name in ("survival", "survival_lower", "survival_upper"):
        arrays[name] = np.where(blank[:, None], np.nan, getattr(screen, name))
    left = np.array([about.count(int(one)) for one in screen.left_out], object)
    return replace(screen, n=n, events=events, left_out=left, **arrays)


def _level_name(screen: Screen, place: int, study: Study) -> str:
    variable = study.variable(screen.variables.names[int(screen.variables.variable[place])])
    return level_name(variable, int(screen.variables.level[place]))


def level_name(variable: Variable, place: int) -> str:
    """A level with its variable."""
    label = variable.levels[place].label if place < len(variable.levels) else "Missing"
    return f"{variable.label} {label}"


def _interaction(found: Interaction, gone: set[int], about: About) -> Interaction:
    """The effect in each level; an arm of what is left out is nobody or enough patients."""
    sizes = np.array([one.n for one in found.levels], int).reshape(len(found.levels), -1)
    blank = {
        i for i, n in enumerate(sizes) if i in gone or any(few(int(one), about.least) for one in n)
    }
    while any(few(int(n), about.cell) for n in sizes[sorted(blank)].sum(axis=0)):
        rest = [i for i in range(len(sizes)) if i not in blank and sizes[i].any()]
        if not rest:
            break
        blank.add(min(rest, key=lambda i: sizes[i].sum()))
    levels = tuple(
        _blank_effect(one, about) if i in blank else _effect(one, about)
        for i, one in enumerate(found.levels)
    )
    return replace(found, levels=levels)


def _effect(one: LevelEffect, about: About) -> LevelEffect:
    if any(few(n, about.least) for n in one.n):
        return _blank_effect(one, about)
    return replace(one, events=tuple(about.counts(one.events)))


def _blank_effect(one: LevelEffect, about: About) -> LevelEffect:
    n, events = (tuple(Few(least) for _ in one.n) for least in (about.least, about.cell))
    return replace(
        one, n=n, events=events, hazard_ratio=np.nan, lower=np.nan, upper=np.nan, p_value=np.nan
    )


def released_factors(found: Prognostic, about: About) -> Prognostic:
    """Every factor alone, and some together."""
    hidden = {one.name: _hidden_levels(one, about) for one in found.univariable}
    multi = found.multivariable
    if multi is not None:
        if few(multi.n, about.least):
            raise about.too_few()
        for name, places in hidden.items():
            multi = _without(multi, name, places, about)
        multi = replace(multi, n_events=about.count(multi.n_events))
    return replace(
        found,
        univariable=tuple(_univariable(one, hidden[one.name], about) for one in found.univariable),
        multivariable=multi,
    )


def _hidden_levels(one: Univariable, about: About) -> set[int]:
    if has_step(about.study, about.study.variable(one.name)):
        if few(int(one.n.sum()), about.least):
            raise about.too_few()
        return set()
    places = about.hidden(one.name)
    if one.name == ARM and len(about.study.arms) > 1:
        # The model has the reference first.
        order = sorted(range(len(one.n)), key=lambda i: i != about.study.reference)
        places = frozenset(order.index(place) for place in places if place < len(order))
    return {i for i, n in enumerate(one.n) if n and (i in places or few(int(n), about.least))}


def _univariable(one: Univariable, places: set[int], about: About) -> Univariable:
    blank = np.isin(np.arange(len(one.n)), list(places))
    for place in places:
        about.named(level_name(about.study.variable(one.name), place), int(one.n[place]))
    events = np.where(blank, 0, one.events)
    few_events = (
        hidden_cells(events, about.cell)
        if len(events) > 1
        else np.array([few(int(n), about.cell) for n in events])
    )
    return replace(
        one,
        fit=_without(one.fit, one.name, places, about),
        n=written(one.n, blank, about.least),
        events=written(one.events, blank | few_events, about.cell),
    )


def _without(fit: CoxFit, name: str, places: set[int], about: About) -> CoxFit:
    """A model without the estimates of some levels of a variable."""
    variable = about.study.variable(name)
    if not places or variable is None or has_step(about.study, variable):
        return fit
    labels = [level.label for level in variable.levels] + ["Missing"]
    if name == ARM and len(about.study.arms) > 1:
        labels[:-1] = sorted(
            labels[:-1], key=lambda one: one != variable.levels[about.study.reference].label
        )
    terms = {f"{name}={labels[place]}" for place in places}
    gone = np.array([term in terms for term in fit.terms], bool)
    names = ("coef", "se", "hazard_ratio", "lower", "upper", "p_value")
    return replace(fit, **{one: np.where(gone, np.nan, getattr(fit, one)) for one in names})
