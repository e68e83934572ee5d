"""Cumulative incidence of events of which the first counts (Aalen & Johansen 1978)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.confidence import greenwood_terms, survival_limits
from analysis.event_table import event_table, time_axis
from analysis.survival import KaplanMeier, kaplan_meier

EVENT, COMPETING = 1, 2
# Sums of shares that are a half are not quite one in binary.
HALF, TOLERANCE = 0.5, 1e-8
METHOD = (
    "Cumulative incidence by Aalen–Johansen with 95 % CI from the delta method on log(−log), as "
    "R's survfit with conf.type log-log; events on one day before censorings."
)


@dataclass(frozen=True, eq=False)
class Incidence:
    """Cumulative incidence of one cause; all attributes are (K,) arrays.

    Attributes
    ----------
    time : array
        Days on which anything happened, rising.
    value, lower, upper : array
        Right-continuous incidence with its limits; limits are NaN before the first event of this
        cause and where everybody has had one.
    complete : bool
        Whether everybody who was followed to the end had an event of some kind.
    """

    time: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    complete: bool

    def at(self, day: float) -> tuple[float, float, float]:
        """Value and limits on a day; NaN beyond the last follow-up, unless everybody had an event.

        With nobody left the incidence stays what it is.
        """
        if not self.time.size or (day > self.time[-1] and not self.complete):
            return np.nan, np.nan, np.nan
        place = int(np.searchsorted(self.time, day, "right")) - 1
        if place < 0:
            return 0.0, np.nan, np.nan
        return tuple(float(array[place]) for array in (self.value, self.lower, self.upper))

    @property
    def last(self) -> float:
        """Incidence at the end of follow-up; 0 without patients."""
        return float(self.value[-1]) if self.value.size else 0.0

    def median(self) -> float:
        """Day by which half of all have had this event; NaN where it never comes to half.

        The rule is that of a Kaplan–Meier median: where the curve is flat at one half, the middle
        of the flat stretch, which ends with the last follow-up if nothing else ends it.
        """
        reached = np.flatnonzero(self.value >= HALF - TOLERANCE)
        if not reached.size:
            return math.nan
        first = last = self.time[reached[0]]
        if self.value[reached[0]] <= HALF + TOLERANCE:
            above = np.flatnonzero(self.value > HALF + TOLERANCE)
            last = self.time[above[0]] if above.size else self.time[-1]
        return float(first + last) / 2


@dataclass(frozen=True, eq=False)
class CompetingRisks:
    """Competing risks in one group.

    Attributes
    ----------
    n : int
        Patients.
    counts : tuple of int
        Patients whose first event was of each cause, that of interest first.
    incidences : tuple of Incidence
        Of each cause.
    free : KaplanMeier
        Free of every event: 1 minus the sum of all incidences.
    naive : KaplanMeier
        Of the event of interest alone with the others taken for censoring; 1 minus it overstates
        the incidence.
    """

    n: int
    counts: tuple[int, ...]
    incidences: tuple[Incidence, ...]
    free: KaplanMeier
    naive: KaplanMeier

    @property
    def events(self) -> int:
        """First events of the cause of interest."""
        return self.counts[0]

    @property
    def competing(self) -> int:
        """First events of any other cause."""
        return sum(self.counts[2:], start=self.counts[1])

    @property
    def event_incidence(self) -> Incidence:
        """Of the cause of interest."""
        return self.incidences[0]


def competing_risks(time, cause, n_causes: int = 2, patients=None) -> CompetingRisks:
    """Estimate the cumulative incidence of every cause in one group.

    Parameters
    ----------
    time : (N,) array
        Days.
    cause : (N,) array of int
        0 censored, 1 the event of interest, 2 and more the competing events.
    n_causes : int
        How many causes there are, two at least.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.
    """
    time, cause = np.asarray(time), np.asarray(cause)
    patients = np.ones(time.size, np.intp) if patients is None else patients
    of = range(1, n_causes + 1)
    return CompetingRisks(
        n=int(patients.sum()),
        counts=tuple(int(patients[cause == one].sum()) for one in of),
        incidences=tuple(_incidence(time, cause, one, patients) for one in of),
        free=kaplan_meier(time, (cause > 0).astype(int), conf_type="log-log", patients=patients),
        naive=kaplan_meier(time, (cause == EVENT).astype(int), patients=patients),
    )


def _incidence(time, cause, of: int, patients) -> Incidence:
    """Aalen–Johansen estimate and the variance that Greenwood's becomes with several causes.

    With n at risk, d events of any cause and d1 of this one on a day, and S the survival before
    it: F(t) = Σ S d1 / n, and (Marubini & Valsecchi 1995, eq. 10.12; Collett 2015, p. 411)
    var F(t) = Σ (F(t) - F)² d / (n (n - d)) + Σ S² d1 (n - d1) / n³ - 2 Σ (F(t) - F) S d1 / n².
    The squares are multiplied out, so that all sums run once over the days.
    """
    axis = time_axis(time)
    table = event_table(axis, (cause > 0).astype(int), patients=patients)
    days, n, d = table.time, table.n_risk[0], table.n_event[0]
    mine = cause == of
    d1 = np.bincount(axis.code[mine], patients[mine], days.size).astype(np.intp, copy=False)
    survival = np.concatenate([[1.0], np.cumprod(1 - d / n)[:-1]])
    value = np.cumsum(survival * d1 / n)
    of_all = greenwood_terms(n, d)
    shared = survival * d1 / n**2
    variance = (
        value**2 * np.cumsum(of_all)
        - 2 * value * np.cumsum(of_all * value)
        + np.cumsum(of_all * value**2)
        + np.cumsum(survival**2 * d1 * (n - d1) / n**3)
        - 2 * (value * np.cumsum(shared) - np.cumsum(shared * value))
    )
    # Standard error of log F; nothing is estimated before the first event of this cause.
    error = np.zeros(days.size)
    np.divide(np.sqrt(np.maximum(variance, 0)), value, out=error, where=value > 0)
    limits = survival_limits(value, error, "log-log", 0.95)
    return Incidence(days, value, *limits, bool(days.size and d[-1] == n[-1]))
