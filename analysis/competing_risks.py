"""Cumulative incidence of an event and of the one that competes with it (Aalen & Johansen 1978)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from analysis.survival import KaplanMeier, kaplan_meier

EVENT, COMPETING = 1, 2
METHOD = (
    "Cumulative incidence by Aalen–Johansen (lifelines) with 95 % CI from the delta method on "
    "log(−log); events on one day before censorings."
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
        cause and where nobody was left.
    """

    time: np.ndarray
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def at(self, day: float) -> tuple[float, float, float]:
        """Value and limits on a day; NaN beyond the last follow-up."""
        if not self.time.size or day > self.time[-1]:
            return np.nan, np.nan, np.nan
        place = int(np.searchsorted(self.time, day, "right")) - 1
        if place < 0:
            return 0.0, np.nan, np.nan
        return tuple(float(array[place]) for array in (self.value, self.lower, self.upper))


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
    time : (N,) array of int
        Whole days.
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
    """Aalen–Johansen by lifelines, of days made free of ties.

    lifelines moves tied events of different causes by random numbers. Moving the competing ones
    by a quarter of a day, and the censored by half a day, gives the same estimate, always: each
    event adds the survival before the day over the number then at risk, in whatever order. All
    days are moved by one, because lifelines loses events on day 0.
    """
    if not (cause == of).any():
        days = np.unique(time)
        zero, unknown = np.zeros(days.size), np.full(days.size, np.nan)
        return Incidence(days, zero, unknown, unknown)
    from lifelines import AalenJohansenFitter  # half a second that other pages must not pay

    apart = time + 1 + 0.25 * (cause == COMPETING) + 0.5 * (cause == 0)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Before the first event and where nobody is left the limits are 0 / 0: NaN, as meant.
        warnings.simplefilter("ignore")
        fit = AalenJohansenFitter().fit(apart, cause, event_of_interest=of)
    days = np.floor(fit.cumulative_density_.index.to_numpy()).astype(int) - 1
    # The last row of each day; the first row is the start, before day 0.
    last = np.append(days[1:] != days[:-1], True) & (days >= 0)
    value = fit.cumulative_density_.to_numpy()[:, 0]
    limits = np.sort(fit.confidence_interval_.to_numpy(), axis=1)
    return Incidence(days[last], value[last], limits[last, 0], limits[last, 1])
