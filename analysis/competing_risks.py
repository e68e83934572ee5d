"""Cumulative incidence of an event and of the one that competes with it (Aalen & Johansen 1978)."""

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
        Whether everybody who was followed to the end had an event of either kind.
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
    n, events, competing : int
        Patients, first events of either kind.
    event_incidence, competing_incidence : Incidence
    naive : KaplanMeier
        Of the event alone with the competing one taken for censoring; 1 minus it overstates the
        incidence.
    """

    n: int
    events: int
    competing: int
    event_incidence: Incidence
    competing_incidence: Incidence
    naive: KaplanMeier


def causes(composite_time, composite_event, event_time, event_flag) -> tuple:
    """Turn two endpoints into first times and their causes.

    Parameters
    ----------
    composite_time, composite_event : (N,) arrays
        Endpoint that counts both events.
    event_time, event_flag : (N,) arrays
        Endpoint that counts the event of interest alone.

    Returns
    -------
    (N,) array of days, (N,) array of int
        0 censored, 1 the event of interest, 2 the competing event.
    """
    first = (np.asarray(event_flag) == 1) & (np.asarray(event_time) <= composite_time)
    cause = np.where(first, EVENT, np.where(np.asarray(composite_event) == 1, COMPETING, 0))
    return np.where(first, event_time, composite_time), cause


def competing_risks(time, cause) -> CompetingRisks:
    """Estimate the cumulative incidence of both causes in one group.

    Parameters
    ----------
    time : (N,) array
        Days.
    cause : (N,) array of int
        0 censored, 1 the event of interest, 2 the competing event.
    """
    time, cause = np.asarray(time), np.asarray(cause)
    return CompetingRisks(
        n=time.size,
        events=int((cause == EVENT).sum()),
        competing=int((cause == COMPETING).sum()),
        event_incidence=_incidence(time, cause, EVENT),
        competing_incidence=_incidence(time, cause, COMPETING),
        naive=kaplan_meier(time, (cause == EVENT).astype(int)),
    )


def _incidence(time, cause, of: int) -> Incidence:
    """Aalen–Johansen estimate and the variance that Greenwood's becomes with two causes.

    With n at risk, d events of any cause and d1 of this one on a day, and S the survival before
    it: F(t) = Σ S d1 / n, and (Marubini & Valsecchi 1995, eq. 10.12; Collett 2015, p. 411)
    var F(t) = Σ (F(t) - F)² d / (n (n - d)) + Σ S² d1 (n - d1) / n³ - 2 Σ (F(t) - F) S d1 / n².
    The squares are multiplied out, so that all sums run once over the days.
    """
    axis = time_axis(time)
    table = event_table(axis, (cause > 0).astype(int))
    days, n, d = table.time, table.n_risk[0], table.n_event[0]
    d1 = np.bincount(axis.code[cause == of], minlength=days.size)
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
