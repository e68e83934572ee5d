"""Bayesian monitoring of one rate in a trial of one arm: when its rule says stop, and how often.

After some patients the rule asks for the posterior probability that the rate of an event lies on
the wrong side of a reference. The trial stops where it is above a cut-off.

References
----------
Thall PF, Simon R. Practical Bayesian guidelines for phase IIB clinical trials. Biometrics 1994;
50: 337–349. Thall PF, Simon RM, Estey EH. Bayesian sequential monitoring designs for single-arm
clinical trials with multiple outcomes. Statistics in Medicine 1995; 14: 357–379. Lee JJ, Liu DD. A
predictive probability design for phase II cancer clinical trials. Clinical Trials 2008; 5: 93–106.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import betainc, betaincc, betaincinv, betaln, gammaln, roots_jacobi

ABOVE, BELOW = "above", "below"
# Points of the integral over a reference rate that is not known exactly.
NODES = 40


@dataclass(frozen=True)
class Rule:
    """When a trial stops.

    Attributes
    ----------
    stops : str
        ``above``: where the rate is likely above the reference (toxicity). ``below``: where it is
        likely below it (futility).
    prior : (float, float)
        Beta distribution of the rate before the first patient, both above 0.
    reference : float
        Rate under the standard treatment, between 0 and 1.
    weight : float
        Patients on whom the reference rests: it has the Beta distribution of that many patients;
        infinite for a fixed rate.
    cut : float
        Probability above which the trial stops.
    cohort : int
        Patients from one look at the data to the next; the first look is after one cohort.

    Raises
    ------
    ValueError
        If a number lies outside its bounds.
    """

    stops: str
    prior: tuple[float, float]
    reference: float
    weight: float = math.inf
    cut: float = 0.95
    cohort: int = 1

    def __post_init__(self):
        if self.stops not in (ABOVE, BELOW):
            raise ValueError(f"stops is {ABOVE} or {BELOW}, not {self.stops!r}")
        if min(self.prior) <= 0 or self.weight <= 0 or self.cohort < 1:
            raise ValueError("prior, weight and cohort are above 0")
        if not (0 < self.reference < 1 and 0 < self.cut < 1):
            raise ValueError("reference and cut lie between 0 and 1")

    @cached_property
    def _references(self) -> tuple[np.ndarray, np.ndarray]:
        """Reference rates and their weights, by Gauss–Jacobi quadrature."""
        if math.isinf(self.weight):
            return np.array([self.reference]), np.ones(1)
        a, b = self.weight * self.reference, self.weight * (1 - self.reference)
        nodes, weights = roots_jacobi(NODES, b - 1, a - 1)
        return (1 + nodes) / 2, weights / weights.sum()

    def probability(self, events, n) -> np.ndarray:
        """Posterior probability that the rate lies on the side on which the trial stops.

        Parameters
        ----------
        events, n : arrays of int of one shape, 0 <= events <= n

        Returns
        -------
        ndarray of float, of that shape
        """
        events, n = np.broadcast_arrays(np.asarray(events, float), np.asarray(n, float))
        at, weights = self._references
        tail = betaincc if self.stops == ABOVE else betainc
        a, b = self.prior[0] + events, self.prior[1] + n - events
        return tail(a[..., None], b[..., None], at) @ weights

    def says_stop(self, events, n) -> np.ndarray:
        """Whether so many events among so many patients stop the trial; bool."""
        return self.probability(events, n) > self.cut

    def posterior(self, events: int, n: int, level: float = 0.95) -> tuple[float, float, float]:
        """Mean of the rate after the data, and its equal-tailed credible interval."""
        a, b = self.prior[0] + events, self.prior[1] + n - events
        tail = (1 - level) / 2
        return a / (a + b), float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))


@dataclass(frozen=True, eq=False)
class Boundary:
    """How many events stop the trial at each look.

    Attributes
    ----------
    n : ndarray of int, shape (L,)
        Patients at each look.
    events : ndarray of int, shape (L,)
        Of a rule that stops above, the fewest events that stop, n + 1 where none do; of one that
        stops below, the most events that stop, -1 where none do.
    """

    stops: str
    n: np.ndarray
    events: np.ndarray

    @property
    def can_stop(self) -> np.ndarray:
        """Looks at which some number of events stops the trial; bool of shape (L,)."""
        return (self.events >= 0) & (self.events <= self.n)

    def crossed(self, place: int, events: np.ndarray) -> np.ndarray:
        """Whether some numbers of events stop the trial at the look of this place."""
        limit = self.events[place]
        return events >= limit if self.stops == ABOVE else events <= limit


def boundary(rule: Rule, most: int) -> Boundary:
    """The looks of a trial of at most so many patients; the last one is after the last patient."""
    n = np.arange(rule.cohort, most + 1, rule.cohort)
    if most > 0 and (not n.size or n[-1] != most):
        n = np.append(n, most)
    events = np.empty(n.size, int)
    limit = 0 if rule.stops == ABOVE else -1
    # More patients with as many events never need fewer events to stop.
    for place, seen in enumerate(n):
        while limit <= seen if rule.stops == ABOVE else limit < seen:
            tried = limit if rule.stops == ABOVE else limit + 1
            if rule.says_stop(tried, seen) == (rule.stops == ABOVE):
                break
            limit += 1
        events[place] = limit
    return Boundary(rule.stops, n, events)


@dataclass(frozen=True, eq=False)
class Operating:
    """What a rule does where the true rate is known; one entry for each true rate.

    Attributes
    ----------
    rate : ndarray of float, shape (R,)
    stops : ndarray of float, shape (R,)
        Probability that the trial stops at any look, the last one included.
    early : ndarray of float, shape (R,)
        The same before the last patient.
    expected : ndarray of float, shape (R,)
        Mean number of patients treated.
    """

    rate: np.ndarray
    stops: np.ndarray
    early: np.ndarray
    expected: np.ndarray


def operating(limits: Boundary, rates) -> Operating:
    """Exact operating characteristics by recursion over the patients.

    The probabilities of all numbers of events that have not stopped the trial are carried from
    patient to patient; what a look stops leaves them (Schultz JR et al., Biometrics 1973; 29:
    293–307).

    Parameters
    ----------
    rates : (R,) array of float
        True rates of the event, from 0 to 1.
    """
    rates = np.asarray(rates, float)
    most = int(limits.n[-1]) if limits.n.size else 0
    going = np.zeros((rates.size, most + 1))
    going[:, 0] = 1
    stopped, treated, early = (np.zeros(rates.size) for _ in range(3))
    looks = {int(n): place for place, n in enumerate(limits.n)}
    p = rates[:, None]
    counts = np.arange(most + 1)
    for n in range(1, most + 1):
        treated += going.sum(axis=1)
        going[:, 1 : n + 1], going[:, 0] = (
            going[:, 1 : n + 1] * (1 - p) + going[:, :n] * p,
            going[:, 0] * (1 - rates),
        )
        if n in looks:
            out = limits.crossed(looks[n], counts[: n + 1])
            stopped += going[:, : n + 1][:, out].sum(axis=1)
            going[:, : n + 1][:, out] = 0
            early = stopped.copy() if n < most else early
    return Operating(rates, stopped, early, treated)


def share_of_orders(limits: Boundary, events: int, n: int) -> float:
    """Of all orders in which some patients may have come, the share in which the trial stops.

    The patients and their events are known and their order is not: every order is as likely as
    any other, so that the events drawn so far are hypergeometric. Exact, by recursion.

    Parameters
    ----------
    events, n : int
        Of all patients; looks after the last of them are left out.
    """
    going = np.zeros(events + 1)
    going[0] = 1.0
    looks = {int(one): place for place, one in enumerate(limits.n) if one <= n}
    counts = np.arange(events + 1)
    stopped = 0.0
    for seen in range(n):
        next_is = np.clip((events - counts) / (n - seen), 0, 1)
        moved = going * next_is
        going = going - moved
        going[1:] += moved[:-1]
        if seen + 1 in looks:
            out = limits.crossed(looks[seen + 1], counts)
            stopped += going[out].sum()
            going[out] = 0
    return float(min(stopped, 1.0))


def possible_paths(events: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The fewest and the most events among the first 0, 1, … n patients, in whatever order.

    Returns
    -------
    lowest, highest : ndarray of int, shape (n + 1,)
    """
    seen = np.arange(n + 1)
    return np.maximum(0, events - (n - seen)), np.minimum(seen, events)


def predictive(rule: Rule, events: int, n: int, more: int) -> float:
    """Probability that the rule says stop after some more patients, given those seen.

    The events among them have the beta-binomial distribution of the posterior (Lee & Liu 2008).

    Parameters
    ----------
    events, n : int
        Seen so far.
    more : int
        Patients still to come; 0 asks what the rule says now.
    """
    a, b = rule.prior[0] + events, rule.prior[1] + n - events
    come = np.arange(more + 1)
    logs = gammaln(more + 1) - gammaln(come + 1) - gammaln(more - come + 1)
    logs += betaln(a + come, b + more - come) - betaln(a, b)
    return float(min(np.exp(logs) @ rule.says_stop(events + come, n + more), 1.0))
