"""Kaplan–Meier curves and what is read off them: quantiles, landmarks, restricted means, follow-up.

Conventions are those of R's `survival` package (`survfit`, `quantile.survfit`, `summary.survfit`).
The unit of time is the caller's; in this product it is days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.confidence import (
    TRANSFORM_WORDS,
    check_confidence,
    greenwood_terms,
    survival_limits,
)
from analysis.event_table import TIE_TOLERANCE, EventTable, event_table


@dataclass(frozen=True)
class Estimate:
    """A time with its confidence limits, in the caller's unit; NaN where not reached."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, eq=False)
class StepValues:
    """Survival at chosen times; all attributes are (K,) arrays.

    Attributes
    ----------
    time : array
        The times asked for.
    survival, lower, upper : array
        Right-continuous value of the curve and its confidence limits; NaN = not estimable.
    n_risk : array of int
        Patients with follow-up time >= t.
    std_err : array
        Greenwood standard error of the survival itself (not of its logarithm).
    """

    time: np.ndarray
    survival: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    n_risk: np.ndarray
    std_err: np.ndarray


@dataclass(frozen=True)
class RestrictedMean:
    """Restricted mean survival time up to `tau` with its standard error; NaN = not estimable.

    `at_risk` is the number of patients with follow-up >= `tau`.
    """

    value: float
    se: float
    tau: float
    at_risk: int


@dataclass(frozen=True, eq=False)
class KaplanMeier:
    """Kaplan–Meier estimate of one group, as R's `survfit` prints it.

    Attributes
    ----------
    time : (K,) array
        Distinct times at which a patient of the group had the event or was censored.
    n_risk, n_event, n_censor : (K,) arrays of int
        Patients with follow-up time >= t; events and censorings at t. At equal times events come
        before censorings.
    survival, lower, upper : (K,) arrays
        Right-continuous curve and pointwise limits, clipped to [0, 1]. Limits are NaN where R has
        NA: at survival 0, and with ``log-log`` also at survival 1.
    std_err : (K,) array
        Greenwood standard error of log(survival); infinite where survival is 0.
    n, n_events : int
    conf_type : {"log", "log-log", "plain"}
    conf_level : float
    method : str
        Sentence for a footnote.
    """

    time: np.ndarray
    n_risk: np.ndarray
    n_event: np.ndarray
    n_censor: np.ndarray
    survival: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    std_err: np.ndarray
    n: int
    n_events: int
    conf_type: str
    conf_level: float
    method: str

    @property
    def marks_censoring(self) -> bool:
        """Whether a mark of each censoring may be drawn on the curve."""
        return True

    @property
    def limit_rises_again(self) -> bool:
        """Whether the upper limit curve rises again after it has first crossed one half.

        The median's upper limit is then not that of R, which sorts the curve by its height and
        takes the day that comes first there; see `quantile`.
        """
        below = np.flatnonzero(self.upper <= 0.5 + TIE_TOLERANCE)
        if not below.size:
            return False
        return bool((self.upper[below[0] :] > self.upper[below[0]] + TIE_TOLERANCE).any())

    @property
    def ends_at_zero(self) -> bool:
        """Whether everybody who was followed to the end had the event."""
        return bool(self.survival.size and self.survival[-1] == 0)

    @property
    def median(self) -> Estimate:
        """Median time to the event; see `quantile`."""
        return self.quantile(0.5)

    def quantile(self, p: float) -> Estimate:
        """Time by which a fraction `p` of the patients had the event.

        Where the curve runs exactly flat at ``1 - p`` the value is the midpoint of that stretch
        (up to the last follow-up if the curve ends there), as in R's `quantile.survfit`. The
        limits apply the same rule to the limit curves (Brookmeyer & Crowley 1982). An upper limit
        curve need not fall monotonically, because the standard error grows at each event: the
        limit is then its first crossing, where R's interpolation sorts the curve and may return a
        later one.

        Raises
        ------
        ValueError
            If `p` is not in (0, 1].
        """
        if not 0 < p <= 1:
            raise ValueError(f"p must be above 0 and at most 1, not {p}")
        curves = (self.survival, self.lower, self.upper)
        return Estimate(*(_crossing_time(self.time, 1 - curve, p) for curve in curves))

    def at(self, times) -> StepValues:
        """Survival at landmark times.

        Beyond the last follow-up of the group survival is not estimable (NaN), unless everybody
        had the event: a curve that ended at 0 stays there, without limits, as R's
        `summary.survfit` says with ``extend``. At the last follow-up itself the curve's value is
        given.

        Parameters
        ----------
        times : scalar or (K,) array-like
            Landmarks, not negative.

        Raises
        ------
        ValueError
            If a landmark is missing or negative.
        """
        times = np.atleast_1d(np.array(times, dtype=float))
        if not (times >= 0).all():
            raise ValueError("landmark times must not be missing or negative")
        step = np.searchsorted(self.time, times, side="right")
        last = self.time[-1] if self.time.size else -1.0
        beyond = (times > last) & ~self.ends_at_zero
        with np.errstate(invalid="ignore"):  # 0 * infinity where survival is 0: R has NA as well
            std_err = self.survival * self.std_err
        survival, lower, upper, std_err = (
            np.where(beyond, np.nan, np.concatenate([[before_first], curve])[step])
            for before_first, curve in (
                (1.0, self.survival),
                (1.0, self.lower),
                (1.0, self.upper),
                (0.0, std_err),
            )
        )
        n_risk = np.append(self.n_risk, 0)[np.searchsorted(self.time, times, side="left")]
        return StepValues(times, survival, lower, upper, n_risk, std_err)

    def rmst(self, tau: float, *, carry_forward: bool = False) -> RestrictedMean:
        """Restricted mean survival time: the area under the curve from 0 to `tau`.

        The variance is Greenwood's, as in R's `survmean`: the sum over event times of the squared
        area from there to `tau` times d / (n (n - d)).

        Parameters
        ----------
        tau : float
            Horizon, finite and not negative.
        carry_forward : bool
            If `tau` lies beyond the last follow-up and the curve has not reached 0, the mean is
            not estimable (NaN). R extends the last value to `tau` instead; True does the same.

        Raises
        ------
        ValueError
            If `tau` is missing, infinite or negative.
        """
        if not 0 <= tau < np.inf:
            raise ValueError(f"tau must be finite and not negative, not {tau}")
        tau = float(tau)
        at_risk = int(np.append(self.n_risk, 0)[np.searchsorted(self.time, tau)])
        if self.n == 0:
            return RestrictedMean(np.nan, np.nan, tau, 0)
        if tau > self.time[-1] and not (self.ends_at_zero or carry_forward):
            return RestrictedMean(np.nan, np.nan, tau, at_risk)
        within = int(np.searchsorted(self.time, tau, side="right"))
        widths = np.diff(np.concatenate([[0.0], self.time[:within], [tau]]))
        areas = widths * np.concatenate([[1.0], self.survival[:within]])
        area_after = areas[:0:-1].cumsum()[::-1]
        terms = greenwood_terms(self.n_risk[:within], self.n_event[:within])
        variance = (area_after**2 * terms).sum()
        return RestrictedMean(float(areas.sum()), float(np.sqrt(variance)), tau, at_risk)


def kaplan_meier(time, event, *, conf_type="log", conf_level=0.95, patients=None) -> KaplanMeier:
    """Kaplan–Meier estimate from follow-up times and event flags.

    Parameters
    ----------
    time : (N,) array-like
        Follow-up times, finite and not negative.
    event : (N,) array-like of 0 and 1
        1 where the event was observed, 0 where follow-up ended without it.
    conf_type : {"log", "log-log", "plain"}
        Scale of the pointwise intervals. ``log`` is R's default and that of both trial papers.
    conf_level : float
        Level of the intervals, between 0 and 1.
    patients : (N,) array of int, optional
        How many patients each entry stands for; without it each is one.

    Raises
    ------
    ValueError
        For unusable times or events (see `event_table`), an unknown `conf_type`, or a
        `conf_level` outside (0, 1).
    """
    table = event_table(time, event, patients=patients)
    return kaplan_meier_from_table(table, 0, conf_type=conf_type, conf_level=conf_level)


def kaplan_meier_from_table(
    table: EventTable, group_index: int = 0, *, conf_type="log", conf_level=0.95
) -> KaplanMeier:
    """Kaplan–Meier estimate of one group of an event table.

    Product-limit estimator (Kaplan & Meier 1958) with Greenwood's variance (1926) and the limits
    of R's `survfit_confint` (Kalbfleisch & Prentice 2002, section 1.4). See `kaplan_meier`.
    """
    check_confidence(conf_type, conf_level)
    n_event = table.n_event[group_index]
    n_censor = table.n_censor[group_index]
    printed = np.flatnonzero(n_event + n_censor)
    n_event, n_censor = n_event[printed], n_censor[printed]
    n_risk = table.n_risk[group_index][printed]
    survival = ((n_risk - n_event) / n_risk).cumprod()
    std_err = np.sqrt(greenwood_terms(n_risk, n_event).cumsum())
    std_err[survival == 0] = np.inf
    lower, upper = survival_limits(survival, std_err, conf_type, conf_level)
    time = table.time[printed]
    for array in (time, n_risk, n_event, n_censor, survival, lower, upper, std_err):
        array.flags.writeable = False
    return KaplanMeier(
        time,
        n_risk,
        n_event,
        n_censor,
        survival,
        lower,
        upper,
        std_err,
        int(table.n[group_index]),
        int(n_event.sum()),
        conf_type,
        conf_level,
        f"Kaplan–Meier estimate; pointwise {100 * conf_level:g} % confidence intervals "
        f"from Greenwood's variance {TRANSFORM_WORDS[conf_type]}.",
    )


def follow_up(time, event, *, conf_type="log", conf_level=0.95) -> Estimate:
    """Median follow-up by the reverse Kaplan–Meier method (Schemper & Smith 1996).

    The flags are exchanged: the end of follow-up is the event and the event censors it. At equal
    times the exchanged order holds too, ends of follow-up before events.

    Raises
    ------
    ValueError
        As `kaplan_meier`.
    """
    table = event_table(time, event)
    return follow_up_from_table(table, 0, conf_type=conf_type, conf_level=conf_level)


def follow_up_from_table(
    table: EventTable, group_index: int = 0, *, conf_type="log", conf_level=0.95
) -> Estimate:
    """Median follow-up of one group of an event table; see `follow_up`."""
    reverse = replace(table, n_event=table.n_censor, n_censor=table.n_event)
    curve = kaplan_meier_from_table(
        reverse, group_index, conf_type=conf_type, conf_level=conf_level
    )
    return curve.median


def _crossing_time(time, failed, p):
    """First time at which `failed` (1 - curve) reaches p; midpoint where it runs flat at p."""
    reached = failed >= p - TIE_TOLERANCE
    if not reached.any():
        return np.nan
    first = int(reached.argmax())
    passed = failed[first:] >= p + TIE_TOLERANCE
    if passed.any():
        return float(time[first] + time[first + int(passed.argmax())]) / 2
    ends_at_level = abs(failed[-1] - p) < TIE_TOLERANCE
    return float(time[first] + time[-1]) / 2 if ends_at_level else np.nan
