"""Cumulative incidences and shares over time as they leave: in steps of several events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.competing_risks import CompetingRisks, Incidence
from callbacks.disclosure.about import About
from callbacks.disclosure.curves import reached, released_curve, tenths
from data.disclosure import few


def released_risks(found: CompetingRisks, about: About) -> CompetingRisks | None:
    """Cumulative incidence in steps of several events; none of too few patients."""
    if few(found.n, about.least):
        return None
    censored = found.n - sum(found.counts)
    return CompetingRisks(
        found.n,
        tuple(about.counts([*found.counts, censored])[:-1]),
        tuple(released_incidence(one, found, about) for one in found.incidences),
        released_curve(found.free, about),
        released_curve(found.naive, about),
    )


@dataclass(frozen=True, eq=False)
class ReleasedIncidence(Incidence):
    """An incidence of steps, with the median and the end of the exact one."""

    exact: float
    end: float

    def median(self) -> float:
        return self.exact

    @property
    def last(self) -> float:
        return self.end


def released_incidence(one: Incidence, of: CompetingRisks, about: About) -> Incidence:
    """The incidence of one cause where enough of its events have come together."""
    if isinstance(one, ReleasedIncidence) or not one.time.size:
        return one
    every = sum(cause.value for cause in of.incidences)
    survival = 1 - np.concatenate([[0.0], every[:-1]])
    at_risk = np.array([of.naive.n_risk[of.naive.time >= day][0] for day in one.time])
    jumps = np.diff(one.value, prepend=0.0)
    events = np.round(np.divide(jumps * at_risk, survival, where=survival > 0, out=0 * jumps))
    place = np.array(reached(events, about.cell), int)
    time = tenths(one.time[place])
    last = np.append(np.diff(time) > 0, True)[: place.size]
    place, time = place[last], time[last]
    total = int(events.sum())
    end = np.nan if few(total, about.cell) else one.last
    arrays = (one.value[place], one.lower[place], one.upper[place])
    # Flat up to where the curve of the event alone ends too.
    until = float(released_curve(of.naive, about).time[-1])
    if not time.size or until > time[-1]:
        time = np.append(time, until)
        arrays = tuple(
            np.append(values, values[-1] if values.size else start)
            for values, start in zip(arrays, (0.0, np.nan, np.nan), strict=True)
        )
    return ReleasedIncidence(
        time, *arrays, False, exact=float(tenths(one.median())), end=float(end)
    )


def released_rise(curve, n: int, about: About) -> tuple[np.ndarray, np.ndarray]:
    """A rising share of n patients by months, where enough more have come together.

    Parameters
    ----------
    curve : (months, shares)
    """
    months, shares = (np.asarray(one, float) for one in curve)
    if few(n, about.least):
        return months[:0], shares[:0]
    place = np.array(reached(np.round(np.diff(shares, prepend=0.0) * n), about.cell), int)
    return np.round(months[place], 1), shares[place]
