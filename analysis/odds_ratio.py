"""Odds ratio of a 2 × 2 table: as observed, and conditional on both margins as R reports it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.confidence import check_level, two_sided_quantile
from analysis.contingency import as_counts
from analysis.fisher import hypergeometric_support
from analysis.reason import Reason, Why


@dataclass(frozen=True)
class OddsRatio:
    """Odds ratio with its confidence limits; NaN = not estimable, `reason` says why.

    An infinite upper limit is a result of the exact method, not an error.
    """

    value: float
    lower: float
    upper: float
    reason: Reason | None
    method: str


def odds_ratio(table, conf_level: float = 0.95) -> OddsRatio:
    """Sample odds ratio a d / (b c) with Woolf's interval (Woolf 1955).

    Parameters
    ----------
    table : (2, 2) array-like of counts
        Rows are arms, columns event and no event. With an empty cell the estimate would be 0 or
        infinite without an interval: not estimable, see `conditional_odds_ratio`.
    conf_level : float

    Raises
    ------
    ValueError
        If the table is not 2 × 2 or holds something other than counts, or for a bad level.
    """
    counts = _two_by_two(table, conf_level)
    method = f"Sample odds ratio with {100 * conf_level:g} % Woolf interval."
    if not counts.all():
        return OddsRatio(np.nan, np.nan, np.nan, Reason(Why.EMPTY_CELL), method)
    (a, b), (c, d) = counts.tolist()
    log_ratio = np.log(a * d) - np.log(b * c)
    margin = two_sided_quantile(conf_level) * np.sqrt((1 / counts).sum())
    limits = np.exp([log_ratio, log_ratio - margin, log_ratio + margin]).tolist()
    return OddsRatio(*limits, None, method)


def conditional_odds_ratio(table, conf_level: float = 0.95) -> OddsRatio:
    """Conditional maximum-likelihood odds ratio with exact limits, as R's `fisher.test`.

    Given both margins the upper left count has Fisher's noncentral hypergeometric distribution.
    The estimate makes its mean the observed count, the limits make its tails (1 - level) / 2
    (Cornfield 1956). R stops its search at a tolerance of about 1e-4; this one does not.

    Parameters and errors as `odds_ratio`.
    """
    counts = _two_by_two(table, conf_level)
    method = (
        f"Conditional maximum-likelihood odds ratio with {100 * conf_level:g} % exact interval."
    )
    support, log_weight = hypergeometric_support(counts)
    observed = int(counts[0, 0])
    if support.size == 1:
        reason = Reason(Why.EMPTY_MARGIN)
        return OddsRatio(np.nan, np.nan, np.nan, reason, method)
    tail = (1 - conf_level) / 2
    lowest, highest = observed == support[0], observed == support[-1]

    def expectation(log_ratio, of):
        log_probability = log_weight + support * log_ratio
        probability = np.exp(log_probability - log_probability.max())
        return float(probability @ of / probability.sum())

    def solve(of, target, rising=True):
        return _bisect(lambda x: (expectation(x, of) - target) * (1 if rising else -1))

    value = 0.0 if lowest else np.inf if highest else solve(support, observed)
    lower = 0.0 if lowest else solve(support >= observed, tail)
    upper = np.inf if highest else solve(support <= observed, tail, rising=False)
    return OddsRatio(value, lower, upper, None, method)


def _bisect(rising):
    """Root of a rising function of the log odds ratio, returned as odds ratio."""
    low, high = -1.0, 1.0
    while rising(low) > 0:
        low *= 2
    while rising(high) < 0:
        high *= 2
    while high - low > 1e-14 * max(1.0, abs(low)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return float(np.exp((low + high) / 2))


def _two_by_two(table, conf_level):
    check_level(conf_level)
    counts = as_counts(table, 2)
    if counts.shape != (2, 2):
        raise ValueError(f"an odds ratio needs a 2 × 2 table, not {counts.shape}")
    return counts
