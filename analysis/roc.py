"""How well a number tells those with an outcome from those without: ROC curve and its area.

The area is the Mann–Whitney statistic U / (n1 n2): how often somebody with the outcome has the
larger value, ties counting half. Its variance comes from the placements of every value among the
values of the other side (DeLong ER, DeLong DM, Clarke-Pearson DL. Biometrics 1988;44:837–845).
Where values come in clusters (tumours of one patient) placements are summed within a cluster
(Obuchowski NA. Biometrics 1997;53:567–578); with clusters of one that is DeLong's variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.agreement import Interval
from analysis.confidence import check_level, two_sided_quantile
from analysis.ranks import mid_ranks


@dataclass(frozen=True, eq=False)
class Roc:
    """ROC curve of N values, of which some have the outcome.

    Attributes
    ----------
    threshold : (K,) array
        Distinct values in ascending order; at or above a threshold is called positive.
    true_positive, false_positive : (K,) arrays of int
        With and without the outcome at or above each threshold.
    n_with, n_without : int
    auc : Interval
        Area with DeLong's interval, all values taken as independent; NaN where either side is
        empty, limits NaN where either has one value.
    clustered : Interval
        The same area with Obuchowski's interval; equal to `auc` without clusters.
    p_value : float
        Mann–Whitney test, two-sided, normal approximation with ties and continuity correction
        (R's ``wilcox.test(exact = FALSE)``); values taken as independent.
    method : str
        Sentence for a footnote.
    """

    threshold: np.ndarray
    true_positive: np.ndarray
    false_positive: np.ndarray
    n_with: int
    n_without: int
    auc: Interval
    clustered: Interval
    p_value: float
    method: str

    @property
    def sensitivity(self) -> np.ndarray:
        """Share of those with the outcome at or above each threshold; NaN without any."""
        return _share(self.true_positive, self.n_with)

    @property
    def specificity(self) -> np.ndarray:
        """Share of those without the outcome below each threshold; NaN without any."""
        return _share(self.n_without - self.false_positive, self.n_without)

    def at(self, threshold: float) -> tuple[int, int, int, int]:
        """Counts with (at or above, below) and without (at or above, below) the outcome."""
        place = int(np.searchsorted(self.threshold, threshold))
        if place == self.threshold.size:
            return 0, self.n_with, 0, self.n_without
        yes, no = int(self.true_positive[place]), int(self.false_positive[place])
        return yes, self.n_with - yes, no, self.n_without - no


def _share(counts: np.ndarray, of: int) -> np.ndarray:
    return counts / of if of else np.full(counts.shape, np.nan)


def roc(value, outcome, cluster=None, *, conf_level: float = 0.95) -> Roc:
    """ROC curve, area, intervals and test.

    Parameters
    ----------
    value : (N,) array-like
        Finite numbers; larger is taken to speak for the outcome.
    outcome : (N,) array-like of bool
    cluster : (N,) array-like of int, optional
        Code of the patient that each value belongs to.

    Raises
    ------
    ValueError
        If lengths differ or a value is missing.
    """
    value, outcome = np.asarray(value, float), np.asarray(outcome, bool)
    cluster = np.arange(value.size) if cluster is None else np.asarray(cluster)
    if not value.shape == outcome.shape == cluster.shape or value.ndim != 1:
        raise ValueError("value, outcome and cluster must have the same length")
    if not np.isfinite(value).all():
        raise ValueError("a value is missing; leave out what was not measured")
    check_level(conf_level)
    threshold, place = np.unique(value, return_inverse=True)
    place = place.reshape(-1)
    above = [
        np.bincount(place[some], minlength=threshold.size)[::-1].cumsum()[::-1]
        for some in (outcome, ~outcome)
    ]
    auc, clustered = _areas(value, outcome, cluster, two_sided_quantile(conf_level))
    words = (
        f"Area under the ROC curve, {100 * conf_level:g} % CI by Obuchowski (values of one patient "
        "together) and DeLong (all independent)."
    )
    return Roc(
        threshold,
        *above,
        int(outcome.sum()),
        int((~outcome).sum()),
        auc,
        clustered,
        mann_whitney_p(value, outcome),
        words,
    )


def _areas(value, outcome, cluster, quantile: float) -> tuple[Interval, Interval]:
    """The area with DeLong's and with Obuchowski's interval, clipped to [0, 1]."""
    n_with, n_without = int(outcome.sum()), int((~outcome).sum())
    unknown = Interval(np.nan, np.nan, np.nan)
    if not n_with or not n_without:
        return unknown, unknown
    ranks = mid_ranks(value)
    # Share of the other side that each value lies above (or, without the outcome, below).
    with_outcome = (ranks[outcome] - mid_ranks(value[outcome])) / n_without
    without = 1 - (ranks[~outcome] - mid_ranks(value[~outcome])) / n_with
    area = float(with_outcome.mean())
    variances = (
        _variance(with_outcome, without, np.arange(n_with), n_with + np.arange(n_without), area),
        _variance(with_outcome, without, cluster[outcome], cluster[~outcome], area),
    )
    made = []
    for variance in variances:
        half = quantile * np.sqrt(max(variance, 0.0)) if np.isfinite(variance) else np.nan
        limits = np.clip([area - half, area + half], 0, 1)
        made.append(Interval(area, *map(float, limits)))
    return made[0], made[1]


def _variance(with_outcome, without, cluster_with, cluster_without, area: float) -> float:
    """Obuchowski's variance of the area; NaN where a side has one cluster only."""
    labels, codes = np.unique(np.concatenate([cluster_with, cluster_without]), return_inverse=True)
    codes, n = codes.reshape(-1), labels.size
    a, b = codes[: with_outcome.size], codes[with_outcome.size :]
    n_with, n_without = with_outcome.size, without.size
    # Sums of placements over a cluster, less what they would be on average.
    up = np.bincount(a, with_outcome - area, minlength=n)
    down = np.bincount(b, without - area, minlength=n)
    clusters = np.unique(a).size, np.unique(b).size
    if min(clusters) < 2:
        return np.nan
    variance_up = clusters[0] / ((clusters[0] - 1) * n_with) * (up @ up) / n_with
    variance_down = clusters[1] / ((clusters[1] - 1) * n_without) * (down @ down) / n_without
    together = n / (n - 1) * (up @ down) / (n_with * n_without)
    return float(variance_up + variance_down + 2 * together)


def mann_whitney_p(value, outcome) -> float:
    """Two-sided p of the Mann–Whitney test as R's ``wilcox.test(exact = FALSE)``; NaN without."""
    value, outcome = np.asarray(value, float), np.asarray(outcome, bool)
    n, n_with = value.size, int(outcome.sum())
    n_without = n - n_with
    if not n_with or not n_without:
        return np.nan
    ranks = mid_ranks(value)
    excess = ranks[outcome].sum() - n_with * (n + 1) / 2
    _, ties = np.unique(value, return_counts=True)
    spread = n + 1 - (ties.astype(float) ** 3 - ties).sum() / (n * (n - 1))
    variance = n_with * n_without / 12 * spread
    if variance <= 0:
        return np.nan
    z = (abs(excess) - 0.5) / np.sqrt(variance)
    return float(min(1.0, 2 * ndtr(-z)))
