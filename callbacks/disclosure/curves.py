"""Survival curves as they leave the server: steps of several events, no exact day, no censoring.

The numbers that stand beside a curve (median, follow-up, restricted mean, survival at 12 and 24
months, the test) are those of all days; the curve, its table at risk and its file are of steps at
which at least ``minimum_cell`` events have come together since the last one, as in ``round_km`` of
OpenSAFELY. A step stands at a tenth of a month.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.event_table import EventTable
from analysis.survival import Estimate, KaplanMeier, RestrictedMean, StepValues, kaplan_meier
from analysis.survival_groups import GroupSurvival, SurvivalGroups
from callbacks.disclosure.about import About
from data.address import NO_SPLIT
from data.disclosure import few, hidden_cells
from layouts.shared.few import Few
from layouts.shared.words import DAYS_PER

MONTH = DAYS_PER["months"]
# Days at which survival is read off the exact curve; at any other it is that of the steps, for who
# may ask for every day can read off when each event was.
FIXED = (12 * MONTH, 24 * MONTH)
NOTHING = Estimate(np.nan, np.nan, np.nan)


@dataclass(frozen=True, eq=False)
class ReleasedCurve(KaplanMeier):
    """A curve of steps; what is read off the exact one stands beside it.

    Attributes
    ----------
    exact : Estimate
        The median.
    fixed : StepValues
        Survival at the `FIXED` days.
    rises : bool
    """

    exact: Estimate
    fixed: StepValues
    rises: bool

    @property
    def median(self) -> Estimate:
        return self.exact

    @property
    def marks_censoring(self) -> bool:
        return False

    @property
    def limit_rises_again(self) -> bool:
        return self.rises

    def at(self, times) -> StepValues:
        """As of a Kaplan–Meier curve, on the exact one at the `FIXED` days."""
        read = KaplanMeier.at(self, times)
        for i, time in enumerate(read.time):
            for j in np.flatnonzero(np.isclose(self.fixed.time, time, rtol=0, atol=1e-6)):
                for name in ("survival", "lower", "upper", "std_err"):
                    getattr(read, name)[i] = getattr(self.fixed, name)[j]
        return read


def in_tenths(one: Estimate) -> Estimate:
    """A time with its limits as it is printed, so that no payload holds the day."""
    return Estimate(*(float(tenths(x)) for x in (one.value, one.lower, one.upper)))


@dataclass(frozen=True)
class _Steps:
    """Places of an exact curve at which the released one stands, and the counts between them."""

    place: np.ndarray
    time: np.ndarray
    n_risk: np.ndarray
    n_event: np.ndarray
    n_censor: np.ndarray


def tenths(days) -> np.ndarray:
    """Days at whole tenths of a month."""
    return np.round(np.asarray(days, float) / MONTH, 1) * MONTH


def _steps(curve: KaplanMeier, least: int) -> _Steps:
    """The steps of a curve, and a last point up to which ``least`` patients are followed."""
    places: list[int] = []
    for i in reached(curve.n_event, least):
        # Steps within one tenth of a month are one step.
        if places and tenths(curve.time[i]) == tenths(curve.time[places[-1]]):
            places.pop()
        places.append(i)
    place = np.array(places, int)
    # Gone by and with each step: whatever happened since the last one.
    ends = np.cumsum(curve.n_event)[place], np.cumsum(curve.n_censor)[place]
    events, censored = (np.diff(one, prepend=0) for one in ends)
    before = np.concatenate([[0], np.cumsum(events + censored)[:-1]]) if places else np.zeros(0)
    time, at_risk = tenths(curve.time[place]), (curve.n - before).astype(int)
    followed = np.flatnonzero(curve.n_risk >= least)
    end = tenths(curve.time[followed[-1]]) if followed.size else 0.0
    if end > (time[-1] if places else -1.0):
        place = np.append(place, places[-1] if places else -1)
        time = np.append(time, end)
        left = curve.n - int((events + censored).sum())
        at_risk = np.append(at_risk, left)
        events, censored = np.append(events, 0), np.append(censored, 0)
    return _Steps(place, time, at_risk, events.astype(int), censored.astype(int))


def reached(events, least: int) -> list[int]:
    """Places at which ``least`` events have come together since the last such place."""
    places, since = [], 0
    for i, here in enumerate(events):
        since += int(here)
        if since >= least:
            places.append(i)
            since = 0
    return places


def released_curve(curve: KaplanMeier, about: About) -> KaplanMeier:
    """A curve as it leaves; without anything where it is of too few patients."""
    if isinstance(curve, ReleasedCurve) or not curve.n:
        return curve
    if few(curve.n, about.least):
        return blank_curve(curve, about)
    steps = _steps(curve, about.cell)
    at_start = steps.place < 0

    def read(values, start: float) -> np.ndarray:
        return np.where(at_start, start, np.asarray(values, float)[steps.place])

    events = int(curve.n_events)
    return ReleasedCurve(
        time=steps.time,
        n_risk=steps.n_risk,
        n_event=steps.n_event,
        n_censor=steps.n_censor,
        survival=read(curve.survival, 1.0),
        lower=read(curve.lower, 1.0),
        upper=read(curve.upper, 1.0),
        std_err=read(curve.std_err, 0.0),
        n=curve.n,
        n_events=about.count(events),
        conf_type=curve.conf_type,
        conf_level=curve.conf_level,
        method=curve.method,
        exact=in_tenths(curve.median),
        fixed=_fixed(curve, about),
        rises=curve.limit_rises_again,
    )


def _fixed(curve: KaplanMeier, about: About) -> StepValues:
    """Survival at the fixed days; not where only few had the event by then."""
    read = curve.at(FIXED)
    by_then = [int(curve.n_event[curve.time <= day].sum()) for day in FIXED]
    hidden = np.array([few(n, about.cell) for n in by_then])
    arrays = {
        name: np.where(hidden, np.nan, getattr(read, name))
        for name in ("survival", "lower", "upper", "std_err")
    }
    return replace(read, **arrays)


def blank_curve(curve: KaplanMeier, about: About) -> KaplanMeier:
    """In place of a curve of too few patients."""
    nothing = kaplan_meier([], [], conf_type=curve.conf_type)
    return replace(nothing, n=Few(about.least), n_events=Few(about.cell))


def released_group(group: GroupSurvival, about: About, hidden: bool = False) -> GroupSurvival:
    """One group; a hidden one keeps its name and its place."""
    if hidden or few(group.n, about.least):
        about.named(group.label, group.n)
        mean = RestrictedMean(np.nan, np.nan, group.restricted_mean.tau, 0)
        curve = blank_curve(group.curve, about)
        return replace(group, curve=curve, median=NOTHING, follow_up=NOTHING, restricted_mean=mean)
    mean = replace(group.restricted_mean, at_risk=about.count(group.restricted_mean.at_risk))
    return replace(
        group,
        curve=released_curve(group.curve, about),
        median=in_tenths(group.median),
        follow_up=in_tenths(group.follow_up),
        restricted_mean=mean,
    )


def released_groups(found: SurvivalGroups, about: About, beside: int = 0) -> SurvivalGroups:
    """All groups of a split. The test is that of all patients, hidden groups among them.

    Parameters
    ----------
    beside : int
        Patients of the cohort who are not in the analysis.
    """
    if isinstance(found.groups[0].curve, ReleasedCurve) or not found.n:
        return found
    gone = _gone(found, about, beside)
    groups = [released_group(one, about, place in gone) for place, one in enumerate(found.groups)]
    shown = [place for place, one in enumerate(groups) if one.n]
    if not shown:
        raise about.withheld([one.n for one in found.groups])
    # Events of the whole cohort are on the page without a split.
    hidden = hidden_cells([found.groups[place].events for place in shown], about.cell)
    for place, marked in zip(shown, hidden, strict=True):
        if marked and len(shown) > 1:
            curve = replace(groups[place].curve, n_events=Few(about.cell))
            groups[place] = replace(groups[place], curve=curve)
    test = found.test
    if test is not None:
        unknown = np.full(len(test.observed), np.nan)
        test = replace(test, observed=unknown, expected=unknown, n=unknown)
    return SurvivalGroups(
        tuple(groups), _table(groups), test, found.horizon, about.count(found.left_out)
    )


def _gone(found: SurvivalGroups, about: About, beside: int) -> set[int]:
    """Places of the groups that are not shown; what all others leave over is enough or nobody."""
    sizes = {place: one.n for place, one in enumerate(found.groups) if one.n}
    hidden = about.hidden(about.by)
    gone = {
        place
        for place, n in sizes.items()
        if few(n, about.least) or found.groups[place].position in hidden
    }
    while few(beside + found.left_out + sum(sizes[place] for place in gone), about.cell):
        rest = [place for place in sizes if place not in gone]
        if about.by == NO_SPLIT or not rest:
            break
        gone.add(min(rest, key=sizes.__getitem__))
    return gone


def _table(groups: list[GroupSurvival]) -> EventTable:
    """The event table of released curves: all steps of all groups."""
    time = np.unique(np.concatenate([one.curve.time.astype(float) for one in groups]))
    counts = np.zeros((2, len(groups), time.size), int)
    sizes = np.array([one.n if one.n else 0 for one in groups], int)
    for place, one in enumerate(groups):
        where = np.searchsorted(time, one.curve.time)
        counts[0, place, where] = one.curve.n_event
        counts[1, place, where] = one.curve.n_censor
    gone = counts.sum(axis=0).cumsum(axis=1)
    before = np.concatenate([np.zeros((len(groups), 1), int), gone[:, :-1]], axis=1)
    return EventTable(time, sizes[:, None] - before[:, : time.size], *counts, sizes)
